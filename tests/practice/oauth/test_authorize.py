"""Signing in for an app: `authorize`, `signin`, `approval`."""

from __future__ import annotations

import re

import pytest

BACK = "https://app.example/back?kept=1"
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_code_comes_back_in_the_query(app, read_return, method):
    """What the redirect had is kept, the state returns letter by letter; nothing may be cached."""
    state = " a b&c=é%\r\nX: y"
    page = await app.open(method, state=state)
    reply = await app.answer(page)
    assert reply.headers["location"].startswith(f"{BACK}&code=")
    assert read_return(reply).keys() == {"kept", "code", "state"}
    assert read_return(reply)["state"] == state
    assert page.headers["cache-control"] == reply.headers["cache-control"] == "no-store"
    assert not {"set-cookie", "x"}.intersection([*page.headers, *reply.headers])


async def test_a_token_comes_back_in_the_fragment(app, read_return):
    """The implicit grant: seconds, username, scheme; the token is Ada's, and shows the app."""
    reply = await app.answer(await app.open(response_type="token", expiration="600"))
    address, _, fragment = reply.headers["location"].partition("#")
    assert address == BACK
    assert "code=" not in fragment
    back = read_return(reply)
    assert (back["expires_in"], back["username"], back["ssl"]) == ("36000", "ada", "false")
    document = await app.see(back["access_token"])
    assert document["user"]["username"] == "ada"
    assert (document["appInfo"]["appId"], document["appInfo"]["appTitle"]) == (app.id, "Map of trees")
    assert "expirationDate" not in document["appInfo"]


@pytest.mark.parametrize("path", ["/sharing/oauth2/signin", "/sharing/rest/oauth2/signin/"])
async def test_a_code_out_of_band_stands_in_the_title(app, path):
    """The approval page is at the portal, shows the code in its text as well, until it is used."""
    reply = await app.answer(await app.open(redirect_uri=OUT_OF_BAND), path)
    address = reply.headers["location"]
    assert address.startswith("http://practice.test/sharing/rest/oauth2/approval?code=")
    page = await app.caller.http.get(address)
    code = re.search("<title>SUCCESS code=(.*?)</title>", page.text)[1]
    assert f"&code={code}&" in address.replace("?", "&")
    assert f">{code}</code>" in page.text
    assert (await app.trade(code, redirect_uri=OUT_OF_BAND))["username"] == "ada"
    assert "SUCCESS" not in (await app.caller.http.get(address)).text


async def test_a_token_out_of_band_stays_in_the_address(app):
    """The approval page of the implicit grant never sees the token."""
    reply = await app.answer(await app.open(redirect_uri=OUT_OF_BAND, response_type="token"))
    assert "/oauth2/approval#access_token=" in reply.headers["location"]
    page = await app.caller.http.get(reply.headers["location"])
    assert "<title>SUCCESS</title>" in page.text


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "unknown"},
        {"client_id": None},
        {"client_id": "' OR 1=1 --"},
    ],
)
async def test_a_wrong_client_is_told_to_the_person(app, change):
    """In the words that Esri's Python package looks for; nobody is redirected."""
    page = await app.open(**change)
    assert page.status_code == 400
    assert "Error: Invalid client_id" in page.text
    assert "location" not in page.headers


@pytest.mark.parametrize(
    "uri",
    [
        None,
        "",
        "https://app.example/back",
        f"{BACK}&more=1",
        f" {BACK}",
        f"{BACK}#there",
        BACK.upper(),
        "https://app.example.evil.example/back?kept=1",
        "https://evil.example/",
        "//evil.example",
        f"{BACK}\r\nX-Injected: 1",
    ],
)
async def test_a_redirect_is_the_registered_one_letter_by_letter(app, uri):
    """Anything else is told to the person, and leads nowhere."""
    page = await app.open(redirect_uri=uri)
    assert page.status_code == 400
    assert "Error: Invalid redirect_uri" in page.text
    assert not {"location", "x-injected"}.intersection(page.headers)


@pytest.mark.parametrize(
    "uri",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,<script>",
            "file:///etc/passwd",
            "https:///nowhere",
            "nowhere",
        ),
        *("https://a.example/\r\nX: y", "https://a.example/ b", "https://a.example/#b", "https://[::1/"),
        *("https://a.example:port/", "https://é.example/"),
    ],
)
async def test_registering_an_address_does_not_make_it_one(register, uri):
    """What a browser could run, or what would end a header, is refused though the owner registered it."""
    app = await register(uri)
    assert "Error: Invalid redirect_uri" in (await app.open(redirect_uri=uri)).text


@pytest.mark.parametrize("uri", ["http://localhost:8888/lab", "http://[::1]:9/x", "trees-app://auth"])
async def test_programs_on_the_machine_get_their_answer(register, read_return, uri):
    """Loopback over plain HTTP and a scheme of its own are addresses, too; the page lets them through."""
    app = await register(uri)
    page = await app.open(redirect_uri=uri)
    allowed = re.search("form-action ([^;]*)", page.headers["content-security-policy"])[1].split()[1]
    assert uri.startswith(allowed)
    assert read_return(await app.answer(page))["code"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": None}, "unsupported_response_type"),
        ({"response_type": "id_token"}, "unsupported_response_type"),
        ({"expiration": "soon"}, "invalid_request"),
        ({"expiration": "0"}, "invalid_request"),
        ({"expiration": "-2"}, "invalid_request"),
        ({"expiration": "9" * 5_000}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge": "é" * 43}, "invalid_request"),
        ({"code_challenge": "a" * 43, "code_challenge_method": "s256"}, "invalid_request"),
        ({"code_challenge_method": "S256"}, "invalid_request"),
    ],
)
async def test_other_mistakes_go_back_to_the_app(app, read_return, change, error):
    """With the name that OAuth 2.0 gives them, and the state."""
    back = read_return(await app.open(**change))
    assert (back["error"], back["state"]) == (error, "s")


@pytest.mark.parametrize(
    ("kind", "mark"), [({"response_type": "code"}, "&"), ({"response_type": "token"}, "#")]
)
async def test_cancel_denies(app, read_return, kind, mark):
    """The app hears `access_denied` where it would have got its code or token; no password is needed."""
    reply = await app.answer(await app.open(**kind), username="ada", password="", cancel="true")
    assert reply.headers["location"].startswith(f"{BACK}{mark}error=access_denied&")
    assert read_return(reply)["state"] == "s"


async def test_cancel_out_of_band_shows_a_page(app):
    """There is no app to go back to: the portal says that nobody signed in."""
    reply = await app.answer(await app.open(redirect_uri=OUT_OF_BAND), cancel="true")
    page = await app.caller.http.get(reply.headers["location"])
    assert "<title>DENIED error=access_denied</title>" in page.text


async def test_the_wrong_password_asks_again(app, read_facts, read_return):
    """The page says so in both shapes, and its new form works."""
    again = await app.answer(await app.open(), password="wrong-password")
    assert again.status_code == 200
    assert "OAUTH_0015" in again.text
    assert "wrong-password" not in again.text
    assert read_facts(again)["messages"] == ["Invalid username or password."]
    assert read_return(await app.answer(again))["code"]


async def test_a_page_is_answered_once(app, clock, read_facts):
    """A second answer, an invented page and one that has waited too long lead nowhere."""
    page, late = await app.open(), await app.open()
    assert (await app.answer(page)).status_code == 302
    replies = [await app.answer(page), await app.answer(await app.open(), oauth_state="invented")]
    clock.now += 1_800
    for reply in (*replies, await app.answer(late)):
        assert reply.status_code == 400
        assert "Invalid oauth_state" in reply.text
    assert read_facts(page)["oauth_state"] != read_facts(late)["oauth_state"]


async def test_a_password_is_read_from_a_form_alone(app, read_facts):
    """In a query it would end up in logs, so there it is nothing."""
    state = read_facts(await app.open())["oauth_state"]
    ada = app.portal.users[0]
    sent = {"oauth_state": state, "username": ada.username, "password": ada.password}
    reply = await app.caller.send("/sharing/oauth2/signin", method="GET", **sent)
    assert reply.status_code == 400


@pytest.mark.parametrize("name", ["client_id", "redirect_uri", "state", "expiration"])
async def test_a_parameter_that_comes_twice_is_refused(app, name):
    """Two readers of such a request could see two different ones."""
    query = {"client_id": app.id, "redirect_uri": BACK, "response_type": "code", "state": "s"}
    pairs = [*query.items(), (name, query.get(name, "1")), (name, "2")]
    page = await app.caller.http.get("http://practice.test/sharing/rest/oauth2/authorize", params=pairs)
    assert page.status_code == 400
    assert f"Error: Invalid {name}" in page.text


@pytest.mark.parametrize("client", ["pythonapi", "arcgisonline"])
@pytest.mark.parametrize("base", ["https://h.example:7443", "https://h.example:7443/portal"])
async def test_built_in_clients_need_no_registration(
    open_portal, call_as, read_facts, read_return, client, base
):
    """Esri's Python package signs in by them, with and without Enterprise's web adaptor, `/rest` left out."""
    caller = call_as(open_portal("enterprise"), base=base)
    ask = {"client_id": client, "response_type": "token", "state": "s"}
    own = ("https://h.example:7443", "https://h.example:7443/portal")
    for uri in (*own, OUT_OF_BAND, "https://www.arcgis.com"):
        page = await caller.send("/sharing/oauth2/authorize", method="GET", redirect_uri=uri, **ask)
        ada = caller.portal.users[0]
        form = {"oauth_state": read_facts(page)["oauth_state"], "username": "ada", "password": ada.password}
        back = read_return(await caller.send("/sharing/oauth2/signin", **form))
        assert back["ssl"] == "true"
        assert (await caller("portals/self", token=back["access_token"]))["appInfo"]["appId"] == client
    for uri in ("http://h.example:7443", "https://h.example", "https://h.example:7443/x"):
        page = await caller.send("oauth2/authorize", method="GET", redirect_uri=uri, **ask)
        assert "Error: Invalid redirect_uri" in page.text
