"""Ways out that the form offers beside an error: another way to sign in, another kind of secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget.errors import SignInError, WayRefusedError
from arcgis_keywidget.form import texts
from arcgis_keywidget.form.alerts import Action, Alert
from arcgis_keywidget.models.token_kinds import TokenKind, kind_of_token

if TYPE_CHECKING:
    from collections.abc import Collection

    from arcgis_keywidget.models import Secret


def remedy(error: Exception, method: str | None, offered: Collection[str]) -> Alert | None:
    """Return what is said above the form of an error that another way may help out of, None of any other.

    Args:
        error: what went wrong.
        method: the way of signing in that was tried, None where a session was used.
        offered: the ways that this form offers.
    """
    cause = getattr(error, "cause", None) or error
    if method is None:
        return _other_ways(error, offered) if isinstance(cause, WayRefusedError) else None
    return _other_secret(method, offered) if isinstance(error, SignInError) else None


def mistaken(method: str, secret: Secret, offered: Collection[str]) -> Alert | None:
    """Return what is said beside the field where an API key was pasted as a user's token."""
    key = method == "token" and kind_of_token(secret) is TokenKind.API_KEY
    return _other_secret(method, offered) if key else None


def _other_ways(error: Exception, offered: Collection[str]) -> Alert:
    """The portal makes no keys for a session of this kind: each way out ends it first."""
    actions = [
        Action(texts.TO_WAYS_ANEW[method], {"method": method}, "sign-out")
        for method in ("password", "key")
        if method in offered
    ]
    title, hint = getattr(error, "title", ""), getattr(error, "hint", "")
    return Alert("bad", title, hint, tuple(actions))


def _other_secret(method: str, offered: Collection[str]) -> Alert | None:
    """A key where a token belongs, or the other way round."""
    other = {"token": "key", "key": "token"}.get(method, "")
    if other not in offered:
        return None
    action = Action(texts.TO_WAYS[other], {"method": other})
    return Alert("warn", texts.OTHER_SECRET[other], texts.OTHER_SECRET_HINT, (action,))
