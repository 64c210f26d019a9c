"""`.well-known/oauth-authorization-server`: what programs find by looking."""

from __future__ import annotations

import pytest

WELL_KNOWN = "/.well-known/oauth-authorization-server"


@pytest.mark.parametrize(
    ("account", "path", "issuer"),
    [
        ("online", WELL_KNOWN, "https://p.example:1"),
        ("enterprise", WELL_KNOWN, "https://p.example:1/portal"),
        ("enterprise", f"/portal{WELL_KNOWN}", "https://p.example:1/portal"),
        ("enterprise", f"{WELL_KNOWN}/portal", "https://p.example:1/portal"),
    ],
)
async def test_the_endpoints_are_where_it_says(open_portal, call_as, account, path, issuer):
    """At the origin's root, where RFC 8414 wants it for an issuer with a path, and below the web adaptor."""
    caller = call_as(open_portal(account), base="https://p.example:1")
    document = (await caller.http.get(f"https://p.example:1{path}")).json()
    assert document["issuer"] == issuer
    assert document["response_types_supported"] == ["code", "token"]
    assert document["code_challenge_methods_supported"] == ["S256"]
    page = await caller.http.get(document["authorization_endpoint"])
    assert "Invalid client_id" in page.text
    reply = await caller.http.post(document["token_endpoint"], data={"grant_type": "refresh_token"})
    assert reply.json()["error"]["error"] == "invalid_client_id"
    revoked = await caller.http.post(document["revocation_endpoint"], data={"auth_token": "unknown"})
    assert revoked.json() == {"success": True}


async def test_there_is_none_for_other_paths(open_portal, call_as):
    """An issuer that is not this portal's has no document here."""
    caller = call_as(open_portal("online"))
    assert (await caller.http.get(f"http://p.example{WELL_KNOWN}/portal")).status_code == 404
