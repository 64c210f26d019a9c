"""What goes back to the client: documents as JSON, refusals in ArcGIS's envelope, and pages for people.

Portal and feature services answer an error with HTTP 200 and `{"error": {...}}`; only the newer location
services (static basemap tiles here) use true 401 and 403. No reply ever carries `WWW-Authenticate`: Esri's
Python client would then turn to Kerberos or NTLM.
"""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response

if TYPE_CHECKING:
    from collections.abc import Mapping

OK = 200
NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}
"""For replies that hold a token: no cache may keep them (RFC 6749, 5.1)."""
JSON_TYPE = "application/json;charset=utf-8"
NO_PERMISSION = "You do not have permissions to access this resource or perform this operation."


class Refusal(Exception):  # noqa: N818 (a reply of the portal, not a fault of this program)
    """An error reply of the portal.

    Args:
        code: ArcGIS's code inside the envelope.
        message: its text.
        details: more sentences, in the reply's `details`.
        message_code: such as `GWM_0003`, where the real portal sends one.
        status: the HTTP status; 200 for portal and feature services.
        oauth: the OAuth 2.0 error name; `oauth2/token` sends both kinds of names in one object.
    """

    def __init__(
        self,
        code: int,
        message: str,
        *details: str,
        message_code: str | None = None,
        status: int = OK,
        oauth: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.details = code, message, list(details)
        self.message_code, self.status, self.oauth = message_code, status, oauth

    def document(self) -> dict[str, Any]:
        """The body, as the real portal sends it."""
        error: dict[str, Any] = {"code": self.code}
        if self.oauth:
            error |= {"error": self.oauth, "error_description": self.message}
        if self.message_code:
            error["messageCode"] = self.message_code
        return {"error": error | {"message": self.message, "details": self.details}}

    @property
    def note(self) -> str:
        """A few words for the request log."""
        return f"error {self.code} {self.message_code or ''}".rstrip()


def bad_request(message: str, *details: str) -> Refusal:
    """400: the request itself is wrong."""
    return Refusal(400, message, *details)


def no_such_item() -> Refusal:
    """400 CONT_0001: unknown and hidden items look alike (captured replies in arcgis-rest-js's tests)."""
    return Refusal(400, "Item does not exist or is inaccessible.", message_code="CONT_0001")


def not_permitted() -> Refusal:
    """403 GWM_0003: signed in, but not allowed (captured replies)."""
    return Refusal(403, NO_PERMISSION, message_code="GWM_0003")


def invalid_token() -> Refusal:
    """498: unknown, expired, revoked, or sent with the wrong Referer (captured replies)."""
    return Refusal(498, "Invalid token.")


def retired_key() -> Refusal:
    """498 for a legacy API key: revoked in June 2026, and said to be invalid since (documented)."""
    hint = "Legacy API keys have been retired. Create API key credentials instead."
    return Refusal(498, "Invalid token.", hint)


def is_protected(code: int) -> Refusal:
    """CONT_0048, which a published bundle of Esri's looks for; its number is not known."""
    return Refusal(code, "Unable to delete item.", "The item is protected.", message_code="CONT_0048")


def token_required() -> Refusal:
    """499: no token where one is needed (captured replies of hosted services)."""
    return Refusal(499, "Token Required", "Token Required", message_code="GWM_0003")


def oauth_refusal(name: str, message: str) -> Refusal:
    """400 in the two kinds of names that `oauth2/token` uses at once."""
    return Refusal(400, message, oauth=name)


def render(document: Mapping[str, Any], form: str = "json", status: int = OK) -> Response:
    """Turn a document into the reply that the parameter `f` asks for; without it ArcGIS answers HTML."""
    if form in {"", "html"}:
        return page("Practice portal", html.escape(json.dumps(document, indent=2)), status)
    indent = 2 if form == "pjson" else None
    # Half a surrogate pair can come in as a JSON escape and be quoted back: UTF-8 has no such letter.
    body = json.dumps(document, ensure_ascii=False, indent=indent).encode(errors="replace")
    return Response(body, status, media_type=JSON_TYPE)


def page(title: str, text: str, status: int = OK) -> HTMLResponse:
    """A page for people; `text` is HTML already."""
    return HTMLResponse(
        f'<!doctype html><html lang="en"><title>{title}</title><pre>{text}</pre></html>',
        status,
        headers={"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"},
    )
