"""Where the form stands and how it moves: every transition there is, in one table."""

from __future__ import annotations

from enum import StrEnum

from arcgis_keywidget.errors import FormStepError


class Phase(StrEnum):
    """What the form is doing; an error is data beside the phase, never a phase of its own."""

    SIGNED_OUT = "signed-out"
    STARTING = "starting"
    SIGNING_IN = "signing-in"
    SIGNED_IN = "signed-in"
    CREATING = "creating"
    READY = "ready"


class Event(StrEnum):
    """What may happen to the form: asked for by the person, or reported by the running task."""

    START_PRACTICE = "start the practice portal"
    STARTED = "practice portal started"
    SIGN_IN = "sign in"
    ACCEPTED = "signed in"
    BROUGHT = "key brought along"
    RESUME = "take over a session"
    CREATE = "create a key"
    CREATED = "key created"
    STOPPED = "failed or cancelled"
    SESSION_ENDED = "session ended"
    ANOTHER = "make another key"
    FORGET = "forget the key"
    SIGN_OUT = "sign out"


TRANSITIONS: dict[tuple[Phase, Event], Phase] = {
    (Phase.SIGNED_OUT, Event.START_PRACTICE): Phase.STARTING,
    (Phase.SIGNED_OUT, Event.SIGN_IN): Phase.SIGNING_IN,
    (Phase.SIGNED_OUT, Event.RESUME): Phase.SIGNED_IN,
    (Phase.STARTING, Event.STARTED): Phase.SIGNING_IN,
    (Phase.STARTING, Event.STOPPED): Phase.SIGNED_OUT,
    (Phase.SIGNING_IN, Event.ACCEPTED): Phase.SIGNED_IN,
    (Phase.SIGNING_IN, Event.BROUGHT): Phase.READY,
    (Phase.SIGNING_IN, Event.STOPPED): Phase.SIGNED_OUT,
    (Phase.SIGNED_IN, Event.CREATE): Phase.CREATING,
    (Phase.SIGNED_IN, Event.SESSION_ENDED): Phase.SIGNED_OUT,
    (Phase.SIGNED_IN, Event.SIGN_OUT): Phase.SIGNED_OUT,
    (Phase.CREATING, Event.CREATED): Phase.READY,
    (Phase.CREATING, Event.STOPPED): Phase.SIGNED_IN,
    (Phase.CREATING, Event.SESSION_ENDED): Phase.SIGNED_OUT,
    (Phase.READY, Event.ANOTHER): Phase.SIGNED_IN,
    (Phase.READY, Event.FORGET): Phase.SIGNED_IN,
    (Phase.READY, Event.SIGN_OUT): Phase.SIGNED_OUT,
}

BUSY = frozenset({Phase.STARTING, Phase.SIGNING_IN, Phase.CREATING})
"""The phases in which a task runs: *Cancel* works, and no second task starts."""

_NEXT = {
    Phase.SIGNED_OUT: "Sign in first.",
    Phase.STARTING: "The practice portal is starting; wait a moment or cancel.",
    Phase.SIGNING_IN: "Signing in is under way; wait a moment or cancel.",
    Phase.SIGNED_IN: "You are signed in; create a key or sign out.",
    Phase.CREATING: "A key is being created; wait a moment or cancel.",
    Phase.READY: "A key is ready; choose New key to make another.",
}


def next_phase(phase: Phase, event: Event) -> Phase:
    """Return the phase that an event leads to.

    Raises:
        FormStepError: the event cannot happen in this phase.
    """
    try:
        return TRANSITIONS[phase, event]
    except KeyError:
        raise FormStepError(f"The form cannot do this now: {event}.", _NEXT[phase]) from None
