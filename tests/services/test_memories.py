from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.engine.memory_alphabet import build_alphabet
from assistant.engine.personal import PersonalMemories
from assistant.errors import NoDocumentError, UnsupportedFileError
from assistant.services import memories as memories_module
from assistant.services.memories import MemoryService
from assistant.services.settings import SettingsStore
from assistant.services.worker import Worker

OWN = "铁皮熊住在雾隐坡上。"
A, B = Path("/docs/a.txt"), Path("/docs/b.txt")


class House:
    """A service with its folder, and what its engine was given."""

    def __init__(self, tmp_path: Path, engine: Worker, counter: Worker) -> None:
        self.engine, self.counter = engine, counter
        self.folder = tmp_path / "memories"
        self.texts = tmp_path / "texts"
        self.texts.mkdir(exist_ok=True)
        (self.texts / "own.txt").write_text(OWN, "utf-8")
        self.settings = SettingsStore(tmp_path / "config")
        self.given: tuple[str, ...] = ()
        self.history: list[tuple[str, ...]] = []
        self.go_on = threading.Event()
        self.go_on.set()
        self.service = self.start()

    def start(self) -> MemoryService:
        self.settings = SettingsStore(self.settings._path.parent)
        self.service = MemoryService(self.engine, self.counter, self.open, self._use, self.settings)
        return self.service

    def open(self, _counting: bool = False) -> PersonalMemories:
        assert self.go_on.wait(10)
        return PersonalMemories(self.folder, build_alphabet(sorted(set(OWN)), {}))

    def _use(self, names: tuple[str, ...]) -> None:
        self.given = names
        self.history.append(names)

    def names(self) -> list[str]:
        return [info.name for info in self.open().list()]


@pytest.fixture
def house(tmp_path: Path, worker: Worker) -> Iterator[House]:
    counter = Worker()
    made = House(tmp_path, worker, counter)
    yield made
    made.go_on.set()
    assert counter.stop()


def add(house: House, qtbot, name: str = "小说"):
    with qtbot.waitSignal(house.service.added) as caught:
        house.service.add(name, [house.texts])
    return caught.args[0]


def test_texts_are_counted_and_listed(house, qtbot):
    with qtbot.waitSignal(house.service.listed) as caught:
        added = add(house, qtbot)
    assert (added.info.documents, added.info.characters) == (1, len(OWN))
    assert caught.args[0] == (added.info,) == house.service.infos
    assert not house.service.busy


def test_progress_reaches_all_bytes(house, qtbot):
    seen = []
    house.service.progressed.connect(lambda done, total: seen.append((done, total)))
    add(house, qtbot)
    size = (house.texts / "own.txt").stat().st_size
    assert (seen[0], seen[-1]) == ((0, 0), (size, size))


def test_a_broken_file_is_reported_and_the_others_are_counted(house, qtbot):
    (house.texts / "broken.docx").write_bytes(b"no archive")
    added = add(house, qtbot)
    assert [path.name for path, _error in added.failures] == ["broken.docx"]
    assert added.info.documents == 1


def test_cancelling_keeps_the_memory_as_it_was(house, qtbot):
    add(house, qtbot)
    (file,) = house.folder.iterdir()
    before = file.read_bytes()
    (house.texts / "more.txt").write_text(OWN * 9, "utf-8")
    house.go_on.clear()
    house.service.add("小说", [house.texts])
    with qtbot.waitSignal(house.service.cancelled):
        house.service.cancel()
        house.go_on.set()
    assert file.read_bytes() == before
    assert list(house.folder.iterdir()) == [file]
    assert not house.service.busy


def test_what_cannot_be_counted_is_said_and_changes_nothing(house, qtbot, tmp_path):
    (tmp_path / "empty").mkdir()
    for paths, error in (
        ([tmp_path / "empty"], NoDocumentError),
        ([tmp_path / "a.png"], UnsupportedFileError),
    ):
        with qtbot.waitSignal(house.service.failed) as caught:
            house.service.add("小说", paths)
        assert type(caught.args[0]) is error
    assert not house.folder.exists()
    assert not house.service.busy


def test_one_change_at_a_time(house, qtbot):
    house.go_on.clear()
    with qtbot.waitSignal(house.service.added):
        house.service.add("小说", [house.texts])
        house.service.add("课本", [house.texts])
        house.service.remove("小说")
        house.go_on.set()
    assert house.names() == ["小说"]


def test_a_new_memory_is_there_before_it_knows_anything(house, qtbot):
    with qtbot.waitSignal(house.service.added) as caught:
        house.service.create("空的")
    assert caught.args[0].info.documents == 0
    assert house.names() == ["空的"]


def test_what_is_switched_on_reaches_the_engine(house, qtbot):
    add(house, qtbot)
    with qtbot.waitSignal(house.service.applied):
        house.service.use("小说", True)
    assert house.given == ("小说",)
    with qtbot.waitSignal(house.service.applied):
        house.service.use("小说", False)
    assert house.given == ()


def test_a_newly_loaded_engine_gets_what_is_in_use(house, qtbot):
    with qtbot.waitSignal(house.service.applied):
        house.service.use("小说", True)
    house.given = ()
    with qtbot.waitSignal(house.service.applied):
        house.service.on_engine_loaded()
    assert house.given == ("小说",)


def test_a_memory_is_out_of_use_while_it_is_changed(house, qtbot):
    add(house, qtbot)
    with qtbot.waitSignal(house.service.applied):
        house.service.use("小说", True)
    (house.texts / "more.txt").write_text(OWN * 9, "utf-8")
    with qtbot.waitSignals([house.service.added, house.service.applied, house.service.applied]):
        house.service.add("小说", [house.texts])
    assert house.history == [("小说",), (), ("小说",)]


def test_removing_leaves_neither_file_nor_mention(house, qtbot, tmp_path):
    add(house, qtbot)
    house.service.set_document("1", A)
    house.service.use("小说", True)
    with qtbot.waitSignal(house.service.removed):
        house.service.remove("小说")
    assert list(house.folder.iterdir()) == []
    assert house.service.used == ()
    assert "小说" not in (tmp_path / "config" / "settings.json").read_text("utf-8")
    qtbot.waitUntil(lambda: house.given == ())


def test_every_document_has_memories_of_its_own(house):
    service = house.service
    service.set_document("1", A)
    service.use("小说", True)
    service.set_document("2", B)
    assert service.used == ()
    service.use("课本", True)
    service.set_document("3", A)
    assert service.used == ("小说",)


def test_they_are_remembered_by_path_after_a_restart(house):
    house.service.set_document("1", A)
    house.service.use("小说", True)
    again = house.start()
    again.set_document("9", A)
    assert again.used == ("小说",)


def test_a_document_without_a_name_keeps_them_for_the_session(house):
    service = house.service
    service.set_document("1", None)
    service.use("小说", True)
    service.set_document("2", A)
    assert service.used == ()
    service.set_document("1", None)
    assert service.used == ("小说",)
    again = house.start()
    again.set_document("1", None)
    assert again.used == ()


def test_saving_under_a_name_keeps_them(house):
    house.service.set_document("1", None)
    house.service.use("小说", True)
    house.service.set_document("1", B)
    assert house.service.used == ("小说",)
    assert house.settings.current.document_memories == ((B, ("小说",)),)


def test_the_documents_used_longest_ago_are_forgotten(house, monkeypatch):
    monkeypatch.setattr(memories_module, "MAX_DOCUMENTS", 2)
    for number in range(3):
        house.service.set_document(str(number), Path(f"{number}.txt"))
        house.service.use("小说", True)
    kept = [path.name for path, _names in house.settings.current.document_memories]
    assert kept == ["1.txt", "2.txt"]
