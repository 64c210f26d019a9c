"""A key that is kept is in its place, and nowhere else; nothing but the key is there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.form import Form
from tests.browser.notebook import SECONDS
from tests.leaks.search import find, read_folder

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

FORM = "from arcgis_keywidget import KeyForm, keep, kept, load\n\nform = KeyForm()\nform"
SHOWN = [
    "kept(), vars(form._flow)",
    "keep(form.credential, '.env')",
    "load(), arcgis_api_key",
    "%xmode Verbose",
    "keep(form.credential, 'keyring')",
    "load('Nothing of this name')",
]


def test_a_kept_key_is_in_its_file_alone(overhear, lab, portal, tmp_path, page):
    """Kept in the form, listed, loaded, and with failures: no message, log, notebook or history has it."""
    notebook, wire = overhear(FORM)
    notebook.run(0)
    form = Form(notebook)
    form.sign_in(portal)
    form.create()
    form.root.locator("summary").filter(has_text="Keep this key for later sessions").click()
    form.button("Keep here, in the file").click()
    expect(form.button("Keep no longer in the file")).to_be_visible(timeout=SECONDS)
    shown = [notebook.ask(code) for code in SHOWN]
    assert "KeptKey(name=" in shown[1]
    assert "fail.Keyring" in shown[4]
    notebook.save()
    file = lab.root / ".env"
    try:
        secrets = {"password": portal.portal.users[0].password, **portal.portal.secrets}
        content = file.read_text()
        assert [secret[:4] for secret in secrets.values() if secret in content] == ["AAPT"]
        places = {**read_folder(lab.home), **read_folder(tmp_path), **wire.places()}
        places = {name: data for name, data in places.items() if not name.endswith("/.env")}
        assert find(secrets, {**places, "page": page.content().encode()}) == []
    finally:
        file.unlink()
