"""The map libraries: what each takes a basemap as, what it needs, and what its users write."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FieldError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

TILES, STYLE, PIXELS = "tiles", "vector style", "pixels"
"""What a library draws: pictures at addresses, a style at an address, or pictures that the kernel fetches."""

_PAGE = "The map is drawn again, without its basemap, until the cell is run"
_WIDGET = "Nothing without saved widget state; with it the map without its basemap, until the cell is run"
_PICTURE = "The picture as it was"


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """One map library.

    Attributes:
        name: what `basemap` calls it.
        family: the module of this room that knows it.
        takes: `TILES`, `STYLE` or `PIXELS`.
        needs: the modules that must be installed.
        install: what pip installs for it.
        modules: whose modules and objects stand for it, where they are not called like it.
        absolute: whether it wants addresses with a host, not those of the page's own server.
        call: what its users write, with ``…`` for the basemap; a call that draws has none.
        online: the hosts that its pages load their code from; none where it brings its own.
        reopened: what is seen in a saved notebook that is opened again.
    """

    name: str
    family: str
    takes: str
    needs: tuple[str, ...]
    install: str
    modules: tuple[str, ...] = ()
    absolute: bool = False
    call: str
    online: tuple[str, ...] = ()
    reopened: str

    def nearness(self, place: str) -> int:
        """Return how much of a module's name is this library's; 0 where it is another's."""
        homes = [home for home in self.modules or (self.name,) if f"{place}.".startswith(f"{home}.")]
        return len(place) + 1 if place == self.name else max(map(len, homes), default=0)

    def load(self) -> Any:  # noqa: ANN401 (a module without types)
        """Return its module.

        Raises:
            MissingExtraError: it is not installed.
        """
        for name in self.needs:
            try:
                import_module(name)
            except ModuleNotFoundError as error:
                if error.name is None or not name.startswith(error.name):
                    raise  # it is there, and broken
                missing = "is" if name == self.name else f"needs {name}, which is"
                raise MissingExtraError(
                    f"{self.name} {missing} not installed.", f"pip install {self.install}"
                ) from None
        return import_module(self.needs[0])


_FOLIUM_CODE = ("cdn.jsdelivr.net", "cdnjs.cloudflare.com", "code.jquery.com", "netdna.bootstrapcdn.com")
_DECK_CODE = ("cdn.jsdelivr.net", "unpkg.com", "api.tiles.mapbox.com", "maxcdn.bootstrapcdn.com")

LIBRARIES = (
    Library(
        name="ipyleaflet",
        family="leaflet",
        takes=TILES,
        needs=("ipyleaflet",),
        install="ipyleaflet",
        call="ipyleaflet.Map(basemap=…)",
        reopened=_WIDGET,
    ),
    Library(
        name="leafmap",
        family="leaflet",
        takes=TILES,
        needs=("ipyleaflet", "leafmap"),
        install="leafmap",
        call="leafmap.Map().add(…)",
        reopened=_WIDGET,
    ),
    Library(
        name="folium",
        family="leaflet",
        takes=TILES,
        needs=("folium",),
        install="folium",
        modules=("folium", "leafmap.foliumap"),
        call="folium.Map(tiles=…)",
        online=_FOLIUM_CODE,
        reopened=_PAGE,
    ),
    Library(
        name="explore",
        family="leaflet",
        takes=TILES,
        needs=("folium", "geopandas", "matplotlib", "mapclassify"),
        install="geopandas folium matplotlib mapclassify",
        modules=("geopandas",),
        call="frame.explore(tiles=…)",
        online=_FOLIUM_CODE,
        reopened=_PAGE,
    ),
    Library(
        name="maplibre",
        family="gl",
        takes=STYLE,
        needs=("maplibre",),
        install="'maplibre[jupyter]'",
        modules=("maplibre", "leafmap.maplibregl"),
        absolute=True,
        call="MapOptions(style=…)",
        reopened=_WIDGET,
    ),
    Library(
        name="lonboard",
        family="gl",
        takes=STYLE,
        needs=("lonboard.basemap", "lonboard"),
        install="lonboard",
        modules=("lonboard",),
        absolute=True,
        call="lonboard.Map(layer, basemap=…)",
        online=("cdn.jsdelivr.net",),
        reopened=_WIDGET,
    ),
    Library(
        name="pydeck",
        family="gl",
        takes=STYLE,
        needs=("pydeck",),
        install="pydeck",
        absolute=True,
        call="pydeck.Deck(**…)",
        online=_DECK_CODE,
        reopened=_PAGE,
    ),
    Library(
        name="plotly",
        family="gl",
        takes=STYLE,
        needs=("plotly",),
        install="plotly",
        modules=("plotly", "leafmap.plotlymap"),
        absolute=True,
        call="figure.update_layout(**…)",
        online=("cdnjs.cloudflare.com",),
        reopened=_PAGE,
    ),
    Library(
        name="bokeh",
        family="tiles",
        takes=TILES,
        needs=("bokeh.models", "bokeh"),
        install="bokeh",
        modules=("bokeh", "leafmap.bokehmap"),
        call="figure.add_tile(…)",
        online=("cdn.bokeh.org",),
        reopened=_PAGE,
    ),
    Library(
        name="hvplot",
        family="tiles",
        takes=TILES,
        needs=("holoviews", "xyzservices", "bokeh"),
        install="hvplot",
        modules=("hvplot", "holoviews", "geoviews"),
        call="frame.hvplot.points('x', 'y', tiles=…)",
        online=("cdn.bokeh.org", "cdn.holoviz.org"),
        reopened=_PAGE,
    ),
    Library(
        name="xyz",
        family="tiles",
        takes=TILES,
        needs=("xyzservices",),
        install="xyzservices",
        modules=("xyzservices",),
        absolute=True,
        call="wherever a TileProvider is taken",
        reopened=_PAGE,
    ),
    Library(
        name="contextily",
        family="pixels",
        takes=TILES,
        needs=("xyzservices", "contextily"),
        install="contextily",
        absolute=True,
        call="contextily.add_basemap(axes, source=…, zoom_adjust=-1)",
        reopened=_PICTURE,
    ),
    Library(
        name="matplotlib",
        family="pixels",
        takes=PIXELS,
        needs=("matplotlib.pyplot", "PIL"),
        install="matplotlib pillow",
        modules=("matplotlib",),
        call="basemap(…, to=axes)",
        reopened=_PICTURE,
    ),
    Library(
        name="cartopy",
        family="pixels",
        takes=PIXELS,
        needs=("cartopy.io.img_tiles", "cartopy", "PIL"),
        install="cartopy",
        modules=("cartopy",),
        call="axes.add_image(…, 4)",
        reopened=_PICTURE,
    ),
)


def find(to: object) -> Library:
    """Return the library of a name, of a module, or of an object.

    Raises:
        FieldError: there is none; it names all.
    """
    for place in _places(to):
        best = max(LIBRARIES, key=lambda one: one.nearness(place))
        if best.nearness(place):
            return best
    what = repr(to) if isinstance(to, str) else f"a {type(to).__name__}"
    names = ", ".join(one.name for one in LIBRARIES)
    raise FieldError("to", f"There is no basemap for {what}; the libraries are {names}.")


def those_that_take(kind: str) -> str:
    """Return the names of the libraries that draw something of a kind, in words."""
    *names, last = sorted(one.name for one in LIBRARIES if one.takes == kind)
    return f"{', '.join(names)} and {last}"


def _places(to: object) -> Iterator[str]:
    """Return the names that may tell the library; of classes, the oldest ancestor first.

    A map of leafmap, for one, is a map of the library below it.
    """
    if isinstance(to, str):
        yield to
    elif isinstance(to, ModuleType):
        yield to.__name__
    else:
        yield from (kind.__module__ for kind in reversed(type(to).__mro__))
