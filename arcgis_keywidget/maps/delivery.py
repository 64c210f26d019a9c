"""How a basemap reaches a page: by addresses without the key, unless the person wants the key in them."""

from __future__ import annotations

import asyncio
import warnings
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import FieldError, KeyWidgetError, PrivilegeError
from arcgis_keywidget.maps import place, proxy
from arcgis_keywidget.models import ApiKey, Preferences, Secret, check_style, session_keys, veiled
from arcgis_keywidget.services.keyed import as_key, services_of

if TYPE_CHECKING:
    from arcgis_keywidget.maps.sources import Source
    from arcgis_keywidget.services.attribution import Attribution
    from arcgis_keywidget.services.raster import RasterTiles
    from arcgis_keywidget.services.source import BasemapSource
    from arcgis_keywidget.services.vector import VectorStyle

_NO_VECTOR = KeyWidgetError(
    "The account of this key has no basemap styles.",
    "ArcGIS Online and ArcGIS Location Platform offer them; make a key with such an account.",
)
_NO_RASTER = KeyWidgetError(
    "There are no static tiles of this basemap for this key.",
    "Only ArcGIS Location Platform offers them, for its own styles; choose a map library that draws vector "
    "styles.",
)
_NO_RASTER_IN_SESSIONS = KeyWidgetError(
    "A basemap session opens vector styles only.",
    "Choose a map library that draws vector styles, or another way: delivery='route' or 'loopback'.",
)


class KeyInOutputWarning(UserWarning):
    """The key is in the addresses that a map was given, and so in the saved notebook."""


@dataclass(frozen=True, repr=False)
class Delivered:
    """One basemap, as a page finds it.

    Attributes:
        way: ``route``, ``loopback``, ``session`` or ``direct``.
        raster_url: template of the tiles, 512 px, with ``{z}``, ``{x}`` and ``{y}`` (from the north
            west); None where there are no static tiles.
        style_url: address of a MapLibre style; None where there are no vector styles.
        attribution: to be shown with the map: of the tiles where there are some, else of the style.
        tile_size: pixels of a tile's side. Libraries that count in 256 px need a zoom offset of -1.
        max_level: the highest level of the tiles; the lowest is 0.
        raster_refusal: why there is no `raster_url`.
        style_refusal: why there is no `style_url`.
    """

    way: str
    raster_url: str | None
    style_url: str | None
    attribution: Attribution
    tile_size: int = 512
    max_level: int = 22
    raster_refusal: KeyWidgetError | FieldError | None = field(default=None, compare=False)
    style_refusal: KeyWidgetError | FieldError | None = field(default=None, compare=False)
    _source: Source | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        offered = [name for name in ("raster", "style") if getattr(self, f"{name}_url")]
        return f"<Delivered by {self.way}: {', '.join(offered)}>"  # without addresses: some hold a key

    def need_raster(self) -> str:
        """Return `raster_url`.

        Raises:
            KeyWidgetError, FieldError: there is none, and why.
        """
        if self.raster_url is None:
            raise self.raster_refusal or _NO_RASTER
        return self.raster_url

    def need_style(self) -> str:
        """Return `style_url`.

        Raises:
            KeyWidgetError, FieldError: there is none, and why.
        """
        if self.style_url is None:
            raise self.style_refusal or _NO_VECTOR
        return self.style_url

    def absolute(self) -> Delivered:
        """Return the same with http(s) addresses, for libraries that refuse those of the page's own server.

        Raises:
            KeyWidgetError: it is not known under which address the page sees its server.
        """
        if self.way != "route":
            return self
        origin = place.need_origin()
        raster, style = (url and origin + url for url in (self.raster_url, self.style_url))
        return replace(self, raster_url=raster, style_url=style)

    @property
    def problem(self) -> KeyWidgetError | FieldError | None:
        """What the last refused request of a page met; None where all went well since, or is not seen."""
        return self._source.problem if self._source is not None else None


def deliver(
    style: str,
    *,
    language: str = "",
    worldview: str = "",
    places: str = "",
    key: str | Secret | ApiKey | None = None,
    delivery: str = "auto",
) -> Delivered:
    """Return the addresses under which a page finds a basemap; blocking.

    Args:
        style: such as ``arcgis/streets``, or the item id of a custom style (vector only).
        language: see `Preferences`.
        worldview: see `Preferences`.
        places: see `Preferences`.
        key: the key to use; the session's newest that opens basemaps unless given.
        delivery: ``route`` (through the Jupyter server), ``loopback`` (for pages on this machine),
            ``session`` (a token for up to twelve hours, charged, in the address; vector styles only),
            ``direct`` (the key itself in the address), or ``auto``: the first two, where they will do.

    Raises:
        FieldError: no such style, preference or way.
        KeyWidgetError: no key in this session, or no way to this page.
        PrivilegeError: the key may read neither tiles nor styles.
        ExpiredError, ReferrerError, TokenError: the key is not accepted, as far as this asks: what was read
            of the style before with this key is not asked for again. A key that was revoked since is told by
            `Delivered.problem` once a page wants a tile, and by `check_key`.
    """
    key = veiled(key)
    key = _key_for_basemaps(key)
    check_style(style)
    way = place.choose(delivery)
    if way == "direct":
        warnings.warn(
            "The key will stand in the map's addresses, and so in the saved notebook and every copy of it.",
            KeyInOutputWarning,
            stacklevel=2,
        )
    return run(_deliver(way, key, style, Preferences(language=language, worldview=worldview, places=places)))


@dataclass(frozen=True, slots=True)
class _Offer:
    """Whether a basemap is to be had in one form: with its credits, or why not."""

    credits: Attribution | None
    refusal: KeyWidgetError | FieldError | None = None


async def _deliver(way: str, key: ApiKey, style: str, preferences: Preferences) -> Delivered:
    registered = proxy.register(key, style, preferences)
    source = await registered.open()
    raster, vector = await asyncio.gather(
        _offer(source.raster, _NO_RASTER) if way != "session" else _none(_NO_RASTER_IN_SESSIONS),
        _offer(source.vector, _NO_VECTOR),
    )
    shown = raster.credits or vector.credits
    if shown is None:
        refusal = vector.refusal if way == "session" or source.raster is None else raster.refusal
        raise refusal or _NO_VECTOR
    raster_url, style_url = await _addresses(way, source, registered)
    return Delivered(
        way=way,
        raster_url=raster_url if raster.credits else None,
        style_url=style_url if vector.credits else None,
        attribution=shown,
        raster_refusal=raster.refusal,
        style_refusal=vector.refusal,
        _source=registered if way in {"route", "loopback"} else None,
    )


async def _offer(form: RasterTiles | VectorStyle | None, absent: KeyWidgetError) -> _Offer:
    """Ask for the credits of one form: a key, style or preference that it refuses may do for the other."""
    if form is None:
        return _Offer(None, absent)
    try:
        return _Offer(await form.attribution())
    except (PrivilegeError, FieldError) as error:
        return _Offer(None, error.with_traceback(None))


async def _none(refusal: KeyWidgetError) -> _Offer:
    return _Offer(None, refusal)


async def _addresses(way: str, source: BasemapSource, registered: Source) -> tuple[str, str]:
    """Return the template of the tiles and the address of the style; one that is not offered is not used."""
    if way in {"route", "loopback"}:
        base = await proxy.base_for(way, registered)
        return f"{base}/raster/{{z}}/{{x}}/{{y}}.png", f"{base}/style.json"
    raster, vector = source.raster, source.vector
    token = (await vector.session()).token if way == "session" and vector else Secret(source.key)
    tiles = {"token": token.reveal(), **source.preferences.query("language", "worldview")}
    style = {"token": token.reveal(), **(vector.query if vector else {})}
    return (
        f"{raster.root}/tile/{{z}}/{{y}}/{{x}}?{urlencode(tiles)}" if raster else "",
        f"{vector.address}?{urlencode(style)}" if vector else "",
    )


def _key_for_basemaps(key: str | Secret | ApiKey | None) -> ApiKey:
    """Return the key to use: the one given, else the newest with static tiles, else with styles."""
    key = veiled(key)
    if key is not None:
        return key if isinstance(key, ApiKey) else as_key(key)
    held = [*session_keys]
    fitting = [one for one in held if services_of(one).static_tiles] or [
        one for one in held if services_of(one).styles
    ]
    return fitting[0] if fitting else session_keys.need()
