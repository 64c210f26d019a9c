"""`generateToken`: by password, and from a token for a hosted server."""

from __future__ import annotations

import pytest

REFERER = "https://notebook.example"
HOSTED = "http://practice.test/server/rest/services"


def code(reply):
    """The code of an error reply, None for another."""
    return reply.get("error", {}).get("code")


@pytest.fixture
def ask(portal, anyone):
    """Asks for Ada's token with these parameters."""

    async def ask_for(**more):
        sent = {"username": "ada", "password": portal.users[0].password, "client": "requestip", **more}
        return await anyone("generateToken", **sent)

    return ask_for


@pytest.mark.parametrize("choice", ["60", "120"])
async def test_its_life_when_nothing_is_asked(open_portal, call_as, clock, choice):
    """60 and 120 minutes are both documented: a switch."""
    portal = open_portal(switches={"token_minutes": choice})
    sent = {"username": "ada", "password": portal.users[0].password, "client": "requestip"}
    reply = await call_as(portal)("generateToken", **sent)
    assert reply["expires"] == clock.ms + int(choice) * 60_000
    assert reply["ssl"] is False


@pytest.mark.parametrize(
    ("referer", "passes"),
    [
        (REFERER, True),
        (f"{REFERER}/lab/tree/a.ipynb", True),
        (f"{REFERER}:8888", False),
        ("http://notebook.example", False),
        ("https://notebook.example.evil.example", False),
        ("", False),
    ],
)
async def test_a_referer_binds_to_its_origin(ask, anyone, referer, passes):
    """The same Referer or a page of the same origin."""
    token = (await ask(client="referer", referer=f"{REFERER}/lab"))["token"]
    reply = await anyone("community/self", token=token, headers={"Referer": referer})
    assert code(reply) == (None if passes else 498)


@pytest.mark.parametrize("bound", ["http", "@esri/arcgis-rest-js"])
async def test_a_referer_that_is_no_address_must_be_the_same(ask, anyone, bound):
    """Esri's clients send such words; they are no beginnings of addresses."""
    token = (await ask(client="referer", referer=bound))["token"]
    assert (await anyone("community/self", token=token, headers={"Referer": bound}))["username"] == "ada"
    for other in (f"{bound}s://evil.example", f"{bound}/", ""):
        assert code(await anyone("community/self", token=token, headers={"Referer": other})) == 498


@pytest.mark.parametrize(
    "change",
    [
        {"username": ""},
        {"username": "nobody"},
        {"password": ""},
        {"password": "wrong"},
        {"client": "referer"},
        {"client": "nonsense"},
        {"expiration": "soon"},
    ],
)
async def test_refusals(ask, change):
    """400, and for people and passwords in the real portal's words."""
    reply = await ask(**change)
    assert code(reply) == 400
    if {"username", "password"}.intersection(change):
        assert reply["error"]["details"] == ["Invalid username or password."]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_token_buys_one_for_the_server(ada, portal, method):
    """It opens the hosted layer, and nothing of the portal."""
    sent = {"serverUrl": f"{HOSTED}/Anything/FeatureServer"}
    reply = (await ada.send("generateToken", method=method, **sent)).json()
    assert reply.keys() == {"token", "expires", "ssl"}
    layer = f"/server/rest/services/Hosted/{portal.table.name}/FeatureServer"
    assert "layers" in await ada(layer, token=reply["token"])
    assert code(await ada("community/self", token=reply["token"])) == 498
    assert code(await ada("generateToken", token=reply["token"], serverUrl=HOSTED)) == 498


async def test_a_server_token_ends_with_its_parent(ada, clock):
    """A longer life is cut to what is left; the Referer binds it as well."""
    reply = await ada("generateToken", serverUrl=HOSTED, expiration="20160")
    assert reply["expires"] == clock.ms + 20_160 * 60_000
    clock.now += 3_600
    assert (await ada("generateToken", serverUrl=HOSTED, expiration="20160"))["expires"] == reply["expires"]
    assert (await ada("generateToken", serverUrl=HOSTED))["expires"] == clock.ms + 3_600_000
    layer = f"/server/rest/services/Hosted/{ada.portal.table.name}/FeatureServer"
    wrong = await ada(layer, token=reply["token"], headers={"Referer": "https://evil.example"})
    assert code(wrong) == 498


@pytest.mark.parametrize("revoked", ["refresh_token", "access_token"])
async def test_revoking_ends_server_tokens(app, ada, revoked):
    """A token for the server ends with the sign-in, and with the token that it was made for."""
    tokens = await app.sign_in()
    at_server = (await ada("generateToken", token=tokens["access_token"], serverUrl=HOSTED))["token"]
    layer = f"/server/rest/services/Hosted/{ada.portal.table.name}/FeatureServer"
    assert "layers" in await ada(layer, token=at_server)
    await ada("oauth2/revokeToken", auth_token=tokens[revoked])
    assert code(await ada(layer, token=at_server)) == 498


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://practice.test/server",
            "http://evil.example/server",
            "http://practice.test.evil.example/server",
        ),
        *("http://practice.test/sharing/rest", "http://practice.test/serverless", "server", "http://[", "é"),
        *("http://practice.test:81/server", "http://practice.test@evil.example/server"),
    ],
)
async def test_a_token_for_a_foreign_server_is_refused(ada, url):
    """Only this portal's own server is federated with it."""
    assert code(await ada("generateToken", serverUrl=url)) == 400


async def test_who_may_buy_a_server_token(ada, anyone):
    """Nobody without a token or with a bad one; a key opens the services itself."""
    assert code(await anyone("generateToken", serverUrl=HOSTED)) == 499
    assert code(await anyone("generateToken", serverUrl=HOSTED, token="nonsense")) == 498
    key, _ = await ada.make_key()
    assert code(await ada("generateToken", serverUrl=HOSTED, token=key)) == 403


async def test_the_organisation_may_want_shorter_lives(open_portal, call_as):
    """`portals/self` says how short; a password's token and an app's own are cut to it without a word."""
    portal = open_portal(switches={"longest_token": "30"})
    ada = call_as(portal)
    asked = {"username": "ada", "password": portal.users[0].password, "client": "requestip"}
    reply = await ada("generateToken", **asked, expiration="60")
    assert reply["expires"] == portal.clock.ms + 30 * 60_000
    ada.token, ada.me = reply["token"], "content/users/ada"
    assert (await ada("portals/self"))["maxTokenExpirationMinutes"] == 30
    app = await ada.register(await ada.add())
    named = {name: app[name] for name in ("client_id", "client_secret")}
    own = await ada("oauth2/token", **named, grant_type="client_credentials")
    assert own["expires_in"] == 30 * 60


async def test_a_portal_may_take_no_passwords(open_portal, call_as, read_facts):
    """A switch: the right password is answered as a wrong one, and OAuth's pages go on taking it."""
    portal = open_portal(switches={"password_tokens": "refuse"})
    sent = {"username": "ada", "client": "requestip"}
    replies = [
        await call_as(portal)("generateToken", **sent, password=password)
        for password in (portal.users[0].password, "wrong")
    ]
    assert replies[0] == replies[1]
    assert replies[0]["error"]["details"] == ["Invalid username or password."]
    asked = {"client_id": portal.client_id, "redirect_uri": "urn:ietf:wg:oauth:2.0:oob"}
    page = await call_as(portal).send("oauth2/authorize", method="GET", **asked, response_type="code")
    form = {"oauth_state": read_facts(page)["oauth_state"], "password": portal.users[0].password}
    assert (await call_as(portal).send("/sharing/oauth2/signin", username="ada", **form)).status_code == 302
