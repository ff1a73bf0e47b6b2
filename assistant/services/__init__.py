"""Services: the worker thread, live analysis, documents, journal, settings and logs.

Qt core only: nothing here imports the ui, Qt widgets or onnxruntime.
"""

from __future__ import annotations
