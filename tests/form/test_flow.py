from __future__ import annotations

import json
import re
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest

from arcgis_keywidget import ApiKey, current_key, use

MAKING = ("createFolder", "addItem", "registerApp", "update", "token")
PROTOCOL = Path(__file__).parents[2] / "js" / "src" / "form" / "protocol.ts"
BASEMAPS = {"preset": "basemaps", "title": "A test key", "days": 7}


def making(running):
    """The requests that make a key, as the portal got them."""
    names = [entry["path"].rpartition("/")[2] for entry in running.portal.requests]
    return [name for name in names if name in MAKING]


def made(running):
    """The titles of what the user owns beside the layer that was there before."""
    items = running.portal.items_of("ada")
    return [item["title"] for item in items if item["id"] not in running.portal.layers]


def test_create_puts_the_key_in_the_kernel(signed_in, running):
    """Four requests; the steps tick off in their order; result, kernel and properties agree."""
    assert signed_in.ask("create", draft=BASEMAPS)["ok"]
    assert making(running) == ["addItem", "registerApp", "update", "token"]
    state = signed_in.state
    assert state["phase"] == "ready"
    signed_in.wire.await_true(lambda: signed_in.form.phase == "ready")
    assert [(step["label"], step["state"]) for step in state["progress"]] == [
        ("Add the item", "done"),
        ("Register the credential", "done"),
        ("Set the expiration date", "done"),
        ("Generate the key", "done"),
    ]
    assert state["result"]["title"] == "A test key"
    assert state["result"]["preview"]["style"] == "arcgis/streets"
    assert signed_in.form.key is signed_in.form.credential.key
    assert current_key() == signed_in.form.key


def test_progress_is_told_while_it_happens(signed_in):
    """Each step is seen waiting, started and done, one at a time."""
    signed_in.ask("create", draft=BASEMAPS)
    seen = [tuple(step["state"] for step in state["progress"]) for state in signed_in.states()]
    assert ("waiting",) * 4 in seen
    assert ("done", "started", "waiting", "waiting") in seen
    assert ("done", "done", "done", "started") in seen


def test_new_folder_is_a_fifth_step(signed_in, running):
    """A folder's title makes the folder, and the item lies in it."""
    signed_in.ask("create", draft={**BASEMAPS, "folder": "Keys of the class"})
    assert making(running) == list(MAKING)
    assert signed_in.state["progress"][0]["label"] == "Make the folder"
    assert signed_in.state["result"]["folder"] == "Keys of the class"


def test_key_for_a_layer(signed_in, running):
    """The chosen item is granted, and the next cell's code reads it; it holds no secret."""
    item = {"id": running.portal.layer, "title": "Populated places"}
    signed_in.ask("create", draft={**BASEMAPS, "preset": "basemaps-layer", "items": [item]})
    assert signed_in.form.credential.items == (running.portal.layer,)
    code = signed_in.state["result"]["code"]
    assert f'read_layer("{running.portal.layer}")' in code
    compile(code, "next cell", "exec")


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 300}, "title"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
        ({"days": -3}, "days"),
        ({"days": 1.5}, "days"),
        ({"days": "soon"}, "days"),
        ({"preset": "basemaps-layer"}, "items"),
        ({"preset": "everything"}, "preset"),
        ({"preset": "layer"}, "preset"),
        ({"preset": "basemaps-layer", "items": [{"id": "no id", "title": ""}]}, "items"),
        ({"folder": "x" * 300}, "folder"),
    ],
)
def test_bad_settings_are_told_and_nothing_sent(signed_in, running, part, field):
    """What cannot be right is told at its field before anything leaves the kernel."""
    before = len(running.portal.requests)
    answer = signed_in.ask("create", draft={**BASEMAPS, **part})
    assert answer["error"]["field"] == field
    state = signed_in.state
    assert list(state["errors"]) == [field]
    assert state["phase"] == "signed-in"
    assert len(running.portal.requests) == before


def test_typing_is_checked_at_once(signed_in):
    """A field is checked as it is typed, and the fields that were not typed are let alone."""
    assert list(signed_in.ask("draft", draft={"days": "many"})["errors"]) == ["days"]
    assert signed_in.ask("draft", draft={"days": 30})["errors"] == {}


def test_role_that_may_not_create(page, running):
    """It is told which privilege is missing and who can add it; trying sends nothing."""
    page.sign_in(running, user=2)
    account = page.state["account"]
    assert account["can_create"] is False
    assert "Generate API keys" in [lacking["label"] for lacking in account["missing"]]
    assert all("administrator" in lacking["hint"] for lacking in account["missing"])
    before = len(running.portal.requests)
    assert page.ask("create", draft={})["ok"] is False
    assert page.state["phase"] == "signed-in"
    assert len(running.portal.requests) == before


def test_double_create_makes_one_key(signed_in, running):
    """Two quick presses are one key; the second is answered that it cannot be done now."""
    first = signed_in.start("create", draft=BASEMAPS)
    second = signed_in.ask("create", draft=BASEMAPS)
    assert signed_in.finish(first)["ok"]
    assert second["ok"] is False
    assert making(running) == ["addItem", "registerApp", "update", "token"]


def started(state):
    """The step that waits for its answer."""
    return next((step["name"] for step in state["progress"] if step["state"] == "started"), None)


STEPS = [
    ("createFolder", "folder"),
    ("addItem", "item"),
    ("registerApp", "register"),
    ("update", "expiry"),
    ("token", "token"),
]


@pytest.mark.parametrize(("operation", "name"), STEPS)
def test_cancel_at_every_step(signed_in, running, operation, name):
    """Wherever Cancel comes, no item remains, the form asks again, and the same settings work then."""
    running.portal.fail(f"{operation}:slow=2")
    draft = {**BASEMAPS, "folder": "Keys"}
    question = signed_in.start("create", draft=draft)
    signed_in.await_state(lambda state: started(state) == name)
    assert signed_in.ask("cancel")["ok"]
    assert signed_in.state["phase"] == "signed-in"
    assert signed_in.finish(question)["error"]["title"] == "Cancelled."
    assert "remains, empty" in signed_in.state["alert"]["hint"]
    running.portal.heal()
    assert made(running) == []
    assert signed_in.ask("create", draft=draft)["ok"]
    assert made(running) == ["A test key"]


@pytest.mark.parametrize(
    "fault", ["addItem:error=500", "registerApp:drop-before", "registerApp:drop-after", "token:html"]
)
def test_failure_is_undone_and_told(signed_in, running, fault):
    """One alert says what happened; nothing is left behind, the settings are kept, and trying again works."""
    running.portal.fail(fault)
    assert signed_in.ask("create", draft=BASEMAPS)["ok"] is False
    state = signed_in.state
    assert (state["phase"], state["alert"]["tone"]) == ("signed-in", "bad")
    assert state["draft"]["title"] == "A test key"
    running.portal.heal()
    assert made(running) == []
    assert signed_in.ask("create", draft=BASEMAPS)["ok"]


def test_lost_reply_loses_no_key(signed_in, running):
    """When only the last answer is lost, the key is had all the same."""
    running.portal.fail("token:drop-after")
    assert signed_in.ask("create", draft=BASEMAPS)["ok"]
    assert made(running) == ["A test key"]


def test_reveal_and_copy_answer_with_the_key(signed_in):
    """The key goes out as a buffer, and only when asked for and there."""
    assert signed_in.ask("reveal")["ok"] is False
    signed_in.ask("create", draft=BASEMAPS)
    for kind in ("reveal", "copy"):
        assert signed_in.ask(kind)["buffers"] == [str.encode(signed_in.form.key)]


def test_preview_tile(signed_in):
    """Tiles of the preview are pictures; other styles and tiles outside the pyramid are refused."""
    signed_in.ask("create", draft=BASEMAPS)
    for level in (2, 22):
        answer = signed_in.ask("tile", style="arcgis/streets", z=level, x=2, y=1)
        assert answer["buffers"][0].startswith(b"\x89PNG")
    assert "Natural Earth" in signed_in.state["result"]["preview"]["attribution"]
    for wrong in ({"style": "arcgis/../x"}, {"z": 23}, {"x": 4}, {"y": -1}, {"z": True}):
        asked = {"style": "arcgis/streets", "z": 2, "x": 2, "y": 1, **wrong}
        assert signed_in.ask("tile", **asked)["ok"] is False


def test_credential_without_a_key(signed_in, running):
    """Generated later: three requests, nothing in the kernel, and the page of the item to go on from."""
    assert signed_in.ask("create", draft={**BASEMAPS, "generate": False})["ok"]
    assert making(running) == ["addItem", "registerApp", "update"]
    state = signed_in.state
    assert [step["name"] for step in state["progress"]] == ["item", "register", "expiry"]
    result = state["result"]
    assert (result["masked"], result["variable"], result["code"], result["preview"]) == ("", "", "", None)
    item = signed_in.form.credential.item_id
    assert result["item_url"] == f"{running.url}/home/item.html?id={item}"
    assert result["expires_utc"] is not None
    for kind in ("reveal", "copy", "tile"):
        answer = signed_in.ask(kind, style="arcgis/streets", z=0, x=0, y=0)
        assert "without a key" in answer["error"]["title"]
        assert "page of its item" in answer["error"]["hint"]
    assert signed_in.form.key is None
    with pytest.raises(Exception, match="no API key"):
        current_key()
    assert signed_in.ask("another")["ok"]


def test_result_tells_what_the_key_opens(signed_in, running):
    """In the words of the tree, with the number of items; and that it was made here."""
    item = {"id": running.portal.layer, "title": "Populated places"}
    signed_in.ask("create", draft={**BASEMAPS, "preset": "basemaps-layer", "items": [item]})
    result = signed_in.state["result"]
    assert result["opens"] == ["Basemap styles service", "Static basemap tiles", "1 item"]
    assert result["brought"] is False


def test_state_is_what_the_page_expects(signed_in):
    """The state, its account, draft and result have the fields of protocol.ts, and no others."""
    signed_in.ask("create", draft=BASEMAPS)
    state = signed_in.state
    assert set(state) == fields_of("State")
    assert set(state["account"]) == fields_of("Account")
    assert set(state["draft"]) == fields_of("DraftFields")
    assert set(state["result"]) == fields_of("Result")
    assert set(state["presets"][0]) == fields_of("Preset")
    json.dumps(state)


def fields_of(interface):
    """The fields of an interface of the page's protocol."""
    body = PROTOCOL.read_text(encoding="utf-8").partition(f"interface {interface} {{\n")[2]
    return set(re.findall(r"^  (\w+)\??:", body.partition("\n}")[0], re.MULTILINE))


def test_another_key_in_the_same_session(signed_in, running):
    """New key goes back to the settings; the second key takes the first one's place."""
    signed_in.ask("create", draft=BASEMAPS)
    first = signed_in.form.key
    signed_in.ask("another")
    assert signed_in.state["phase"] == "signed-in"
    assert signed_in.form.key is first
    assert signed_in.ask("create", draft={**BASEMAPS, "title": "Second"})["ok"]
    assert current_key() == signed_in.form.key != first
    assert sum("generateToken" in entry["path"] for entry in running.portal.requests) == 1


def test_forget_takes_the_key_out(signed_in):
    """After Forget the kernel has no key, and the form says that the portal still knows it."""
    signed_in.ask("create", draft=BASEMAPS)
    assert signed_in.ask("forget")["ok"]
    assert signed_in.form.key is None
    with pytest.raises(Exception, match="no API key"):
        current_key()
    state = signed_in.state
    assert (state["phase"], state["result"]) == ("signed-in", None)
    assert "valid in the portal" in state["alert"]["hint"]


def test_forget_tells_the_end_by_a_clock_that_is_named(signed_in, monkeypatch):
    """The page writes the end in the person's own time: here it is UTC, said so, in no language's words."""
    signed_in.ask("create", draft=BASEMAPS)
    ends = signed_in.form.key.expires.astimezone(timezone(timedelta(hours=14)))
    monkeypatch.setattr(signed_in.form.key, "expires", ends)
    signed_in.ask("forget")
    told = ends.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    assert f"until {told};" in signed_in.state["alert"]["hint"]


def test_forget_leaves_the_keys_of_others(signed_in):
    """A key of another portal, put in the kernel in code, is still there."""
    other = ApiKey("AAPT-of-another-portal", portal="https://gis.example.com")
    use(other)
    signed_in.ask("create", draft=BASEMAPS)
    assert signed_in.ask("forget")["ok"]
    assert current_key() is other


def test_sign_out_keeps_the_key(signed_in):
    """Signing out after the key was made leaves it usable."""
    signed_in.ask("create", draft=BASEMAPS)
    signed_in.ask("sign-out")
    assert signed_in.state["result"] is None
    assert current_key() == signed_in.form.key
