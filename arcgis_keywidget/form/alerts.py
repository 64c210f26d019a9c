"""From an error to the words and the field that it is shown at."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from arcgis_keywidget.errors import (
    ExpiredError,
    FieldError,
    KeyWidgetError,
    PortalUnreachableError,
    ReferrerError,
    SignInError,
    TokenError,
    UndoneError,
)
from arcgis_keywidget.form import texts
from arcgis_keywidget.form.fields import READERS

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET_FIELDS = MappingProxyType({"browser": "code", "password": "password", "token": "token", "key": "key"})
"""The field that the secret of each way to sign in is typed in."""

_FIELDS = frozenset(READERS).union(SECRET_FIELDS.values())
_FIELD_OF = {"expires": "days", "verify": "ca_file"}  # arguments of KeyRequest and Portal


@dataclass(frozen=True, slots=True)
class Action:
    """A way out that an alert offers as a button.

    Attributes:
        draft: what the button changes in the draft first.
        kind: the message that it sends then; empty for none.
    """

    label: str
    draft: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    kind: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the action as JSON can carry it, without what it does not do."""
        told = {"label": self.label, "draft": dict(self.draft), "kind": self.kind}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Alert:
    """What is said above the form: what happened, what state things are in, and the ways out."""

    tone: Literal["bad", "warn", "ok"]
    title: str
    hint: str
    actions: tuple[Action, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the alert as JSON can carry it."""
        actions = [action.as_dict() for action in self.actions]
        return {"tone": self.tone, "title": self.title, "hint": self.hint, "actions": actions}


SESSION_ENDED = Alert("warn", texts.SESSION_ENDED, texts.SESSION_ENDED_HINT)


def explain(error: BaseException) -> Alert:
    """Return what to say of an error; of one that is not ours, only its kind and place, never its message."""
    if isinstance(error, UndoneError) and error.title == texts.CANCELLED:
        return Alert("warn", error.title, error.hint)
    if isinstance(error, FieldError):
        return Alert("bad", error.message, texts.SETTINGS_KEPT)
    if isinstance(error, KeyWidgetError):
        return Alert("bad", error.title, error.hint or texts.SETTINGS_KEPT)
    return Alert("bad", texts.BROKEN.format(error=place_of(error)), texts.BROKEN_HINT)


def field_of(error: FieldError) -> str:
    """Return the field of the form that fills the argument which an error names."""
    return _FIELD_OF.get(error.field, error.field)


def field_error(error: Exception, method: str | None = None) -> FieldError | None:
    """Return an error as one of a field of the form, where it belongs to one.

    While signing in, ``method`` tells at which secret a refusal is shown, and a certificate that is not
    trusted is shown where another file of certificates can be named.
    """
    if isinstance(error, FieldError):
        field = field_of(error)
        return FieldError(field, error.message) if field in _FIELDS else None
    if method and isinstance(error, SignInError | TokenError | ExpiredError):
        return FieldError(SECRET_FIELDS[method], str(error))
    if method and isinstance(error, ReferrerError):
        return FieldError("referrer", str(error))
    if method and isinstance(error, PortalUnreachableError) and error.reason == "certificate":
        hint = texts.CA_FILE_HINT if "SSL_CERT_FILE" in error.hint else error.hint
        return FieldError("ca_file", f"{error.title} {hint}")
    return None


def session_lost(error: Exception) -> bool:
    """Return whether an error says that the portal no longer knows the session."""
    cause = getattr(error, "cause", None) or error
    return isinstance(cause, TokenError | SignInError)


def place_of(error: BaseException) -> str:
    """Return the kind of an error and where it was raised; its message may hold what was passed around."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}"
