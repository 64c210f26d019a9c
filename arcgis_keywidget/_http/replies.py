"""What an answer says: a document, or one of our errors."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import quote, quote_plus

from arcgis_keywidget.errors import (
    KeyWidgetError,
    PortalError,
    PrivilegeError,
    QuotaError,
    TokenError,
    UnexpectedReplyError,
)
from arcgis_keywidget.models import Secret

SECRET_FIELDS = frozenset({"token", "access_token", "refresh_token", "client_secret", "apiKey"})
T = TypeVar("T")

_LONGEST = 200  # characters of a portal's own words that we show
_LONGEST_ERROR = 65_536  # bytes; what is longer is a document, and not read twice
_MOST_DIGITS = 9  # of a number of seconds
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_MASK = "••••"
_NO_TOKEN = frozenset({401, 498, 499})
_BAD = HTTPStatus.BAD_REQUEST  # errors begin here, in HTTP and in ArcGIS's own numbers


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer.

    Attributes:
        host: who was asked.
        endpoint: the path that was asked, without host and query.
        sent: the secrets of the request, so that they can be taken out of the answer's words.
        retry_after: seconds after which it asks to be tried again, where it says so.
        date: its server's time (UTC), where it says so.
    """

    host: str
    endpoint: str
    status: int
    content_type: str
    body: bytes = field(repr=False)
    sent: tuple[Secret, ...] = ()
    retry_after: float | None = None
    date: datetime | None = None

    @property
    def code(self) -> int:
        """ArcGIS's own number of the error inside the answer; 0 where it holds none."""
        if len(self.body) > _LONGEST_ERROR:
            return 0
        words = _error_words(self._parsed(frozenset()) or {}, HTTPStatus.OK)
        return words[0] if words else 0

    def document(self, secret_fields: frozenset[str] = SECRET_FIELDS) -> dict[str, Any]:
        """Return the answer as a JSON object, in which the secret fields are `Secret`.

        Raises:
            PortalError: the portal said no in any of its ways: 200 with an error, an OAuth error, 4xx, 5xx.
            UnexpectedReplyError: no JSON object.
        """
        document = self._parsed(secret_fields)
        error = self._error(document)
        if error is None and document is None:
            error = self._not_json()
        if error is not None:
            raise error
        assert document is not None  # noqa: S101 (the line above; for the type checker)
        return document

    def content(self) -> bytes:
        """Return the answer's bytes, if it is no error.

        Raises:
            PortalError: as in `document`.
            UnexpectedReplyError: a web page.
        """
        error = self._error(self._parsed(frozenset()))
        if error is None and self.body[:1] in {b"<", b""}:
            error = self._not_json()
        if error is not None:
            raise error
        return self.body

    def _parsed(self, secret_fields: frozenset[str]) -> dict[str, Any] | None:
        def shroud(document: dict[str, Any]) -> dict[str, Any]:
            for name in secret_fields & document.keys():
                if isinstance(document[name], str):
                    document[name] = Secret(document[name])
            return document

        if not self.body.lstrip().startswith(b"{"):
            return None
        try:
            # The hook is called for every object there is, which takes long where there are many.
            return dict(json.loads(_whole(self.body), object_hook=shroud if secret_fields else None))
        except (ValueError, RecursionError):
            return None

    def _error(self, document: dict[str, Any] | None) -> KeyWidgetError | None:
        words = _error_words(document or {}, self.status)
        if words is None:
            return None
        code, message_code, message, details = words
        error = portal_error(
            self.host,
            self.endpoint,
            code,
            message_code=message_code,
            message=self._clean(message),
            details=tuple(self._clean(text) for text in details[:3] if isinstance(text, str)),
        )
        if isinstance(error, QuotaError):
            error.retry_after = self.retry_after
        return error

    def _clean(self, text: object) -> str:
        """Return a portal's words without the secrets that were sent to it, on one line, not too long."""
        words = self._masked(str(text or ""))
        words = self._masked(" ".join(re.sub(r"[\x00-\x1f\x7f]", " ", words).split()))
        return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"

    def _masked(self, words: str) -> str:
        """Return words without the sent secrets, however written: portals echo what they did not like."""
        for secret in self.sent:
            plain = secret.reveal()
            written = {plain, " ".join(plain.split()), quote(plain), quote_plus(plain), escape(plain)}
            for text in written | {json.dumps(plain)[1:-1]}:
                words = words.replace(text, _MASK) if text else words
        return words

    def _not_json(self) -> UnexpectedReplyError:
        if self.body.lstrip().startswith(b"<"):
            return UnexpectedReplyError(
                f"{self.host} answered with a web page instead of data.",
                "A proxy, the sign-in page of your network or a wrong address may stand between; open the "
                "portal in a browser, then try again.",
            )
        return UnexpectedReplyError(
            f"The answer of {self.host} is incomplete, or not ArcGIS's.",
            "Try again; if it stays so, check the address.",
        )


def _whole(body: bytes) -> bytes:
    """Return JSON in which half characters, left where a portal cut a text, are question marks."""
    if not _HALF.search(body):
        return body
    return json.dumps(json.loads(body), ensure_ascii=False).encode(errors="replace")


def read_delay(text: str) -> float | None:
    """Return the seconds of a Retry-After header, which are a number or a date; None where there are none."""
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return float(text)
    moment = read_date(text)
    return None if moment is None else max(0.0, (moment - datetime.now(UTC)).total_seconds())


def read_date(text: str) -> datetime | None:
    """Return the moment of a header such as Date; None where it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def need(document: dict[str, Any], name: str, kind: type[T]) -> T:
    """Return a field that must be there.

    Raises:
        UnexpectedReplyError: it is missing, empty or of another type.
    """
    value = document.get(name)
    if isinstance(value, kind) and value:
        return value
    raise UnexpectedReplyError(
        f"The portal's answer lacks '{name}'.", "Try again; if it stays so, check the portal's address."
    )


def _error_words(document: dict[str, Any], status: int) -> tuple[int, str, object, list[object]] | None:
    """Return code, message code, message and details, in whichever way the portal says no."""
    error = document.get("error")
    bad = max(status, _BAD)
    if isinstance(error, dict):
        code, details = error.get("code"), error.get("details")
        message = error.get("message") or error.get("error_description")
        code = code if isinstance(code, int) else bad
        return (
            code,
            str(error.get("messageCode") or ""),
            message,
            details if isinstance(details, list) else [],
        )
    if error:
        return bad, "", document.get("error_description") or error, []
    code = document.get("code")
    if isinstance(code, int) and code >= _BAD:
        return code, "", document.get("message"), []
    if document.get("status") in {"failed", "failure"} or document.get("success") is False:
        return max(status, HTTPStatus.INTERNAL_SERVER_ERROR), "", document.get("statusMessage"), []
    return (status, "", "", []) if status >= _BAD else None


def portal_error(
    host: str, endpoint: str, code: int, *, message_code: str, message: str, details: tuple[str, ...]
) -> PortalError:
    """Return the error for a portal's number and words."""
    kind, title, hint = _words_for(host, endpoint, code, f" {message}" if message else "")
    if details and kind is PortalError:
        hint = f"{' '.join(details)} {hint}".rstrip()
    return kind(title, hint, code=code, message_code=message_code, details=details, endpoint=endpoint)


def _words_for(host: str, endpoint: str, code: int, said: str) -> tuple[type[PortalError], str, str]:
    if code in _NO_TOKEN:
        return TokenError, f"{host} does not accept this token ({code}).", "It may have ended; sign in again."
    if code == HTTPStatus.FORBIDDEN:
        hint = "Your account lacks a privilege for it; an administrator can add it to your role."
        return PrivilegeError, f"{host} does not permit this (403).{said}", hint
    if code == HTTPStatus.NOT_FOUND and not said:
        return PortalError, f"{host} has nothing at {endpoint} (404).", "Check the portal's address."
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return QuotaError, f"{host} gets too many requests for now (429).", "Wait a minute, then try again."
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        hint = "The trouble is on its side; try again in a moment."
        return PortalError, f"{host} could not do this ({code}).{said}", hint
    return PortalError, f"{host} refused this ({code}).{said}", ""
