"""Who may use the basemap styles and their tiles.

The styles refuse with true HTTP statuses, the tile services behind them inside HTTP 200 (replies of real
hosts, made public). A session token opens the styles and tiles of its own family, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arcgis_keywidget.practice.basemaps.sessions import find_session
from arcgis_keywidget.practice.replies import OK, Refusal

if TYPE_CHECKING:
    from typing import Any

    from arcgis_keywidget.practice.call import Call

PRIVILEGE = "premium:user:basemaps"
SERVICE = "basemapStyles"


class StylesRefusal(Refusal):
    """An error of the styles service: its envelope also names a page about the server (documented)."""

    def __init__(self, root: str, status: int, code: int, message: str, *details: str) -> None:
        super().__init__(code, message, *details, status=status)
        self._root = root

    def document(self) -> dict[str, Any]:
        """The body, with `restInfoUrl`."""
        body = super().document()
        return {"error": body["error"] | {"restInfoUrl": f"{self._root}/arcgis/rest/info"}}


def not_found(call: Call) -> Refusal:
    """404: no such style, tile or item (captured replies of Esri's location services)."""
    return StylesRefusal(call.root, 404, 404, "Path not found.")


def wrong_parameter(call: Call, message: str) -> Refusal:
    """400: a parameter that the style does not take; the text is not known."""
    return StylesRefusal(call.root, 400, 400, "Bad request.", message)


def admit(call: Call, family: str = "", *, sessions: bool = True) -> None:
    """Let a caller use the styles.

    Args:
        call: carries the token.
        family: the family of styles that a session token must have been started for; any when empty.
        sessions: whether a session token will do at all; not for new sessions or custom styles (documented).

    Raises:
        Refusal: 404 where the account has no such service; 401 without a good token or with a wrong Referer;
            403 without the privilege.
    """
    check_service(call)
    if call.carried is None:
        raise StylesRefusal(call.root, 401, 499, "Token Required.", "A valid token was not provided.")
    session = find_session(call.store, call.carried[0], call.now)
    if session is not None:
        if not sessions or family not in {"", session}:
            raise forbidden(call)
        return
    try:
        caller = call.known_caller
    except Refusal as refusal:
        raise StylesRefusal(call.root, 401, refusal.code, refusal.message) from None
    if PRIVILEGE not in caller.privileges:
        raise forbidden(call)


def admit_to_tiles(call: Call, family: str) -> None:
    """Let a caller use the tiles of a family.

    Raises:
        Refusal: as `admit` does, but inside HTTP 200.
    """
    check_service(call)
    try:
        admit(call, family)
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.message, *refusal.details, status=OK) from None


def check_service(call: Call) -> None:
    """Refuse with 404 where the account kind has no basemaps."""
    if SERVICE not in call.portal.account.services:
        raise not_found(call)


def forbidden(call: Call) -> Refusal:
    """403: a good token that may not do this (a reply of the real styles service, made public)."""
    detail = "The token is valid but is not allowed to use this service."
    return StylesRefusal(call.root, 403, 403, "Permission missing.", detail)
