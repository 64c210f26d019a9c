"""Ending credentials, one by one or many: what was done is told item by item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from arcgis_keywidget.errors import (
    FieldError,
    KeyWidgetError,
    PortalError,
    PortalUnreachableError,
    QuotaError,
    TokenError,
)
from arcgis_keywidget.portal.rest import content_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from arcgis_keywidget.models import Account, KeyCredential
    from arcgis_keywidget.portal.rest import SharingRest

OutcomeState: TypeAlias = Literal["planned", "done", "failed", "not tried"]

_GONE, _PROTECTED = "CONT_0001", "CONT_0048"
_IS_PROTECTED = "It is protected against deletion; lift that on its page in the portal first."


@dataclass(frozen=True, slots=True)
class KeyOutcome:
    """What became of one credential of many.

    Attributes:
        state: ``planned`` in a dry run; ``not tried`` after an error that would meet all the others too.
        why: a sentence where it failed, or would.
    """

    credential: KeyCredential
    state: OutcomeState
    why: str = ""

    def __str__(self) -> str:
        return f"{self.credential.title}: {self.state}{self.why and f' ({self.why})'}"


async def delete_credential(rest: SharingRest, account: Account, credential: KeyCredential) -> None:
    """Delete a credential and its keys for good (1 request); one that is gone already is no error.

    Raises:
        PortalError: it is protected, or may not be deleted by this account.
    """
    owner = credential.owner or account.username
    path = f"{content_of(owner)}/items/{credential.item_id}/delete"
    try:
        await rest.post(path, {"permanentDelete": "true"})
    except PortalError as error:
        if error.message_code == _GONE:
            return
        if error.message_code != _PROTECTED:
            raise
        raise PortalError(
            f"'{credential.title}' was not deleted.",
            _IS_PROTECTED,
            code=error.code,
            message_code=error.message_code,
            endpoint=error.endpoint,
        ) from None


async def for_each(
    credentials: Iterable[KeyCredential],
    work: Callable[[KeyCredential], Awaitable[object]],
    *,
    obstacle: Callable[[KeyCredential], str],
    dry_run: bool,
    on_key: Callable[[KeyOutcome], None] | None,
) -> tuple[KeyOutcome, ...]:
    """Do some work with each credential, one after the other.

    Args:
        credentials: which.
        work: what to do.
        obstacle: tells why it would fail, or nothing; for dry runs.
        dry_run: whether only to tell what would be done.
        on_key: is told of each as it is done.
    """
    outcomes = []
    stopped = ""
    for one in credentials:
        if dry_run:
            why = obstacle(one)
            outcome = KeyOutcome(one, "failed" if why else "planned", why)
        elif stopped:
            outcome = KeyOutcome(one, "not tried", stopped)
        else:
            outcome, stopped = await _try(one, work)
        outcomes.append(outcome)
        if on_key is not None:
            on_key(outcome)
    return tuple(outcomes)


async def _try(
    credential: KeyCredential, work: Callable[[KeyCredential], Awaitable[object]]
) -> tuple[KeyOutcome, str]:
    """Do the work; the second result tells why the others need not be tried."""
    try:
        await work(credential)
    except (TokenError, QuotaError, PortalUnreachableError) as error:
        return KeyOutcome(credential, "failed", str(error)), error.title
    except (KeyWidgetError, FieldError) as error:
        return KeyOutcome(credential, "failed", str(error)), ""
    return KeyOutcome(credential, "done"), ""


def why_not_deleted(credential: KeyCredential) -> str:
    """Return why a credential cannot be deleted, as far as is known before trying."""
    return _IS_PROTECTED if credential.protected else ""
