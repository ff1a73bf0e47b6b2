"""Where ``write_atomically`` was before; use :mod:`assistant.disk`."""

from assistant.disk import write_atomically

__all__ = ["write_atomically"]
