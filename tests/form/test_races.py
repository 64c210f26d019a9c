"""What happens at the same time: two forms of one session, a cancel while an answer is on its way."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from arcgis_keywidget import _loop
from arcgis_keywidget.errors import TokenError
from tests.clients.sign_in_page import read_code, sign_in


def living(running):
    """How many tokens from the browser the portal would take."""
    row = running.portal.store.one("SELECT count(*) AS number FROM access_tokens WHERE maker = 'oauth'")
    return row["number"]


def operations(running):
    """What was asked of the portal, in order."""
    return [entry["operation"] for entry in running.portal.requests]


def enter(page, running, client_id):
    """Begin to sign in by a code; the message's id."""
    url = page.ask("page", portal=running.url, client_id=client_id)["url"]
    code = read_code(sign_in(url, running.portal.users[0]))
    return page.start("sign-in", code.encode(), method="browser")


def test_a_cancelled_sign_in_in_the_browser_leaves_nothing(page, running, register):
    """Cancelled while the portal trades the code: the tokens that it gives all the same are ended."""
    client_id = register(running)
    running.portal.fail("token:slow=0.3")
    signing_in = enter(page, running, client_id)
    page.await_state(lambda state: state["phase"] == "signing-in")
    page.ask("cancel")
    assert page.finish(signing_in)["ok"] is False
    assert page.state["phase"] == "signed-out"
    assert living(running) == 0


def test_signing_out_in_one_form_waits_for_the_key_of_the_other(open_form, running, register):
    """They share the session: without it the other could neither go on nor take back what it has made."""
    first = open_form(running.url)
    assert first.finish(enter(first, running, register(running)))["ok"]
    second = open_form(running.url)
    assert second.state["phase"] == "signed-in"
    running.portal.fail("registerApp:slow=0.5")
    creating = second.start("create", draft={})
    second.await_state(lambda state: any(one["state"] == "done" for one in state["progress"]))
    assert first.ask("sign-out")["ok"]
    assert second.finish(creating)["ok"]
    assert second.form.key
    asked = [name for name in operations(running) if name in {"token", "revokeToken"}]
    assert asked[-2:] == ["token", "revokeToken"]  # the check of the key asks on, with the key itself
    assert living(running) == 0
    assert second.ask("another")["ok"]
    assert second.state["phase"] == "signed-out"


def test_a_key_that_fails_after_signing_out_elsewhere_ends_signed_out(open_form, running):
    """Nobody is signed in when it is over: the form asks to sign in, and says what went wrong."""
    first = open_form(running.url)
    first.sign_in(running)
    second = open_form(running.url)
    for fault in ("addItem:slow=0.5", "registerApp:error=500"):
        running.portal.fail(fault)
    creating = second.start("create", draft={})
    second.await_state(lambda state: any(one["state"] == "started" for one in state["progress"]))
    first.ask("sign-out")
    assert second.finish(creating)["ok"] is False
    state = second.state
    assert (state["phase"], state["alert"]["tone"]) == ("signed-out", "bad")
    assert "Nothing of this key is left behind" in state["alert"]["hint"]


def test_a_double_click_makes_one_key(signed_in, running):
    """The second is told that a key is being made."""
    running.portal.fail("addItem:slow=0.3")
    clicks = [signed_in.start("create", draft={"title": "Once"}) for _ in range(3)]
    assert [signed_in.finish(click)["ok"] for click in clicks] == [True, False, False]
    assert operations(running).count("addItem") == 1


def test_signing_out_twice_and_from_two_forms_is_fine(open_form, running, register):
    """The second one finds nobody signed in, and says so."""
    first = open_form(running.url)
    assert first.finish(enter(first, running, register(running)))["ok"]
    second = open_form(running.url)
    asked = [one.start("sign-out") for one in (first, second, first)]
    for page, message in zip((first, second, first), asked, strict=True):
        page.finish(message)
    assert (first.state["phase"], second.state["phase"]) == ("signed-out", "signed-out")
    assert living(running) == 0
    assert operations(running).count("revokeToken") == 1


def test_a_late_answer_to_the_last_session_leaves_the_new_one(signed_in, running):
    """That the portal no longer knows the token of then says nothing of the one of now."""

    async def ask_late():
        with suppress(TokenError):
            await signed_in.form._flow.ask(answer_late())

    async def answer_late():
        await gate.wait()
        raise TokenError("Invalid token.")

    gate = asyncio.Event()
    asking = _loop.submit(ask_late())
    signed_in.ask("sign-out")
    signed_in.sign_in(running)
    _loop.loop().call_soon_threadsafe(gate.set)
    asking.result(timeout=30)
    assert signed_in.state["phase"] == "signed-in"
