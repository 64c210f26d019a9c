"""`basemap`: a basemap as a map library wants it, with the key left in the kernel."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.maps.delivery import deliver
from arcgis_keywidget.maps.libraries import STYLE, Library, find, those_that_take
from arcgis_keywidget.models import Preferences, check_style, veiled
from arcgis_keywidget.services.basemaps import key_for_tiles
from arcgis_keywidget.services.connection import shared_connection
from arcgis_keywidget.services.source import BasemapSource

if TYPE_CHECKING:
    from arcgis_keywidget.maps.delivery import Delivered
    from arcgis_keywidget.models import ApiKey, Secret
    from arcgis_keywidget.services.raster import RasterTiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for, for the family that makes it."""

    library: Library
    style: str
    preferences: Preferences
    key: Secret | ApiKey | None = field(repr=False)
    delivery: str

    def tiles(self, *, delivery: str = "") -> Delivered:
        """Return where the basemap's tiles are.

        Raises:
            KeyWidgetError: there are none, with the libraries that do without.
        """
        delivered = self._deliver(delivery)
        refusal = delivered.raster_refusal
        if delivered.raster_url is None and (refusal is None or type(refusal) is KeyWidgetError):
            raise no_pictures(self.library, refusal)
        delivered.need_raster()
        return delivered

    def vector(self) -> str:
        """Return the address of the basemap's vector style."""
        return self._deliver().need_style()

    def _deliver(self, delivery: str = "") -> Delivered:
        preferences = self.preferences
        delivered = deliver(
            self.style,
            language=preferences.language,
            worldview=preferences.worldview,
            places=preferences.places,
            key=self.key,
            delivery=delivery or self.delivery,
        )
        return delivered.absolute() if self.library.absolute else delivered


def basemap(
    style: str = "arcgis/streets",
    to: object = "ipyleaflet",
    *,
    language: str = "",
    worldview: str = "",
    places: str = "",
    key: str | Secret | ApiKey | None = None,
    delivery: str = "auto",
    **options: Any,  # noqa: ANN401 (the library's own)
) -> Any:  # noqa: ANN401 (what the library's users put in)
    """Return a basemap as a map library wants it, attributed, at the right size, and without the key.

    The map gets addresses that work while this kernel runs; a notebook that is opened again shows its
    basemap after the cell is run again. docs/maps.md has the libraries, and what their users write::

        folium.Map(tiles=basemap("arcgis/streets", to="folium"))
        read_layer(item).to_geodataframe().explore(tiles=basemap("arcgis/streets", to="explore"))
        basemap("arcgis/streets", to=axes)

    Args:
        style: such as ``arcgis/streets``; for libraries that draw vector styles also the item id of a custom
            one.
        to: the library: ``bokeh``, ``cartopy``, ``contextily``, ``explore`` (of geopandas), ``folium``,
            ``hvplot``, ``ipyleaflet``, ``leafmap``, ``lonboard``, ``maplibre``, ``matplotlib``, ``plotly``,
            ``pydeck``, ``xyz`` (a plain ``xyzservices.TileProvider``); its module; or a map, figure or axes
            of it, which gets the basemap, beneath what it shows.
        language: of the labels, a code such as ``de``; the service's choice unless given.
        worldview: whose borders are drawn, such as ``unitedStatesOfAmerica``.
        places: points of interest of vector styles: ``none``, ``attributed`` or ``all``.
        key: the key to use; the session's newest that opens basemaps unless given.
        delivery: how a page gets the basemap; see `deliver`. ``direct`` puts the key into the map, and so
            into the notebook, with a warning.
        **options: go to what the library makes of it, such as ``opacity`` of a tile layer. Of axes: ``ax``,
            and ``crs`` where they are not in EPSG:3857.

    Returns:
        A TileLayer (ipyleaflet, leafmap, folium, explore), the address of a style (maplibre), a
        MaplibreBasemap (lonboard), keyword arguments (pydeck, plotly), a tile source (bokeh), Tiles
        (hvplot), a TileProvider (contextily, xyz), tiles for ``add_image`` (cartopy), the drawn image
        (matplotlib).

    Raises:
        FieldError: no such library, style, preference or way.
        MissingExtraError: the library is not installed.
        KeyWidgetError: no key in this session, no way to this page; or the account has no static tiles, and
            the library draws nothing else.
        PrivilegeError: the key may read neither tiles nor styles.
        ExpiredError, ReferrerError, TokenError: the key is not accepted.
    """
    key = veiled(key)
    library = find(to)
    check_style(style)
    preferences = Preferences(language=language, worldview=worldview, places=places)
    module = library.load()
    wish = Wish(library=library, style=style, preferences=preferences, key=key, delivery=delivery)
    family = import_module(f"{__package__}.{library.family}")
    if isinstance(to, str | ModuleType):
        return family.MAKERS[library.name](wish, module, options)
    return family.put_on(to, wish, module, options)


def no_pictures(library: Library, refusal: Exception | None) -> KeyWidgetError:
    """Return what to say where a library draws pictures only, and there are none."""
    why = refusal.title if isinstance(refusal, KeyWidgetError) else ""
    return KeyWidgetError(
        f"{library.name} draws basemaps as pictures only. {why}".rstrip(),
        f"These draw its vector style instead: BasemapMap, {those_that_take(STYLE)}.",
    )


def open_tiles(wish: Wish) -> RasterTiles:
    """Return the tiles of what was asked for, for a library that this kernel fetches them for.

    Raises:
        KeyWidgetError: the account has none.
    """
    key = key_for_tiles(wish.key)

    async def look() -> BasemapSource:
        return BasemapSource(await shared_connection(key), wish.style, wish.preferences)

    source = run(look())
    if source.raster is None and source.vector is None:
        raise KeyWidgetError(
            "The account of this key has no basemaps.",
            "ArcGIS Online and ArcGIS Location Platform offer them; make a key with such an account.",
        )
    if source.raster is None:
        raise no_pictures(
            wish.library, KeyWidgetError("There are no static tiles of this basemap for this key.")
        )
    return source.raster
