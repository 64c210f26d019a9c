"""Feature layers: the rows of a layer that a key opens."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from arcgis_keywidget._http import is_loopback
from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import FieldError, NotGrantedError, PortalError, PrivilegeError
from arcgis_keywidget.models import ApiKey, Item, Secret, is_item_id, session_keys, veiled
from arcgis_keywidget.services.extent import read_extent
from arcgis_keywidget.services.feature_rows import FeatureRows
from arcgis_keywidget.services.keyed import as_key, hosts_of, is_whole, keyed_client
from arcgis_keywidget.services.layer import Layer
from arcgis_keywidget.services.pace import Pace
from arcgis_keywidget.services.paging import NO_SECRETS, Query, Reading
from arcgis_keywidget.services.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arcgis_keywidget._http import Transport
    from arcgis_keywidget.services.keyed import KeyedClient

_SERVICE = re.compile(r"(?P<root>https?://.+/(?:Feature|Map)Server)(?:/(?P<layer>\d+))?(?:/query)?/?")


def read_layer(
    item_or_url: str | Item,
    *,
    where: str = "1=1",
    bbox: object = None,
    fields: str | Iterable[str] | None = None,
    num: int | None = None,
    key: str | Secret | ApiKey | None = None,
) -> FeatureRows:
    """Return the rows of a layer, all that fit; pages are followed, several at once.

    Args:
        item_or_url: id of the layer's item, or the address of a layer or of its service.
        where: which rows, as an SQL condition.
        bbox: where: west, south, east, north in degrees (west may be greater, across the 180th meridian), or
            a GeoDataFrame, whose rectangle counts.
        fields: names of the columns, as a list or between commas; all unless given. The object id always
            comes along.
        num: how many rows at most, those with the lowest object ids; all unless given.
        key: the key to use; the session's key that may go there unless given.

    Raises:
        FieldError: neither an item id nor the address of a layer, or an item that is no layer; an empty
            condition, no rectangle, an unknown column, or a ``num`` below 1.
        NotGrantedError: the key is good, but was not made for this item.
        HostRefusedError: the layer is at a host that may not see the key.
        KeyWidgetError: no key in this session.
        ExpiredError, ReferrerError, TokenError: the key is not accepted.
        QuotaError: more requests than the service allows, also after a minute's pause.
    """
    key, item_or_url = veiled(key), _place(item_or_url)
    key = _key_for(item_or_url, key)
    return run(rows(item_or_url, where=where, bbox=bbox, fields=fields, num=num, key=key))


async def rows(
    item_or_url: str | Item,
    *,
    where: str = "1=1",
    bbox: object = None,
    fields: str | Iterable[str] | None = None,
    num: int | None = None,
    key: str | Secret | ApiKey | None = None,
    transport: Transport | None = None,
) -> FeatureRows:
    """Return the rows of a layer, as `read_layer` does."""
    key, item_or_url = veiled(key), _place(item_or_url)
    key, place = _key_for(item_or_url, key), item_or_url
    conditions = _conditions(where, bbox)
    if num is not None and not (is_whole(num) and num >= 1):
        raise FieldError("num", "The number of rows is a whole number from 1 on.")
    named = _Named(place)
    async with keyed_client(key, transport) as client:
        try:
            with Progress("rows") as progress:
                pace = Pace.for_host(key.portal if is_item_id(place) else place, tell=progress.tell)
                query = Query(client, await _layer_url(client, named, pace), conditions, pace)
                layer, total = await _look(query)
                columns = layer.choose(fields)
                found, more = await Reading(query, layer, columns, progress).read(total, num)
        except PrivilegeError as error:
            raise named.not_granted(error.endpoint) from None
    return FeatureRows(found, columns, exceeded=more)


def _conditions(where: object, bbox: object) -> dict[str, str]:
    if not (isinstance(where, str) and where.strip()):
        raise FieldError("where", "Write an SQL condition; 1=1 stands for every row.")
    return {"where": where, **({} if bbox is None else read_extent(bbox).query())}


async def _look(query: Query) -> tuple[Layer, int]:
    """Return what the layer says of itself and how many rows fit, both asked at once."""

    async def describe() -> Layer:
        reply = await query.pace.run(lambda: query.client.get(query.url, f="json"))
        return Layer.read(query.url, reply.document(NO_SECRETS))

    try:
        async with asyncio.TaskGroup() as group:
            layer, total = group.create_task(describe()), group.create_task(query.count())
    except ExceptionGroup as errors:
        failure = errors.exceptions[0]
    else:
        return layer.result(), total.result()
    raise failure


class _Named:
    """What the person named: an item id or an address, and the item's title once it is known."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.title = ""

    def not_granted(self, endpoint: str) -> NotGrantedError:
        """Return the error for a good key that does not open it."""
        name = f"'{self.title}' ({self.place})" if self.title else self.place
        return NotGrantedError(
            f"This key does not open {name}.",
            "Make a key that names its item: KeyRequest(items=[...]).",
            item=self.place,
            endpoint=endpoint,
        )


async def _layer_url(client: KeyedClient, named: _Named, pace: Pace) -> str:
    """Return a layer's address; the client checks each against the hosts that may see the key."""
    address = await _item_url(client, named, pace) if is_item_id(named.place) else named.place
    parts = _SERVICE.fullmatch(re.split("[?#]", address)[0])
    if parts is None:
        raise FieldError("item_or_url", f"{named.place!r} is neither an item id nor the address of a layer.")
    if parts["layer"]:
        return f"{parts['root']}/{parts['layer']}"
    document = (await pace.run(lambda: client.get(parts["root"], f="json"))).document(NO_SECRETS)
    layers = document.get("layers")
    ids = [layer.get("id") for layer in layers or () if isinstance(layer, dict)]
    if len(ids) != 1 and 0 not in ids:
        known = ", ".join(map(str, ids)) or "none"
        raise FieldError("item_or_url", f"Add the number of the layer to the address; there are: {known}.")
    return f"{parts['root']}/{0 if 0 in ids else ids[0]}"


async def _item_url(client: KeyedClient, named: _Named, pace: Pace) -> str:
    address = f"{client.key.portal}/sharing/rest/content/items/{named.place}"
    reply = await pace.run(lambda: client.get(address, f="json"))
    try:
        document = reply.document()
    except PortalError as error:
        if error.message_code != "CONT_0001":  # "does not exist or is inaccessible"
            raise
        raise named.not_granted(error.endpoint) from None
    named.title = str(document.get("title") or "")
    url = document.get("url")
    if not isinstance(url, str) or not url:
        raise FieldError("item_or_url", f"The item {named.place} is a '{document.get('type')}', not a layer.")
    # Items keep the address they were made with; their servers have spoken https for years.
    return url if is_loopback(urlsplit(url).hostname or "") else re.sub("^http:", "https:", url)


def _place(item_or_url: str | Item) -> str:
    """Return an item id, or an address without its query, in which people's copies often carry a token."""
    text = item_or_url.id if isinstance(item_or_url, Item) else re.split("[?#]", item_or_url)[0].strip()
    return text.lower() if is_item_id(text.lower()) else text


def _key_for(place: str, key: Secret | ApiKey | None) -> ApiKey:
    if key is not None:
        return key if isinstance(key, ApiKey) else as_key(key)
    if not is_item_id(place):
        fitting = (held for held in session_keys if hosts_of(held).allow(place))
        return next(fitting, None) or session_keys.need()
    return session_keys.need()
