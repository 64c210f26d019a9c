"""What was typed at the entrance: what is wrong with it, and the portal that it opens."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.form import texts
from arcgis_keywidget.form.alerts import SECRET_FIELDS
from arcgis_keywidget.form.checks import settled_address
from arcgis_keywidget.form.draft import PRACTICE
from arcgis_keywidget.portal import Portal
from arcgis_keywidget.portal.brought_key import check_referer
from arcgis_keywidget.portal.signin import check_token

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from arcgis_keywidget.form.draft import Draft
    from arcgis_keywidget.models import Network, Secret, Transcript
    from arcgis_keywidget.portal import CodeSignIn


_PATIENCE = 3.0
"""Seconds that a sign-in waits for the name of a role of the organization's own."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The portal's page for signing in that the person was sent to.

    Attributes:
        place: the portal's address and the client id that the page is for.
    """

    place: tuple[str, str]
    page: CodeSignIn


def entry_errors(draft: Draft, secret: Secret | None) -> dict[str, str]:
    """Return what is wrong with the fields of signing in; ``secret`` is None where none is needed yet."""
    checks: dict[str, Callable[[Draft], object]] = {
        "portal": _check_portal,
        "ca_file": certificates_of,
    }
    if draft.method in {"token", "key"}:
        checks["referrer"] = referrer_of
    if draft.method == "token" and secret:
        checks["token"] = lambda _: check_token(secret)
    errors = {}
    for name, check in checks.items():
        try:
            check(draft)
        except FieldError as error:
            errors[name] = error.message
    if draft.method == "password" and not draft.username.strip():
        errors["username"] = texts.USERNAME_EMPTY
    if secret is not None and not secret:
        errors[SECRET_FIELDS[draft.method]] = texts.SECRET_EMPTY[draft.method]
    return errors


def _check_portal(draft: Draft) -> None:
    if draft.portal == PRACTICE:  # which is no address: nothing may be sent to a host of that name
        raise FieldError("portal", texts.PRACTICE_BY_ITSELF)
    settled_address(draft.portal)


def certificates_of(draft: Draft) -> str | bool:
    """Return the file of certificates as the portal client takes it, True where none is named.

    Raises:
        FieldError: there is no such file on the kernel's machine (field ``ca_file``).
    """
    name = draft.ca_file.strip()
    if not name:
        return True
    try:
        path = Path(name).expanduser()
        there = path.is_file()
    except (RuntimeError, ValueError, OSError):  # ~somebody who has no home here, or no name of a file at all
        there = False
    if not there:
        raise FieldError("ca_file", texts.NO_CA_FILE.format(name=name))
    return str(path)


def referrer_of(draft: Draft) -> str | None:
    """Return the Referer that a token or key made elsewhere is bound to, None where none was typed.

    It may be any word: Esri's Python package, for one, binds its tokens to ``http``.

    Raises:
        FieldError: no header can carry it (field ``referrer``).
    """
    return check_referer(draft.referrer)


def portal_of(draft: Draft, transcript: Transcript, network: Network | None = None) -> Portal:
    """Return the portal of a draft, not entered yet.

    Raises:
        FieldError: its address, file of certificates or referrer cannot be right.
    """
    referer = referrer_of(draft) if draft.method == "token" else None
    verify = certificates_of(draft)
    return Portal(draft.portal, referer=referer, verify=verify, transcript=transcript, network=network)


async def opened(portal: Portal, sign_in: Callable[[Portal], Awaitable[object]]) -> Portal:
    """Return a portal that is signed in, with the name of the person's role; else it is not left open."""
    await portal.__aenter__()
    try:
        await sign_in(portal)
        with suppress(TimeoutError):  # a name is not worth waiting for
            async with asyncio.timeout(_PATIENCE):
                await portal.name_role()
    except BaseException:
        await portal.aclose()
        raise
    return portal


async def enter(portal: Portal, draft: Draft, secret: Secret, visit: Visit | None) -> None:
    """Sign in to a portal in the draft's way; ``visit`` is where a code comes from."""
    if draft.method == "token":
        await portal.sign_in_with_token(secret)
    elif draft.method == "browser" and visit is not None:
        await portal.sign_in_with_code(secret, visit.page)
    else:
        await portal.sign_in(draft.username.strip(), secret)
