"""Which way a basemap goes, under which addresses, and what stands in them."""

from __future__ import annotations

import os
import warnings

import pytest

from arcgis_keywidget import ApiKey, use
from arcgis_keywidget.errors import ExpiredError, FieldError, KeyWidgetError, PrivilegeError, TokenError
from arcgis_keywidget.maps import place, rendezvous
from arcgis_keywidget.maps.delivery import KeyInOutputWarning, deliver
from arcgis_keywidget.models import LocationServices
from tests.maps.web import ask

STREETS = "arcgis/streets"


@pytest.fixture
def server():
    """A Jupyter server that started this process and has the route, as far as its file says."""
    path = rendezvous.server_path(place.runtime_folder(), os.getppid())
    rendezvous.write(path, rendezvous.ServerFile(base_url="/user/ann/", origin="http://localhost:8888"))


def test_a_page_on_this_machine_is_served_over_loopback(make_key) -> None:
    """Where no server with our route started the kernel; a script, VS Code."""
    key = make_key()
    delivered = deliver(STREETS, key=key)
    assert delivered.way == "loopback"
    assert delivered.raster_url.startswith("http://127.0.0.1:")
    assert delivered.absolute() == delivered
    assert (delivered.tile_size, delivered.max_level) == (512, 22)
    assert "Natural Earth" in delivered.attribution.text
    assert delivered.need_raster() == delivered.raster_url
    assert delivered.need_style() == delivered.style_url
    assert deliver(STREETS, key=key) == delivered
    assert deliver(STREETS, key=key, worldview="").raster_url == delivered.raster_url
    assert deliver("open/streets", key=key).raster_url != delivered.raster_url


@pytest.mark.parametrize("name", ["SSH_CONNECTION", "JUPYTERHUB_SERVICE_PREFIX", "COLAB_RELEASE_TAG"])
def test_a_page_elsewhere_without_a_route_is_told_its_choices(monkeypatch, make_key, name) -> None:
    """Loopback would be another machine's there."""
    key = make_key()
    monkeypatch.setenv(name, "something")
    with pytest.raises(KeyWidgetError, match=r"no route for maps.*delivery='session'.*delivery='direct'"):
        deliver(STREETS, key=key)
    assert deliver(STREETS, key=key, delivery="loopback").way == "loopback"


def test_the_route_has_to_be_there_when_it_is_asked_for(make_key) -> None:
    """The way to get it is told."""
    with pytest.raises(KeyWidgetError, match=r"no route for maps.*Install arcgis-keywidget where"):
        deliver(STREETS, key=make_key(), delivery="route")


@pytest.mark.usefixtures("server")
def test_absolute_addresses_are_those_of_the_page(make_key) -> None:
    """As the page told them, else as the server on this machine has it."""
    delivered = deliver(STREETS, key=make_key())
    assert delivered.absolute().style_url == f"http://localhost:8888{delivered.style_url}"
    place.told_origin("https://hub.example.com")
    assert delivered.absolute().raster_url == f"https://hub.example.com{delivered.raster_url}"
    assert delivered.absolute().way == "route"


@pytest.mark.usefixtures("server")
def test_an_address_that_is_not_known_is_asked_for(make_key, monkeypatch) -> None:
    """On a hub the server does not know how the page sees it."""
    delivered = deliver(STREETS, key=make_key())
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/ann/")
    with pytest.raises(KeyWidgetError, match=r"address.*is not known.*KeyForm"):
        delivered.absolute()


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("origin", ["https://a@evil.example", "http://[::1", "https://", "http://x:port"])
def test_half_an_address_is_not_noted(origin) -> None:
    """What a page tells may be anything."""
    before = place.need_origin()
    place.told_origin("http://127.0.0.1:9999/")
    assert place.need_origin() == "http://127.0.0.1:9999" != before
    place.told_origin(origin)
    assert "evil" not in (place._told.origin or "")


@pytest.mark.usefixtures("server")
def test_a_page_of_vs_code_is_behind_no_server(make_key) -> None:
    """It has no cookie of the server that started the kernel."""
    place.told_origin("vscode-webview://1a2b3c")
    assert deliver(STREETS, key=make_key()).way == "loopback"


def test_a_session_token_is_in_the_address_in_the_place_of_the_key(make_key) -> None:
    """It opens the vector style and no tiles, which says why."""
    key = make_key()
    delivered = deliver(STREETS, key=key, language="de", delivery="session")
    assert "token=AAST" in delivered.style_url
    assert "language=de" in delivered.style_url
    assert str.__str__(key) not in delivered.style_url
    assert ask(delivered.style_url).status == 200
    with pytest.raises(KeyWidgetError, match="opens vector styles only"):
        delivered.need_raster()
    assert "AAST" not in repr(delivered)


def test_the_key_is_in_the_address_only_when_asked_for_by_name(make_key) -> None:
    """With a warning, and not in what Python shows."""
    key = make_key()
    with pytest.warns(KeyInOutputWarning, match="saved notebook"):
        delivered = deliver(STREETS, key=key, delivery="direct")
    assert ask(delivered.raster_url.format(z=0, x=0, y=0)).body.startswith(b"\x89PNG")
    assert ask(delivered.style_url).status == 200
    assert str.__str__(key) in delivered.style_url
    assert str.__str__(key) not in repr(delivered)


@pytest.mark.parametrize("delivery", ["auto", "loopback", "session"])
def test_the_key_is_nowhere_else(make_key, delivery, tmp_path) -> None:
    """Not in an address, a repr, or a file."""
    key = make_key()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        delivered = deliver(STREETS, key=key, delivery=delivery)
    shown = f"{delivered!r} {delivered.raster_url} {delivered.style_url} {vars(delivered)}"
    assert str.__str__(key) not in shown
    assert not any(str.__str__(key) in file.read_text() for file in tmp_path.rglob("*") if file.is_file())


def test_a_key_without_static_tiles_has_the_style(make_key) -> None:
    """The other form is left out, with its reason."""
    online = deliver(STREETS, key=make_key(privileges=("premium:user:basemaps",)))
    assert online.raster_url is None
    assert online.style_url
    assert "Natural Earth" in online.attribution.text
    with pytest.raises(PrivilegeError, match="may not read static basemap tiles"):
        online.need_raster()


def test_a_key_without_styles_has_the_tiles(make_key) -> None:
    """And the other way round."""
    delivered = deliver(STREETS, key=make_key(privileges=("premium:user:staticbasemaptiles",)))
    assert delivered.raster_url
    with pytest.raises(PrivilegeError, match="may not read basemap styles"):
        delivered.need_style()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"delivery": "carrier pigeon"}, "delivery"),
        ({"style": "streets"}, "style"),
        ({"style": "arcgis/nothing"}, "style"),
        ({"language": "!"}, "language"),
    ],
)
def test_what_cannot_be_is_named(make_key, changes, field) -> None:
    """The argument at fault."""
    with pytest.raises(FieldError) as caught:
        deliver(**{"style": STREETS, "key": make_key(), **changes})
    assert caught.value.field == field


def test_the_key_is_the_session_s_newest_that_opens_basemaps(make_key) -> None:
    """One of Enterprise does not stand in the way; without any, the way to one is told."""
    with pytest.raises(KeyWidgetError, match="no API key in this session"):
        deliver(STREETS)
    use(make_key(), environ=())
    use(ApiKey("AAPTenterprise", portal="https://gis.example.com"), environ=())
    assert deliver(STREETS).raster_url


def test_a_key_that_is_not_accepted_says_so(served, make_key) -> None:
    """Before any map is drawn."""
    services = make_key().services
    with pytest.raises((TokenError, ExpiredError)):
        deliver(STREETS, key=ApiKey("AAPTpracticenothing", portal=served.url, services=services))


def test_a_key_of_an_account_without_basemaps_says_so() -> None:
    """Nothing is sent."""
    key = ApiKey("AAPTsomething", portal="https://gis.example.com", services=LocationServices())
    with pytest.raises(KeyWidgetError, match="no basemap styles"):
        deliver(STREETS, key=key)
