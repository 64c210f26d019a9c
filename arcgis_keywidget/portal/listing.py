"""The account's API key credentials, as the portal tells them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from arcgis_keywidget._http import need
from arcgis_keywidget.errors import KeyWidgetError, PortalError, QuotaError, TokenError
from arcgis_keywidget.models import KeyCredential, Secret, Slot, split_access
from arcgis_keywidget.models.app_info import read_moment
from arcgis_keywidget.portal.content import PAGE, list_folders, need_list
from arcgis_keywidget.portal.credential import App
from arcgis_keywidget.portal.rest import content_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable, Mapping

    from arcgis_keywidget.portal.rest import SharingRest

_AT_ONCE = 4  # as many as the portal's own clients ask at a time
_MOST_PAGES = 100  # a search gives 10,000 at most
_LEGACY = "API Key"
"""The type of the older keys' items (documented)."""
_QUERY = '((type:"Application" AND typekeywords:"APIToken") OR type:"API Key")'
"""What the portal's own page asks; credentials carry the keyword APIToken, older keys a type of their own."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A credential together with what asks for its keys, which goes no further than the job that reads it."""

    credential: KeyCredential
    app: App


async def list_credentials(
    rest: SharingRest,
    owner: str,
    also: Iterable[str] = (),
    on_key: Callable[[KeyCredential], None] | None = None,
) -> tuple[KeyCredential, ...]:
    """Return the credentials of a user, by title (1 request for 100 of them, 2 for each, 1 for the folders).

    A search finds them; as its index lags behind, each is read as it is now.

    Args:
        rest: the portal, signed in.
        owner: a user name.
        also: ids of items that the index may not know yet.
        on_key: is told of each credential as it is read.
    """
    folders = {folder.id: folder.title for folder in await list_folders(rest, owner)}
    ids = dict.fromkeys([*[item async for item in _search(rest, owner)], *also])
    gate = asyncio.Semaphore(_AT_ONCE)

    async def read(item: str) -> KeyCredential | None:
        async with gate:
            found = await _read_if_there(rest, owner, item, folders)
        if found is not None and on_key is not None:
            on_key(found)
        return found

    read_ones = await _gather([read(item) for item in ids])
    return tuple(
        sorted((one for one in read_ones if one), key=lambda one: (one.title.casefold(), one.item_id))
    )


async def read_whole(
    rest: SharingRest, owner: str, item_id: str, folders: Mapping[str, str] | None = None
) -> Whole:
    """Return a credential as it is now, with its secret (2 requests, 3 where it lies in an unknown folder).

    Raises:
        PortalError: the portal knows no such credential (any more).
    """
    path = f"{content_of(owner)}/items/{item_id}"
    try:
        item = need(await rest.get(path), "item", dict)
        if item.get("type") == _LEGACY:
            return Whole(_legacy(item, owner), App("", Secret("")))
        app = await rest.get(f"{path}/registeredAppInfo")
    except PortalError as error:
        raise _explained(error, item_id) from None
    place = item.get("ownerFolder")
    if folders is None or place not in folders:
        folders = {folder.id: folder.title for folder in await list_folders(rest, owner)} if place else {}
    client = need(app, "client_id", str)
    return Whole(
        _credential(item, app, owner, folders.get(place) if isinstance(place, str) else None),
        App(client, need(app, "client_secret", Secret)),
    )


async def _search(rest: SharingRest, owner: str) -> AsyncGenerator[str, None]:
    name = owner.replace("\\", "").replace('"', "")
    start = 1
    for _ in range(_MOST_PAGES):
        document = await rest.get(
            "search",
            q=f'owner:"{name}" AND {_QUERY}',
            start=str(start),
            num=str(PAGE),
            sortField="title",
            sortOrder="asc",
        )
        for entry in need_list(document, "results"):
            yield need(entry, "id", str)
        following = document.get("nextStart")
        if not (isinstance(following, int) and following > start):
            return
        start = following


async def _read_if_there(
    rest: SharingRest, owner: str, item: str, folders: Mapping[str, str]
) -> KeyCredential | None:
    """Return a credential, None where it was deleted, or unregistered, since the index saw it."""
    try:
        return (await read_whole(rest, owner, item, folders)).credential
    except (TokenError, QuotaError):
        raise
    except PortalError as error:
        if error.code in {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND}:
            return None
        raise


async def _gather(work: list[Any]) -> list[KeyCredential | None]:
    """Await all; the first failure ends the others, and is raised as it is."""
    failure: BaseException
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in work]
    except ExceptionGroup as errors:
        failure = errors.exceptions[0]
    else:
        return [task.result() for task in tasks]
    raise failure


def _credential(
    item: Mapping[str, Any], app: Mapping[str, Any], owner: str, folder: str | None
) -> KeyCredential:
    privileges, items = split_access(_texts(app, "privileges"))
    return KeyCredential(
        item_id=need(dict(item), "id", str),
        client_id=need(dict(app), "client_id", str),
        title=_text(item, "title"),
        folder=folder,
        privileges=privileges,
        items=items,
        referrers=_texts(app, "httpReferrers"),
        slots=tuple(
            Slot(
                number,
                active=app.get(f"apiToken{number}Active") is True,
                expires=read_moment(item.get(f"apiToken{number}ExpirationDate")),
            )
            for number in (1, 2)
        ),
        owner=_text(item, "owner") or owner,
        tags=_texts(item, "tags"),
        summary=_text(item, "snippet"),
        protected=item.get("protected") is True,
    )


def _legacy(item: Mapping[str, Any], owner: str) -> KeyCredential:
    return KeyCredential(
        item_id=need(dict(item), "id", str),
        client_id="",
        title=_text(item, "title"),
        folder=None,
        privileges=(),
        items=(),
        referrers=(),
        slots=(),
        owner=_text(item, "owner") or owner,
        tags=_texts(item, "tags"),
        summary=_text(item, "snippet"),
        protected=item.get("protected") is True,
        legacy=True,
    )


def _explained(error: PortalError, item_id: str) -> KeyWidgetError:
    if error.message_code != "CONT_0001" and error.code != HTTPStatus.NOT_FOUND:
        return error
    return PortalError(
        f"The portal has no API key credential {item_id}.",
        "It was deleted meanwhile, or belongs to somebody else; list the keys again.",
        code=error.code,
        message_code=error.message_code,
        endpoint=error.endpoint,
    )


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) else ""


def _texts(document: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = document.get(name)
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()
