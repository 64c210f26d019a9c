"""How far a long reading is, for somebody who waits at a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_EVERY = 10
"""Keys between two words; a short list comes without any."""


@contextmanager
def counted() -> Iterator[Callable[[object], None]]:
    """Yield what is to be told of each key that was read; the words are gone at the end."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    number = count(1)
    shown = ""

    def tell(_: object) -> None:
        nonlocal shown
        so_far = next(number)
        if so_far % _EVERY == 0:
            shown = f"Reading your keys: {so_far}"
            click.echo(f"\r{shown}", nl=False, err=True)

    try:
        yield tell
    finally:
        if shown:
            click.echo(f"\r{' ' * len(shown)}\r", nl=False, err=True)
