"""What the items of a request are called: it holds only their ids."""

from __future__ import annotations

import pytest

from arcgis_keywidget import KeyRequest

HIDDEN = "f" * 32


@pytest.fixture
def request_(running):
    """A request for an item that is there, and one that is not."""
    return KeyRequest("Mine", items=[running.portal.layer, HIDDEN])


def titles(state):
    """What the chosen items are called, by id."""
    return {item["id"]: item["title"] for item in state["draft"]["items"]}


def await_title(page, running):
    """Wait until the form that opened last knows the title; all of it."""
    wanted = next(item for item in running.portal.items_of("ada") if item["id"] == running.portal.layer)
    page.wire.await_true(lambda: page.form._flow.draft.items[0].title == wanted["title"])
    return wanted["title"]


def test_items_are_named_after_signing_in(open_form, running, request_):
    """The title, the type and the owner are asked for by the form; of what is hidden nothing is said."""
    page = open_form(running.url, request=request_)
    assert titles(page.state)[running.portal.layer] == running.portal.layer
    page.sign_in(running)
    title = await_title(page, running)
    state = page.await_state(lambda state: titles(state)[running.portal.layer] == title)
    item, hidden = state["draft"]["items"]
    assert (item["type"], item["owner"]) == ("Feature Service", "ada")
    assert (hidden["title"], state["alert"], state["errors"]) == (HIDDEN, None, {})


@pytest.mark.usefixtures("signed_in")
def test_items_are_named_in_a_session_that_is_taken_over(open_form, running, request_):
    """A cell that is run again begins signed in; the names come as well, and a further form has them."""
    title = await_title(open_form(running.url, request=request_), running)
    assert titles(open_form(running.url).state)[running.portal.layer] == title


def test_names_that_cannot_be_had_are_no_error(open_form, running, request_):
    """The form is as usable as before; whether the items can be opened is told at Create key."""
    running.portal.fail("item:error=500*0")
    page = open_form(running.url, request=request_)
    page.sign_in(running)
    page.wire.await_true(lambda: any(entry["operation"] == "item" for entry in running.portal.requests))
    state = page.state
    assert (state["phase"], state["alert"], state["errors"]) == ("signed-in", None, {})


@pytest.mark.parametrize("lock", [(), ("items",)])
def test_names_stand_when_a_page_has_not_heard_of_them(open_form, running, request_, lock):
    """Its copy of the fields may have left before: that is no edit, not of locked items either."""
    page = open_form(running.url, request=request_, lock=lock)
    page.sign_in(running)
    old = {"items": [{"id": item, "title": item} for item in request_.items]}
    title = await_title(page, running)
    answer = page.ask("draft", draft=old)
    assert (answer["errors"], answer["draft"]["items"][0]["title"]) == ({}, title)


def test_names_end_with_the_session(open_form, running, request_):
    """Signed out, nothing more is asked with its token, and a late name is not told."""
    running.portal.fail("item:slow=20*0")
    page = open_form(running.url, request=request_)
    page.sign_in(running)
    assert page.ask("sign-out")["ok"]
    assert page.form._flow.naming.cancelling() or page.form._flow.naming.done()
