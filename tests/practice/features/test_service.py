"""Hosted layers over HTTP: who may read which, and what the services say of themselves."""

from __future__ import annotations

import json

import pytest

SERVER = "/server/rest/services"
GRANT = "portal:app:access:item:"
ALL = {"where": "1=1", "returnCountOnly": "true"}


@pytest.fixture
def layer(portal):
    """The layer's service."""
    return f"{SERVER}/Hosted/{portal.tables[0].name}/FeatureServer"


@pytest.fixture
def view(portal):
    """The view's service."""
    return f"{SERVER}/Hosted/{portal.tables[1].name}/FeatureServer"


def code(reply):
    """Code and message code of an error reply."""
    return reply["error"]["code"], reply["error"].get("messageCode")


async def test_a_view_is_granted_by_itself(ada, portal, layer, view):
    """A key that holds the view cannot read the layer, nor the other way round."""
    for mine, other, table in ((layer, view, portal.tables[0]), (view, layer, portal.tables[1])):
        key, _ = await ada.make_key([GRANT + table.item])
        assert await ada(f"{mine}/0/query", token=key, **ALL) == {"count": table.count}
        assert code(await ada(f"{other}/0/query", token=key, **ALL)) == (403, "GWM_0003")
        listed = (await ada(f"{SERVER}/Hosted", token=key))["services"]
        assert listed == [{"name": f"Hosted/{table.name}", "type": "FeatureServer"}]


async def test_items_lead_to_their_services(ada, portal):
    """Both stand among the owner's items, with address, extent and the marks of a view."""
    for table in portal.tables:
        item = await ada(f"content/items/{table.item}")
        assert (await ada(f"{item['url']}".removeprefix("http://practice.test")))["layers"][0]["id"] == 0
        assert ("View Service" in item["typeKeywords"]) is table.is_view
        assert item["extent"][0][0] < item["extent"][1][0]
        assert (item["access"], item["owner"]) == ("private", "ada")


async def test_services_lead_to_their_items(ada, portal, layer, view):
    """`serviceItemId` of a service and of its layer."""
    for service, table in ((layer, portal.tables[0]), (view, portal.tables[1])):
        for address in (service, f"{service}/0"):
            assert (await ada(address))["serviceItemId"] == table.item


async def test_who_may_read(ada, sam, grace, anyone, layer):
    """The owner and an administrator; not a member, a stranger, or nobody."""
    for caller in (ada, grace):
        assert (await caller(f"{layer}/0/query", **ALL))["count"] > 0
    assert code(await sam(f"{layer}/0/query", **ALL)) == (403, "GWM_0003")
    assert code(await anyone(f"{layer}/0/query", **ALL)) == (499, "GWM_0003")
    assert code(await anyone(layer, token="x" * 40)) == (498, None)
    assert (await anyone(f"{SERVER}/Hosted"))["services"] == []


async def test_public_items_need_no_token(anyone, portal, layer):
    """What its owner shares with everyone, everyone reads; a bad token is refused all the same."""
    with portal.store.writing():
        portal.store.run("UPDATE items SET access = 'public' WHERE id = ?", portal.layer)
    assert (await anyone(f"{layer}/0/query", **ALL))["count"] == portal.table.count
    assert code(await anyone(f"{layer}/0/query", token="x" * 40, **ALL)) == (498, None)


async def test_a_wrong_referer_is_an_invalid_token(ada, portal, layer):
    """HTTP 200 and 498, as at the portal."""
    key, _ = await ada.make_key([GRANT + portal.layer], httpReferrers='["https://class.example"]')
    assert code(await ada(f"{layer}/0/query", token=key, **ALL)) == (498, None)
    right = {"Referer": "https://class.example/lab"}
    assert (await ada(f"{layer}/0/query", token=key, headers=right, **ALL))["count"] == portal.table.count


@pytest.mark.parametrize(("choice", "works"), [("all", True), ("portal", False)])
async def test_where_the_token_may_stand(open_portal, call_as, choice, works):
    """Query, form, Esri's header; the plain header unless it is switched off for hosted layers."""
    portal = open_portal(switches={"authorization": choice})
    ada = await call_as(portal).sign_in()
    key, _ = await ada.make_key([GRANT + portal.layer])
    url = f"http://practice.test{SERVER}/Hosted/{portal.table.name}/FeatureServer/0/query"
    asked = {"f": "json", **ALL}

    async def count(**how):
        return (await ada.http.post(url, data=asked | how.pop("form", {}), **how)).json().get("count")

    assert await count(form={"token": key}) == portal.table.count
    assert await count(params={"token": key}) == portal.table.count
    assert await count(headers={"X-Esri-Authorization": f"Bearer {key}"}) == portal.table.count
    plain = await count(headers={"Authorization": f"Bearer {key}"})
    assert plain == (portal.table.count if works else None)


async def test_documents_of_service_and_layer(ada, layer, view):
    """Fields, capabilities and the view's mark; GET, POST, a trailing slash, all layers at once."""
    document = await ada(f"{layer}/0", method="GET")
    assert await ada(f"{layer}/0/") == document
    assert (await ada(f"{layer}/layers"))["layers"] == [document]
    assert document["advancedQueryCapabilities"]["supportsPagination"] is True
    assert (await ada(layer))["supportedQueryFormats"] == "JSON, geoJSON"
    assert [(await ada(path))["isView"] for path in (layer, view)] == [False, True]
    assert (await ada(SERVER))["folders"] == ["Hosted"]
    assert (await ada("/server/rest/info"))["authInfo"]["isTokenBasedSecurity"] is True


async def test_several_layers_at_once(ada, layer):
    """`layerDefs` in its three spellings; a layer that is not there is named."""
    where = "capital LIKE 'R%'"
    entry = {"layerId": 0, "where": where, "outFields": "capital,iso"}
    for definitions in (json.dumps({"0": where}), f"0:{where}", json.dumps([entry])):
        reply = await ada(f"{layer}/query", layerDefs=definitions, outFields="capital")
        names = [row["attributes"]["capital"] for row in reply["layers"][0]["features"]]
        assert names
        assert all(name.startswith("R") for name in names)
    assert list(reply["layers"][0]["features"][0]["attributes"]) == ["capital", "iso"]
    for broken in (
        "",
        "{",
        "[1]",
        '[{"layerId": 0, "where": 7}]',
        '{"0": 7}',
        '{"7": "1=1"}',
        "7:1=1",
        "{" * 3000,
    ):
        assert code(await ada(f"{layer}/query", layerDefs=broken))[0] == 400


async def test_half_a_surrogate_pair_is_no_letter(ada, layer):
    """JSON can spell it and UTF-8 cannot: replies that quote it are still replies."""
    assert code(await ada(f"{layer}/query", layerDefs=r'{"\ud800": "1=1"}'))[0] == 400
    asked = r'[{"statisticType": "count", "onStatisticField": "iso", "outStatisticFieldName": "\ud800"}]'
    reply = await ada(f"{layer}/0/query", outStatistics=asked)
    assert list(reply["features"][0]["attributes"]) == ["?"]


async def test_one_feature_by_its_id(ada, sam, layer):
    """All its fields and its place, for who may read the layer; ids that name no row are refused."""
    feature = (await ada(f"{layer}/0/42", method="GET"))["feature"]
    rows = await ada(f"{layer}/0/query", objectIds="42", outFields="*")
    assert feature == rows["features"][0]
    assert feature["attributes"]["objectid"] == 42
    assert code(await sam(f"{layer}/0/42"))[0] == 403
    for unknown in ("0", "9999", "1,2", "rows", "-1"):
        assert code(await ada(f"{layer}/0/{unknown}"))[0] in {400, 404}


@pytest.mark.parametrize("operation", ["applyEdits", "addFeatures", "updateFeatures", "deleteFeatures"])
async def test_layers_are_read_only(ada, layer, portal, operation):
    """Edits are refused, in the portal's envelope, and nothing changes."""
    reply = await ada(f"{layer}/0/{operation}", features="[]", deletes="1", objectIds="1")
    assert reply["error"]["details"] == ["This operation is not supported."]
    assert (await ada(f"{layer}/0/query", **ALL))["count"] == portal.table.count


async def test_what_is_not_there(ada, layer):
    """Another layer, another service: the error in HTTP 200."""
    assert code(await ada(f"{layer}/1"))[0] == 400
    assert code(await ada(f"{layer}/1/query", **ALL))[0] == 400
    assert code(await ada(f"{SERVER}/Hosted/Nothing/FeatureServer"))[0] == 404
