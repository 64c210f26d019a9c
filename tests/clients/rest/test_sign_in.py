"""`@esri/arcgis-rest-request`: signing in with a password or a token, and a token that has ended."""

from __future__ import annotations

import pytest

REFERER = "@esri/arcgis-rest-js"

PACKAGE = "@esri/arcgis-rest-request"
GENERATE_TOKEN = (
    "POST generateToken",
    {"f", "username", "password", "expiration", "client", "referer"},
)
WHO = ("GET community/self", {"f", "token"})


@pytest.mark.parametrize("account", ["location-platform", "online", "enterprise"])
def test_sign_in_with_a_password(open_client, account):
    """Two requests sign in; the longest token that the package asks for, 14 days, is granted."""
    client = open_client(account=account)
    found = client.run("sign_in.mjs")
    assert found["username"] == found["user"]["username"] == found["portal"]["user"] == "ada"
    assert found["portal"]["isPortal"] == (account == "enterprise")
    assert found["minutes"] == 20_160
    assert found["canRefresh"]
    assert found["cached"]
    assert client.sent == [GENERATE_TOKEN, WHO, ("GET portals/self", {"f", "token"})]
    assert {entry["referer"] for entry in client.requests} == {REFERER}


def test_sign_in_over_tls(open_client, tmp_path):
    """Node trusts the portal's own certificate once it is told where it lies."""
    client = open_client(tls=True, store=tmp_path / "portal.sqlite")
    assert client.run("sign_in.mjs")["username"] == "ada"
    assert client.operations == ["generateToken", "community/self", "portals/self"]


def test_wrong_password(client):
    """The package asks once more without a token, then tells what the portal said."""
    found = client.run("refused_sign_in.mjs")
    assert found["name"] == "ArcGISTokenRequestError"
    assert found["code"] == "TOKEN_REFRESH_FAILED"
    assert found["originalMessage"] == "400: Unable to generate token."
    assert found["details"] == ["Invalid username or password."]
    assert client.sent == [GENERATE_TOKEN, ("GET community/self", {"f"})]


def test_a_token_made_elsewhere(client):
    """One request takes a token over; without a password it cannot be renewed."""
    found = client.run("sign_in_with_token.mjs", token=client.make_token())
    assert found == {"username": "ada", "canRefresh": False}
    assert client.sent == [WHO]


def test_a_token_that_has_ended_is_made_anew(client, clock):
    """On 498 the package makes a new token once and repeats the request: three in all."""
    token = client.make_token(minutes=60)
    clock.ahead = 3601
    found = client.run("sign_in_with_token.mjs", token=token, withPassword=True)
    assert found == {"username": "ada", "renewed": True}
    assert client.sent == [WHO, GENERATE_TOKEN, WHO]


@pytest.mark.parametrize("token", ["expired", "unknown"])
def test_a_token_that_is_no_good(client, clock, token):
    """Without a way to renew it, a dead token is an ArcGISAuthError with code 498."""
    if token == "expired":
        token = client.make_token(minutes=60)
        clock.ahead = 3601
    found = client.run("sign_in_with_token.mjs", token=token)
    assert found["name"] == "ArcGISAuthError"
    assert found["code"] == 498
    assert found["originalMessage"] == "Invalid token."
    assert client.sent == [WHO]


def test_how_a_token_travels(client):
    """In the query, in a header and in the body; a query of more than 2,000 letters becomes a form."""
    found = client.run("transport.mjs")
    assert (found["query"], found["header"], found["body"]) == ("ada", "ada", "ada")
    assert found["long"] == len(client.portal.items_of("ada"))
    travelled = [(entry["method"], entry["token_by"]) for entry in client.requests[2:]]
    assert travelled == [
        ("GET", "query"),
        ("GET", "X-Esri-Authorization"),
        ("POST", "body"),
        ("POST", "body"),
    ]
