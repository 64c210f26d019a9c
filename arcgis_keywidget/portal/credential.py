"""The requests that an API key credential is made with, one function each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from arcgis_keywidget._http import need
from arcgis_keywidget.errors import KeyWidgetError, UnexpectedReplyError
from arcgis_keywidget.models import ITEM_ACCESS, Secret, is_item_id
from arcgis_keywidget.portal.oauth import OUT_OF_BAND
from arcgis_keywidget.portal.rest import content_of
from arcgis_keywidget.portal.undo import surely_not_done
from arcgis_keywidget.privileges import needs_wide_scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget.models import Folder, KeyRequest
    from arcgis_keywidget.portal.rest import SharingRest

_LONGEST_LIFE = 366 * 86_400  # seconds


@dataclass(frozen=True, slots=True)
class App:
    """A registered item: what asks for its keys."""

    client_id: str
    client_secret: Secret


@dataclass(frozen=True, slots=True)
class Issued:
    """A key as the portal gave it; ``ends`` is None where the answer says nothing credible of it."""

    token: Secret
    ends: datetime | None


async def add_item(rest: SharingRest, username: str, folder: Folder | None, form: Mapping[str, str]) -> str:
    """Add an item to a folder or the root and return its id."""
    path = content_of(username) + (f"/{folder.id}" if folder else "")
    reply = await rest.post(f"{path}/addItem", {name: text for name, text in form.items() if text})
    item = need(reply, "id", str)
    if not is_item_id(item):
        raise UnexpectedReplyError("The portal's answer holds no item id.", "Try again.")
    return item


async def register_app(rest: SharingRest, item: str, request: KeyRequest, privileges: tuple[str, ...]) -> App:
    """Make a credential of an item; from now on it has slots for keys."""
    names = [*privileges, *(f"{ITEM_ACCESS}{one}" for one in request.items)]
    form = {
        "itemId": item,
        "appType": "multiple",
        "redirect_uris": json.dumps([OUT_OF_BAND]),
        "httpReferrers": json.dumps(request.referrers),
        "privileges": json.dumps(names),
        "isPersonalAPIToken": json.dumps(needs_wide_scope(privileges)),
    }
    reply = await rest.post("oauth2/registerApp", form)
    return App(need(reply, "client_id", str), need(reply, "client_secret", Secret))


async def set_expiry(rest: SharingRest, username: str, item: str, ends: datetime) -> None:
    """Give the first slot its expiration date."""
    date = str(int(ends.timestamp()) * 1000)
    await rest.post(f"{content_of(username)}/items/{item}/update", {"apiToken1ExpirationDate": date})


async def generate_token(rest: SharingRest, username: str, item: str, app: App) -> Issued:
    """Return the key; when the answer is lost after the work was done, a fresh one in its place."""
    try:
        return await _ask_token(rest, app, regenerate=False)
    except KeyWidgetError as error:
        if surely_not_done(error):
            raise
        state = await rest.get(f"{content_of(username)}/items/{item}/registeredAppInfo")
        if state.get("apiToken1Active") is not True:
            raise
    return await _ask_token(rest, app, regenerate=True)


async def _ask_token(rest: SharingRest, app: App, *, regenerate: bool) -> Issued:
    asked = datetime.now(UTC).replace(microsecond=0)
    form: dict[str, str | Secret] = {
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "grant_type": "client_credentials",
        "apiToken": "1",
        "regenerateApiToken": json.dumps(regenerate),
    }
    reply = await rest.post_unsigned("oauth2/token", form)
    lives = reply.get("expires_in", 0)
    credible = isinstance(lives, int) and 0 < lives <= _LONGEST_LIFE
    return Issued(need(reply, "access_token", Secret), asked + timedelta(seconds=lives) if credible else None)
