"""The tasks of ``batch``; a new one is a module beside this and a name in this list. No Qt here."""

from __future__ import annotations

from assistant.commands.batch_tasks import classify, fill, proofread, sentiment, translate
from assistant.commands.batch_tasks.task import BatchTask

TASKS: tuple[BatchTask, ...] = (fill, sentiment, translate, classify, proofread)
