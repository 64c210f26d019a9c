"""`@esri/arcgis-rest-request`: OAuth 2.0, as it runs in a browser and on a server."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.clients.sign_in_page import give_up, read_code, sign_in

PACKAGE = "@esri/arcgis-rest-request"
REDIRECT = "http://localhost:3000/back.html"
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
EXCHANGE = {"f", "grant_type", "client_id", "redirect_uri", "code"}


@pytest.fixture
def client_id(client):
    """An app of Ada's, for people to sign in to."""
    item = client.call("content/users/ada/addItem", title="A map for class", type="Application")["id"]
    redirects = f'["{REDIRECT}", "{OUT_OF_BAND}"]'
    return client.register(item, appType="browser", redirect_uris=redirects)["client_id"]


def test_a_browser_signs_in_with_pkce(client, client_id):
    """Code and verifier make a session of 30 minutes; it is refreshed, exchanged and ended."""
    app = {"clientId": client_id, "redirectUri": REDIRECT}
    begun = client.run("begin_oauth.mjs", **app)
    asked = parse_qs(urlsplit(begun["address"]).query)
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    back = sign_in(begun["address"], client.user)
    assert back.startswith(f"{REDIRECT}?")
    found = client.run("complete_oauth.mjs", **app, address=back, storage=begun["storage"])
    assert found["signedIn"] == {"username": "ada", "user": "ada"}
    assert found["lives"] == {"token": 25, "refresh": 20_155}
    assert found["refreshed"] == {"token": True, "refresh": False}
    assert found["exchanged"] == {"refresh": True, "user": "ada"}
    assert found["ended"] == {"success": True}
    assert found["after"]["code"] == "TOKEN_REFRESH_FAILED"
    assert found["twice"]["name"] == "ArcGISAuthError"


def test_what_the_package_sends(client, client_id):
    """The verifier goes with the code, refresh names no redirect, exchange does."""
    app = {"clientId": client_id, "redirectUri": REDIRECT}
    begun = client.run("begin_oauth.mjs", **app)
    back = sign_in(begun["address"], client.user)
    client.run("complete_oauth.mjs", **app, address=back, storage=begun["storage"])
    refresh = {"f", "grant_type", "client_id", "refresh_token"}
    assert client.sent == [
        ("POST token", {*EXCHANGE, "code_verifier"}),
        ("GET community/self", {"f", "token"}),
        ("POST token", refresh),
        ("POST token", {*refresh, "redirect_uri"}),
        ("GET community/self", {"f", "token"}),
        ("POST revokeToken", {"f", "client_id", "auth_token"}),
        ("POST token", refresh),
        ("POST token", {*EXCHANGE, "code_verifier"}),
    ]


def test_a_person_may_give_up(client, client_id):
    """The app learns that it was denied, from the address alone."""
    app = {"clientId": client_id, "redirectUri": REDIRECT}
    begun = client.run("begin_oauth.mjs", **app)
    back = give_up(begun["address"])
    found = client.run("refused_oauth.mjs", **app, address=back, storage=begun["storage"])
    assert found["name"] == "ArcGISAccessDeniedError"
    assert client.requests == []


def test_a_browser_signs_in_without_a_code(client, client_id):
    """The implicit way: the token comes back in the fragment, for the 14 days that the package asks for."""
    app = {"clientId": client_id, "redirectUri": REDIRECT, "pkce": False}
    begun = client.run("begin_oauth.mjs", **app)
    back = sign_in(begun["address"], client.user)
    found = client.run("complete_oauth.mjs", **app, address=back, storage=begun["storage"])
    assert found["signedIn"] == {"username": "ada", "user": "ada"}
    assert found["minutes"] == 20_160
    assert client.operations == ["community/self"]


def test_a_server_exchanges_a_code(client, client_id):
    """Without PKCE: the code is good once, and the session can be refreshed."""
    asked = {"client_id": client_id, "response_type": "code", "redirect_uri": OUT_OF_BAND}
    address = f"{client.running.rest}/oauth2/authorize?{urlencode(asked)}"
    code = read_code(sign_in(address, client.user))
    found = client.run("exchange_code.mjs", clientId=client_id, redirectUri=OUT_OF_BAND, code=code)
    assert (found["username"], found["user"], found["renewed"]) == ("ada", "ada", True)
    assert found["twice"]["code"] == "REFRESH_TOKEN_EXCHANGE_FAILED"
    assert client.sent[0] == ("POST token", EXCHANGE)


def test_an_app_signs_in_by_its_secret(client):
    """The app's own token shows the app and no person; a wrong secret gets none."""
    item = client.call("content/users/ada/addItem", title="A server", type="Application")["id"]
    app = client.register(item, "premium:user:basemaps")
    secret = {"clientId": app["client_id"], "clientSecret": app["client_secret"]}
    found = client.run("app_session.mjs", **secret)
    assert found["appInfo"]["appId"] == app["client_id"]
    assert "user" not in found
    assert found["minutes"] == 55
    assert found["wrong"]["code"] == "TOKEN_REFRESH_FAILED"
    assert client.sent[0] == (
        "POST token",
        {"f", "client_id", "client_secret", "grant_type", "expiration"},
    )
