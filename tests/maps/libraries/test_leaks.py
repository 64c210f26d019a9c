"""The key stays in the kernel, whatever the library, and whichever way the notebook is kept."""

from __future__ import annotations

import pytest

from arcgis_keywidget.maps.libraries import LIBRARIES, PIXELS
from tests.leaks.search import find
from tests.maps.libraries.book import USE_KEY, Book, unpacked
from tests.maps.libraries.snippets import SNIPPETS

pytestmark = [pytest.mark.matrix, pytest.mark.kernel, pytest.mark.timeout(300)]

GIVEN = "STYLE, GIVEN = 'arcgis/streets', {}"
DIRECT = "STYLE, GIVEN = 'arcgis/streets', {'delivery': 'direct'}"
SHOWN = """print(repr(made), str(made), f"{made}", [made])
vars(made) if hasattr(made, "__dict__") else made"""
ADDRESS = """from arcgis_keywidget.maps.delivery import deliver

address = deliver(STYLE).absolute().raster_url
print(repr(deliver(STYLE)))"""
A_TILE = """import urllib.request

urllib.request.urlopen(address.format(z=9, x=1, y=2)).read()"""
AGAIN = {
    "contextily": "contextily.add_basemap(axes, source=made, zoom=5)",
    "matplotlib": "axes.set(xlim=(3e6, 4e6), ylim=(3e6, 4e6)); basemap(STYLE, to=axes)",
    "cartopy": "made.get_image((1, 2, 6))",
}
"""What asks for tiles that are not held yet, where that is done in the kernel."""


@pytest.mark.parametrize("name", [one.name for one in LIBRARIES])
def test_the_key_is_nowhere(tmp_path, revoke, credential, name) -> None:
    """Not in the notebook, its widgets, its page, what objects show of themselves, tracebacks, or on disk."""
    with Book(tmp_path, credential.key) as book:
        book.show(USE_KEY)
        book.show(GIVEN)
        book.show(SNIPPETS[name])
        assert book.show(SHOWN)
        book.show(ADDRESS)
        revoke(credential)
        book.run("%xmode Verbose")
        assert "HTTPError" in book.fail(A_TILE)
        assert "TokenError" in book.fail("basemap('open/streets', to='xyz')")
        if name in AGAIN:
            book.fail(AGAIN[name])
        places = book.leave()
    assert find({"key": str.__str__(credential.key)}, places) == []


@pytest.mark.parametrize("name", [one.name for one in LIBRARIES if one.takes != PIXELS])
def test_the_search_finds_a_key_that_was_asked_for(tmp_path, key, name) -> None:
    """delivery="direct" is told in a warning, and is the control of the test above."""
    with Book(tmp_path, key) as book:
        book.show(USE_KEY)
        book.show(DIRECT)
        book.run(f"import {name}")  # some silence warnings as they are imported
        book.run("warnings.simplefilter('always')")
        shown = book.show(SNIPPETS[name])
        places = book.leave()
    assert "KeyInOutputWarning" in shown
    found = find({"key": str.__str__(key)}, places)
    assert any(" in notebook" in place or " in page" in place or " in tmp" in place for place in found)


def test_packed_things_are_unpacked() -> None:
    """Else a key in a compressed buffer would not be found."""
    import base64
    import gzip

    packed = gzip.compress(b"canary-4711 " * 20)
    for content in (packed, b'{"data": "' + base64.b64encode(packed * 2) + b'"}'):
        assert find({"key": "canary-4711"}, unpacked({"a file": content}))
