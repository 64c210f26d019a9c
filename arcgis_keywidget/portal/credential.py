"""The requests that an API key credential is made with, one function each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from arcgis_keywidget._http import need
from arcgis_keywidget.errors import FieldError, KeyWidgetError, UnexpectedReplyError
from arcgis_keywidget.models import ITEM_ACCESS, ApiKey, Secret, is_item_id
from arcgis_keywidget.portal.oauth import OUT_OF_BAND
from arcgis_keywidget.portal.rest import content_of
from arcgis_keywidget.portal.undo import surely_not_done
from arcgis_keywidget.privileges import needs_wide_scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arcgis_keywidget.models import Account, Folder, KeyRequest
    from arcgis_keywidget.portal.rest import SharingRest

_LONGEST_LIFE = 366 * 86_400  # seconds


@dataclass(frozen=True, slots=True)
class App:
    """A registered item: what asks for its keys."""

    client_id: str
    client_secret: Secret


@dataclass(frozen=True, slots=True)
class MadeItem:
    """What a run of making a key has made so far, for whoever has to end it one day.

    Attributes:
        marker: the one-time mark among its type keywords.
        app: what asks for its keys and ends them; None before the item is registered.
    """

    item_id: str
    owner: str
    title: str
    marker: str
    app: App | None = None


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


async def set_expiry(
    rest: SharingRest, username: str, item: str, ends: datetime | None, slot: int = 1
) -> None:
    """Give a slot its expiration date, or take it away."""
    date = str(int(ends.timestamp()) * 1000) if ends else "-1"
    await rest.post(f"{content_of(username)}/items/{item}/update", {f"apiToken{slot}ExpirationDate": date})


async def generate_token(rest: SharingRest, username: str, item: str, app: App) -> Issued:
    """Return the first key; when the answer is lost after the work was done, a fresh one in its place."""
    try:
        return await ask_token(rest, app, 1)
    except KeyWidgetError as error:
        if surely_not_done(error):
            raise
        state = await rest.get(f"{content_of(username)}/items/{item}/registeredAppInfo")
        if state.get("apiToken1Active") is not True:
            raise
    return await ask_token(rest, app, 1, regenerate=True)


async def ask_token(rest: SharingRest, app: App, slot: int, *, regenerate: bool = False) -> Issued:
    """Let the portal make the key of a slot; `regenerate` ends the one that is there."""
    asked = datetime.now(UTC).replace(microsecond=0)
    form: dict[str, str | Secret] = {
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "grant_type": "client_credentials",
        "apiToken": str(slot),
        "regenerateApiToken": json.dumps(regenerate),
    }
    reply = await rest.post_unsigned("oauth2/token", form)
    lives = reply.get("expires_in", 0)
    credible = isinstance(lives, int) and 0 < lives <= _LONGEST_LIFE
    return Issued(need(reply, "access_token", Secret), asked + timedelta(seconds=lives) if credible else None)


def key_of(
    rest: SharingRest,
    issued: Issued,
    ends: datetime,
    account: Account,
    *,
    trust: tuple[str, ...],
    referrers: tuple[str, ...],
) -> ApiKey:
    """Return a key together with what is known of it; without a credible answer the date asked for stands.

    Raises:
        UnexpectedReplyError: the answer holds no key.
    """
    try:
        return ApiKey(
            issued.token,
            portal=rest.url,
            expires=issued.ends or ends,
            services=account.services,
            trust=trust,
            network=rest.network,
            # A kernel has no page of its own, so it names one; any sub-domain will do for a wildcard.
            referrer=referrers[0].replace("*.", "www.") if referrers else None,
        )
    except FieldError:
        raise UnexpectedReplyError("The portal's answer holds no usable key.", "Try again.") from None
