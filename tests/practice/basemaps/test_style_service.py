"""Basemap Styles v2, as map clients use it."""

from __future__ import annotations

import json

import pytest

from arcgis_keywidget.practice.basemaps.styles import STYLES as DRAWN

ROOT = "http://practice.test"
SERVICES = "/arcgis/rest/services"
STYLES = f"{SERVICES}/styles/v2"
STREETS = f"{STYLES}/styles/arcgis/streets"
GRAY = f"{STYLES}/styles/arcgis/light-gray"


def path_of(url: str) -> str:
    """An address of the portal without its origin."""
    assert url.startswith(f"{ROOT}/")
    return url.removeprefix(ROOT)


@pytest.mark.parametrize("name", DRAWN)
async def test_a_style_leads_to_all_that_it_needs(keyed, name):
    """A MapLibre style whose tiles, glyphs and icons answer to the token that it carries."""
    style = await keyed.document(f"{STYLES}/styles/{name}")
    assert style["version"] == 8
    source = "esri-open" if name.startswith("open/") else "esri"
    assert source in style["sources"]
    echo = f"?token={keyed.key}"
    assert style["sprite"].endswith(f"/sprite{echo}")
    for made in (
        style["glyphs"].replace("{fontstack}", "Arial Bold").replace("{range}", "0-255"),
        style["sprite"].replace("?", "@2x.json?"),
        *(place["tiles"][0].format(z=1, y=0, x=1) for place in style["sources"].values()),
    ):
        assert made.endswith(echo)
        reply = await keyed.get(path_of(made), key="")
        assert (reply.status_code, "error" in reply.text) == (200, False)
    for place in style["sources"].values():
        assert "?" not in place["url"]
        assert place["attribution"] == place["copyrightText"]
        assert "Esri" not in place["attribution"]
    assert {layer.get("source", source) for layer in style["layers"]} == set(style["sources"])
    assert len({layer["id"] for layer in style["layers"]}) == len(style["layers"])


async def test_the_token_is_not_echoed_when_told_so(keyed):
    """`echoToken=false` gives plain addresses; so does a key that is sent in a header, then."""
    plain = await keyed.document(STREETS, echoToken="false")
    assert keyed.key not in json.dumps(plain)
    assert "?" not in json.dumps(plain["sources"]) + plain["sprite"] + plain["glyphs"]
    bearer = {"X-Esri-Authorization": f"Bearer {keyed.key}"}
    by_header = await keyed.document(STREETS, key="", headers=bearer, echoToken="false")
    assert by_header == plain


async def test_styles_refuse_with_true_statuses(keyed, ada, clock):
    """401 with code 499 or 498, 403 with the captured words, and the page about the server."""
    poor, _ = await ada.make_key(["premium:user:staticbasemaptiles"])
    for path in (STREETS, f"{STYLES}/webmaps/arcgis/streets", f"{STYLES}/styles/self"):
        assert await keyed.refusal(path, key="") == (401, 499)
        assert await keyed.refusal(path, key="nonsense") == (401, 498)
        assert await keyed.refusal(path, key=poor) == (403, 403)
    error = (await keyed.get(STREETS, key=poor)).json()["error"]
    assert error["message"] == "Permission missing."
    about = await keyed.document(path_of(error["restInfoUrl"]), key="")
    assert about["owningSystemUrl"] == ROOT
    clock.now += 8 * 86_400
    assert await keyed.refusal(STREETS) == (401, 498)


async def test_a_person_may_use_styles(ada):
    """A person's own token opens the styles too (a public issue shows it)."""
    assert (await ada.send(STREETS, method="GET")).status_code == 200


async def test_a_wrong_referer_is_401(ada, keyed):
    """The styles service was seen to answer so."""
    key, _ = await ada.make_key(
        ["premium:user:basemaps"], httpReferrers=json.dumps(["https://class.example"])
    )
    assert await keyed.document(STREETS, key=key, headers={"Referer": "https://class.example/"})
    assert await keyed.refusal(STREETS, key=key) == (401, 498)


@pytest.mark.parametrize(
    "path",
    [
        f"{STYLES}/styles/arcgis/nothing",
        f"{STYLES}/styles/osm/streets",
        f"{STREETS}/base",
        f"{GRAY}/detail",
        f"{GRAY}/nothing/self",
        f"{STYLES}/webmaps/arcgis/nothing",
        f"{STYLES}/styles/items/{'0' * 32}",
        f"{STYLES}/thumbnails/arcgis/nothing.png",
        f"{STYLES}/thumbnails/arcgis/streets.gif",
        f"{STYLES}/nothing",
        f"{STREETS}/base/more/words",
    ],
)
async def test_unknown_styles_are_404(keyed, path):
    """No such style, part or item, in the captured words."""
    reply = await keyed.get(path)
    assert (reply.status_code, reply.json()["error"]["message"]) == (404, "Path not found.")


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (STREETS, {"worldview": "unitedstatesofamerica"}),
        (f"{STYLES}/styles/open/streets", {"worldview": "china"}),
        (f"{STYLES}/styles/arcgis/imagery/standard", {"worldview": "china"}),
        (STREETS, {"places": "some"}),
        (GRAY, {"places": "all"}),
        (STREETS, {"f": "xml"}),
    ],
)
async def test_wrong_wishes_are_400(keyed, path, wrong):
    """Codes are told apart by case; a style takes only the choices that it has."""
    assert await keyed.refusal(path, **wrong) == (400, 400)


async def test_right_wishes_are_heard(keyed):
    """A language reaches the labels; worldview and places are taken where the style has them."""
    style = await keyed.document(STREETS, language="fr", worldview="unitedStatesOfAmerica", places="all")
    texts = [
        layer["layout"]["text-field"] for layer in style["layers"] if "text-field" in layer.get("layout", {})
    ]
    assert ["coalesce", ["get", "name_fr"], ["get", "name"]] in texts
    assert await keyed.document(STREETS, language="local") == await keyed.document(STREETS)
    assert "\n  " in (await keyed.get(STREETS, f="pjson")).text


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("fr-CA", "fr"),
        ("de-Latn-AT", "de"),
        ("xx", "global"),
        ("FR", "global"),
        ("pt-BR", "pt-BR"),
        ("-", "global"),
    ],
)
async def test_an_unknown_language_falls_back(keyed, asked, written):
    """To the nearest code that is known, case and all, else to the usual names (documented)."""
    assert await keyed.document(STREETS, language=asked) == await keyed.document(STREETS, language=written)


async def test_parts_make_the_whole(keyed):
    """Base and labels together are the style, and each works alone."""
    whole, base, labels = [await keyed.document(GRAY + part) for part in ("", "/base", "/labels")]
    assert base["layers"] + labels["layers"] == whole["layers"]
    assert {layer["type"] for layer in labels["layers"]} == {"symbol"}
    assert "symbol" not in {layer["type"] for layer in base["layers"]}


async def test_the_list_names_every_style(keyed):
    """Each entry has the members that clients read; its addresses lead on."""
    document = await keyed.document(f"{STYLES}/styles/self")
    assert document["customStylesUrl"].endswith("/styles/items")
    assert {pair["code"] for pair in document["styleFamilies"]} == {"arcgis", "open"}
    assert {"global", "local", "en", "fr"} <= {pair["code"] for pair in document["languages"]}
    whole = [entry for entry in document["styles"] if entry["complete"]]
    assert [entry["path"] for entry in whole] == list(DRAWN)
    for entry in document["styles"]:
        assert entry["provider"] == "Practice portal"
        assert entry["path"].startswith(entry["styleFamily"])
        assert entry["deprecated"] is False
        assert await keyed.document(path_of(entry["styleUrl"]))
        about = await keyed.document(path_of(entry["selfUrl"]))
        assert (about["path"], about["name"]) == (entry["path"], entry["name"])
    gray = next(entry for entry in whole if entry["path"] == "arcgis/light-gray")
    assert await keyed.document(path_of(gray["labelsUrl"])) == await keyed.document(f"{GRAY}/labels")


async def test_thumbnails_are_pictures(keyed):
    """Each style has one, for anyone."""
    styles = (await keyed.document(f"{STYLES}/styles/self"))["styles"]
    for url in {entry["thumbnailUrl"] for entry in styles}:
        reply = await keyed.get(path_of(url), key="")
        assert (reply.status_code, reply.headers["content-type"]) == (200, "image/png")
        assert reply.content[:8] == b"\x89PNG\r\n\x1a\n"


async def test_the_service_describes_itself_to_anyone(keyed):
    """Only success is documented for `self`; its addresses are those of the lists."""
    for path in (f"{STYLES}/self", STYLES):
        document = await keyed.document(path, key="")
        assert document["stylesUrl"] == f"{ROOT}{STYLES}/styles/self"
        assert document["webmapsUrl"] == f"{ROOT}{STYLES}/webmaps/self"
        assert {pair["code"] for pair in document["places"]} == {"none", "attributed", "all"}


async def test_switches_of_the_list(open_portal, with_key):
    """The list for anyone, and paths with a slash."""
    keyed = await with_key(open_portal(switches={"styles_self": "open", "style_path": "slash"}))
    styles = (await keyed.document(f"{STYLES}/styles/self", key=""))["styles"]
    assert styles[0]["path"] == "/arcgis/streets"
    assert await keyed.refusal(f"{STYLES}/styles/self", key="nonsense") == (401, 498)
    assert await keyed.refusal(STREETS, key="") == (401, 499)


async def test_web_maps_point_to_styles(keyed):
    """Every web map of the list has a basemap whose layers answer."""
    document = await keyed.document(f"{STYLES}/webmaps/self")
    for entry in document["styles"]:
        assert {"name", "path", "deprecated"} <= entry.keys()
        webmap = await keyed.document(f"{STYLES}/webmaps/{entry['path']}", language="de")
        assert webmap["baseMap"]["title"]
        for layer in webmap["baseMap"]["baseMapLayers"]:
            reply = await keyed.get(path_of(layer.get("styleUrl") or layer["url"]))
            assert (reply.status_code, "error" in reply.json()) == (200, False)
    gray = await keyed.document(f"{STYLES}/webmaps/arcgis/light-gray")
    assert [layer.get("isReference", False) for layer in gray["baseMap"]["baseMapLayers"]] == [False, True]


async def test_a_custom_style_is_seen_by_who_may_see_its_item(ada, keyed, sam):
    """A vector tile item gives a style to its owner and to a key that was granted it, to nobody else."""
    url = f"{ROOT}{SERVICES}/OpenBasemap_v2/VectorTileServer"
    reply = await ada(f"{ada.me}/addItem", title="Mine", type="Vector Tile Service", url=url)
    path = f"{STYLES}/styles/items/{reply['id']}"
    granted, _ = await ada.make_key(["premium:user:basemaps", f"portal:app:access:item:{reply['id']}"])
    for token in (ada.token, granted):
        style = await keyed.document(path, key=token, headers={"Referer": "https://notebook.example"})
        assert set(style["sources"]) == {"esri-open"}
    assert await keyed.refusal(path) == (404, 404)
    assert (await sam.send(path, method="GET")).status_code == 404
    other = await ada.add("no style")
    assert (await ada.send(f"{STYLES}/styles/items/{other}", method="GET")).status_code == 404


async def test_online_has_styles_and_enterprise_has_none(open_portal, with_key, call_as):
    """Enterprise answers 404 to every path of the service."""
    online = await with_key(open_portal("online"))
    assert await online.document(STREETS)
    enterprise = await call_as(open_portal("enterprise")).sign_in()
    for path in (STYLES, f"{STYLES}/styles/self", STREETS, f"{STYLES}/webmaps/arcgis/streets"):
        assert (await enterprise.send(path, method="GET")).status_code == 404
