"""A form of a house with settings for everybody, as a person sees it."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.form import Form

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

COURSE = {"title": "Our course", "text": "Basemaps and addresses.", "privileges": ["premium:user:basemaps"]}
HOUSE = {
    "PRESETS": json.dumps({"course": COURSE}),
    "PRESET": "course",
    "MAX_DAYS": "30",
    "DEFAULT_DAYS": "3",
    "FOLDER": "Class",
    "LOCKS": "folder",
}
CELL = """\
import os
from arcgis_keywidget import KeyForm
os.environ |= {{"ARCGIS_KEYWIDGET_" + name: text for name, text in {house!r}.items()}}
KeyForm({url!r})"""


def test_a_house_is_seen_in_its_forms(notebook, portal):
    """Its preset is chosen, its lifetime filled in and bounded, its folder locked; the key is made so."""
    notebook.rewrite(0, CELL.format(house=HOUSE, url=portal.url))
    notebook.run(0)
    form = Form(notebook)
    form.sign_in(portal)
    expect(form.root.get_by_role("radio", name=re.compile("^Our course"))).to_be_checked()
    expect(form.root).to_contain_text("Basemaps and addresses.")
    wizard = form.open_settings()
    wizard.open_step("Expiry & referrers")
    expect(wizard.root.get_by_role("radio", name="3 days")).to_be_checked()
    expect(wizard.root.get_by_role("radio", name="30 days")).to_have_count(1)
    expect(wizard.root.get_by_role("radio", name="90 days")).to_have_count(0)
    wizard.open_step("Details")
    folder = form.root.get_by_label(re.compile("^Folder"))
    expect(folder).to_have_value("Class")
    expect(folder).not_to_be_editable()
    wizard.review()
    form.create()
    (made,) = [item for item in portal.portal.items_of("ada") if item["id"] not in portal.portal.layers]
    assert made["ownerFolder"]
