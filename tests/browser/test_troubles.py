from __future__ import annotations

import ipykernel
import pytest
from playwright.sync_api import expect

from tests.browser.notebook import SECONDS
from tests.browser.traces import own_items

pytestmark = pytest.mark.browser


def test_nobody_at_the_address(form):
    """A portal that is down: one alert, and the form is as before, with the password to be typed again."""
    form.fill("http://127.0.0.1:9", "ada", "secret")
    form.button("Sign in").click()
    expect(form.alert).to_be_visible(timeout=SECONDS)
    expect(form.button("Sign in")).to_be_visible()
    expect(form.field("User name")).to_have_value("ada")


@pytest.mark.parametrize(
    "fault",
    ["generateToken:html", "generateToken:http=502", "portals/self:drop-before", "portals/self:half"],
)
def test_sign_in_fails_clearly(form, portal, fault):
    """A proxy's page, a server error, a dropped or cut answer: an alert without markup, then it works."""
    portal.portal.fail(fault)
    ada = portal.portal.users[0]
    form.fill(portal.url, ada.username, ada.password)
    form.button("Sign in").click()
    expect(form.alert).to_be_visible(timeout=SECONDS)
    assert "<" not in form.alert.inner_text()
    portal.portal.heal()
    form.sign_in(portal)


@pytest.mark.parametrize(
    "fault", ["addItem:error=500", "registerApp:drop-before", "update:drop-after", "token:html"]
)
def test_portal_dies_between_steps(form, portal, fault):
    """One clear alert, nothing left behind, the settings kept; the same button works afterwards."""
    form.sign_in(portal)
    portal.portal.fail(fault)
    form.button("Create key").click()
    expect(form.alert).to_be_visible(timeout=SECONDS)
    expect(form.button("Create key")).to_be_enabled(timeout=SECONDS)
    assert own_items(portal) == []
    portal.portal.heal()
    form.create()
    assert len(own_items(portal)) == 1


def test_lost_reply_loses_no_key(form, portal):
    """When the last answer is lost after the work was done, the key is fetched all the same."""
    form.sign_in(portal)
    portal.portal.fail("token:drop-after")
    form.create()
    assert len(own_items(portal)) == 1
    form.await_map()


def test_cancel_undoes(form, portal):
    """Cancel in the middle: nothing is left behind and the form asks again."""
    form.sign_in(portal)
    portal.portal.fail("registerApp:slow=60")
    form.button("Create key").click()
    expect(form.root.get_by_text("under way")).to_be_visible(timeout=SECONDS)
    while portal.portal.faults.armed:  # an item alone is too early: the slow request has not come yet
        form.page.wait_for_timeout(50)
    form.button("Cancel").click()
    expect(form.button("Create key")).to_be_enabled(timeout=SECONDS)
    assert own_items(portal) == []


def test_kernel_is_free_while_the_portal_is_slow(form, portal):
    """A cell runs, and the form can be cancelled, while the portal takes its time."""
    portal.portal.fail("generateToken:slow=60")
    ada = portal.portal.users[0]
    form.fill(portal.url, ada.username, ada.password)
    form.button("Sign in").click()
    expect(form.button("Cancel")).to_be_visible(timeout=SECONDS)
    assert form.notebook.ask("form.phase") == "'signing-in'"
    form.button("Cancel").click()
    expect(form.button("Sign in")).to_be_visible(timeout=SECONDS)


def test_long_cell_does_not_break_the_form(form, portal):
    """Whatever waits while a cell runs is done afterwards, by any ipykernel."""
    cell = form.notebook.add("import time\ntime.sleep(3)\n'over'")
    form.notebook.start(cell)
    form.sign_in(portal)
    assert "'over'" in str(form.notebook.finish(cell))
    form.create()


@pytest.mark.skipif(ipykernel.version_info[0] < 7, reason="ipykernel 6 hears messages between cells only")
def test_long_cell_does_not_stop_the_form(form, portal):
    """With ipykernel 7 the whole job goes on while a cell runs; the cell is ended by the key's arrival."""
    waits = "import time\nwhile form.phase != 'ready':\n    time.sleep(0.05)\nform.phase"
    cell = form.notebook.add(waits)
    form.notebook.start(cell)
    form.sign_in(portal)
    form.create()
    assert "'ready'" in str(form.notebook.finish(cell))
