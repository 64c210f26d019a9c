"""Why a portal refused to make a key that could be made when its settings were reviewed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from arcgis_keywidget.errors import (
    FieldError,
    KeyWidgetError,
    PortalError,
    PrivilegeError,
    TokenError,
    WayRefusedError,
)
from arcgis_keywidget.portal.lookup import hidden_items
from arcgis_keywidget.privileges import catalogue, grantable, refuse_without_keys

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from arcgis_keywidget.models import Account, KeyRequest
    from arcgis_keywidget.portal.rest import SharingRest

_REFUSALS = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.INTERNAL_SERVER_ERROR})
_OTHER_WAYS = (
    "Sign in with user name and password, or with the token of another account; or make the key in the "
    "portal itself (Content > New item > Developer credentials) and bring it along."
)


async def why_refused(
    error: KeyWidgetError,
    rest: SharingRest,
    request: KeyRequest,
    privileges: Iterable[str],
    reread: Callable[[], Awaitable[Account]],
) -> KeyWidgetError | FieldError | None:
    """Return a plainer error for a refusal, after a look at the portal as it is now; None for no better one.

    Withdrawn privileges, items that cannot be seen any more, and sessions that the portal makes no keys for
    are told apart by asking, as its own words do not (docs/fidelity.md).

    Args:
        error: the refusal of *addItem* or *registerApp*.
        rest: the portal, with the session that was refused.
        request: the settings.
        privileges: the names that were asked for.
        reread: reads the account anew.
    """
    if not isinstance(error, PortalError) or not (error.code in _REFUSALS or isinstance(error, TokenError)):
        return None
    try:
        account = await reread()
        refuse_without_keys(account)
    except PrivilegeError as missing:
        return missing
    except KeyWidgetError:  # the session has ended: the refusal itself says so
        return None
    lost = [name for name in privileges if name not in grantable(account)]
    if lost:
        return _withdrawn(lost)
    if not isinstance(error, TokenError) and (hidden := await _hidden(rest, request)):
        return hidden
    return _way_refused(rest, error) if isinstance(error, PrivilegeError | TokenError) else None


def _withdrawn(names: list[str]) -> FieldError:
    known = catalogue()
    labels = " and ".join(f"'{known[name].label if name in known else name}'" for name in names)
    are, them = ("are", "them") if len(names) > 1 else ("is", "it")
    return FieldError(
        "privileges", f"{labels} {are} no longer among what your account may grant; leave {them} out."
    )


async def _hidden(rest: SharingRest, request: KeyRequest) -> FieldError | None:
    try:
        gone = await hidden_items(rest, request.items)
    except KeyWidgetError:  # then the refusal stands as it is
        return None
    if not gone:
        return None
    does, it = ("do", "them") if len(gone) > 1 else ("does", "it")
    return FieldError(
        "items", f"{', '.join(gone)} {does} not exist, or you can no longer see {it}; leave {it} out."
    )


def _way_refused(rest: SharingRest, error: PortalError) -> WayRefusedError | None:
    """The account is fine and may grant everything: what is left is how the session was opened."""
    if rest.way == "password":
        return None
    session = "for a session that was opened in the browser" if rest.way == "browser" else "with this token"
    return WayRefusedError(
        f"{urlsplit(rest.url).hostname} makes no keys {session}.",
        _OTHER_WAYS,
        code=error.code,
        details=error.details,
        endpoint=error.endpoint,
    )
