"""`basemaps`: the styles that a key opens, which notebooks show as a gallery with pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.models import ApiKey, is_arcgis_com, session_keys, veiled
from arcgis_keywidget.services.attribution import Attribution
from arcgis_keywidget.services.catalogue import catalogue
from arcgis_keywidget.services.connection import connected
from arcgis_keywidget.services.gallery_page import render_page, render_text
from arcgis_keywidget.services.gallery_pictures import fetch_pictures
from arcgis_keywidget.services.keyed import as_key, services_of

if TYPE_CHECKING:
    from arcgis_keywidget._http import Transport
    from arcgis_keywidget.models import Resource, Secret
    from arcgis_keywidget.services.catalogue import BasemapStyle, Catalogue


def basemaps(*, key: str | Secret | ApiKey | None = None) -> Gallery:
    """Return the basemap styles that a key's account offers; a notebook shows them as a gallery.

    The names under the pictures are what `basemap_image` and the other functions take as ``style``.

    Args:
        key: the key to use; the session's newest with basemaps unless given.

    Raises:
        KeyWidgetError: no key in this session, or one whose account has no basemaps.
        UnexpectedReplyError: the services name no style.
        ExpiredError, ReferrerError, TokenError: the key is not accepted.
    """
    key = veiled(key)
    key = _key_for(key)
    return Gallery(run(read_catalogue(key)), key)


async def read_catalogue(key: ApiKey, transport: Transport | None = None) -> Catalogue:
    """Return what a key's services offer, read once for each kind of account.

    Raises:
        KeyWidgetError: they are none.
    """
    services = services_of(key)
    if not (services.styles or services.static_tiles):
        raise KeyWidgetError(
            "The account of this key has no basemap services: ArcGIS Enterprise brings none that keys open.",
            "Make a key with an account of ArcGIS Location Platform or ArcGIS Online.",
        )
    async with connected(key, transport) as connection, connection.asking() as client:
        return await catalogue(client, services)


class Gallery(Mapping[str, "BasemapStyle"]):
    """Basemap styles by name: a mapping of the whole ones; parts of styles are found by name as well.

    Notebooks show it with a picture of each style, fetched then and held inside the output: the page asks
    nobody for anything.

    Attributes:
        languages, worldviews, places: what the styles may be asked for: codes and their names.
        attribution: whom the pictures are of.
    """

    def __init__(self, found: Catalogue, key: ApiKey) -> None:
        self._key = key
        self._catalogue = found
        self._whole = {style.name: style for style in found.styles if not style.part}
        self._pictures: dict[str, Resource] | None = None
        self.languages, self.worldviews, self.places = found.languages, found.worldviews, found.places
        providers = ", ".join(sorted({style.provider for style in found.styles} - {""}))
        self.attribution = Attribution.of(providers, esri=is_arcgis_com(key.portal)).text

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the whole styles."""
        return tuple(self._whole)

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the parts of styles, such as labels alone."""
        return tuple(style.name for style in self._catalogue.styles if style.part)

    def __len__(self) -> int:
        return len(self._whole)

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __getitem__(self, name: str) -> BasemapStyle:
        style = self._catalogue.find(name)
        if style is None:
            near = get_close_matches(str(name), [*self.names, *self.parts], n=1)
            raise KeyError(f"no style {name!r}{f'; perhaps {near[0]!r}' if near else ''}")
        return style

    def _ipython_key_completions_(self) -> list[str]:
        return [*self.names, *self.parts]

    def __repr__(self) -> str:
        return render_text(self._catalogue)

    def _repr_html_(self) -> str:
        if self._pictures is None:
            self._pictures = run(fetch_pictures(self._key, list(self._whole.values())))
        return render_page(self._catalogue, self._pictures, self.attribution)


def _key_for(key: Secret | ApiKey | None) -> ApiKey:
    if key is not None:
        return key if isinstance(key, ApiKey) else as_key(key)
    held = [(one, services_of(one)) for one in session_keys]
    fitting = (one for one, services in held if services.styles or services.static_tiles)
    return next(fitting, None) or session_keys.need()
