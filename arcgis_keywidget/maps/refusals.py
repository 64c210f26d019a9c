"""What a page, or a person who opens an address, is answered when a part of a basemap is not to be had."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import (
    ExpiredError,
    FieldError,
    HostRefusedError,
    KeyWidgetError,
    PortalError,
    PortalUnreachableError,
    PrivilegeError,
    QuotaError,
    ReferrerError,
    TokenError,
    UnexpectedReplyError,
)
from arcgis_keywidget.maps.sources import ForgottenError
from arcgis_keywidget.maps.wire import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

# The first that fits counts.
_STATUS: tuple[tuple[type[Exception], HTTPStatus], ...] = (
    (FieldError, HTTPStatus.NOT_FOUND),
    (ForgottenError, HTTPStatus.GONE),
    (TokenError, HTTPStatus.UNAUTHORIZED),
    (ExpiredError, HTTPStatus.UNAUTHORIZED),
    (ReferrerError, HTTPStatus.FORBIDDEN),
    (PrivilegeError, HTTPStatus.FORBIDDEN),
    (HostRefusedError, HTTPStatus.BAD_GATEWAY),
    (QuotaError, HTTPStatus.TOO_MANY_REQUESTS),
    (UnexpectedReplyError, HTTPStatus.BAD_GATEWAY),
    (PortalUnreachableError, HTTPStatus.BAD_GATEWAY),
    (PortalError, HTTPStatus.BAD_GATEWAY),
    (KeyWidgetError, HTTPStatus.NOT_FOUND),
    (TimeoutError, HTTPStatus.GATEWAY_TIMEOUT),
)
_SLOW = KeyWidgetError("The basemap service did not answer in time.", "Try again.")
_FAULT = KeyWidgetError(
    "This part of the basemap could not be read.", "Try again; the kernel's log says more."
)


def answer_to(error: Exception) -> Answer:
    """Return the answer that says what is wrong: a status for maps, two sentences for people."""
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), None)
    if status is None:
        return _told(_FAULT.title, _FAULT.hint, HTTPStatus.INTERNAL_SERVER_ERROR)
    if isinstance(error, FieldError):
        return _told(error.message, "", status)
    if not isinstance(error, KeyWidgetError):
        return _told(_SLOW.title, _SLOW.hint, status)
    if isinstance(error, PortalUnreachableError) and error.reason == "timeout":
        status = HTTPStatus.GATEWAY_TIMEOUT
    elif isinstance(error, PortalError) and error.code == HTTPStatus.SERVICE_UNAVAILABLE:
        status = HTTPStatus.SERVICE_UNAVAILABLE
    return _told(error.title, error.hint, status, _retry_after(error))


def _retry_after(error: KeyWidgetError) -> dict[str, str]:
    seconds = error.retry_after if isinstance(error, QuotaError) else None
    return {} if seconds is None else {"Retry-After": str(max(1, round(seconds)))}


def _told(title: str, hint: str, status: HTTPStatus, headers: Mapping[str, str] | None = None) -> Answer:
    body = json.dumps({"title": title, "hint": hint}).encode()
    return Answer(status, body, "application/json", headers=dict(headers or {}))
