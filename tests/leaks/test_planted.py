"""The search finds what is planted: without these two, the other leak tests would prove nothing."""

from __future__ import annotations

import pytest

from tests.browser.form import Form
from tests.leaks.search import find, read_folder

pytestmark = pytest.mark.browser

PASSWORD = "canary Pässwort/4711"
A_TRAIT = "import ipywidgets\n\nipywidgets.Password(description='Password')"
FORM = "from arcgis_keywidget import KeyForm\n\nform = KeyForm()\nform"


def find_places(secret, lab, wire):
    """Search the session's files and messages; return where the secret is."""
    found = find({"secret": secret}, {**read_folder(lab.home), **wire.places()})
    return {line.rpartition(" in ")[2] for line in found}


def test_password_in_a_synced_trait_is_found(overhear, lab):
    """A password box whose value is a trait, typed into and not submitted: saved, and sent, in plain text."""
    notebook, wire = overhear(A_TRAIT)
    notebook.run(0)
    notebook.page.get_by_label("Password").fill(PASSWORD)
    notebook.page.keyboard.press("Tab")
    assert notebook.ask("1 + 1") == "2"
    notebook.save()
    places = find_places(PASSWORD, lab, wire)
    assert {"notebooks/overheard.ipynb", "jupyter.log", "messages to the kernel"} <= places


def test_printed_key_is_found(overhear, lab, portal):
    """print(key) cannot be guarded: the key is in the notebook and in a message."""
    notebook, wire = overhear(FORM)
    notebook.run(0)
    form = Form(notebook)
    form.sign_in(portal)
    form.create()
    key = form.copy()
    assert "notebooks/overheard.ipynb" not in find_places(key, lab, wire)
    assert notebook.ask("print(arcgis_api_key)").strip() == key
    notebook.save()
    places = find_places(key, lab, wire)
    assert {"notebooks/overheard.ipynb", "messages to the browser"} <= places
