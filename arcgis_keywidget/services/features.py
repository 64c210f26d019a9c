"""Feature layers: the rows of a layer that a key opens."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, overload
from urllib.parse import urlsplit

from arcgis_keywidget._http import TrustedHosts, is_loopback
from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import (
    FieldError,
    NotGrantedError,
    PortalError,
    PrivilegeError,
    UnexpectedReplyError,
)
from arcgis_keywidget.models import ApiKey, Item, Secret, is_item_id, session_keys, veiled
from arcgis_keywidget.services.keyed import as_key, is_whole, keyed_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arcgis_keywidget._http import Transport
    from arcgis_keywidget.services.keyed import KeyedClient

_SERVICE = re.compile(r"(?P<root>https?://.+/(?:Feature|Map)Server)(?:/(?P<layer>\d+))?(?:/query)?/?")
_NONE = frozenset[str]()  # a layer's columns may be called token; they are no secrets of ours
_SHOWN = 10


class FeatureRows:
    """Rows of a layer: a sequence of dicts, one a feature, without their geometry.

    Attributes:
        fields: names of the columns, in the layer's order.
        geometries: GeoJSON geometries in longitude and latitude, None for rows without.
        exceeded: whether the layer holds more rows than these.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        features = [one for one in _features_of(document) if isinstance(one, dict)]
        extra = document.get("properties")
        nested = extra.get("exceededTransferLimit") if isinstance(extra, dict) else False
        self._rows = [dict(one.get("properties") or {}) for one in features]
        self.geometries: tuple[dict[str, Any] | None, ...] = tuple(one.get("geometry") for one in features)
        self.fields: tuple[str, ...] = tuple(dict.fromkeys(name for row in self._rows for name in row))
        self.exceeded = bool(document.get("exceededTransferLimit") or nested)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        return self._rows[index]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"<FeatureRows: {self._count()}, {len(self.fields)} fields>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.fields)
        cells = [[escape(str(row.get(name, ""))) for name in self.fields] for row in self._rows[:_SHOWN]]
        body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{self._count()}</p>"

    def to_geojson(self) -> dict[str, Any]:
        """Return the rows and their geometries as a GeoJSON FeatureCollection."""
        pairs = zip(self._rows, self.geometries, strict=True)
        features = [
            {"type": "Feature", "geometry": geometry, "properties": dict(row)} for row, geometry in pairs
        ]
        return {"type": "FeatureCollection", "features": features}

    def _count(self) -> str:
        more = "; the layer holds more" if self.exceeded else ""
        return f"{len(self)} row{'' if len(self) == 1 else 's'}{more}"


def read_layer(
    item_or_url: str | Item,
    *,
    where: str = "1=1",
    out_fields: str = "*",
    num: int | None = None,
    key: str | Secret | ApiKey | None = None,
) -> FeatureRows:
    """Return the first page of a layer's rows.

    Args:
        item_or_url: id of the layer's item, or the address of a layer or of its service.
        where: which rows, as an SQL condition.
        out_fields: names of the columns, separated by commas.
        num: how many rows at most; as many as the layer gives at once unless given.
        key: the key to use; the session's key that may go there unless given.

    Raises:
        FieldError: neither an item id nor the address of a layer, or an item that is no layer; an empty
            condition, or a ``num`` below 1.
        NotGrantedError: the key is good, but was not made for this item.
        HostRefusedError: the layer is at a host that may not see the key.
        KeyWidgetError: no key in this session.
        ExpiredError, ReferrerError, TokenError: the key is not accepted.
    """
    key, item_or_url = veiled(key), _place(item_or_url)
    key = _key_for(item_or_url, key)
    return run(rows(item_or_url, where=where, out_fields=out_fields, num=num, key=key))


async def rows(
    item_or_url: str | Item,
    *,
    where: str = "1=1",
    out_fields: str = "*",
    num: int | None = None,
    key: str | Secret | ApiKey | None = None,
    transport: Transport | None = None,
) -> FeatureRows:
    """Return the first page of a layer's rows, as `read_layer` does."""
    key, item_or_url = veiled(key), _place(item_or_url)
    key, place = _key_for(item_or_url, key), item_or_url
    if not (isinstance(where, str) and where.strip()):
        raise FieldError("where", "Write an SQL condition; 1=1 stands for every row.")
    if num is not None and not (is_whole(num) and num >= 1):
        raise FieldError("num", "The number of rows is a whole number from 1 on.")
    form = {
        "f": "geojson",
        "where": where,
        "outFields": out_fields,
        "returnGeometry": "true",
        "outSR": "4326",
    }
    if num is not None:
        form["resultRecordCount"] = str(num)
    async with keyed_client(key, transport) as client:
        try:
            url = await _layer_url(client, place)
            reply = await client.post(f"{url}/query", form)
            return FeatureRows(reply.document(_NONE))
        except PrivilegeError as error:
            raise _not_granted(place, error.endpoint) from None


async def _layer_url(client: KeyedClient, place: str) -> str:
    """Return a layer's address; the client checks each against the hosts that may see the key."""
    address = await _item_url(client, place) if is_item_id(place) else place
    parts = _SERVICE.fullmatch(re.split("[?#]", address)[0])
    if parts is None:
        raise FieldError("item_or_url", f"{place!r} is neither an item id nor the address of a layer.")
    if parts["layer"]:
        return f"{parts['root']}/{parts['layer']}"
    document = (await client.get(parts["root"], f="json")).document(_NONE)
    layers = document.get("layers")
    ids = [layer.get("id") for layer in layers or () if isinstance(layer, dict)]
    if len(ids) != 1 and 0 not in ids:
        known = ", ".join(map(str, ids)) or "none"
        raise FieldError("item_or_url", f"Add the number of the layer to the address; there are: {known}.")
    return f"{parts['root']}/{0 if 0 in ids else ids[0]}"


async def _item_url(client: KeyedClient, item_id: str) -> str:
    reply = await client.get(f"{client.key.portal}/sharing/rest/content/items/{item_id}", f="json")
    try:
        document = reply.document()
    except PortalError as error:
        if error.message_code != "CONT_0001":  # "does not exist or is inaccessible"
            raise
        raise _not_granted(item_id, error.endpoint) from None
    url = document.get("url")
    if not isinstance(url, str) or not url:
        raise FieldError("item_or_url", f"The item {item_id} is a '{document.get('type')}', not a layer.")
    # Items keep the address they were made with; their servers have spoken https for years.
    return url if is_loopback(urlsplit(url).hostname or "") else re.sub("^http:", "https:", url)


def _not_granted(place: str, endpoint: str) -> NotGrantedError:
    return NotGrantedError(
        f"This key does not open {place}.",
        "Make a key that names its item: KeyRequest(items=[...]).",
        item=place,
        endpoint=endpoint,
    )


def _place(item_or_url: str | Item) -> str:
    """Return an item id, or an address without its query, in which people's copies often carry a token."""
    text = item_or_url.id if isinstance(item_or_url, Item) else re.split("[?#]", item_or_url)[0].strip()
    return text.lower() if is_item_id(text.lower()) else text


def _key_for(place: str, key: Secret | ApiKey | None) -> ApiKey:
    if key is not None:
        return key if isinstance(key, ApiKey) else as_key(key)
    if not is_item_id(place):
        fitting = (held for held in session_keys if TrustedHosts(held.portal, held.trust).allow(place))
        return next(fitting, None) or session_keys.need()
    return session_keys.need()


def _features_of(document: dict[str, Any]) -> list[Any]:
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise UnexpectedReplyError("The layer did not answer with rows.", "Try again, or check its address.")
    return features
