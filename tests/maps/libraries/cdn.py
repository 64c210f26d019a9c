"""Code that pages load from elsewhere, out of the packages that it is published in: no CDN is reached."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

PACKAGES = Path(__file__).resolve().parents[2] / "clients" / "node_modules"
FOLDERS = {"leaflet": "leaflet-of-folium"}
"""Where the version that is asked for has a folder of another name."""
_FILE = re.compile(r"/npm/(?P<package>(?:@[\w-]+/)?[\w.-]+)@(?P<version>[\d.]+)/(?P<path>[\w./-]+)")
_JQUERY = re.compile(r"/jquery-(?P<version>[\d.]+)\.min\.js")


def serve_cdns(context: BrowserContext, asked: list[str]) -> None:
    """Answer requests that leave this machine: with a package's file, unchanged, or not at all.

    Args:
        context: the browser's profile.
        asked: is given the hosts.
    """

    def answer(route: Route) -> None:
        asked.append(urlsplit(route.request.url).hostname or "")
        file = find_file(route.request.url)
        if file is None:
            route.abort()
        else:
            route.fulfill(path=file, headers={"Access-Control-Allow-Origin": "*"})

    context.route(lambda url: urlsplit(url).hostname not in {"127.0.0.1", None}, answer)


def find_file(url: str) -> Path | None:
    """Return the file of a package that an address of a CDN stands for, None where it is not installed."""
    parts = urlsplit(url)
    if parts.hostname == "code.jquery.com" and (named := _JQUERY.fullmatch(parts.path)):
        return _of("jquery", named["version"], "dist/jquery.min.js")
    named = _FILE.fullmatch(parts.path)
    return _of(named["package"], named["version"], named["path"]) if named else None


def _of(package: str, version: str, path: str) -> Path | None:
    folder = PACKAGES / FOLDERS.get(package, package)
    manifest, file = folder / "package.json", folder / path
    fitting = file.is_file() and json.loads(manifest.read_text())["version"] == version
    return file if fitting else None
