"""What an error means for a row of a check: refused, or that something else stood in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from arcgis_keywidget.errors import HostRefusedError, KeyWidgetError, PrivilegeError, TokenError
from arcgis_keywidget.models import is_arcgis_com
from arcgis_keywidget.services.key_check import Finding, State

if TYPE_CHECKING:
    from datetime import datetime

    from arcgis_keywidget.models import ApiKey

_THE_KEY = "The key itself"
_AGAIN = "Generate it again on the page of its item, or make a new one."


def key_works(why: str) -> Finding:
    """Return the first row of a key that its portal accepts."""
    return Finding(what=_THE_KEY, state=State.WORKS, why=why)


def key_refused(why: str, mend: str) -> Finding:
    """Return the first row of a key that is no good."""
    return Finding(what=_THE_KEY, state=State.REFUSED, why=why, mend=mend)


def key_in_doubt(error: KeyWidgetError) -> Finding:
    """Return the first row where the portal could not be asked."""
    mend = error.hint or "Try again in a moment."
    return Finding(what=_THE_KEY, state=State.NOT_TESTED, why=error.title, mend=mend, trouble=True)


def not_accepted(key: ApiKey, error: TokenError, now: datetime, *, known: bool) -> Finding:
    """Return the first row of a key that its portal answered with 401, 498 or 499, which tell no reason.

    Args:
        key: the key as it was sent, with its referrer.
        error: the portal's answer.
        now: the time of the check.
        known: whether the key is certainly of this portal.
    """
    host = urlsplit(key.portal).hostname
    if key.expires is not None and key.expires <= now:
        return key_refused(f"It has ended on {key.expires:%Y-%m-%d at %H:%M} UTC.", _AGAIN)
    why = f"{host} does not accept it ({error.code})."
    if key.referrer:
        mend = (
            f"Perhaps it does not answer to the referrer {key.referrer}; name one that it was made for. Or "
            "it was revoked, or has ended: make a new one, for notebooks without referrers."
        )
        return key_refused(f"{why} The referrer {key.referrer} was sent with it.", mend)
    if known:
        mend = f"It was revoked, generated anew, or ended by a change of its credential. {_AGAIN}"
        return key_refused(why, mend)
    mend = (
        "It may have ended or been revoked; be of another portal: name that; or answer to certain referrers "
        "only: name one of them."
    )
    return key_refused(why, mend)


def told(what: str, name: str, error: KeyWidgetError, key: ApiKey) -> Finding:
    """Return the row of something that failed although the portal accepts the key."""
    if isinstance(error, TokenError):
        why = f"The portal accepts the key, this service does not ({error.code})."
        mend = (
            f"It may compare referrers in another way than the portal does: {key.referrer} was sent."
            if key.referrer
            else "A new or changed key may take a minute to be known there; check again."
        )
        return Finding(what=what, name=name, state=State.REFUSED, why=why, mend=mend)
    if isinstance(error, PrivilegeError):
        why = f"The portal lists this privilege, the service refuses it ({error.code})."
        mend = "The account's subscription may lack the service; a new key may take a minute: check again."
        return Finding(what=what, name=name, state=State.REFUSED, why=why, mend=mend)
    mend = error.hint or "Try again in a moment."
    if isinstance(error, HostRefusedError) and not is_arcgis_com(key.portal):
        mend = "If its server is your organization's, name the host: ApiKey(..., portal=..., trust=[host])."
    return Finding(what=what, name=name, state=State.NOT_TESTED, why=error.title, mend=mend, trouble=True)
