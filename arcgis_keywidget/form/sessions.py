"""What the last form of each portal leaves to the next one in this kernel: its session and its draft."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arcgis_keywidget.form.draft import Draft
    from arcgis_keywidget.portal import Portal


@dataclass(frozen=True, slots=True)
class Session:
    """A draft, and the session that it is filled in with.

    Attributes:
        portal: the portal that somebody is signed in to, None while nobody is.
        way: the method of signing in.
        opened: whether a form opened the portal; one that was handed in is closed by its owner.
    """

    draft: Draft
    portal: Portal | None = None
    way: str = ""
    opened: bool = False


_sessions: dict[str, Session] = {}  # by the address in the draft, the newest last
if hasattr(os, "register_at_fork"):  # not on Windows; a portal belongs to the loop of the fork's parent
    os.register_at_fork(after_in_child=_sessions.clear)


def keep(session: Session) -> None:
    """Make this the session of its portal, and the newest of all."""
    _sessions.pop(session.draft.portal, None)
    _sessions[session.draft.portal] = session


def find(address: str | None) -> Session | None:
    """Return the session for an address, or the newest of all, or None."""
    if address is not None:
        return _sessions.get(address)
    return next(reversed(_sessions.values()), None)


def forget_all() -> None:
    """Leave nothing to the next form."""
    _sessions.clear()
