"""README.md against what there is: each of its examples runs."""

from __future__ import annotations

import io
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from traitlets.config import Config

from arcgis_keywidget import KeyForm, KeyRequest, Portal, current_key, forget, keep, use
from arcgis_keywidget.config import FormConfig
from arcgis_keywidget.errors import KeyWidgetError
from arcgis_keywidget.form import sessions, widget
from arcgis_keywidget.practice import serve
from tests.clients.sign_in_page import read_code, sign_in

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
REAL = "https://www.arcgis.com"


def block(*words: str) -> str:
    """The one example that holds all of these words."""
    (found,) = [text for text in BLOCKS if all(word in text for word in words)]
    return found


def run(text: str, **names: object) -> dict[str, object]:
    """Run an example; return its names."""
    exec(compile(text, "README.md", "exec"), names)  # noqa: S102 (the project's own page)
    return names


def show(line: str, names: dict[str, object]) -> object:
    """What a line of an example shows at the end of a cell."""
    return eval(line.partition("  # ")[0], names)  # noqa: S307 (the project's own page)


@pytest.fixture
def served():
    """A portal of its own: what is remembered of the shared one is others' to test."""
    with serve() as running:
        yield running


@pytest.fixture
def ada(served, monkeypatch):
    """Who signs in; the environment is hers, and what is asked at a prompt she answers with her password."""
    person = served.portal.users[0]
    monkeypatch.setattr("arcgis_keywidget.portal.blocking.getpass", lambda _: person.password)
    monkeypatch.setenv("ARCGIS_CLIENT", served.portal.client_id)
    yield person
    forget()


@pytest.fixture
def credential(served, ada):
    """A key for basemaps and the private layer, in use."""
    with Portal.connect(served.url) as portal:
        portal.sign_in(ada.username, ada.password)
        tiles = ("premium:user:basemaps", "premium:user:staticbasemaptiles")
        made = portal.create_key(KeyRequest(privileges=tiles, items=[served.portal.layer]))
    use(made)
    return made


@pytest.mark.parametrize("words", [("form = KeyForm(",), ("lock=",)])
def test_the_forms_open(words, monkeypatch, tmp_path):
    """The form of the first example, and the one with settings that are there already."""
    for name in ("form.js", "form.css"):
        (tmp_path / name).write_text("")
    monkeypatch.setattr(widget, "_STATIC", tmp_path)
    *lines, last = block(*words).strip().splitlines()
    form = show(last, run("\n".join(lines)))
    assert isinstance(form, KeyForm)
    form.close()
    sessions.forget_all()


def test_the_next_cells_use_the_key(credential):
    """A tile, and the rows of the layer that was chosen."""
    *lines, tile, rows = block("fetch_tile", "read_layer").strip().splitlines()
    names = run("\n".join(lines), form=SimpleNamespace(credential=credential))
    assert Image.open(io.BytesIO(show(tile, names)._repr_png_())).size == (512, 512)
    assert show(rows, names)


def test_basemaps_are_drawn_with_the_key(credential):
    """Each line shows something, and none holds the key."""
    *lines, gallery, view, picture, leaflet = block("ipyleaflet.Map(").strip().splitlines()
    names = run("\n".join(lines))
    assert "data:image/" in show(gallery, names)._repr_html_()
    shown = [show(line, names) for line in (view, picture, leaflet)]
    assert shown[1].size == (1024, 768)
    state = repr([widget.get_state() for widget in (shown[0], *shown[2].layers)])
    assert credential.key not in state
    shown[0].close()


def test_layers_are_read_and_keys_checked(credential):
    """The frame holds what the condition wants."""
    *lines, check, frame = block("check_key()").strip().splitlines()
    names = run("\n".join(lines), form=SimpleNamespace(credential=credential))
    assert show(check, names).ok
    assert run(frame, **names)["frame"].population.min() > 1_000_000


def test_an_administrators_settings_are_right():
    """Nothing of them is left out, and each is one that there is."""
    config = Config()
    run(block("c.KeyForm"), c=config)
    assert FormConfig(config, {}).problems == []
    told = set(re.findall(r"c\.KeyForm\.(\w+)", README))
    assert told <= set(FormConfig.class_trait_names(config=True))
    assert "docs/configuration.md" in README  # which has them all


def test_a_key_is_made_in_code(served, ada):
    """With a password that is asked for; the key is the kernel's."""
    names = run(block("create_key").replace(REAL, served.url).replace('"ada"', repr(ada.username)))
    assert current_key() == names["credential"].key


def test_a_key_is_rotated_in_code(served, ada, credential):
    """The new one is in use, the old one has ended."""
    text = block("portal.rotate").replace(REAL, served.url).replace('"ada"', repr(ada.username))
    names = run(text, credential=credential)
    assert current_key() == names["fresh"].key
    with Portal.connect(served.url) as portal:
        portal.sign_in(ada.username, ada.password)
        after = portal.read_key(credential)
    assert [slot.state() for slot in after.slots] == ["free", "live"]


def test_code_signs_in_in_the_browser(served, ada, monkeypatch):
    """The code comes from the portal's page."""
    pages = []
    monkeypatch.setattr("builtins.print", lambda *words: pages.append(words[-1]))
    monkeypatch.setattr("getpass.getpass", lambda _: read_code(sign_in(pages[0], ada)))
    names = run(block("begin_code_sign_in").replace(REAL, served.url))
    assert names["account"].username == ada.username


def test_a_key_that_is_there_already_is_used(served, credential, monkeypatch):
    """From the environment, without signing in."""
    forget()
    monkeypatch.setenv("ARCGIS_API_KEY", str(credential.key))
    run(block("inspect_key").replace(REAL, served.url))
    assert current_key() == credential.key


def test_keeping(served, ada, tmp_path, monkeypatch):
    """A key that was kept in a file is in the next session by its name."""
    monkeypatch.chdir(tmp_path)
    with Portal.connect(served.url) as portal:
        portal.sign_in(ada.username)
        made = portal.create_key(KeyRequest("Workshop key"))
    keep(made, where=".env")
    with pytest.raises(KeyWidgetError):
        current_key()
    run(block("from arcgis_keywidget import load"))
    assert current_key() == made.key
