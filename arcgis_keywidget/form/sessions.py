"""What the forms of a kernel know of each other: what the last one leaves to the next, and who shares it."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from arcgis_keywidget.form.alerts import Alert
    from arcgis_keywidget.form.draft import Draft
    from arcgis_keywidget.form.entrance import Entrance
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


class _Memory:
    """What is kept: written on the forms' loop, and read by cells on threads of their own."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin with nothing, under a lock that nobody holds."""
        self.lock = threading.Lock()
        self.sessions: dict[str, Session] = {}  # by the address in the draft, the newest last
        self.forms: WeakSet[Entrance] = WeakSet()
        self.words: dict[str, Alert] = {}


_memory = _Memory()


def keep(session: Session, ended: Portal | None = None) -> None:
    """Make this the session of its portal, and the newest of all.

    A form without a session leaves only its draft: another one may be signed in there.

    Args:
        session: what the next form goes on with.
        ended: the portal that this form has just left; no form goes on with it.
    """
    address = session.draft.portal
    with _memory.lock:
        last = _memory.sessions.pop(address, None)
        going_on = last and last.portal and last.portal is not ended and last.portal.signed_in
        if last and going_on and session.portal is None:
            session = replace(last, draft=session.draft)
        _memory.sessions[address] = session


def find(address: str | None) -> Session | None:
    """Return the session for an address, or the newest of all, or None."""
    with _memory.lock:
        if address is not None:
            return _memory.sessions.get(address)
        return next(reversed(_memory.sessions.values()), None)


def join(form: Entrance) -> None:
    """Count a form among those that `sharing` finds, for as long as it lives."""
    with _memory.lock:
        _memory.forms.add(form)


def part(form: Entrance) -> None:
    """Count a form out again."""
    with _memory.lock:
        _memory.forms.discard(form)


def sharing(portal: Portal) -> tuple[Entrance, ...]:
    """Return the forms that hold this very portal."""
    with _memory.lock:
        return tuple(form for form in _memory.forms if form.portal is portal)


def leave_word(address: str, alert: Alert) -> None:
    """Have something said by the next form of a portal, as the one that it happened to is closed."""
    with _memory.lock:
        last = _memory.words.get(address)
        _memory.words[address] = replace(alert, hint=f"{last.hint} {alert.hint}") if last else alert


def take_word(address: str) -> Alert | None:
    """Return what a form has to say for closed ones; nobody else will."""
    with _memory.lock:
        return _memory.words.pop(address, None)


def forget_all() -> None:
    """Leave nothing to the next form: in a forked child, portals belong to a loop that is not there."""
    _memory.reset()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=forget_all)
