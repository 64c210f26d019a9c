"""Requests that nobody should send: strategies over the whole table of routes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote, unquote, urlencode

from hypothesis import strategies as st

from arcgis_keywidget import practice
from arcgis_keywidget.practice.app import OPERATIONS

ROOM = Path(practice.__file__).parent
_READ = re.compile(
    r"(?:call|self)\.(?:text|values|needed|flag|entries|expiry)\(\s*f?[\"']([A-Za-z_.]\w*)"
    r"|parse_\w+\(\s*[\"'](\w+)"
)
NAMES = sorted(
    {
        name
        for path in ROOM.rglob("*.py")
        for found in _READ.findall(path.read_text())
        for name in found
        if name and not name.startswith("__")
    }
    | {"f", "token", "apiToken1ExpirationDate", "apiToken2ExpirationDate", "state", "callback"}
)
"""Every parameter that the portal reads, by reading the portal."""
MARK = "zvzvalue"
"""Stands in every odd value, so that the log can be searched for it."""
NUMBERS = ("0", "1", "2", "-1", "100", "101", "1e309", "nan", "-0", "0x10", "1.5", "9" * 30, "9" * 5000)
TEXTS = (
    "",
    " ",
    MARK,
    f"<script>{MARK}</script>",
    f"'; DROP TABLE items; -- {MARK}",
    f"{MARK}\x00\x01",
    f"\u202e{MARK}\ud7ff\uffff\U0001f9ed",
    f"{MARK}\r\nSet-Cookie: a=b",
    "../../../../etc/passwd",
    "*",
    "%",
    "_" * 300,
    MARK + "x" * 70_000,
    '"' * 300,
    "(" * 3000,
    "NOT " * 2000 + "1=1",
)
JSONS = (
    "[",
    "{}",
    "[]",
    "null",
    "true",
    "[" * 3000,
    '{"a":' * 3000,
    '["\\ud800"]',
    '{"x":"\\ud800","y":1}',
    '{"x":1e400,"y":NaN}',
    '{"rings":[[[0,0],[0,1]]],"spatialReference":{"wkid":"x"}}',
    '{"xmin":0,"ymin":0,"xmax":null,"ymax":1}',
    '[{"statisticType":"count","onStatisticField":"x\\u0000","outStatisticFieldName":[]}]',
    '[1,2,{"a":[null]}]',
    '"text"',
    json.dumps(["premium:user:basemaps"] * 200),
    json.dumps([f"portal:app:access:item:{n:032x}" for n in range(101)]),
)
GOOD = {
    "f": ("json", "pjson", "html", "geojson", "pbf", "image"),
    "where": ("1=1", "population > 1e6", "name LIKE 'A%' AND NOT (1=0)", "name = 'O''Brien'"),
    "outFields": ("*", "name"),
    "geometry": ("0,0,10,10", "10,50", '{"x":1,"y":2}', '{"xmin":0,"ymin":0,"xmax":9,"ymax":9}'),
    "geometryType": ("esriGeometryPoint", "esriGeometryEnvelope", "esriGeometryPolygon"),
    "inSR": ("4326", "3857", '{"wkid":102100}'),
    "outSR": ("4326", "3857"),
    "orderByFields": ("name", "population DESC"),
    "returnCountOnly": ("true",),
    "returnIdsOnly": ("true",),
    "returnExtentOnly": ("true",),
    "outStatistics": (
        '[{"statisticType":"sum","onStatisticField":"population","outStatisticFieldName":"all"}]',
    ),
    "q": ("*", "owner:ada", "type:Application AND (title:key OR tags:x)", "id:0", '-"a b"'),
    "sortField": ("title", "created"),
    "username": ("ada", "grace", "sam"),
    "client": ("referer", "requestip", "ip"),
    "referer": ("https://a.example",),
    "expiration": ("60", "-1"),
    "type": ("Application", "Web Map"),
    "title": ("A title", "Keys"),
    "appType": ("multiple", "browser", "apikey"),
    "privileges": ('["premium:user:basemaps"]', "premium:user:places", "[]"),
    "httpReferrers": ('["https://a.example"]', "https://*.example", "[]"),
    "grant_type": ("client_credentials", "authorization_code", "refresh_token", "exchange_refresh_token"),
    "response_type": ("code", "token"),
    "redirect_uri": ("urn:ietf:wg:oauth:2.0:oob", "http://127.0.0.1:9/x"),
    "code_challenge_method": ("S256", "plain"),
    "apiToken": ("1", "2"),
    "regenerateApiToken": ("true", "false"),
    "callback": ("cb",),
}


RECIPES = {
    "addItem": ("title", "type", "tags", "typeKeywords", "description"),
    "createFolder": ("title",),
    "generateToken": ("username", "password", "client", "referer", "expiration"),
    "move": ("folder",),
    "query": (
        "where",
        "outFields",
        "geometry",
        "geometryType",
        "inSR",
        "outSR",
        "outStatistics",
        "orderByFields",
    ),
    "registerApp": ("itemId", "appType", "privileges", "httpReferrers"),
    "revokeToken": ("client_id", "client_secret", "apiToken"),
    "search": ("q", "start", "num", "sortField", "sortOrder"),
    "token": ("client_id", "client_secret", "grant_type", "apiToken", "regenerateApiToken"),
    "update": ("title", "tags", "apiToken1ExpirationDate", "clearEmptyFields", "privileges", "httpReferrers"),
    "authorize": (
        "client_id",
        "response_type",
        "redirect_uri",
        "code_challenge",
        "code_challenge_method",
        "state",
    ),
    "signin": ("username", "password", "oauth_state", "client_id"),
}
"""What an operation wants: the way into it."""


def _seldom(draw, usual, odd):
    """Mostly the usual, so that a request gets further than the door."""
    return draw(odd) if draw(st.integers(0, 7)) == 0 else usual


def _path_word(draw, world, name):
    known = {
        "username": ("ada", "ada", "ada", "grace", "sam", "nobody"),
        "item": (world.item, world.portal.layer, world.shared, world.bound_app["itemId"], "0" * 32),
        "folder": (world.folder, "0" * 32, "/"),
        "client_id": (world.app["client_id"], world.bound_app["client_id"], "arcgisonline"),
        "service": (world.portal.tables[0].name, "Other"),
        "family": ("arcgis", "arcgis", "open", "osm"),
        "style": ("streets", "light-gray", "imagery", "nova"),
        **dict.fromkeys(("z", "y", "x"), ("0", "1", "23", "-1", "99999999999999999999", "1.png", "01")),
    }
    odd = ("..", ".", "%2e%2e", "%2F", "%00", "a%2F..%2Fb", "%ff%fe", "x" * 3000, "%25", "~", "*", "a b", "'")
    texts = st.text(max_size=12).map(lambda text: quote(text, errors="replace"))
    return _seldom(draw, draw(st.sampled_from(known.get(name, ("0", "1")))), st.sampled_from(odd) | texts)


@st.composite
def paths(draw, world):
    """An operation and a path of it, its names filled in, and now and then a trick."""
    operation = draw(st.sampled_from(sorted(OPERATIONS, key=lambda one: one.name)))
    path = draw(st.sampled_from(operation._paths))
    for name in re.findall(r"{(\w+)(?::\w+)?}", path):
        word = _path_word(draw, world, name)
        path = re.sub(rf"{{{name}(?::\w+)?}}", lambda _: word, path, count=1)  # noqa: B023 (called at once)
    before = _seldom(draw, "", st.sampled_from(("/portal", "/", "/.", "/..//", "/%2e%2e")))
    after = _seldom(draw, "", st.sampled_from(("/", "//", "/.", "/extra", ";jsessionid=1", "%00", "?")))
    return operation.name, (before + path + after).replace(" ", "%20")


@st.composite
def parameters(draw, world, wanted=()):
    """Parameters: what is wanted, mostly right, and others; wrong, missing, doubled, oversized."""
    own = {
        "password": (world.passwords["ada"], "wrong"),
        "client_id": (world.app["client_id"], world.bound_app["client_id"], "nobody"),
        "client_secret": (world.app["client_secret"], "wrong"),
        "itemId": (world.item, world.portal.layer, world.shared),
        "folder": (world.folder, "/"),
        "apiToken1ExpirationDate": (str(world.soon), "-1", "0"),
    }
    good = {**GOOD, **own}
    odd = st.sampled_from(TEXTS) | st.sampled_from(JSONS) | st.sampled_from(NUMBERS)
    more = draw(st.lists(st.sampled_from(NAMES) | st.sampled_from(sorted(good)), max_size=3))
    forms = st.sampled_from(("pjson", "html", "", MARK, "geojson"))
    found = [("f", _seldom(draw, "json", forms))] if wanted or draw(st.booleans()) else []
    for name in (*wanted, *more):
        if draw(st.integers(0, 9)):  # else it is missing
            right = draw(st.sampled_from(good.get(name, ("x",))))
            found.append((name, _seldom(draw, right, odd)))
    return found


@st.composite
def bodies(draw, form):
    """A body and its content type: a form, in pieces, or noise."""
    kind = _seldom(draw, "form", st.sampled_from(("multipart", "multipart", "noise", "none")))
    if kind == "form":
        return b"application/x-www-form-urlencoded", urlencode(form).encode()
    if kind == "multipart":
        parts = "".join(
            f'--bound\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in form
        )
        end = draw(st.sampled_from(("--bound--\r\n", "--bound", "")))
        charset = draw(
            st.sampled_from(
                (b"", b"; charset=none", b"; charset=utf-16", b"; charset=utf-7", b"; charset=unicode_escape")
            )
        )
        boundary = draw(st.sampled_from((b"; boundary=bound", b"", b"; boundary=\xff")))
        return b"multipart/form-data" + boundary + charset, (parts + end).encode()
    if kind == "noise":
        types = (
            b"application/x-www-form-urlencoded",
            b"application/json",
            b"multipart/form-data",
            b"\xff;;=",
        )
        return draw(st.sampled_from(types)), draw(
            st.binary(max_size=200) | st.just(b"%ff%zz=%e0&&=;&a=b" * 9)
        )
    return b"", b""


@st.composite
def requests(draw, world):
    """Everything of one request."""
    name, raw = draw(paths(world))
    bearer = draw(st.sampled_from(("ada", "ada", "grace", "key", *sorted(world.bearers))))
    query = draw(parameters(world)) if draw(st.booleans()) else []
    form = draw(parameters(world, RECIPES.get(name, ("f",))))
    usual = draw(st.sampled_from(("GET", "POST", "POST")))
    method = _seldom(draw, usual, st.sampled_from(("HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "BREW")))
    if usual == "GET":
        query, form = query + form, []
    hosts = st.sampled_from((b"[::1]:7443", b"", b"\xff", b'"><b>:x', b"p.test:99999999", b"a@b:1"))
    referers = st.sampled_from((b"", b"https://a.example/x", b"\xff", b"//[", b"http"))
    headers = [(b"host", _seldom(draw, b"p.test", hosts)), (b"referer", draw(referers))]
    place = draw(st.sampled_from(("x-esri-authorization", "authorization", "query", "form", "cookie")))
    if place in {"query", "form"}:
        (query if place == "query" else form).append(("token", world.bearers[bearer]))
    else:
        scheme = _seldom(
            draw, "Bearer ", st.sampled_from(("bearer ", "Bearer  ", "Basic ", "", "esri_auth="))
        )
        headers.append((place.encode(), (scheme + world.bearers[bearer]).encode()))
    odd = _seldom(draw, b"", st.sampled_from((b"&%ff=%ff", b"&&&=&", b"\xff\xfe", b"&f=json&f=html")))
    kind, body = draw(bodies(form))
    headers += [(b"content-type", kind)] * bool(kind)
    return {
        "method": method,
        "raw": raw,
        "path": unquote(raw),
        "query": urlencode(query).encode() + odd,
        "headers": headers,
        "body": body,
    }
