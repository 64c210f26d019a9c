"""The apps that may ask for a person's sign-in: registered ones, and two that every portal has."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from arcgis_keywidget.practice.tokens import App, find_app

if TYPE_CHECKING:
    from collections.abc import Collection

    from arcgis_keywidget.practice.store import Store

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
"""The redirect of a program without an address: a page of the portal shows the code."""

BUILT_IN = {"pythonapi": "Python client", "arcgisonline": "Portal website"}
"""The clients that Esri's Python package uses without registering one."""
_HOME = "https://www.arcgis.com"
_UNSAFE = {"about", "blob", "data", "file", "filesystem", "javascript", "vbscript", "view-source"}
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)


def find_client(store: Store, client_id: str) -> App | None:
    """The app with a client id, registered or built in."""
    if client_id in BUILT_IN:
        return _build_in(client_id)
    return find_app(store, client_id=client_id)


def _build_in(client_id: str) -> App:
    return App(
        item=hashlib.sha256(client_id.encode()).hexdigest()[:32],
        owner="practice",
        title=BUILT_IN[client_id],
        client_id=client_id,
        client_secret=secrets.token_hex(16),  # a new one each time: nobody can know it
        type="browser",
        redirect_uris=[OUT_OF_BAND, _HOME],
        referrers=[],
        privileges=[],
        personal=False,
        registered=0,
        modified=0,
    )


def may_redirect(client: App, redirect_uri: str, own: Collection[str]) -> bool:
    """Whether a redirect is one of the app's, letter by letter, and an address that a browser may be sent to.

    Args:
        client: who asks.
        redirect_uri: where to.
        own: the portal's own addresses, which the built-in clients may come back to.
    """
    if redirect_uri == OUT_OF_BAND:
        return OUT_OF_BAND in client.redirect_uris
    allowed = [*client.redirect_uris, *(own if client.client_id in BUILT_IN else ())]
    return redirect_uri in allowed and _is_address(redirect_uri)


def _is_address(uri: str) -> bool:
    # Written for the address bar, so that nothing in it can end a header or a policy: printable ASCII, no
    # fragment (OAuth forbids one), no scheme that runs or reads something here.
    if not _ADDRESS.fullmatch(uri) or "#" in uri:
        return False
    try:
        parts = urlsplit(uri)
        web, _ = parts.scheme in {"http", "https"}, parts.port
    except ValueError:
        return False
    return parts.scheme not in _UNSAFE and (not web or bool(parts.hostname))
