"""Changing a credential that is there: what costs nothing, and what ends its live keys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models import ITEM_ACCESS, Item, KeyRequest, check_referrer
from arcgis_keywidget.portal.content import create_folder, list_folders, pick_folder
from arcgis_keywidget.portal.listing import read_whole
from arcgis_keywidget.portal.rest import content_of
from arcgis_keywidget.privileges import canonical, check_request, needs_wide_scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arcgis_keywidget.models import Account, KeyCredential
    from arcgis_keywidget.portal.rest import SharingRest


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEdit:
    """What is to be different; None leaves a setting as it is, and an empty folder is the root."""

    title: str | None = None
    summary: str | None = None
    tags: Iterable[str] | None = None
    folder: str | None = None
    privileges: Iterable[str] | None = None
    items: Iterable[str | Item] | None = None
    referrers: Iterable[str] | None = None
    private: bool = False


class EditRun:
    """One run of changing a credential; running it again finishes what was stopped half-way.

    Args:
        rest: the portal, signed in.
        account: who is signed in.
        credential: which; it is read anew.
        edit: what is to be different.
    """

    def __init__(self, rest: SharingRest, account: Account, credential: KeyCredential, edit: KeyEdit) -> None:
        self._rest = rest
        self._account = account
        self._edit = edit
        self._owner = credential.owner or account.username
        self._item = credential.item_id
        self._done: list[str] = []

    async def make(self, *, end_keys: bool) -> KeyCredential:
        """Make the changes, and return the credential as it is then; what is as asked for is not sent.

        Args:
            end_keys: whether live keys may be ended.
        """
        now = (await read_whole(self._rest, self._owner, self._item)).credential
        if now.legacy:
            raise KeyWidgetError(f"'{now.title}' is a legacy API key.", "It can only be deleted.")
        wanted = _checked(self._edit, now)
        app, form = self._app_form(wanted, now), _item_form(wanted, now, self._edit)
        if app and now.live_slots() and not end_keys:
            raise _would_end(now)
        if not (app or form or self._moves(wanted, now)):
            return now
        try:
            if app:
                await self._rest.post(f"oauth2/apps/{now.client_id}/update", app)
                self._done.append("privileges, items and referrers")
            if form:
                await self._rest.post(f"{content_of(self._owner)}/items/{self._item}/update", form)
                self._done.append("title, summary and tags")
            if self._moves(wanted, now):
                await self._move(wanted.folder or "")
        except KeyWidgetError as error:
            raise self._half_way(error) from None
        return (await read_whole(self._rest, self._owner, self._item)).credential

    def _app_form(self, wanted: KeyRequest, now: KeyCredential) -> dict[str, Any]:
        """Return what to send of what a live key depends on, nothing where it is as it shall be."""
        edit = self._edit
        before = set(map(canonical, now.privileges))
        privileges = now.privileges
        if edit.privileges is not None:
            added = tuple(name for name in wanted.privileges if canonical(name) not in before)
            if added:
                check_request(self._account, KeyRequest(privileges=added, private=wanted.private))
            privileges = tuple(dict.fromkeys(map(canonical, wanted.privileges)))
        items = wanted.items if edit.items is not None else now.items
        referrers = wanted.referrers if edit.referrers is not None else now.referrers
        same = (
            set(map(canonical, privileges)) == before
            and set(items) == set(now.items)
            and set(map(_plain, referrers)) == set(map(_plain, now.referrers))
        )
        if same:
            return {}
        return {
            "privileges": json.dumps([*privileges, *(f"{ITEM_ACCESS}{item}" for item in items)]),
            "httpReferrers": json.dumps(referrers),
        }

    def _moves(self, wanted: KeyRequest, now: KeyCredential) -> bool:
        given = self._edit.folder is not None
        return given and (wanted.folder or "").casefold() != (now.folder or "").casefold()

    async def _move(self, title: str) -> None:
        place = "/"
        if title:
            found = pick_folder(await list_folders(self._rest, self._owner), title)
            place = (found or await create_folder(self._rest, self._owner, title)).id
        await self._rest.post(f"{content_of(self._owner)}/items/{self._item}/move", {"folder": place})

    def _half_way(self, error: KeyWidgetError) -> KeyWidgetError:
        """Add to an error what has been changed already."""
        if self._done:
            done = f"Changed so far: {'; '.join(self._done)}. Running it again changes the rest."
            error.hint = f"{error.hint} {done}".strip()
        return error


def _checked(edit: KeyEdit, now: KeyCredential) -> KeyRequest:
    """Check what is given, as for a new key.

    Raises:
        FieldError: a value that the portal would refuse.
    """
    names = ("title", "summary", "tags", "privileges", "items", "referrers")
    asked: dict[str, Any] = {name: getattr(edit, name) for name in names if getattr(edit, name) is not None}
    # What stays is the portal's own and not for us to refuse; it only tells whether a key opens anything.
    if edit.items is not None:
        asked.setdefault("privileges", KeyRequest().privileges if now.privileges else ())
    if edit.privileges is not None:
        asked.setdefault("items", now.items)
    private = edit.private or needs_wide_scope(now.privileges)
    return KeyRequest(**asked, folder=edit.folder or None, private=private)


def _plain(referrer: str) -> str:
    """Return a referrer as we write it; one that we would refuse as the portal has it."""
    try:
        return check_referrer(referrer)
    except FieldError:
        return referrer


def _item_form(wanted: KeyRequest, now: KeyCredential, edit: KeyEdit) -> dict[str, Any]:
    form: dict[str, Any] = {}
    if edit.title is not None and wanted.title != now.title:
        form["title"] = wanted.title
    if edit.summary is not None and wanted.summary != now.summary:
        form["snippet"] = wanted.summary
    if edit.tags is not None and set(wanted.tags) != set(now.tags):
        form["tags"] = ",".join(wanted.tags)
    if "" in form.values():
        form["clearEmptyFields"] = "true"  # else the portal leaves what is blank as it is (documented)
    return form


def _would_end(credential: KeyCredential) -> KeyWidgetError:
    slots = " and ".join(str(slot.number) for slot in credential.live_slots())
    return KeyWidgetError(
        f"This change would end the live keys of '{credential.title}' (slot {slots}).",
        "Whoever uses them has to get new ones. Pass end_keys=True to go on, then generate a key again.",
    )
