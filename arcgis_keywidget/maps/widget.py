"""The map as a widget: the kernel reads the basemap with the key, the page only draws it."""

from __future__ import annotations

import sys
from contextlib import suppress
from numbers import Real
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import anywidget
import traitlets

from arcgis_keywidget import _loop
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.maps import code, texts
from arcgis_keywidget.maps.desk import Beginning, MapDesk
from arcgis_keywidget.maps.overlay import Overlay
from arcgis_keywidget.models import ApiKey, Preferences, Secret, check_style, session_keys, veiled
from arcgis_keywidget.services.keyed import as_key, is_whole, services_of
from arcgis_keywidget.services.tile_scheme import MAX_LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHTS = range(160, 2001)
_desks: WeakSet[MapDesk] = WeakSet()


class BasemapMap(anywidget.AnyWidget):
    """An ArcGIS basemap in the notebook, with a layer on top: to move, to zoom, to change its style.

    It is an ipywidgets widget: show it as the last line of a cell, or nest it. The key stays in the kernel,
    which reads every part of the map; neither the page nor the saved notebook holds the key or any of it.
    Where a browser has no WebGL, the map is drawn from static tiles, if the key opens them.

    Args:
        style: such as ``arcgis/streets``, or the item id of a custom vector style.
        layer: an item's id, a layer's address, what `read_layer` gave, a GeoDataFrame, or GeoJSON in
            longitude and latitude. A layer of the portal is read when the map is first shown, up to 10,000
            rows of it.
        center: longitude and latitude in degrees; unless given, the map begins with the whole of the layer,
            or with the world.
        zoom: level to begin with, 0 to 22, where level 0 shows the world 512 px wide.
        language: code of the language of labels, such as ``de``, or ``local``.
        worldview: code of the view on disputed borders.
        places: ``none``, ``attributed`` or ``all`` points of interest.
        height: of the map, in pixels.
        key: the key to use; the session's newest with basemaps unless given.

    Raises:
        FieldError: what cannot be a style, a place, a level, a height or a code (a ValueError).
        KeyWidgetError: no key in this session, or a layer too large for a map.
        TypeError: a layer of no known kind.
        MissingExtraError: the page of the map is not built (in a source checkout).
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    # The only state of ours that a notebook may save.
    height = traitlets.Int(read_only=True).tag(sync=True)

    def __init__(  # noqa: PLR0913 (all but the first are keyword-only, and independent)
        self,
        style: str = "arcgis/streets",
        *,
        layer: object = None,
        center: Sequence[float] | None = None,
        zoom: float | None = None,
        language: str = "",
        worldview: str = "",
        places: str = "",
        height: int = 420,
        key: str | Secret | ApiKey | None = None,
    ) -> None:
        key = veiled(key)
        self._closed = True  # until there is something to close
        check_style(style)
        given = as_key(key) if isinstance(key, Secret) else key
        beginning = Beginning(style=style, center=_place(center), zoom=_level(zoom))
        preferences = Preferences(language=language, worldview=worldview, places=places)
        overlay = None if layer is None else Overlay(layer, given)
        self._style = style
        self._desk = MapDesk(given or _key_for_basemaps(), beginning, preferences, overlay)
        self.set_trait("height", _pixels(height))
        super().__init__(_esm=code.small("map.js"), _css=code.small("map.css"))
        self._closed = False
        _desks.add(self._desk)
        self.on_msg(self._receive)

    def close(self) -> None:
        """Remove the map; what it was reading is stopped."""
        if not (
            self._closed or sys.is_finalizing()
        ):  # Python closes what is left, when no loop runs any more
            self._closed = True
            _loop.loop().call_soon_threadsafe(self._desk.close)
        super().close()

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Ignore what the browser writes: all that it may ask comes as a message."""

    def __repr__(self) -> str:
        return f"<BasemapMap {self._style}>"

    def _repr_mimebundle_(
        self,
        **options: Any,  # noqa: ANN401 (IPython's signature)
    ) -> tuple[dict[Any, Any], dict[Any, Any]] | None:
        """Return the view, and for places without widgets what stands there."""
        bundle = super()._repr_mimebundle_(**options)
        return bundle and ({**bundle[0], "text/plain": texts.IN_TEXT.format(style=self._style)}, bundle[1])

    def _receive(self, _: BasemapMap, content: object, __: object) -> None:
        """Take a message on whatever thread brings it, and answer it from the background loop."""
        _loop.submit(self._answer(content))

    async def _answer(self, content: object) -> None:
        reply = await self._desk.answer(content)
        if not self._closed:
            with suppress(Exception):  # the wire may close meanwhile; then nobody waits any more
                self.send(reply.content, reply.buffers)


def _key_for_basemaps() -> ApiKey:
    """Return the session's newest key whose account has basemaps; what another lacks is told in the map."""
    fitting = (key for key in session_keys if services_of(key).styles or services_of(key).static_tiles)
    return next(fitting, None) or session_keys.need()


def _place(center: Sequence[float] | None) -> tuple[float, float] | None:
    if center is None:
        return None
    numbers = tuple(center) if not isinstance(center, str) else ()
    if len(numbers) != 2 or not all(isinstance(one, Real) for one in numbers):  # noqa: PLR2004 (a pair)
        raise FieldError("center", "Write longitude and latitude, such as (13.4, 52.5).")
    longitude, latitude = map(float, numbers)
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):  # noqa: PLR2004 (degrees)
        raise FieldError("center", "Longitude comes first, -180 to 180, then latitude, -90 to 90.")
    return longitude, latitude


def _level(zoom: float | None) -> float | None:
    if zoom is None:
        return None
    if isinstance(zoom, bool) or not isinstance(zoom, Real) or not 0 <= float(zoom) <= MAX_LEVEL:
        raise FieldError("zoom", f"The levels are 0 to {MAX_LEVEL}.")
    return float(zoom)


def _pixels(height: int) -> int:
    if not is_whole(height) or int(height) not in _HEIGHTS:
        raise FieldError("height", f"The height is {_HEIGHTS.start} to {_HEIGHTS.stop - 1} pixels.")
    return int(height)


def _forget(key: ApiKey | None) -> None:
    for desk in [*_desks]:
        _loop.loop().call_soon_threadsafe(desk.forget, key)


session_keys.watch(_forget)
