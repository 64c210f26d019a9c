"""What happened, and as code: what is copied runs, and repeats what the form did."""

from __future__ import annotations

import re
import shlex
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.hands import copied
from tests.browser.notebook import SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_every_request_is_told_and_can_be_repeated(form, portal):
    """Method, path and names of what was sent; as curl with placeholders, quoted; never a secret."""
    form.sign_in(portal)
    form.create()
    form.root.get_by_role("button", name=re.compile("^What happened")).click()
    rows = form.root.locator(".akw-exchanges > li")
    wanted = ["generateToken", "portals/self", "addItem", "registerApp", "update", "token"]
    for name in wanted:
        expect(rows.filter(has_text=name).first).to_be_visible(timeout=SECONDS)
    for copy in form.root.get_by_role("button", name=re.compile("as curl$")).all():
        text = copied(form, copy.click)
        command, *words = shlex.split(text)
        assert command == "curl"
        assert any(word.startswith(portal.url) for word in words)
        assert portal.portal.users[0].password not in text
    assert "AAPTpractice" not in form.root.inner_text()


def test_settings_as_code_make_the_same_key(form, portal):
    """Pasted into a cell, with the password typed there, the code makes the credential that the form made."""
    form.sign_in(portal)
    wizard = form.open_settings()
    wizard.open_step("Item access")
    wizard.grant_items()
    wizard.pick_item("World capitals")
    wizard.open_step("Expiry & referrers")
    wizard.set_referrers("https://app.example.com")
    wizard.open_step("Details")
    form.field("Title").fill("It's “quoted” \\ here")
    wizard.add_tag("trees")
    wizard.review()
    code = copied(form, form.button("Copy as code").click)
    form.create()
    ada = portal.portal.users[0]
    assert ada.password not in code
    signed = code.replace("portal.sign_in()", f"portal.sign_in('ada', {ada.password!r})")
    assert signed != code
    cell = form.notebook.add(signed)
    assert not [output for output in form.notebook.run(cell) if output["output_type"] == "error"]
    first, second = portal.portal.items_of("ada")[-2:]
    assert first["title"] == second["title"] == "It's “quoted” \\ here"
    assert first["tags"] == second["tags"] == ["trees"]
    apart = abs(first["apiToken1ExpirationDate"] - second["apiToken1ExpirationDate"])
    assert timedelta(milliseconds=apart) < timedelta(minutes=10)
    apps = [
        portal.portal.store.one("SELECT * FROM apps WHERE item = ?", item["id"]) for item in (first, second)
    ]
    assert apps[0]["privileges"] == apps[1]["privileges"]
    assert apps[0]["referrers"] == apps[1]["referrers"]
