"""Every error this package raises on purpose.

* KeyWidgetError               .title says what happened, .hint what to do next
    + PortalError              .code, .message_code, .details, .endpoint
    |   + SignInError          the portal does not accept this user, password or token
    |   + TokenError           498 or 499: the token ended, was revoked, or is missing
    |   + PrivilegeError       the account, or the key, may not do this
    |   + QuotaError           .retry_after; 429: too many requests for now
    |   + NotGrantedError      .item: the key is good, the item is not among those it opens
    |   + ExpiredError         the key's expiration date has passed
    |   + ReferrerError        the key answers only to requests from other pages
    |   + WayRefusedError      the account is fine, but this way of signing in may not make keys
    + PortalUnreachableError   .sent, .reason: no connection, TLS refused, no answer in time, no renewal
    + UnexpectedReplyError     .too_long: an answer, but not an ArcGIS one, or without end
    + HostRefusedError         a web address outside the trusted hosts
    + UndoneError              .cause: a job of several steps failed and everything was undone
    + LeftBehindError          .cause, .items: it failed, and these item ids could not be removed
    + FormStepError            the form cannot do this now
    + MissingExtraError        an optional part is not installed
* FieldError (a ValueError)    .field: a value that cannot be right; nothing was sent, or all is undone

Titles and hints are plain sentences, safe to show: no error holds a request, a header or a body.
"""

from __future__ import annotations

__all__ = [
    "ExpiredError",
    "FieldError",
    "FormStepError",
    "HostRefusedError",
    "KeyWidgetError",
    "LeftBehindError",
    "MissingExtraError",
    "NotGrantedError",
    "PortalError",
    "PortalUnreachableError",
    "PrivilegeError",
    "QuotaError",
    "ReferrerError",
    "SignInError",
    "TokenError",
    "UndoneError",
    "UnexpectedReplyError",
    "WayRefusedError",
]


class KeyWidgetError(Exception):
    """The root of the tree: one sentence on what happened, one on what to do next."""

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__(title, hint)
        self.title = title
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.title} {self.hint}".rstrip()


class PortalError(KeyWidgetError):
    """The portal answered with an error of its own.

    Attributes:
        code: ArcGIS's number (400, 403, 498, 499, 500, ...) or the HTTP status.
        message_code: ArcGIS's name for the error, such as ``CONT_0001``, where it gave one.
        details: the portal's own short explanations, cut to a safe length.
        endpoint: the path that was asked, without host and query.
    """

    def __init__(
        self,
        title: str,
        hint: str = "",
        *,
        code: int = 0,
        message_code: str = "",
        details: tuple[str, ...] = (),
        endpoint: str = "",
    ) -> None:
        super().__init__(title, hint)
        self.code = code
        self.message_code = message_code
        self.details = details
        self.endpoint = endpoint


class SignInError(PortalError):
    """The portal does not accept this user, password or token."""


class TokenError(PortalError):
    """Codes 498 and 499: the token ended, was revoked, or is missing."""


class PrivilegeError(PortalError):
    """The account, or the key, may not do this."""


class QuotaError(PortalError):
    """Code 429: too many requests for now.

    Attributes:
        retry_after: seconds until it is worth another try, where the answer says so.
    """

    retry_after: float | None = None


class NotGrantedError(PortalError):
    """The key is good, but this item is not among those it opens.

    Attributes:
        item: the item id or layer address that was asked for.
    """

    def __init__(self, title: str, hint: str = "", *, item: str, code: int = 403, endpoint: str = "") -> None:
        super().__init__(title, hint, code=code, endpoint=endpoint)
        self.item = item


class ExpiredError(PortalError):
    """The key's expiration date has passed."""


class ReferrerError(PortalError):
    """The key answers only to requests from the referrers it was made for."""


class WayRefusedError(PortalError):
    """The account is fine, but the portal makes no keys for a session that was signed in this way."""


class PortalUnreachableError(KeyWidgetError):
    """No connection, TLS refused, no answer in time, or no renewal of an OAuth session to ask with.

    Attributes:
        sent: whether the request may have arrived, and its work been done, all the same.
        reason: ``certificate``, ``proxy``, ``timeout``, or empty for any other.
    """

    def __init__(self, title: str, hint: str = "", *, sent: bool = True, reason: str = "") -> None:
        super().__init__(title, hint)
        self.sent = sent
        self.reason = reason


class UnexpectedReplyError(KeyWidgetError):
    """Something answered, but not as an ArcGIS portal does (a proxy's page, a missing field).

    Attributes:
        too_long: whether there was more of it than is read; less may be asked for.
    """

    def __init__(self, title: str, hint: str = "", *, too_long: bool = False) -> None:
        super().__init__(title, hint)
        self.too_long = too_long


class HostRefusedError(KeyWidgetError):
    """A web address outside the hosts that may see this token."""


class UndoneError(KeyWidgetError):
    """A job of several steps failed; everything it had made was removed again.

    Attributes:
        cause: the error that stopped the job.
    """

    def __init__(self, title: str, hint: str = "", *, cause: KeyWidgetError | None = None) -> None:
        super().__init__(title, hint)
        self.cause = cause


class LeftBehindError(KeyWidgetError):
    """A job of several steps failed, and something it had made could not be removed.

    Attributes:
        items: ids of the items that remain; empty when one may remain whose id the portal did not tell.
        cause: the error that stopped the job.
    """

    def __init__(
        self, title: str, hint: str = "", *, items: tuple[str, ...], cause: KeyWidgetError | None = None
    ) -> None:
        super().__init__(title, hint)
        self.items = items
        self.cause = cause


class FormStepError(KeyWidgetError):
    """The form cannot do this now."""


class MissingExtraError(KeyWidgetError):
    """An optional part of the package is not installed."""


class FieldError(ValueError):
    """A value that cannot be right, so that nothing is sent, or was refused, and everything is undone.

    Attributes:
        field: the name of the argument, which is also the field of the form.
        message: one sentence: the limit and the remedy.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message
