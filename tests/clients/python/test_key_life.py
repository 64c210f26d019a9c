"""The `arcgis` package: the whole life of an API key credential with its DeveloperCredentialManager."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.matrix
DAY = 86_400
ON_LOCATIONS = ["premium:user:basemaps", "premium:user:geoenrichment"]
OF_CONTENT = ["portal:user:createItem", "portal:user:viewOrgItems"]
ADD_ITEM = {
    *("f", "async", "title", "type", "tags", "snippet", "description", "typeKeywords", "categories"),
    *("metadataFormats", "spatialReference", "appCategories", "industries", "apiToken1ExpirationDate"),
}
REGISTER = {
    *("f", "itemId", "appType", "redirect_uris", "httpReferrers", "privileges", "isPersonalAPIToken"),
}
CREATE = [
    ("POST addItem", ADD_ITEM),
    ("GET status", {"f"}),
    ("POST item", {"f"}),
    ("GET community/users", {"f"}),
    ("POST registerApp", REGISTER),
    ("POST item", {"f"}),
    ("GET community/users", {"f"}),
    ("POST update", {"f", "apiToken1ExpirationDate"}),
    ("POST item", {"f"}),
    ("GET community/users", {"f"}),
]
GENERATE = [
    ("GET registeredAppInfo", {"f"}),
    ("POST update", {"f", "apiToken1ExpirationDate"}),
    ("POST item", {"f"}),
    ("GET community/users", {"f"}),
    ("POST token", {"f", "client_id", "client_secret", "grant_type", "apiToken", "regenerateApiToken"}),
]


@pytest.mark.parametrize(
    ("username", "directly", "options"),
    [
        ("grace", False, {"account": "online"}),
        ("ada", True, {"account": "online"}),
        ("ada", True, {"account": "location-platform"}),
        ("grace", False, {"account": "enterprise"}),
        ("ada", True, {"account": "enterprise", "version": "11.5"}),
    ],
    ids=["online-admin", "online-publisher", "location-platform", "enterprise-admin", "enterprise-publisher"],
)
def test_the_life_of_a_credential(open_arcgis, username, directly, options):
    """Each step returns what the package calls success, and the portal's state is what it should be."""
    arcgis = open_arcgis(username, **options)
    privileges = OF_CONTENT if options["account"] == "enterprise" else ON_LOCATIONS
    found = arcgis.run("key_life.py", arcgis.password, directly=directly, privileges=privileges)
    assert (found["item"]["title"], found["item"]["type"]) == ("A key", "Application")
    assert {"Application", "APIToken", "Registered App"} <= set(found["item"]["typeKeywords"])
    assert found["item"]["tags"] == ["class"]
    assert found["item"]["ownerFolder"]
    assert [key[-10] for key in found["keys"]] == ["1", "2", "1", "1"]
    assert len(set(found["keys"])) == 4
    assert 0 <= 30 * DAY - found["expires_in"] < 120
    assert "already has been created" in found["taken"]["text"]
    assert (found["revoked"], found["after revoke"]) == (True, [True, False])
    assert (found["edited"], found["after edit"]) == (True, [False, False])
    assert found["privileges"] == privileges
    assert found["referrers"] == ["https://example.com"]
    assert found["listed"] == [found["item"]["id"]]
    assert (found["got"], found["deleted"], found["gone"]) == ("A key", True, True)
    assert found["too late"]["kind"] == "ValueError"
    assert found["item"]["id"] not in [item["id"] for item in arcgis.portal.items_of(username)]
    assert {arcgis.call("portals/self", key)["error"]["code"] for key in found["keys"]} == {498}


def test_what_the_package_sends(open_arcgis):
    """Ten requests create a credential in a folder, five more make its key."""
    arcgis = open_arcgis("ada", account="online")
    arcgis.run("key_life.py", arcgis.password, directly=True, privileges=ON_LOCATIONS)
    first = arcgis.operations.index("addItem")
    sent = [(name, names - {"token"}) for name, names in arcgis.sent]
    created = sent[first : first + len(CREATE)]
    assert created == CREATE
    rest = [one for one in sent[first + len(CREATE) :] if one[0] != "GET root"]
    assert rest[: len(GENERATE)] == GENERATE
    tokens = [entry["token_by"] for entry in arcgis.requests[first:]]
    assert set(tokens) == {"X-Esri-Authorization"}


def test_an_older_enterprise_is_refused(open_arcgis):
    """The package wants Enterprise 11.5, though 11.4 has credentials: with an administrator, and directly."""
    arcgis = open_arcgis("grace", account="enterprise", version="11.4")
    found = arcgis.run("old_enterprise.py", arcgis.password, privileges=OF_CONTENT)
    assert found["version"] == [2024, 2]
    assert found["manager"] is None
    assert "please use Enterprise 11.5+" in found["refused"]["text"]
    assert "token" not in arcgis.operations
