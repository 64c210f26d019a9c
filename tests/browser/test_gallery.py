"""How the gallery of styles looks: in light and dark, wide and narrow, on a plain page."""

from __future__ import annotations

import pytest

from arcgis_keywidget import KeyRequest, Portal, basemaps
from tests.browser.album import PICTURES
from tests.browser.look import flaws

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

THEMES = {
    "light": ":root { --jp-ui-font-color1: rgba(0, 0, 0, 0.87) } body { background: white }",
    "dark": ":root { --jp-ui-font-color1: rgba(255, 255, 255, 0.87) } body { background: #111 }",
    "bare": "body { background: white }",
}


@pytest.fixture
def html(portal):
    """Of the practice portal."""
    user = portal.portal.users[0]
    with Portal.connect(portal.url) as client:
        client.sign_in(user.username, user.password)
        privileges = ("premium:user:basemaps", "premium:user:staticbasemaptiles")
        key = client.create_key(KeyRequest(privileges=privileges)).key
    return basemaps(key=key)._repr_html_()


def test_the_gallery_is_fit_to_be_seen(page, html) -> None:
    """Nothing sticks out or is faint, folds open too; two cards stand side by side at 320 px."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    found, asked = [], []
    page.on("request", lambda request: asked.append(request.url))
    for theme, style in THEMES.items():
        for width in (320, 900):
            page.set_viewport_size({"width": width, "height": 800})
            page.set_content(f"<!doctype html><html lang=en><style>{style}</style><main>{html}</main></html>")
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            page.screenshot(path=PICTURES / f"gallery-{theme}-{width}.png", full_page=True)
            found += [f"{theme}, {width}: {flaw}" for flaw in flaws(page.locator("main"))]
            tops = page.evaluate("[...document.querySelectorAll('img')].map((one) => one.offsetTop)")
            assert tops[0] == tops[1]
    assert found == []
    assert [url for url in asked if not url.startswith("data:")] == []
