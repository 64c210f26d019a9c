"""The portal's first page: what this is, who is in it, what it serves, and what was asked of it last."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from arcgis_keywidget.practice.front import overview
from arcgis_keywidget.practice.front.markup import Markup, paragraph, section, text

if TYPE_CHECKING:
    from arcgis_keywidget.practice.app import PracticePortal
    from arcgis_keywidget.practice.call import Call

KINDS = {
    "location-platform": "ArcGIS Location Platform",
    "online": "ArcGIS Online",
    "enterprise": "ArcGIS Enterprise",
}
WHAT = """This is a practice portal: a program on somebody's own machine that answers like an ArcGIS portal,
so that a class, a demonstration or a test needs no account and no internet. Nothing here is real. It is not
made by Esri, it is not connected to ArcGIS, and its keys open nothing outside of it. Please type no real
password here: only the ones that this portal issued are accepted."""
CREDIT = """Its maps are made with Natural Earth; its places are from GeoNames, CC BY 4.0. It has no data of
Esri's."""
STOP = '<a href="?">Stop refreshing</a>'
LIVE = '<meta http-equiv="refresh" content="5">'


def show(call: Call) -> HTMLResponse:
    """The page; with `live=true` it loads itself anew every five seconds."""
    live = call.flag("live")
    style, proof = _style()
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{LIVE if live else ''}<title>Practice portal</title><style>{style}</style>"
    )
    body = (
        f"<header>{_header(call.portal)}</header>\n<main>{_main(call)}</main>\n"
        f"<footer>{_footer(live=live)}</footer>"
    )
    return HTMLResponse(
        f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n{body}\n</body></html>\n',
        headers={
            "Content-Security-Policy": f"default-src 'none'; style-src '{proof}'; base-uri 'none';"
            " form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        },
    )


@cache
def _style() -> tuple[str, str]:
    style = Path(__file__).with_name("home.css").read_text(encoding="utf-8")
    proof = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return style, f"sha256-{proof}"


def _header(portal: PracticePortal) -> str:
    account = portal.account
    version = f" {account.version['enterpriseVersion']}" if account.is_portal else ""
    return f"<h1>Practice portal</h1>{paragraph('behaves like ', KINDS[account.kind], version)}"


def _main(call: Call) -> str:
    portal = call.portal
    parts = (
        Markup(f'<p class="about">{text(WHAT)}</p>'),
        section("Addresses", overview.addresses(call)),
        section("People", overview.people(portal)),
        section("Services", overview.services(call), overview.layers(call)),
        section("Faults and switches", *overview.choices(portal)),
        section("Last requests", *overview.requests(portal)),
    )
    return "\n".join(parts)


def _footer(*, live: bool) -> str:
    links = '<a href="?">Refresh</a> · <a href="?live=true">refresh every five seconds</a>'
    return f"<p>{STOP if live else links}</p><p>{text(CREDIT)}</p>"
