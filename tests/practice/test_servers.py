"""What the servers of the services say of themselves."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("path", ["/server/rest/info", "/arcgis/rest/info"])
@pytest.mark.parametrize(("account", "context"), [("online", ""), ("enterprise", "/portal")])
async def test_a_server_names_its_portal(open_portal, call_as, account, context, path):
    """Nobody needs a token to learn which portal gives one."""
    anyone = call_as(open_portal(account))
    info = await anyone(path)
    assert info["owningSystemUrl"] == f"http://practice.test{context}"
    assert info["authInfo"] == {
        "isTokenBasedSecurity": True,
        "tokenServicesUrl": f"http://practice.test{context}/sharing/rest/generateToken",
    }
