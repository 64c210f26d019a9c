"""Privileges by the names that people read, in the words of the portal's wizard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget.form import texts
from arcgis_keywidget.privileges import canonical, catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMED = 3  # privileges that a sentence names before it only counts


def privilege_title(name: str) -> str:
    """Return the label of a privilege, with its group where it says little alone."""
    known = catalogue().get(canonical(name))
    if known is None:
        return name
    *_, group = known.group
    # Those of personal scope are called View or Update under the heading of what is seen or changed.
    return f"{group}: {known.label}" if known.personal and len(known.group) > 1 else known.label


def listed(names: Sequence[str]) -> str:
    """Return privileges as a sentence names them: some, and how many more."""
    titles = ", ".join(f"'{privilege_title(name)}'" for name in names[:_NAMED])
    more = len(names) - _NAMED
    return titles + (texts.AND_MORE.format(count=more) if more > 0 else "")
