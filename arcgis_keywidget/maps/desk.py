"""What the page of a map may ask, and the answers: parts by name, never an address, and never the key."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.maps import code, texts
from arcgis_keywidget.maps.drawing import Drawing, open_style
from arcgis_keywidget.maps.sources import ForgottenError
from arcgis_keywidget.services.catalogue import catalogue
from arcgis_keywidget.services.connection import shared_connection

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from arcgis_keywidget.maps.overlay import Overlay
    from arcgis_keywidget.models import ApiKey, Preferences, Resource
    from arcgis_keywidget.services.catalogue import BasemapStyle
    from arcgis_keywidget.services.connection import Connection

_MOST_AT_ONCE = 128  # questions of all views of a map; each asks for a dozen tiles at a time
_MOST_STYLES = 16  # that are held open
_WITHOUT_KEY = frozenset({"code", "drop", "here"})
_LONGEST_TEXT = 300
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a map shows first.

    Attributes:
        center: longitude and latitude in degrees; None for the whole of the layer, or of the world.
        zoom: level in tiles of 512 px.
    """

    style: str
    center: tuple[float, float] | None = None
    zoom: float | None = None


@dataclass(slots=True)
class Reply:
    """What goes back to the page; bytes as buffers."""

    content: dict[str, Any] = field(default_factory=dict)
    buffers: list[bytes] = field(default_factory=list)


class MapDesk:
    """Answers the questions of one map's views; belongs to the background loop.

    Args:
        key: reads the basemaps.
        beginning: what the map shows first.
        preferences: language, worldview and places of its basemaps.
        overlay: the layer on top.
        lenient: whether what cannot be a layer is left out without a word: the form puts the first item of
            a key on its map, whatever that is.
    """

    def __init__(
        self,
        key: ApiKey,
        beginning: Beginning,
        preferences: Preferences,
        overlay: Overlay | None = None,
        *,
        lenient: bool = False,
    ) -> None:
        self.key: ApiKey | None = key
        self._beginning = beginning
        self._preferences = preferences
        self._overlay = overlay
        self._lenient = lenient
        self._drawings: OrderedDict[int, Drawing] = OrderedDict()
        self._opened = 0
        self._running: dict[str, asyncio.Task[Reply]] = {}
        self._dropped: set[str] = set()

    async def answer(self, content: object) -> Reply:
        """Do what a message asks; every message is answered, and no error leaves this function."""
        message = content if isinstance(content, dict) else {}
        ticket = _ticket(message)
        try:
            reply = await self._run(ticket, message)
            reply.content = {"ok": True, **reply.content}
        except Exception as error:  # noqa: BLE001 (it is told to the person, without the secrets of a traceback)
            reply = Reply({"ok": False, "error": explain(error)})
        reply.content = {**reply.content, "kind": "answer", "re": ticket}
        return reply

    def close(self) -> None:
        """Stop what is under way and let go of what is held."""
        for task in self._running.values():
            task.cancel()
        self._drawings.clear()
        self._overlay = None

    def forget(self, key: ApiKey | None) -> None:
        """Give the key away, if it is this one, or all are meant: whoever asks for what it opens is told."""
        if key is None or key == self.key:
            self.key = self._overlay = None
            self._drawings.clear()

    async def _connection(self) -> Connection:
        if self.key is None:
            raise ForgottenError
        return await shared_connection(self.key)

    async def _run(self, ticket: str | None, message: Mapping[str, Any]) -> Reply:
        kind = message.get("kind")
        handle = _KINDS.get(kind, _unknown) if isinstance(kind, str) else _unknown
        if ticket is None or ticket in self._running:
            raise _refusal(texts.NOT_UNDERSTOOD)
        if len(self._running) >= _MOST_AT_ONCE and kind not in {"drop", "here"}:
            raise _refusal(texts.TOO_MANY)
        if self.key is None and kind not in _WITHOUT_KEY:
            raise ForgottenError
        task = self._running[ticket] = asyncio.ensure_future(handle(self, message))
        try:
            return await task
        except asyncio.CancelledError:
            if ticket not in self._dropped:
                raise
            raise _refusal(texts.STOPPED) from None
        finally:
            self._running.pop(ticket, None)
            self._dropped.discard(ticket)

    async def open(self, _: Mapping[str, Any]) -> Reply:
        """Tell what there is to choose from, and what to show first."""
        connection = await self._connection()
        services = connection.services
        if services.styles is None and services.static_tiles is None:
            raise _refusal(texts.NO_BASEMAPS)
        async with connection.asking() as client:
            known = await catalogue(client, services)
        begin = self._beginning
        styles = [_told(one) for one in known.styles if not (one.part or one.deprecated)]
        return Reply(
            {
                "styles": styles,
                "style": begin.style,
                "center": begin.center,
                "zoom": begin.zoom,
                "layer": self._overlay is not None,
            }
        )

    async def style(self, message: Mapping[str, Any]) -> Reply:
        """Open a style: how it is drawn in this browser, and the number that its parts are asked by."""
        webgl = message.get("webgl") is True
        self._opened += 1
        number = self._opened
        name = _text(message, "style")
        connection = await self._connection()
        opened = await open_style(connection, name, self._preferences, f"akw://{number}", webgl=webgl)
        self._drawings[number] = opened.drawing
        while len(self._drawings) > _MOST_STYLES:
            self._drawings.popitem(last=False)
        content = {"number": number, "mode": opened.mode, "credit": opened.credit}
        return Reply(content, [opened.document])

    async def tile(self, message: Mapping[str, Any]) -> Reply:
        """Return a vector tile, or a picture, of one of a style's sources."""
        z, x, y = (_number(message, name) for name in "zxy")
        return _bytes(await self._drawing(message).tile(_text(message, "source"), z, x, y))

    async def glyphs(self, message: Mapping[str, Any]) -> Reply:
        """Return letters."""
        fontstack, span = _text(message, "fontstack"), _text(message, "range")
        return _bytes(await self._drawing(message).glyphs(fontstack, span))

    async def sprite(self, message: Mapping[str, Any]) -> Reply:
        """Return icons, or their index."""
        return _bytes(await self._drawing(message).sprite(_text(message, "name")))

    async def layer(self, _: Mapping[str, Any]) -> Reply:
        """Return the layer as GeoJSON."""
        if self._overlay is None:
            raise _refusal(texts.NO_LAYER)
        try:
            drawn = await self._overlay.read()
        except FieldError:
            if not self._lenient:
                raise
            return Reply({"none": True})
        return Reply({"more": drawn.more}, [drawn.content])

    async def code(self, message: Mapping[str, Any]) -> Reply:
        """Return a part of the page's own code."""
        part = _text(message, "part")
        if part not in code.PACKED:
            raise _refusal(texts.NOT_UNDERSTOOD)
        return Reply(buffers=[await asyncio.to_thread(code.packed, part)])

    async def drop(self, message: Mapping[str, Any]) -> Reply:
        """Stop what is no longer wanted; what is under way for others goes on."""
        tickets = message.get("tickets")
        for ticket in tickets if isinstance(tickets, list) else ():
            task = self._running.get(ticket) if isinstance(ticket, str) else None
            if task is not None:
                self._dropped.add(ticket)
                task.cancel()
        return Reply()

    async def here(self, _: Mapping[str, Any]) -> Reply:
        """Answer at once: the kernel lives."""
        return Reply()

    def _drawing(self, message: Mapping[str, Any]) -> Drawing:
        found = self._drawings.get(_number(message, "number"))
        if found is None:
            raise _refusal(texts.NO_STYLE)
        return found


def explain(error: BaseException) -> dict[str, str]:
    """Return what to say of an error; of one that is not ours, only its kind and place, never its message."""
    if isinstance(error, FieldError):
        return {"title": error.message, "hint": ""}
    if isinstance(error, KeyWidgetError):
        return {"title": error.title, "hint": error.hint}
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    title, hint = texts.BROKEN
    return {"title": title.format(error=f"{type(error).__name__}{where}"), "hint": hint}


def _told(style: BasemapStyle) -> dict[str, Any]:
    return {
        "name": style.name,
        "title": style.title,
        "group": style.group,
        "vector": style.vector,
        "raster": style.raster,
    }


def _bytes(resource: Resource) -> Reply:
    return Reply({"type": resource.content_type}, [resource.content])


def _refusal(words: tuple[str, str]) -> KeyWidgetError:
    return KeyWidgetError(*words)


def _ticket(message: Mapping[str, Any]) -> str | None:
    value = message.get("id")
    return value if isinstance(value, str) and 0 < len(value) <= _LONGEST_ID and value.isprintable() else None


def _number(message: Mapping[str, Any], name: str) -> int:
    value = message.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 31:
        return value
    raise _refusal(texts.NOT_UNDERSTOOD)


def _text(message: Mapping[str, Any], name: str) -> str:
    value = message.get(name)
    if isinstance(value, str) and len(value) <= _LONGEST_TEXT:
        return value
    raise _refusal(texts.NOT_UNDERSTOOD)


async def _unknown(_: MapDesk, __: Mapping[str, Any]) -> NoReturn:
    raise _refusal(texts.NOT_UNDERSTOOD)


_Handle: TypeAlias = "Callable[[MapDesk, Mapping[str, Any]], Awaitable[Reply]]"
_KINDS: MappingProxyType[str, _Handle] = MappingProxyType(
    {
        "code": MapDesk.code,
        "open": MapDesk.open,
        "style": MapDesk.style,
        "tile": MapDesk.tile,
        "glyphs": MapDesk.glyphs,
        "sprite": MapDesk.sprite,
        "layer": MapDesk.layer,
        "drop": MapDesk.drop,
        "here": MapDesk.here,
    }
)
