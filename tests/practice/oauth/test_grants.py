"""`oauth2/token` for people: codes, refresh tokens, PKCE, and their ends."""

from __future__ import annotations

import pytest

BACK = "https://app.example/back?kept=1"
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
MINUTE, DAY = 60, 86_400


def code(reply):
    """The code of an error reply, None for another."""
    return reply.get("error", {}).get("code")


async def test_a_code_gives_both_tokens(app):
    """The documented lives: half an hour, and two weeks unless asked; the token is the person's."""
    reply = await app.sign_in()
    assert reply.pop("access_token") != reply.pop("refresh_token")
    assert reply == {
        "expires_in": 1_800,
        "username": "ada",
        "ssl": False,
        "refresh_token_expires_in": 1_209_600,
    }


async def test_no_cache_keeps_a_token(app):
    """The reply says so (RFC 6749, 5.1)."""
    sent = {"client_id": app.id, "client_secret": app.secret, "grant_type": "client_credentials"}
    reply = await app.caller.send("oauth2/token", **sent)
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("asked", "lives"), [("30", 30), ("-1", 129_600), ("99999999", 129_600), ("1", 1)])
async def test_the_page_decides_the_life_of_the_refresh_token(app, asked, lives):
    """In minutes, at most ninety days; -1 is the longest."""
    assert (await app.sign_in(expiration=asked))["refresh_token_expires_in"] == lives * MINUTE


async def test_a_code_works_once_and_a_second_time_ends_everything(app):
    """Someone has overheard a code that comes twice: the tokens of the first time end as well."""
    came = (await app.come_back())["code"]
    reply = await app.trade(came)
    assert "user" in await app.see(reply["access_token"])
    assert code(await app.trade(came)) == 400
    assert code(await app.see(reply["access_token"])) == 498
    assert code(await app.ask("refresh_token", refresh_token=reply["refresh_token"])) == 400


async def test_a_code_lives_ten_minutes(app, clock):
    """Then it is nothing."""
    first, second = [(await app.come_back())["code"] for _ in range(2)]
    clock.now += 10 * MINUTE - 1
    assert "access_token" in await app.trade(first)
    clock.now += 1
    assert code(await app.trade(second)) == 400


async def test_a_code_belongs_to_its_app_and_redirect(app, register):
    """Another app, another of its own addresses, a wrong secret: refused, and the code still works."""
    other, came = await register(), (await app.come_back())["code"]
    assert code(await other.trade(came)) == 400
    for change in ({"redirect_uri": OUT_OF_BAND}, {"redirect_uri": f" {BACK}"}, {"client_secret": "wrong"}):
        assert code(await app.trade(came, **change)) == 400
    assert "access_token" in await app.trade(came, client_secret=app.secret)


@pytest.mark.parametrize("method", ["S256", "plain", None])
async def test_a_challenge_needs_its_verifier(app, pkce, method):
    """S256 and plain, which is what no method means; a wrong one and none are refused."""
    verifier, hashed = pkce
    challenge = hashed if method == "S256" else verifier
    came = (await app.come_back(code_challenge=challenge, code_challenge_method=method))["code"]
    for wrong in ({}, {"code_verifier": verifier[:-1]}, {"code_verifier": "é"}, {"code_verifier": hashed}):
        assert code(await app.trade(came, **wrong)) == 400
    assert "access_token" in await app.trade(came, code_verifier=verifier)


async def test_a_verifier_without_a_challenge_is_refused(app, pkce):
    """Otherwise an attacker could strip the challenge from the page's address."""
    came = (await app.come_back())["code"]
    assert code(await app.trade(came, code_verifier=pkce[0])) == 400


async def test_a_refresh_token_renews_until_it_expires(app, clock):
    """Each access token lives its half hour; the end of the refresh token has words of its own."""
    reply = await app.sign_in()
    clock.now += 30 * MINUTE
    assert code(await app.see(reply["access_token"])) == 498
    refresh = {"refresh_token": reply["refresh_token"]}
    renewed = await app.ask("refresh_token", **refresh)
    assert renewed.keys() == {"access_token", "expires_in", "username", "ssl"}
    assert (await app.see(renewed["access_token"]))["user"]["username"] == "ada"
    clock.now += 14 * DAY
    error = (await app.ask("refresh_token", **refresh))["error"]
    assert (error["code"], error["error"], error["message"]) == (
        498,
        "invalid_request",
        "refresh_token expired",
    )


async def test_a_refresh_token_is_exchanged(app, clock):
    """A new one with a new life comes, and the old one is spent; the redirect must be the grant's."""
    reply = await app.sign_in(expiration="60")
    old = {"refresh_token": reply["refresh_token"], "redirect_uri": BACK}
    clock.now += 59 * MINUTE
    assert code(await app.ask("exchange_refresh_token", **old | {"redirect_uri": OUT_OF_BAND})) == 400
    new = await app.ask("exchange_refresh_token", **old)
    assert new["refresh_token_expires_in"] == 60 * MINUTE
    assert code(await app.ask("exchange_refresh_token", **old)) == 400
    assert code(await app.ask("refresh_token", **old)) == 400
    clock.now += 59 * MINUTE
    assert "access_token" in await app.ask("refresh_token", refresh_token=new["refresh_token"])


async def test_a_refresh_token_belongs_to_its_app(app, register):
    """And it is no code, nor a code a refresh token, nor either an access token."""
    other, reply = await register(), await app.sign_in()
    refresh = reply["refresh_token"]
    assert code(await other.ask("refresh_token", refresh_token=refresh)) == 400
    assert code(await app.trade(refresh)) == 400
    assert code(await app.see(refresh)) == 498
    came = (await app.come_back())["code"]
    assert code(await app.ask("refresh_token", refresh_token=came)) == 400
    assert code(await app.see(came)) == 498


@pytest.mark.parametrize("hint", ["", "access_token", "refresh_token", "nonsense"])
async def test_an_access_token_is_revoked_alone(app, hint):
    """Whatever the hint says; the refresh token goes on."""
    reply = await app.sign_in()
    sent = {"auth_token": reply["access_token"], "token_type_hint": hint, "client_id": app.id}
    assert await app.caller("oauth2/revokeToken", **sent) == {"success": True}
    assert code(await app.see(reply["access_token"])) == 498
    assert "access_token" in await app.ask("refresh_token", refresh_token=reply["refresh_token"])


async def test_a_revoked_refresh_token_takes_its_access_tokens_along(app):
    """All of its grant; another sign-in of the same person stays."""
    reply, other = await app.sign_in(), await app.sign_in()
    renewed = await app.ask("refresh_token", refresh_token=reply["refresh_token"])
    assert await app.caller("oauth2/revokeToken", auth_token=reply["refresh_token"]) == {"success": True}
    for token in (reply["access_token"], renewed["access_token"]):
        assert code(await app.see(token)) == 498
    assert code(await app.ask("refresh_token", refresh_token=reply["refresh_token"])) == 400
    assert "user" in await app.see(other["access_token"])


async def test_another_app_revokes_nothing(app, register):
    """It hears success all the same."""
    reply = await app.sign_in()
    other = (await register()).id
    for token in (reply["access_token"], reply["refresh_token"]):
        assert await app.caller("oauth2/revokeToken", auth_token=token, client_id=other) == {"success": True}
    assert "user" in await app.see(reply["access_token"])
    assert "access_token" in await app.ask("refresh_token", refresh_token=reply["refresh_token"])


async def test_the_end_of_the_app_ends_its_tokens(app, ada):
    """A deleted item takes everything along that came from it."""
    reply = await app.sign_in()
    assert (await ada(f"{ada.me}/items/{app.item}/delete"))["success"]
    assert code(await app.see(reply["access_token"])) == 498


async def test_only_hashes_are_kept(app):
    """Neither codes nor tokens stand in the store."""
    came = (await app.come_back())["code"]
    reply = await app.trade(came)
    app.portal.store.run("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = app.portal.store.path.read_bytes()
    for secret in (came, reply["access_token"], reply["refresh_token"]):
        assert secret.encode() not in kept


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"client_id": "unknown"}, "invalid_client_id", "Invalid client_id"),
        ({"client_id": ""}, "invalid_client_id", "Invalid client_id"),
        ({"code": ""}, "invalid_request", "Invalid code"),
        ({"grant_type": "password"}, "unsupported_grant_type", "Unsupported grant_type"),
        ({"grant_type": "refresh_token"}, "invalid_request", "Invalid refresh_token"),
        ({"grant_type": "exchange_refresh_token"}, "invalid_request", "Invalid refresh_token"),
    ],
)
async def test_refusals_of_the_token_service(app, change, error, message):
    """OAuth's name and the portal's text in one object, HTTP 200."""
    sent = {"client_id": app.id, "grant_type": "authorization_code", "code": "x", "redirect_uri": BACK}
    reply = (await app.caller("oauth2/token", **sent | change))["error"]
    assert reply == {
        "code": 400,
        "error": error,
        "error_description": message,
        "message": message,
        "details": [],
    }


@pytest.mark.parametrize(("choice", "allowed"), [("accept", True), ("refuse", False)])
async def test_a_switch_keeps_oauth_from_registering(open_portal, call_as, register, choice, allowed):
    """One public text says that OAuth tokens cannot register apps; a password's token always can."""
    portal = open_portal(switches={"oauth_keys": choice})
    app = await register(portal=portal)
    caller = call_as(portal)
    caller.me = "content/users/ada"
    caller.token = (await app.sign_in())["access_token"]
    assert (await caller("community/self"))["username"] == "ada"
    reply = await caller.register(await caller.add())
    assert ("client_id" in reply, code(reply)) == (allowed, None if allowed else 403)
