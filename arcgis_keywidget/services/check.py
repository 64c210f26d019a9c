"""Is this key good, what does it open, and why not: asked with the cheapest requests that tell the truth."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import urlsplit

from arcgis_keywidget._http import services_in
from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import KeyWidgetError, TokenError
from arcgis_keywidget.models import ApiKey, Item, Secret, is_item_id, veiled
from arcgis_keywidget.models.app_info import AppInfo, read_app_info
from arcgis_keywidget.models.token_kinds import TokenKind, kind_of_token
from arcgis_keywidget.privileges import canonical
from arcgis_keywidget.services.key_check import Finding, KeyCheck, State
from arcgis_keywidget.services.keyed import keyed_client
from arcgis_keywidget.services.subject import Subject, Wanted
from arcgis_keywidget.services.trials import Trials
from arcgis_keywidget.services.verdicts import key_in_doubt, key_refused, key_works, not_accepted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from arcgis_keywidget._http import Transport, Verify
    from arcgis_keywidget.models import KeyCredential
    from arcgis_keywidget.services.keyed import KeyedClient

PATIENCE = 15.0
"""Seconds to wait for each answer; a check that takes longer helps nobody."""

_AT_ONCE = 4  # as many as the portal's own clients ask at a time


class Way(TypedDict, total=False):
    """How `check` asks."""

    transport: Transport | None
    verify: Verify
    timeout: float


def check_key(
    key: str | Secret | ApiKey | None = None,
    *,
    portal: str | None = None,
    credential: KeyCredential | None = None,
    items: Iterable[str | Item] = (),
    privileges: Iterable[str] = (),
    referrer: str | None = None,
    verify: Verify = True,
    timeout: float = PATIENCE,
) -> KeyCheck:
    """Find out what a key is, what it opens, and what to do about what it does not.

    Everything that a key is refused for, and every trouble on the way, is a row of the answer, not an error.
    What is sent, each with the key in the header, and what it costs:

    * ``portals/self``: 1 request, free. Legacy keys and session tokens are told by their shape, unsent.
    * ``premium:user:basemaps``: 1 style document; tiles and sessions are what is counted, not styles.
    * ``premium:user:staticbasemaptiles``: the description of one style's tiles, 1 request, no tile.
    * an item: its description, and for a service that of the service: 2 requests, free.
    * every other privilege: nothing, as a trial would be counted, may cost, or could change something.

    Args:
        key: the key; the credential's, or the session's newest, unless given.
        portal: the portal's address, for a key that this session does not know.
        credential: what the key was made with, so that what it has lost since is told.
        items: further items (ids) that it should open.
        privileges: REST names of further privileges that it should have.
        referrer: one of the referrers that it was made for, if it was made for some.
        verify: as `Portal` takes it.
        timeout: seconds to wait for each answer.

    Raises:
        FieldError: no key, address, item id or referrer; nothing was sent.
        KeyWidgetError: no key is given, and there is none in this session.
    """
    key = veiled(key)
    return run(
        check(
            key,
            portal=portal,
            credential=credential,
            items=items,
            privileges=privileges,
            referrer=referrer,
            verify=verify,
            timeout=timeout,
        )
    )


async def check(
    key: str | Secret | ApiKey | None = None,
    *,
    portal: str | None = None,
    credential: KeyCredential | None = None,
    items: Iterable[str | Item] = (),
    privileges: Iterable[str] = (),
    referrer: str | None = None,
    **connection: Unpack[Way],
) -> KeyCheck:
    """Find out about a key, as `check_key` does."""
    key = veiled(key)
    subject = Subject.of(key, portal, credential, referrer)
    wanted = Wanted.of(credential, items, privileges)
    first = subject.unsent()
    if first is not None:
        return subject.report([first])
    settings: Way = {"timeout": PATIENCE, **connection}
    async with keyed_client(subject.key, **settings) as client:
        return await _ask(client, subject, wanted)


async def _ask(client: KeyedClient, subject: Subject, wanted: Wanted) -> KeyCheck:
    """Ask the portal about the key, then try what it opens."""
    try:
        document = (await client.get(f"{subject.key.portal}/sharing/rest/portals/self", f="json")).document()
    except TokenError as error:
        return subject.report([not_accepted(subject.key, error, subject.now, known=subject.known)])
    except KeyWidgetError as error:
        return subject.report([key_in_doubt(error), *_untried(wanted)])
    app = read_app_info(document)
    account = _account(document, app)
    shaped = kind_of_token(Secret(subject.key)) is TokenKind.API_KEY
    if app is None or (app.expires is None and not shaped):
        kind, finding = _no_key(subject, document, app)
        return subject.report([finding], kind=kind, account=account)
    rows = await _try_all(client, subject, wanted, app, document)
    told: dict[str, Any] = {"kind": "API key", "account": account, "title": app.title}
    told |= {"expires": app.expires} if app.expires else {}
    return subject.report([key_works("The portal accepts it."), *rows], **told)


async def _try_all(
    client: KeyedClient, subject: Subject, wanted: Wanted, app: AppInfo, document: dict[str, Any]
) -> list[Finding]:
    """Return a row for each privilege and item, a few asked at a time."""
    granted = tuple(map(canonical, app.privileges))
    trials = Trials(
        client=client,
        privileges=frozenset(granted),
        items=frozenset(app.items),
        services=subject.key.services or services_in(subject.key.portal, document),
        promised=wanted.promised,
    )
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(name: str) -> Finding:
        async with gate:
            return await (trials.item(name) if is_item_id(name) else trials.privilege(name))

    names = dict.fromkeys((*granted, *wanted.privileges, *app.items, *wanted.items))
    return list(await asyncio.gather(*map(one, names)))


def _untried(wanted: Wanted) -> list[Finding]:
    why = "The portal could not be asked about the key."
    return [
        Finding(what=name, name=name, state=State.NOT_TESTED, why=why, trouble=True)
        for name in dict.fromkeys((*wanted.privileges, *wanted.items))
    ]


def _no_key(subject: Subject, document: dict[str, Any], app: AppInfo | None) -> tuple[str, Finding]:
    """Return what a token is that the portal accepts, and that is no API key; and its row."""
    user = document.get("user")
    if isinstance(user, dict):
        why = f"This is the token of a user ({user.get('username')}), not an API key."
        return "token of a user", key_refused(why, "Sign in with it, and make a key: KeyForm().")
    if app is not None:
        why = f"This is a short-lived token of the application '{app.title}', not an API key."
        return "token of an application", key_refused(why, "Make an API key: KeyForm().")
    host = urlsplit(subject.key.portal).hostname
    why = f"{host} answers, but does not know this as a key."
    return subject.kind, key_refused(why, "It may be of another portal; name the one that it was made at.")


def _account(document: dict[str, Any], app: AppInfo | None) -> str:
    """Return who owns the token, and where, as far as the portal tells."""
    user = document.get("user")
    owner = user.get("username") if isinstance(user, dict) else app and app.owner
    names = (owner, document.get("name"))
    return ", ".join(name for name in names if isinstance(name, str) and name)
