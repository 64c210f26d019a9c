"""What each library is given: addresses that answer, the right size, the credits, and not the key."""

from __future__ import annotations

import io
import json
from urllib.request import urlopen

import pytest
from PIL import Image

from arcgis_keywidget import basemap, read_layer, use
from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.maps.libraries import LIBRARIES, STYLE, TILES
from arcgis_keywidget.practice import PracticePortal, serve
from tests.maps.libraries.conftest import sign_in_and_make

pytestmark = [pytest.mark.matrix, pytest.mark.filterwarnings("ignore")]

CREDIT = "Natural Earth"
ADDRESSES = {
    "ipyleaflet": lambda layer: layer.url,
    "leafmap": lambda layer: layer.url,
    "folium": lambda layer: layer.tiles,
    "explore": lambda layer: layer.tiles,
    "bokeh": lambda source: source.url,
    "hvplot": lambda element: element.data.build_url(),
    "xyz": lambda provider: provider.build_url(),
    "contextily": lambda provider: provider.build_url(),
    "maplibre": lambda address: address,
    "lonboard": lambda made: made.style,
    "pydeck": lambda given: given["map_style"],
    "plotly": lambda given: given["map"]["style"],
}
CREDITS = {
    "ipyleaflet": lambda layer: layer.attribution,
    "leafmap": lambda layer: layer.attribution,
    "folium": lambda layer: layer.options["attribution"],
    "explore": lambda layer: layer.options["attribution"],
    "bokeh": lambda source: source.attribution,
    "hvplot": lambda element: element.data.html_attribution,
    "xyz": lambda provider: provider.attribution,
    "contextily": lambda provider: provider.attribution,
}
TILED = [one.name for one in LIBRARIES if one.takes == TILES]
STYLED = [one.name for one in LIBRARIES if one.takes == STYLE]


def read(url: str) -> bytes:
    """What answers with 200."""
    with urlopen(url, timeout=20) as reply:  # noqa: S310 (loopback)
        assert reply.status == 200
        return reply.read()


@pytest.fixture
def used(key):
    """The key of the session."""
    use(key)
    return key


@pytest.mark.parametrize("name", TILED)
def test_tiles_answer_and_are_credited(used, name) -> None:
    """A picture of 512 px at the place that the template names."""
    made = basemap("arcgis/streets", to=name)
    url = ADDRESSES[name](made)
    assert str.__str__(used) not in url
    picture = Image.open(io.BytesIO(read(url.format(z=2, x=2, y=1))))
    assert picture.size == (512, 512)
    assert CREDIT in CREDITS[name](made)


@pytest.mark.parametrize("name", STYLED)
def test_all_of_a_style_answers(used, name) -> None:
    """The style, its tiles, letters and icons; the sources hold the credits."""
    url = ADDRESSES[name](basemap("arcgis/streets", to=name))
    assert url.startswith("http")
    style = json.loads(read(url))
    (source,) = style["sources"].values()
    assert CREDIT in source["attribution"]
    assert read(source["tiles"][0].format(z=1, x=1, y=0))
    letters = style["glyphs"].replace("{range}", "0-255")
    fonts = next(
        layer["layout"]["text-font"] for layer in style["layers"] if "text-font" in layer.get("layout", {})
    )
    assert read(letters.replace("{fontstack}", ",".join(fonts).replace(" ", "%20")))
    assert all(read(style["sprite"] + ending) for ending in (".json", ".png", "@2x.json", "@2x.png"))
    assert str.__str__(used) not in json.dumps(style)


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize("name", ["ipyleaflet", "leafmap", "folium", "explore"])
def test_leaflet_is_told_the_size(name) -> None:
    """512 px, one level less, and a level 0 all the same."""
    made = basemap("arcgis/streets", to=name)
    options = made.options if hasattr(made, "tiles") else {**made.get_state(), "max": 0}
    names = ("tile_size", "zoom_offset", "min_native_zoom", "max_native_zoom")
    assert [options[name] for name in names] == [512, -1, 1, 23]


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize("name", ["ipyleaflet", "folium", "bokeh"])
def test_options_go_to_the_library(name) -> None:
    """And may be other than ours."""
    given = {"max_zoom": 9}
    made = basemap("arcgis/streets", to=name, **given)
    assert (made.options if name == "folium" else {"max_zoom": made.max_zoom})["max_zoom"] == 9


@pytest.mark.usefixtures("used")
def test_maps_get_the_basemap() -> None:
    """In the place of the one that they had."""
    import folium
    import ipyleaflet
    import plotly.graph_objects as go
    import pydeck
    from bokeh.plotting import figure

    markers = ipyleaflet.LayerGroup()
    widget = ipyleaflet.Map(layers=(ipyleaflet.TileLayer(base=True), markers))
    assert basemap("arcgis/streets", to=widget) is widget.layers[0]
    assert widget.layers[1:] == (markers,)
    page = folium.Map()
    layer = basemap("arcgis/streets", to=page)
    assert [one for one in page._children.values() if isinstance(one, folium.TileLayer)] == [layer]
    assert "openstreetmap" not in page.get_root().render().lower()
    deck, plot, drawing = pydeck.Deck(), figure(), go.Figure()
    assert basemap("arcgis/streets", to=deck)["map_style"] == deck.map_style
    assert basemap("arcgis/streets", to=plot) is plot.renderers[0].tile_source
    basemap("arcgis/streets", to=drawing)
    assert drawing.layout.map.style.endswith("/style.json")


def test_a_layer_is_explored_with_one_argument(used, portal) -> None:
    """The basemap of Leaflet's own is not there, the key neither."""
    frame = read_layer(portal.portal.layer).to_geodataframe()
    page = frame.explore(tiles=basemap("arcgis/streets", to="explore")).get_root().render()
    assert "/raster/{z}/{x}/{y}.png" in page
    assert "openstreetmap" not in page.lower()
    assert str.__str__(used) not in page


@pytest.mark.usefixtures("used")
def test_maps_of_widgets_get_the_style() -> None:
    """Maplibre before it is shown, lonboard at any time."""
    import lonboard
    from maplibre.ipywidget import MapWidget

    widget = MapWidget()
    assert widget.map_options["style"] != basemap("arcgis/streets", to=widget)
    assert widget.map_options["style"].endswith("/style.json")
    board = lonboard.Map([])
    assert basemap("arcgis/streets", to=board) is board.basemap


@pytest.mark.parametrize("name", [one.name for one in LIBRARIES if one.takes != STYLE])
def test_an_account_without_static_tiles_is_told_who_draws_styles(name) -> None:
    """In one error, whatever the library draws with."""
    with serve(PracticePortal(account="online")) as running:
        use(sign_in_and_make(running, privileges=("premium:user:basemaps",)).key)
        with pytest.raises(KeyWidgetError) as caught:
            basemap("arcgis/streets", to=name)
        running.portal.close()
    assert caught.value.title.startswith(f"{name} draws basemaps as pictures only.")
    assert "BasemapMap, lonboard, maplibre, plotly and pydeck" in caught.value.hint


@pytest.mark.parametrize("name", STYLED)
def test_an_account_without_static_tiles_has_styles(name) -> None:
    """Where the library draws them."""
    with serve(PracticePortal(account="online")) as running:
        use(sign_in_and_make(running, privileges=("premium:user:basemaps",)).key)
        assert json.loads(read(ADDRESSES[name](basemap("arcgis/streets", to=name))))["version"] == 8
        running.portal.close()


@pytest.mark.usefixtures("used")
def test_axes_keep_their_limits_and_are_credited() -> None:
    """The picture covers them, beneath the data; the credits are text."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.set(xlim=(-3e6, 7e6), ylim=(6e6, -1e6))  # turned round
    image = basemap("arcgis/streets", to=axes)
    assert (axes.get_xlim(), axes.get_ylim()) == ((-3e6, 7e6), (6e6, -1e6))
    left, right, bottom, top = image.get_extent()
    assert (left, right) == pytest.approx((-3e6, 7e6), rel=0.01)
    assert (bottom, top) == pytest.approx((-1e6, 6e6), rel=0.01)
    assert CREDIT in axes.texts[0].get_text().replace("\n", " ")
    plt.close(figure)


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize(
    ("crs", "limits"), [("EPSG:4326", (-20, 40, 20, 60)), ("EPSG:3035", (2e6, 6e6, 1e6, 5e6))]
)
def test_axes_in_another_coordinate_system(crs, limits) -> None:
    """The picture is projected: it lies in their limits, and is whole."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.set(xlim=limits[:2], ylim=limits[2:])
    image = basemap("arcgis/streets", to=axes, crs=crs)
    assert tuple(image.get_extent()) == limits
    assert image.get_array()[..., 3].min() == 255
    plt.close(figure)


@pytest.mark.usefixtures("used")
def test_empty_axes_and_odd_systems_are_refused() -> None:
    """With the argument's name."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    with pytest.raises(FieldError, match="draw the data first"):
        basemap("arcgis/streets", to=axes)
    axes.set(xlim=(0, 9), ylim=(0, 9))
    with pytest.raises(FieldError, match="crs"):
        basemap("arcgis/streets", to="matplotlib", ax=axes, crs="EPSG:1")
    plt.close(figure)


@pytest.mark.usefixtures("used")
def test_cartopy_fetches_without_an_address() -> None:
    """Pictures of 512 px; the credits are an attribute, and on the picture."""
    tiles = basemap("arcgis/streets", to="cartopy")
    picture, _, _ = tiles.get_image((2, 1, 2))
    assert picture.size == (512, 512)
    assert CREDIT in tiles.attribution
    with pytest.raises(NotImplementedError):
        tiles._image_url((2, 1, 2))


@pytest.mark.usefixtures("used")
def test_the_kernel_side_needs_no_page(monkeypatch) -> None:
    """Behind a Hub, too, where no port of this machine can be shown."""
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/ada/")
    assert basemap("arcgis/streets", to="contextily").url.startswith("http://127.0.0.1:")
    assert basemap("arcgis/streets", to="cartopy")
    with pytest.raises(KeyWidgetError):
        basemap("arcgis/streets", to="folium")
