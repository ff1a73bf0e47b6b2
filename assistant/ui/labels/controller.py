"""Joins editor, label service, label sets and panel. Imports services and ui; UI thread only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from assistant.engine.label_rules import check_template
from assistant.engine.understanding_errors import TemplateError
from assistant.errors import BubaiError
from assistant.records import LabelResult
from assistant.services.label_sets import LabelSet, LabelSets
from assistant.services.labels import DEFAULT_TEMPLATE, LabelQuery, LabelService
from assistant.ui.document_text import follow
from assistant.ui.editor import Editor
from assistant.ui.labels import draft
from assistant.ui.labels.keeper import SetKeeper
from assistant.ui.panels.labels_panel import LabelsPanel
from assistant.ui.panels.note import language_code
from assistant.ui.theme import Colours
from assistant.ui.wording import percent


class LabelsController(QObject):
    """Everything that the 标签 tab does."""

    failed = Signal(object)
    """BubaiError about labels or files; those of the analysis are told in the panel."""

    def __init__(
        self,
        editor: Editor,
        panel: LabelsPanel,
        service: LabelService,
        sets: LabelSets,
        parent: QObject | None = None,
    ) -> None:
        """Connect the parts; nothing is asked before there are labels and the service is active."""
        super().__init__(parent)
        self._editor, self._panel, self._service = editor, panel, service
        self._keeper = SetKeeper(sets, panel)
        self._draft = draft.EMPTY
        self._result: LabelResult | None = None
        self._problem: TemplateError | None = None
        self._connect()
        self._show()

    @property
    def draft(self) -> LabelSet:
        """The labels in hand, with template and switch."""
        return self._draft

    def set_colours(self, colours: Colours) -> None:
        """Draw in ``colours``."""
        self._panel.set_colours(colours)

    def set_active(self, active: bool) -> None:
        """Say whether the panel is on show: out of sight nothing is judged."""
        if active and not self._keeper.known:
            self._keeper.read()
            self._show()
        self._service.set_active(active)

    def retranslate(self) -> None:
        """Say again what is said in the language of the window."""
        self._show_problem()

    def resume(self, labels: LabelSet) -> None:
        """Take in hand what was in hand the last time."""
        if labels.labels:
            self._take(labels)

    def choose(self, name: str) -> None:
        """Take the set ``name`` in hand."""
        labels = self._keeper.get(name)
        if labels is not None:
            self._take(labels)

    def add(self, typed: str) -> None:
        """Add the labels in ``typed``; what is refused stays in its field, to be mended there."""
        if self._try(lambda: self._take(draft.with_labels(self._draft, typed))):
            self._panel.field.clear()

    def rename(self, label: str, new: str) -> None:
        """Call ``label`` by another name."""
        self._try(lambda: self._take(draft.renamed(self._draft, label, new)))

    def remove(self, label: str) -> None:
        """Take ``label`` out."""
        self._take(draft.without(self._draft, label))

    def set_multi(self, multi: bool) -> None:
        """Let several labels fit, or one."""
        self._take(replace(self._draft, multi=multi))

    def set_template(self, template: str) -> None:
        """Put the labels into another sentence, if it has one place for them."""
        try:
            check_template(template)
            self._problem = None
        except TemplateError as error:
            self._problem = error
        else:
            self._take(replace(self._draft, template=template))
        self._show_problem()

    def do(self, what: str) -> None:
        """Do something with the sets: save, rename, delete, import, export."""
        self._panel.flush()
        self._try(lambda: self._take(self._keeper.do(what, self._draft)))

    def _connect(self) -> None:
        editor, panel, service = self._editor, self._panel, self._service
        follow(editor, panel.head, panel.progress, service, service.model)
        editor.document().contentsChanged.connect(service.document_changed)
        panel.head.scope_chosen.connect(service.set_scope)
        panel.head.copy_requested.connect(self._copy)
        panel.labels_typed.connect(self.add)
        panel.list.renamed.connect(self.rename)
        panel.list.removed.connect(self.remove)
        panel.multi_chosen.connect(self.set_multi)
        panel.template_typed.connect(self.set_template)
        panel.template_reset.connect(self._reset_template)
        panel.sets.set_chosen.connect(self.choose)
        panel.sets.asked.connect(self.do)
        service.started.connect(lambda _revision: panel.progress.begin())
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)
        service.cancelled.connect(panel.progress.end)
        service.outdated.connect(lambda: panel.list.set_stale(True))

    def _take(self, labels: LabelSet) -> None:
        """Take other labels in hand and ask about them."""
        before, self._draft = self._draft, labels
        if (before.template, before.multi) != (labels.template, labels.multi):
            self._result = None
        if before.template != labels.template:
            self._problem = None
        self._show()
        query = LabelQuery(labels.labels, labels.template, labels.multi)
        self._service.set_query(query if labels.labels else None)

    def _show(self) -> None:
        labels, panel = self._draft, self._panel
        panel.show_query(labels.template, multi=labels.multi)
        scores = self._result.labels if self._result is not None and labels.labels else ()
        panel.list.offer(labels.labels, scores, multi=labels.multi, gloss=self._gloss)
        panel.list.setVisible(bool(labels.labels))
        panel.head.copy_button.setEnabled(bool(scores))
        panel.show_cut(cut=bool(scores) and self._result is not None and self._result.was_cut)
        if labels.labels:
            panel.note.clear()
        else:
            panel.progress.end()
            panel.note.say(
                lambda: self.tr("先建标签：新闻、散文、说明文……随你怎么叫。"),
                lambda: self.tr("用示例标签"),
                lambda: self._take(draft.SAMPLE),
            )
        keeper, changed = self._keeper, self._keeper.is_changed(labels)
        panel.sets.show_sets(
            keeper.known, labels.name, changed=changed, can_save=bool(labels.labels)
        )
        self._show_problem()

    def _show_problem(self) -> None:
        problem = self._problem
        text = "" if problem is None else f"⚠ {problem.message(language_code())}"
        self._panel.show_problem(text)

    def _gloss(self, label: str) -> str:
        return self._draft.gloss(label)

    def _reset_template(self) -> None:
        self._panel.template.setText(DEFAULT_TEMPLATE)
        self.set_template(DEFAULT_TEMPLATE)

    def _try(self, do: Callable[[], None]) -> bool:
        try:
            do()
        except BubaiError as error:
            self._show()
            self.failed.emit(error)
            return False
        return True

    def _retry(self) -> None:
        self._service.model.reload()
        self._panel.note.clear()
        self._service.refresh()

    def _on_finished(self, _revision: int, result: LabelResult) -> None:
        self._result = result
        self._panel.progress.end()
        self._panel.list.set_stale(False)
        self._show()

    def _on_failed(self, error: BubaiError) -> None:
        self._result = None
        self._panel.progress.end()
        self._show()
        self._panel.note.tell(error, self._retry)

    def _copy(self) -> None:
        if self._result is not None:
            lines = [f"{score.label}\t{percent(score.confidence)}" for score in self._result.labels]
            QGuiApplication.clipboard().setText("\n".join(lines))
