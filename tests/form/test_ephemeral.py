"""A form whose key ends with the kernel, and what it says of keys that killed kernels have left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from arcgis_keywidget import KeyRequest, ephemeral
from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.form.draft import Draft
from arcgis_keywidget.session.lease import read_leases, write_lease

DRAFT = {"preset": "basemaps", "title": "Ends with me", "days": 30, "ephemeral": True}
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def untied():
    """What a test tied to this process is let go of."""
    yield
    ephemeral._bonds.held.clear()
    ephemeral._exit._end.works.clear()


def abandon() -> None:
    """Have the leases be of a process that was killed."""
    for lease in read_leases():
        write_lease(replace(lease, process=replace(lease.process, started="1")))
    ephemeral._bonds.held.clear()


def leave(page, running, *titles: str) -> None:
    """Sign in, leave keys as a killed kernel does, and sign out."""
    assert page.sign_in(running)["ok"]
    for title in titles:
        ephemeral.create_key(page.form.portal, KeyRequest(title))
    abandon()
    page.ask("sign-out")


def notice(page) -> dict:
    """The alert that offers to delete what was left."""
    state = page.await_state(lambda state: bool(state["alert"] and state["alert"].get("actions")))
    return state["alert"]


def test_its_key_ends_with_the_kernel_and_after_a_day(signed_in):
    """Whatever stands in the days, which do not count; the ready state tells it."""
    assert signed_in.ask("create", draft=DRAFT)["ok"]
    result = signed_in.state["result"]
    assert result["ephemeral"] is True
    assert datetime.fromisoformat(result["expires_utc"]) - datetime.now(UTC) <= DAY
    assert ephemeral.is_ephemeral(signed_in.form.credential.item_id)


def test_a_key_that_is_not_tied_is_not_told_as_such(signed_in):
    """The usual one."""
    assert signed_in.ask("create", draft={**DRAFT, "ephemeral": False})["ok"]
    assert signed_in.state["result"]["ephemeral"] is False
    assert read_leases() == ()


def test_days_that_are_not_shown_are_not_checked(signed_in):
    """A number that was half typed before the box was ticked."""
    answer = signed_in.ask("draft", draft={"days": "x", "ephemeral": True})
    assert answer["errors"] == {}
    assert signed_in.ask("create", draft={**DRAFT, "days": "x"})["ok"]


def test_the_argument_ticks_the_box_and_the_next_form_keeps_it(open_form):
    """None is the last form's choice; False takes it off."""
    assert open_form().state["draft"]["ephemeral"] is False
    assert open_form(ephemeral=True).state["draft"]["ephemeral"] is True
    assert open_form(ephemeral=False).state["draft"]["ephemeral"] is False


def test_it_can_be_locked_without_a_request(open_form, running):
    """Then the page cannot take it off; a misspelt lock is told."""
    page = open_form(ephemeral=True, lock=("ephemeral",))
    assert page.sign_in(running)["ok"]
    assert page.state["locked"] == ["ephemeral"]
    answer = page.ask("draft", draft={"ephemeral": False})
    assert "ephemeral" in answer["errors"]
    assert page.state["draft"]["ephemeral"] is True
    with pytest.raises(FieldError, match="ephemeral"):
        open_form(lock=("ephemera",))


def test_a_request_that_ends_sooner_keeps_its_end(open_form, running):
    """An hour is less than a day."""
    page = open_form(request=KeyRequest("An hour", expires=timedelta(hours=1)), ephemeral=True)
    assert page.sign_in(running)["ok"]
    assert page.ask("create", draft={"title": "An hour"})["ok"]
    ends = datetime.fromisoformat(page.state["result"]["expires_utc"])
    assert ends - datetime.now(UTC) <= timedelta(hours=1)


def test_its_code_ties_the_key_too(signed_in):
    """And keeps the portal open."""
    code = signed_in.ask("code", draft=DRAFT)["code"]
    assert "ephemeral" not in code
    signed_in.ask("draft", draft=DRAFT)
    code = signed_in.ask("code")["code"]
    assert "use(ephemeral.create_key(portal, request))" in code
    assert "with Portal" not in code
    compile(code, "cell", "exec")


def test_closing_the_form_and_forgetting_do_not_end_it(signed_in, running):
    """Only the end of the kernel does."""
    signed_in.ask("create", draft=DRAFT)
    item = signed_in.form.credential.item_id
    signed_in.ask("forget")
    signed_in.form.close()
    assert item in [one["id"] for one in running.portal.items_of("ada")]
    assert ephemeral.is_ephemeral(item)


def test_where_no_note_can_be_written_the_form_says_so(signed_in, tmp_path):
    """The key is there all the same."""
    (tmp_path / "data").write_text("")
    assert signed_in.ask("create", draft=DRAFT)["ok"]
    assert "no note" in signed_in.state["alert"]["title"]
    assert signed_in.state["phase"] == "ready"


def test_what_was_left_is_told_after_signing_in_and_deleted(page, running):
    """Once, with a button; each is told by its title."""
    leave(page, running, "One", "Two")
    assert page.sign_in(running)["ok"]
    alert = notice(page)
    assert alert["title"] == "2 keys of kernels that have ended are still in the portal: 'One', 'Two'."
    assert alert["actions"] == [{"label": "Delete what was left", "kind": "delete-left"}]
    assert page.ask("delete-left", draft={"title": "Three"})["ok"]
    told = page.state
    assert (told["alert"]["tone"], told["alert"]["title"]) == ("ok", "Deleted: 'One', 'Two'.")
    assert told["draft"]["title"] == "Three"
    titles = [one["title"] for one in running.portal.items_of("ada")]
    assert not {"One", "Two"}.intersection(titles)
    assert page.ask("delete-left")["ok"]
    assert page.state["alert"]["title"] == "Nothing of ended kernels is left in the portal."


def test_only_what_was_told_is_deleted(page, running):
    """A kernel that has ended since then is for the next sign-in to tell of."""
    leave(page, running, "One")
    assert page.sign_in(running)["ok"]
    notice(page)
    ephemeral.create_key(page.form.portal, KeyRequest("Two"))
    abandon()
    assert page.ask("delete-left")["ok"]
    assert page.state["alert"]["title"] == "Deleted: 'One'."
    assert [lease.title for lease in read_leases()] == ["Two"]


def test_a_form_that_begins_signed_in_tells_of_it_too(open_form, page, running):
    """With the session of the last form, or with a portal that it was given."""
    leave(page, running, "One")
    assert page.sign_in(running)["ok"]
    notice(page)
    for options in ({}, {"portal": page.form.portal}):
        later = open_form(**options)
        flow = later.form._flow
        page.wire.await_true(lambda flow=flow: flow.looking and flow.looking.done())
        assert "'One'" in later.state["alert"]["title"]


def test_what_could_not_be_deleted_is_told(page, running):
    """One of two; its lease stays."""
    leave(page, running, "One", "Two")
    assert page.sign_in(running)["ok"]
    notice(page)
    running.portal.fail("delete:error=500")
    assert page.ask("delete-left")["ok"]
    alert = page.state["alert"]
    assert (alert["tone"], alert["title"]) == ("warn", "1 key was not deleted.")
    assert "'One'" in alert["hint"]
    assert "Deleted: 'Two'." in alert["hint"]
    assert [lease.title for lease in read_leases()] == ["One"]


def test_signed_out_nothing_is_deleted(page):
    """It needs a session."""
    assert page.ask("delete-left")["ok"] is False


def test_another_person_is_not_told(page, running):
    """The leases are of whoever made the keys."""
    leave(page, running, "One")
    assert page.sign_in(running, user=1)["ok"]
    page.wire.await_true(page.form._flow.looking.done)
    assert page.state["alert"] is None


def test_a_look_that_fails_says_nothing(page, running):
    """It is a courtesy: the sign-in is what was asked for."""
    leave(page, running, "One")
    running.portal.fail("item:error=500")
    assert page.sign_in(running)["ok"]
    page.wire.await_true(page.form._flow.looking.done)
    assert page.state["alert"] is None


def test_the_draft_says_no_at_first():
    """Nobody's key ends by surprise."""
    assert Draft().ephemeral is False


def test_its_key_is_not_kept_for_later(signed_in):
    """Nothing would be there to load."""
    assert signed_in.ask("create", draft=DRAFT)["ok"]
    answer = signed_in.ask("keep", where=".env")
    assert "ends with the kernel" in answer["error"]["title"]
    assert signed_in.state["result"]["keeping"] is None
