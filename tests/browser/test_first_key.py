from __future__ import annotations

import base64
import hashlib
import io
import re
import shutil

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import FIRST_KEY
from tests.browser.form import Form
from tests.browser.notebook import SECONDS, opened, text_of, write

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LAYER = "World capitals"
DIGEST = "import hashlib\nhashlib.sha256(arcgis_api_key.encode()).hexdigest()"


def check_next_cells(notebook, key):
    """The cells after the form draw the tile, read the rows and show the key masked."""
    assert notebook.ask(DIGEST).strip("'") == hashlib.sha256(key.encode()).hexdigest()
    (tile,) = notebook.run(3)
    picture = Image.open(io.BytesIO(base64.b64decode(tile["data"]["image/png"])))
    assert picture.size == (512, 512)
    assert len(picture.convert("RGB").getcolors(512 * 512)) > 10
    (rows,) = notebook.run(5)
    assert len(re.findall("<tr", "".join(rows["data"]["text/html"]))) > 5
    masked = text_of(notebook.run(7))
    assert masked.startswith("<ApiKey AAPT••••AT1_••••, until ")


def make_first_key(notebook):
    """Run the first cell and make the key by mouse; return what Copy put into the clipboard."""
    notebook.run(1)
    form = Form(notebook)
    form.button("Use the practice portal").click()
    form.await_presets()
    form.pick("my layer")
    form.pick_item(LAYER)
    form.create()
    form.await_map()
    key = form.copy()
    assert form.reveal() == key
    form.button("Hide key").click()
    expect(form.root.get_by_text(key)).to_have_count(0)
    return key


def test_main_job_in_jupyterlab(first_key):
    """From the first cell to rows of a private layer: everything real, by mouse."""
    key = make_first_key(first_key)
    check_next_cells(first_key, key)
    assert key not in first_key.save()


def test_main_job_in_notebook_7(page, notebook7):
    """The same notebook in Notebook 7."""
    shutil.copy(FIRST_KEY, notebook7.root)
    with opened(page, notebook7, FIRST_KEY.name) as notebook:
        check_next_cells(notebook, make_first_key(notebook))


def test_key_for_a_typed_portal(form, portal):
    """Address, user and password typed; a new folder and a title of one's own; 5 requests make the key."""
    form.sign_in(portal)
    before = len(portal.portal.requests)
    form.root.get_by_text("Title and folder").click()
    form.field("Title").fill("Ada's own title")
    form.root.get_by_label(re.compile("^Folder")).fill("Keys of the class")
    form.create()
    made = [entry["path"].rpartition("/")[2] for entry in portal.portal.requests[before:]]
    assert [
        name for name in made if name in {"createFolder", "addItem", "registerApp", "update", "token"}
    ] == [*("createFolder", "addItem", "registerApp", "update", "token")]
    item = portal.portal.items_of("ada")[-1]
    assert item["title"] == "Ada's own title"
    expect(form.root).to_contain_text("Keys of the class")
    assert form.notebook.ask(DIGEST).strip("'") == hashlib.sha256(form.copy().encode()).hexdigest()


def test_main_job_by_keyboard(form, portal):
    """Not one click: Tab reaches every control, arrows choose, Enter and Space press."""
    press, text = form.page.keyboard.press, form.page.keyboard.type
    cells = form.notebook.count()
    ada = portal.portal.users[0]
    for label, value in {"Portal address": portal.url, "User name": ada.username}.items():
        form.tab_to(form.field(label))
        press("Control+a")
        text(value)
    form.tab_to(form.root.get_by_label("Password", exact=True))
    text(ada.password)
    press("Enter")
    form.await_presets()
    form.tab_to(form.root.get_by_role("radio", name="basemaps").first)
    press("ArrowDown")
    form.tab_to(form.root.get_by_role("combobox", name=re.compile("^Layer")))
    text(LAYER[:6])
    expect(form.root.get_by_role("option", name=re.compile(LAYER))).to_be_visible(timeout=SECONDS)
    press("ArrowDown")
    press("Enter")
    form.tab_to(form.button("Create key"))
    press("Space")
    form.await_key()
    form.tab_to(form.button("Copy key"))
    press("Enter")
    expect(form.button("Copy key")).to_have_text("Copied", timeout=SECONDS)
    assert form.page.evaluate("navigator.clipboard.readText()").startswith("AAPTpractice")
    assert form.notebook.count() == cells


def test_form_nests_in_other_widgets(page, lab):
    """In VBox, Tab and Accordion beside other widgets the form works, and its phase is observed."""
    boxes = "import ipywidgets as w\nfrom arcgis_keywidget import KeyForm\n\nform, seen = KeyForm(), []\n"
    boxes += "form.observe(lambda change: seen.append(change.new), 'phase')\n"
    boxes += "w.Tab([w.Accordion([w.VBox([w.Label('above'), form])], selected_index=0)], titles=['Key'])"
    write(lab.root / "nested.ipynb", boxes)
    with opened(page, lab, "nested.ipynb") as notebook:
        notebook.run(0)
        expect(Form(notebook).heading("Sign in to your portal")).to_be_visible(timeout=SECONDS)
        expect(page.get_by_text("above", exact=True)).to_be_visible()
        Form(notebook).button("Use the practice portal").click()
        Form(notebook).await_presets()
        assert notebook.ask("seen") == "['starting', 'signing-in', 'signed-in']"
