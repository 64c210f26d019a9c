"""What the page asks while the settings are filled in."""

from __future__ import annotations

import pytest

from arcgis_keywidget import current_key

ITEM = {"title": "", "type": "", "owner": "", "access": ""}


def leaves(tree):
    """The privileges of a tree, without its groups."""
    return [leaf for node in tree for leaf in (leaves(node["children"]) if node["children"] else [node])]


def test_tree_is_told_for_both_kinds_of_application(signed_in):
    """A public application's tree gives the reason for what only a private one may hold."""
    public = signed_in.ask("privileges", private=False)["tree"]
    private = signed_in.ask("privileges", private=True)["tree"]
    assert public[0]["title"] == "Location services"
    name = "portal:user:viewOrgUsers"
    reasons = [
        next(leaf["reason"] for leaf in leaves(tree) if leaf["id"] == name) for tree in (public, private)
    ]
    assert reasons == ["private application only", ""]


def test_tree_of_an_unclear_kind_is_not_told(signed_in):
    """Private is yes or no."""
    assert signed_in.ask("privileges", private="yes")["ok"] is False


def test_search_takes_kinds_and_owner(signed_in, running):
    """All that can be seen, of any kind, is found beside one's own layers."""
    mine = signed_in.ask("items", text="", start=1)["items"]
    everything = signed_in.ask("items", text="", start=1, kinds="all", owner="*")
    assert running.portal.layer in [item["id"] for item in mine]
    assert everything["ok"]
    assert signed_in.ask("items", text="", kinds="everything")["ok"] is False
    assert signed_in.ask("items", text="", owner=["*"])["ok"] is False


def test_newer_search_is_answered_and_the_older_gives_way(signed_in, running):
    """While the portal is slow the second search is the one that counts; the first is told so."""
    running.portal.fail("search:slow=20")
    first = signed_in.start("items", text="a", start=1)
    assert signed_in.state["phase"] == "signed-in"  # answered after the search has begun
    running.portal.heal()
    assert signed_in.ask("items", text="b", start=1)["ok"]
    assert "newer search" in signed_in.finish(first)["error"]["title"]
    assert signed_in.state["alert"] is None


def test_lookup_finds_what_was_pasted(signed_in, running):
    """Ids are found, and what is none is a problem of its own."""
    found = signed_in.ask("lookup", text=f"{running.portal.layer}, {'0' * 32} nonsense")
    assert [item["id"] for item in found["items"]] == [running.portal.layer]
    assert len(found["problems"]) == 2
    assert signed_in.ask("lookup", text="x" * 20_001)["ok"] is False


def test_check_tells_everything_that_is_wrong(signed_in, running):
    """The review names every wrong setting, asks nothing of the portal and moves nothing."""
    signed_in.ask("draft", draft={"days": 0, "title": "", "referrers": "example.com", "folder": "Keys"})
    before, state = len(running.portal.requests), signed_in.state
    assert set(signed_in.ask("check")["errors"]) == {"days", "title", "referrers"}
    assert len(running.portal.requests) == before
    assert signed_in.state == state


def test_code_makes_the_same_key(signed_in, running):
    """Copied into a cell, the code makes a key like the form's; it names nobody, so here it is told who."""
    ada = running.portal.users[0]
    item = {**ITEM, "id": running.portal.layer, "title": "Places"}
    signed_in.ask(
        "draft", draft={"preset": "basemaps-layer", "items": [item], "title": "It's a key", "days": 3}
    )
    code = signed_in.ask("code")["code"]
    signed_in.ask("create", draft={})
    made = signed_in.form.credential
    assert ada.username not in code
    who = (ada.username, ada.password)
    exec(code.replace("sign_in()", "sign_in(*who)"), {"who": who})  # noqa: S102 (what a person would do)
    titles = [item["title"] for item in running.portal.items_of("ada")]
    assert titles.count("It's a key") == 2
    assert current_key() != made.key


def test_message_goes_with_what_it_was_about(signed_in):
    """What was refused is said until it is changed, whichever of the fields heals it; the others stay."""
    signed_in.ask("create", draft={"privileges": [], "title": "", "view": "review"})
    assert set(signed_in.state["errors"]) == {"privileges", "title"}
    signed_in.ask("draft", draft={"items": [{**ITEM, "id": "a" * 32}]})
    assert set(signed_in.state["errors"]) == {"title"}


def test_proposed_title_is_proposed_anew_in_code(signed_in):
    """A title that nobody wrote is no part of the code."""
    assert "title" not in signed_in.ask("code")["code"]
    signed_in.ask("draft", draft={"title": "Mine"})
    assert "title='Mine'" in signed_in.ask("code")["code"]


def test_code_of_wrong_settings_leads_to_them(signed_in):
    """What could not be made is no code: the field is told instead."""
    signed_in.ask("draft", draft={"days": "soon"})
    assert signed_in.ask("code")["error"]["field"] == "days"
    assert list(signed_in.state["errors"]) == ["days"]


@pytest.mark.parametrize("kind", ["privileges", "items", "lookup", "folders", "check"])
def test_signed_out_nothing_is_answered(page, kind):
    """Without a session there is nothing to ask; the answer says to sign in."""
    assert page.ask(kind, text="")["error"]["hint"] == "Sign in first."


def test_what_had_to_go_is_said_until_it_is_back(signed_in):
    """Switching private off says above the form what was left out; switching it on again takes that back."""
    privileges = [*signed_in.state["draft"]["privileges"], "portal:user:viewOrgUsers"]
    signed_in.ask("draft", draft={"private": True, "privileges": privileges})
    signed_in.ask("draft", draft={"private": False})
    assert "Left out" in signed_in.state["alert"]["title"]
    assert signed_in.ask("draft", draft={"private": True})["draft"]["privileges"] == privileges
    assert signed_in.state["alert"] is None
