"""Items by what people have at hand: ids, and addresses that name an item or its service."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from arcgis_keywidget.errors import (
    HostRefusedError,
    KeyWidgetError,
    PortalError,
    PrivilegeError,
    QuotaError,
    TokenError,
)
from arcgis_keywidget.models import MAX_ITEMS, ItemLookup, is_item_id
from arcgis_keywidget.portal.content import read_item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arcgis_keywidget.models import Item
    from arcgis_keywidget.portal.rest import SharingRest

_AT_ONCE = 4  # as many as the portal's own clients ask at a time
_BETWEEN = re.compile(r"[\s,;]+")
_AROUND = "<>()[]{}\"'`"
_NAMES = ("id", "itemid", "webmap", "webscene", "appid", "layers", "item")
_ID = re.compile(r"(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])", re.IGNORECASE)
_SERVICE = re.compile(r"(https?://[^?#]*/rest/services/[^?#]*/[A-Za-z]+Server)(/[^?#]*)?$", re.IGNORECASE)
_LONGEST = 80  # characters of a text that a problem repeats

_NO_ID = "holds no item id; an id has 32 hexadecimal digits."
_TWICE = "names an item that stands here already."
_HIDDEN = "does not exist, or is not visible to you."
_NO_ITEM = "is a service without an item; a key can open items only."
_NO_SERVICE = "does not answer as a service; check the address, or paste its item's page."
_UNSEEN = "is a service that does not accept your session; paste its item's page instead."
_ELSEWHERE = (
    "is on a host that may not see your session; paste the item's page instead, or open the portal with "
    "trust=[{host!r}]."
)
_NO_ADDRESS = "is no web address."
_SECRETS = re.compile(r"[?#].*|(?<=//)[^/]*@", re.DOTALL)
"""What of an address may hold a token or a password: query, fragment, what stands before the host."""


@dataclass(frozen=True, slots=True)
class _Found:
    item: Item | None = None
    problem: str = ""


async def find_items(rest: SharingRest, text: str) -> ItemLookup:
    """Return the items that a text names, in its order; see `Portal.find_items`."""
    texts = [part for part in (part.strip(_AROUND) for part in _BETWEEN.split(text)) if part]
    asked = texts[:MAX_ITEMS]
    known = await _find_all(rest, asked)
    lookup = _collect((part, known[part]) for part in asked)
    if len(texts) > MAX_ITEMS:
        left = f"Only the first {MAX_ITEMS} of {len(texts)} were looked up; a key opens no more."
        return ItemLookup(items=lookup.items, problems=(*lookup.problems, left))
    return lookup


async def hidden_items(rest: SharingRest, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of which there is no item, as far as the account can see (1 request each)."""
    return tuple(item for item, found in (await _find_all(rest, ids)).items() if found.item is None)


async def _find_all(rest: SharingRest, texts: Iterable[str]) -> dict[str, _Found]:
    """Return what each text names, a few at a time; an error that is no text's own is raised at the end."""
    gate, once = asyncio.Semaphore(_AT_ONCE), tuple(dict.fromkeys(texts))
    answers = await asyncio.gather(*(_find(rest, text, gate) for text in once), return_exceptions=True)
    known = {}
    for text, answer in zip(once, answers, strict=True):
        if isinstance(answer, BaseException):
            raise answer
        known[text] = answer
    return known


def _collect(answers: Iterable[tuple[str, _Found]]) -> ItemLookup:
    items: dict[str, Item] = {}
    problems = []
    for text, found in answers:
        if found.item is None:
            problems.append(f"{_shown(text)} {found.problem}")
        elif found.item.id in items:
            problems.append(f"{_shown(text)} {_TWICE}")
        else:
            items[found.item.id] = found.item
    return ItemLookup(items=tuple(items.values()), problems=tuple(problems))


async def _find(rest: SharingRest, text: str, gate: asyncio.Semaphore) -> _Found:
    # The name of a service may hold an id that is another item's: a survey's layers do.
    service = _SERVICE.match(text.partition("?")[0].partition("#")[0])
    item = None if service else item_id_in(text)
    async with gate:
        if service:
            return await _of_service(rest, service[1])
        return await _read(rest, item) if item else _Found(problem=_NO_ID)


async def _of_service(rest: SharingRest, address: str) -> _Found:
    try:
        item = (await rest.get_from(address)).get("serviceItemId")
    except QuotaError:
        raise
    except HostRefusedError:
        return _Found(problem=_elsewhere(address))
    except (TokenError, PrivilegeError):
        if rest.grant is not None and rest.grant.over:  # that is no fault of the service
            raise
        return _Found(problem=_UNSEEN)
    except KeyWidgetError:  # its server is down, or is none
        return _Found(problem=_NO_SERVICE)
    known = isinstance(item, str) and is_item_id(item)
    return await _read(rest, str(item)) if known else _Found(problem=_NO_ITEM)


def _elsewhere(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    return _ELSEWHERE.format(host=_cut(host)) if host else _NO_ADDRESS


async def _read(rest: SharingRest, item: str) -> _Found:
    try:
        return _Found(read_item(await rest.get(f"content/items/{item}")))
    except (TokenError, QuotaError):  # true of every item: the session has ended, or the portal wants a pause
        raise
    except PortalError as error:
        if error.code >= 500:  # noqa: PLR2004 (the portal's own trouble says nothing of the item)
            raise
        return _Found(problem=_HIDDEN)


def item_id_in(text: str) -> str | None:
    """Return the item id that a text is, or that stands in an address: by its parameter, else anywhere."""
    if is_item_id(text.lower()):
        return text.lower()
    if "/" not in text and "?" not in text:
        return None
    query, _, fragment = text.partition("?")[2].partition("#")
    fragment = fragment or text.partition("#")[2]
    named = {
        name.lower(): value for part in (fragment, query) for name, value in parse_qsl(part.lstrip("/?"))
    }
    candidates = [named[name] for name in _NAMES if name in named] + [text.partition("?")[0], fragment]
    found = (_ID.search(candidate) for candidate in candidates)
    return next((match[0].lower() for match in found if match), None)


def _shown(text: str) -> str:
    """Return a text as a problem repeats it: without what of an address may hold a secret."""
    return f"'{_cut(_SECRETS.sub('', text))}'"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
