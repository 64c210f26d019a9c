"""HTML from plain text: whatever is put in comes out escaped, unless it is markup already."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Markup(str):
    """HTML that is finished."""

    __slots__ = ()


def text(value: object) -> Markup:
    """A value as it shall be read."""
    return value if isinstance(value, Markup) else Markup(escape(str(value)))


def code(value: object) -> Markup:
    """A value to be copied."""
    return Markup(f"<code>{text(value)}</code>")


def link(address: str) -> Markup:
    """An address that leads there."""
    return Markup(f'<a href="{text(address)}">{text(address)}</a>')


def section(title: str, *parts: object) -> Markup:
    """A part of the page below a heading."""
    name = title.lower().replace(" ", "-")
    inside = "\n".join(map(text, parts))
    heading = f'<h2 id="{text(name)}">{text(title)}</h2>'
    return Markup(f'<section aria-labelledby="{text(name)}">{heading}\n{inside}\n</section>')


def paragraph(*parts: object) -> Markup:
    """A few sentences."""
    return Markup(f"<p>{''.join(map(text, parts))}</p>")


def fold(title: str, inside: Markup) -> Markup:
    """A part that is opened by hand."""
    return Markup(f"<details><summary>{text(title)}</summary>\n{inside}\n</details>")


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """A table whose first column names the row; on a narrow screen each row becomes a small card."""
    top = "".join(f'<th scope="col">{text(head)}</th>' for head in heads)
    lines = "\n".join(_row(heads, row) for row in rows)
    return Markup(
        f'<table role="table"><caption>{text(caption)}</caption>\n<thead role="rowgroup"><tr role="row">{top}'
        f'</tr></thead>\n<tbody role="rowgroup">\n{lines}\n</tbody></table>'
    )


def _row(heads: Sequence[str], row: Sequence[object]) -> str:
    first, *rest = row
    cells = "".join(
        f'<td role="cell" data-head="{text(head)}">{text(value)}</td>'
        for head, value in zip(heads[1:], rest, strict=True)
    )
    return f'<tr role="row"><th scope="row">{text(first)}</th>{cells}</tr>'
