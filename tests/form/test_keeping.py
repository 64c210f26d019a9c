"""My keys in the form: listed, generated, rotated, revoked, changed, deleted."""

from __future__ import annotations

import pytest

from arcgis_keywidget import KeyRequest, current_key, use
from arcgis_keywidget.models import session_keys

TILES = ("premium:user:basemaps", "premium:user:staticbasemaptiles")
BASEMAPS = {"preset": "basemaps", "title": "A test key", "days": 7}


def plant(page, title="Trees", **settings):
    """Make a credential in code, in the form's session."""
    return page.form.portal.create_key(KeyRequest(title, **{"privileges": TILES, **settings}))


def rows(page):
    """The table."""
    return page.ask("keys")["keys"]


def test_rows_tell_everything_but_the_key(signed_in, running):
    """Names people read, ends, slots and the item's page."""
    made = plant(signed_in, items=(running.portal.layer,), tags=("a",), summary="S", folder="Class 7")
    (row,) = rows(signed_in)
    assert (row["id"], row["title"], row["folder"], row["tags"]) == (made.item_id, "Trees", "Class 7", ["a"])
    assert row["opens"] == ["Basemap styles service", "Static basemap tiles", "1 item"]
    assert [(one["number"], one["state"], one["here"]) for one in row["slots"]] == [
        (1, "live", False),
        (2, "free", False),
    ]
    assert row["slots"][0]["ends_utc"].endswith("+00:00")
    assert row["url"] == f"{running.url}/home/item.html?id={made.item_id}"
    assert str.__str__(made.key) not in str(row)


def test_the_key_of_this_kernel_is_marked(signed_in):
    """By its slot."""
    signed_in.ask("create", draft=BASEMAPS)
    signed_in.ask("another")
    (row,) = rows(signed_in)
    assert [one["here"] for one in row["slots"]] == [True, False]


def test_a_rotation_ends_the_former_key_when_told(signed_in):
    """The new key is in the kernel first; the old one is offered to be revoked."""
    made = plant(signed_in)
    assert signed_in.ask("generate", item=made.item_id, days=3)["ok"]
    state = signed_in.state
    assert state["phase"] == "ready"
    assert state["result"]["former"] == 1
    assert current_key() == signed_in.form.key
    assert signed_in.form.key.slot == 2
    assert signed_in.ask("end-former")["ok"]
    assert signed_in.state["result"]["former"] is None
    assert signed_in.state["result"]["masked"]
    assert "no older key" in signed_in.ask("end-former")["error"]["title"]
    signed_in.ask("another")
    assert [one["state"] for one in rows(signed_in)[0]["slots"]] == ["free", "live"]


def test_a_live_key_is_replaced_only_when_told(signed_in):
    """The refusal stands above the table, and nothing is lost."""
    made = plant(signed_in)
    refused = signed_in.ask("generate", item=made.item_id, slot=1, days=3)
    assert not refused["ok"]
    assert "live key" in refused["error"]["title"]
    assert signed_in.state["phase"] == "signed-in"
    assert signed_in.ask("generate", item=made.item_id, slot=1, days=3, replace=True)["ok"]
    assert signed_in.form.key.slot == 1


def test_a_revoked_key_leaves_the_kernel(signed_in):
    """It opens nothing any more."""
    signed_in.ask("create", draft=BASEMAPS)
    signed_in.ask("another")
    (row,) = rows(signed_in)
    after = signed_in.ask("revoke", item=row["id"], slot=1)["key"]
    assert [one["state"] for one in after["slots"]] == ["free", "free"]
    assert [*session_keys] == []


def test_plain_changes_come_back_as_a_row(signed_in):
    """Emptied ones too; a wrong one is told at its field."""
    made = plant(signed_in, tags=("a",))
    given = {"item": made.item_id, "title": "Oaks", "summary": "", "tags": [], "folder": "Class 8"}
    assert signed_in.ask("change", **given)["key"]["title"] == "Oaks"
    wrong = signed_in.ask("change", **{**given, "title": "x" * 251})
    assert wrong["error"]["field"] == "title"
    assert [row["title"] for row in rows(signed_in)] == ["Oaks"]


def test_many_are_deleted_and_each_is_told(signed_in, running):
    """One that the portal refuses stays, with its reason."""
    for title in ("A", "B"):
        plant(signed_in, title)
    ids = [row["id"] for row in rows(signed_in)]
    running.portal.fail("delete:error=403")
    outcomes = signed_in.ask("delete", items=ids)["outcomes"]
    assert [(one["title"], one["state"]) for one in outcomes] == [("A", "failed"), ("B", "done")]
    assert outcomes[0]["why"]
    assert [row["title"] for row in rows(signed_in)] == ["A"]


def test_without_a_session_there_are_no_keys(signed_in):
    """The form says what to do."""
    signed_in.ask("sign-out")
    refused = signed_in.ask("keys")
    assert not refused["ok"]
    assert refused["error"]["hint"] == "Sign in first."


def test_a_new_form_begins_with_a_new_key(signed_in, open_form):
    """Not with the table that was open in the last one."""
    signed_in.ask("draft", draft={"view": "keys"})
    assert open_form().state["draft"]["view"] == "quick"


def test_two_views_list_at_once(signed_in):
    """Each gets the table; none is told of the other's question."""
    plant(signed_in)
    asked = [signed_in.start("keys") for _ in range(2)]
    answers = [signed_in.finish(message) for message in asked]
    assert [one.get("error") for one in answers] == [None, None]


def test_a_new_key_does_not_lead_back_to_the_table(signed_in):
    """After a key was made from the table, either."""
    made = plant(signed_in)
    signed_in.ask("draft", draft={"view": "keys"})
    assert signed_in.ask("generate", item=made.item_id, days=3)["ok"]
    signed_in.ask("another")
    assert signed_in.state["draft"]["view"] == "quick"


def test_no_step_is_left_under_way(signed_in):
    """What the notebook saves does not say that the key is being made for ever."""
    made = plant(signed_in)
    assert signed_in.ask("generate", item=made.item_id, days=3)["ok"]
    signed_in.wire.await_true(lambda: signed_in.form.phase == "ready")
    assert signed_in.form.snapshot["step"] == ""


def test_a_key_is_handed_on_once(open_form, running):
    """Ending the former key is no new key for `on_ready`."""
    told = []
    page = open_form(on_ready=told.append)
    page.sign_in(running)
    made = plant(page)
    assert page.ask("generate", item=made.item_id, days=3)["ok"]
    assert page.ask("end-former")["ok"]
    page.form._worker.submit(int).result()
    assert [one.key.slot for one in told] == [2]


def test_a_forgotten_key_stays_forgotten(signed_in, running):
    """Though the former one is still being revoked."""
    made = plant(signed_in)
    assert signed_in.ask("generate", item=made.item_id, days=3)["ok"]
    running.portal.fail("revokeToken:slow=1")
    ending = signed_in.start("end-former")
    signed_in.ask("forget")
    assert signed_in.finish(ending)["ok"]
    assert signed_in.form.key is None


def test_a_key_that_has_ended_is_the_forms_no_longer(signed_in):
    """Neither one that was revoked nor one whose credential was deleted."""
    signed_in.ask("create", draft=BASEMAPS)
    signed_in.ask("another")
    (row,) = rows(signed_in)
    signed_in.ask("revoke", item=row["id"], slot=1)
    assert signed_in.form.key is None
    assert signed_in.ask("generate", item=row["id"], days=3)["ok"]
    signed_in.ask("another")
    signed_in.ask("delete", items=[row["id"]])
    assert signed_in.form.key is None
    assert [*session_keys] == []


def test_what_another_view_has_deleted_counts_as_deleted(signed_in):
    """The table of this one still shows it."""
    made = plant(signed_in)
    rows(signed_in)
    signed_in.form.portal.delete(made)
    rows(signed_in)
    outcomes = signed_in.ask("delete", items=[made.item_id])["outcomes"]
    assert [(one["title"], one["state"]) for one in outcomes] == [("Trees", "done")]


def test_long_texts_arrive(signed_in):
    """As those of a new key do: a tag that is long is taken, a folder that is too long told at its field."""
    made = plant(signed_in)
    given = {"item": made.item_id, "title": "Oaks", "summary": "", "tags": ["x" * 600], "folder": ""}
    assert signed_in.ask("change", **given)["key"]["tags"] == ["x" * 600]
    wrong = signed_in.ask("change", **{**given, "folder": "x" * 600})
    assert wrong["error"]["field"] == "folder"


@pytest.mark.parametrize("slot", [True, 1.0, [1], "1", 0, 3, {}])
def test_a_slot_of_another_kind_is_refused(signed_in, slot):
    """Before anything is sent that makes or ends a key."""
    made = plant(signed_in)
    for question in ({"kind": "generate", "days": 3, "replace": True}, {"kind": "revoke"}):
        error = signed_in.ask(item=made.item_id, slot=slot, **question)["error"]
        assert "Error" not in error["title"]
    assert [one["state"] for one in rows(signed_in)[0]["slots"]] == ["live", "free"]


def test_a_former_key_that_is_in_use_leaves_the_kernel(signed_in):
    """The person had put it back."""
    made = plant(signed_in)
    assert signed_in.ask("generate", item=made.item_id, days=3)["ok"]
    use(made)
    assert signed_in.ask("end-former")["ok"]
    assert made.key not in {*session_keys}


def test_no_step_is_left_under_way_by_a_failure(signed_in, running):
    """Nor by a cancel."""
    made = plant(signed_in)
    running.portal.fail("token:error=500")
    assert not signed_in.ask("generate", item=made.item_id, days=3)["ok"]
    assert [step["state"] for step in signed_in.state["progress"]] == ["failed"]
