"""The gallery of styles."""

from __future__ import annotations

import re
from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image

from arcgis_keywidget import ApiKey, KeyRequest, Portal, basemap_image, basemaps
from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.models import LocationServices, Resource, session_keys
from arcgis_keywidget.practice import serve
from arcgis_keywidget.services import gallery_pictures
from arcgis_keywidget.services.catalogue import BasemapStyle, Catalogue
from arcgis_keywidget.services.gallery import Gallery
from arcgis_keywidget.services.gallery_page import render_page, render_text
from arcgis_keywidget.services.gallery_pictures import MOST_BYTES
from arcgis_keywidget.services.payloads import picture
from arcgis_keywidget.services.thumbnails import SIZE, shrink

HOSTILE = '<script>alert(1)</script>"onload="x\x1b[2J\u202e'
EVIL = BasemapStyle(name=HOSTILE, title=HOSTILE, provider=HOSTILE, group=HOSTILE, vector=True)


@pytest.fixture
def gallery(make_key):
    """Of the practice portal, with a key of the session."""
    session_keys.add(make_key())
    return basemaps()


@pytest.fixture(autouse=True)
def nothing_fetched(monkeypatch):
    """As in a new process."""
    monkeypatch.setattr(gallery_pictures, "_fetched", {})


def noise() -> Resource:
    """A picture that no format makes small."""
    file = BytesIO()
    Image.effect_noise((600, 400), 90).convert("RGB").save(file, "PNG")
    return picture(file.getvalue())


def catalogue_of(*styles: BasemapStyle) -> Catalogue:
    """A catalogue whose every word is hostile."""
    return Catalogue(styles=styles, languages={HOSTILE: HOSTILE}, worldviews={}, places={})


def test_every_name_is_one_that_a_picture_can_be_made_of(gallery) -> None:
    """Those with pictures; each is found by name, its parts too."""
    assert len(gallery) == len(gallery.names) == len(list(gallery)) > 3
    assert "arcgis/streets" in gallery
    assert gallery["arcgis/dark-gray/labels"].part
    drawn = [name for name in (*gallery.names, *gallery.parts) if gallery[name].raster]
    for name in drawn:
        assert basemap_image((5, 47, 15, 55), name, (64, 64)).size == (64, 64)
    assert not gallery["arcgis/imagery"].raster
    assert gallery.languages["de"] == "German"
    with pytest.raises(KeyError, match="perhaps 'arcgis/streets'"):
        gallery["arcgis/street"]
    assert "arcgis/streets" in gallery._ipython_key_completions_()


def test_the_page_asks_nobody_for_anything(served, gallery) -> None:
    """Pictures lie in it; no address, no script, no key; asked for when it is shown, once."""
    sent = len(served.portal.requests)
    html = gallery._repr_html_()
    assert basemaps()._repr_html_() == html
    asked = [entry["path"] for entry in served.portal.requests[sent:] if "thumbnail" in entry["path"]]
    assert len(asked) == len(set(asked)) == len(gallery)
    assert "://" not in html
    assert not re.search(r"<(script|style|link|iframe)|\bon\w+=|url\(", html)
    assert session_keys.need() not in html
    for name in gallery.names:
        assert f">{name}</code>" in html
    pictures = [b64decode(data) for data in re.findall(r'src="data:image/jpeg;base64,([^"]+)"', html)]
    assert len(pictures) == len(gallery)
    assert {Image.open(BytesIO(data)).size for data in pictures} == {SIZE}
    assert "Practice portal</div>" in html


def test_as_text_it_is_a_table(gallery) -> None:
    """A line each, in columns, without the key."""
    lines = repr(gallery).splitlines()
    assert lines[0].split() == ["arcgis/streets", "Practice", "Streets", "pictures", "and", "vector"]
    assert len(lines) == len(gallery) + 1
    assert lines[-1] == f"and {len(gallery.parts)} parts of styles: .parts"


def test_words_of_a_service_are_only_words() -> None:
    """Nothing of them becomes markup, an attribute or a sequence that moves a terminal's cursor."""
    part = BasemapStyle(name=f"a/b/{HOSTILE}", title=HOSTILE, part=True, raster=True)
    found = catalogue_of(EVIL, part)
    html = render_page(found, {HOSTILE: Resource(b"x", "image/png")}, HOSTILE)
    assert "<script" not in html
    assert '"onload' not in html
    for text in (html, render_text(found)):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert len(render_text(found).splitlines()) == 2


def test_what_is_deprecated_or_only_vector_says_so() -> None:
    """On its card and in the table; styles without a group stand under their family."""
    old = BasemapStyle(name="osm/hybrid", title="Old", vector=True, deprecated=True)
    found = catalogue_of(old)
    assert "vector, deprecated" in render_page(found, {}, "")
    assert ">OpenStreetMap</div>" in render_page(found, {}, "")
    assert render_text(found).endswith("vector, deprecated")


def test_forty_styles_fit_in_a_notebook() -> None:
    """With a picture each, at most 250 kB, even of pictures that no format makes small."""
    styles = [BasemapStyle(name=f"arcgis/style-{number}", title="A style") for number in range(40)]
    shrunk = shrink(noise(), MOST_BYTES // 40)
    assert shrunk is not None
    html = render_page(catalogue_of(*styles), dict.fromkeys((style.name for style in styles), shrunk), "")
    assert html.count("<img") == 40
    assert len(html) < 250_000


def test_without_pillow_as_many_pictures_as_fit(gallery, monkeypatch) -> None:
    """As they come."""
    monkeypatch.setattr(gallery_pictures, "find_spec", lambda _: None)
    monkeypatch.setattr(gallery_pictures, "MOST_BYTES", 60_000)
    html = gallery._repr_html_()
    assert 1 <= html.count("data:image/png") < len(gallery)
    assert len(html) < 110_000


@pytest.mark.parametrize("fault", ["http=404*0", "html*0", "error=403*0"])
def test_a_gallery_without_its_pictures_is_still_one(served, gallery, fault: str) -> None:
    """Frames in their places."""
    served.portal.fail(f"thumbnail:{fault}")
    served.portal.fail(f"styles/thumbnail:{fault}")
    html = gallery._repr_html_()
    assert "<img" not in html
    assert html.count("<code") > len(gallery)


def test_a_picture_elsewhere_is_not_asked_for(make_key) -> None:
    """The key stays, and nobody learns that a gallery was looked at."""
    style = BasemapStyle(name="arcgis/a", title="A", thumbnail_url="https://tracker.example/a.png")
    html = Gallery(catalogue_of(style), make_key())._repr_html_()
    assert "tracker" not in html
    assert "<img" not in html


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xffjunk", b"RIFF1234WEBP", b"<svg/>"])
def test_what_is_no_picture_is_not_shown(content: bytes) -> None:
    """Broken ones, and what no basemap service sends."""
    assert shrink(Resource(content, "image/png"), 8000) is None


def test_accounts_without_pictures_and_without_basemaps() -> None:
    """ArcGIS Online has vector styles only; Enterprise has none, and says where there are some."""
    with serve(account="online") as running:
        services = LocationServices(styles=running.ready["basemaps"]["styles"])
        user = running.portal.users[0]
        with Portal.connect(running.url) as portal:
            portal.sign_in(user.username, user.password)
            key = portal.create_key(KeyRequest(privileges=("premium:user:basemaps",))).key
        assert key.services == services
        gallery = basemaps(key=key)
        assert {style.raster for style in gallery.values()} == {False}
        assert "<img" in gallery._repr_html_()
    with pytest.raises(KeyWidgetError, match=r"no basemap services.*Location Platform"):
        basemaps(key=ApiKey("AAPTenterprise", portal="https://gis.example.com"))
    session_keys.add(ApiKey("AAPTenterprise", portal="https://gis.example.com"))
    with pytest.raises(KeyWidgetError, match="no basemap services"):
        basemaps()
