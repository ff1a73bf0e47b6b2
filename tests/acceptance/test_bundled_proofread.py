"""Proof-reading with the bundled model, on our own sentences."""

from __future__ import annotations

import pytest

from assistant.cloze.lexicon import Lexicon
from assistant.cloze.sounds import Sounds
from assistant.engine.cancel import Cancel
from assistant.engine.proof_errors import NoProofreadingError
from assistant.engine.proofread import Proofreader, ProofSource
from assistant.errors import Cancelled, EmptyTextError
from assistant.paths import find_paths
from assistant.records import Mistake, MistakeKind

WRONG = (
    ("爷爷每天早上都去公圆散步。", 9, "园", MistakeKind.SAME_SOUND),
    ("明天下午两点请大家准时参家会议。", 12, "加", MistakeKind.SAME_SOUND),
    ("老师表杨了她，同学们都为她高兴。", 3, "扬", MistakeKind.SAME_SOUND),
    ("他们己经在门口等了半个小时。", 2, "已", None),
    ("这件事情以经过去很多年了，可我还记得很清楚。", 4, "已", None),
)
CLEAN = """秋天的午后，我和外婆坐在院子里剥豆子。阳光从葡萄架的缝隙里漏下来，落在她花白的头发上。
她一边剥，一边给我讲她小时候的故事：村口有一条河，夏天孩子们都在那里游泳、捉鱼。
“那时候没有什么玩具，”她笑着说，“可是我们每天都很快乐。”我听得入了神，连手里的豆子掉在地上都没有发觉。
后来我去了城里念书，很少有机会再坐在那个院子里。可是每到秋天，我总会想起那些豆子、那条河，还有外婆的笑声。"""


@pytest.fixture(scope="module")
def source(bundled) -> ProofSource:
    lexicon = Lexicon(find_paths().resources / "lexicon")
    characters = lexicon.characters
    return ProofSource(bundled, characters, Sounds(characters), lexicon.look_alikes)


@pytest.fixture(scope="module")
def proofreader(source, bundled) -> Proofreader:
    return Proofreader(source, bundled.settings)


@pytest.mark.parametrize(("text", "place", "right", "kind"), WRONG)
def test_a_wrong_character_is_found_with_what_was_meant(proofreader, text, place, right, kind):
    mistakes = proofreader.check(text).mistakes
    assert [m.start_char for m in mistakes] == [place]
    assert mistakes[0].found == text[place]
    assert mistakes[0].suggestions[0] == right
    assert 0 < mistakes[0].confidence <= 1
    assert kind is None or mistakes[0].kind is kind


def test_clean_prose_raises_no_alarm(proofreader):
    assert proofreader.check(CLEAN).mistakes == ()


def test_verse_is_passed_over(proofreader):
    assert proofreader.check("春风又绿江南暗，明月何时照我环。").mistakes == ()


def test_offsets_hold_after_emoji_blanks_and_long_lines(proofreader):
    text = "😀 𠮷" + "今天天气很好。" * 80 + "\n\n  爷爷每天早上都去公圆散步。"
    mistakes = proofreader.check(text).mistakes
    assert [text[m.start_char : m.end_char] for m in mistakes] == ["圆"]


def test_progress_tells_the_mistakes_as_they_are_found(proofreader):
    text = f"{WRONG[0][0]}\n{CLEAN}\n{WRONG[1][0]}"
    told: list[tuple[int, tuple[Mistake, ...]]] = []
    result = proofreader.check(text, progress=lambda end, found: told.append((end, found)))
    assert [end for end, _ in told] == sorted(end for end, _ in told)
    assert told[-1][0] == len(text)
    assert tuple(m for _, found in told for m in found) == result.mistakes
    assert len(result.mistakes) == 2


def test_cancelling_ends_the_work(proofreader):
    cancel = Cancel()
    cancel.throw()
    with pytest.raises(Cancelled):
        proofreader.check(CLEAN, cancel)


def test_an_empty_text_is_refused(proofreader):
    with pytest.raises(EmptyTextError):
        proofreader.check(" \n")


def test_a_package_without_a_fitted_gate_says_so(source):
    with pytest.raises(NoProofreadingError):
        Proofreader(source, {})
