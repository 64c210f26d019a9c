"""Making an API key credential and its key, so that nothing is lost and nothing is left behind."""

from __future__ import annotations

import asyncio
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal, ParamSpec, TypeAlias, TypeVar

from arcgis_keywidget._http import need
from arcgis_keywidget.errors import (
    FieldError,
    KeyWidgetError,
    LeftBehindError,
    PortalError,
    PortalUnreachableError,
    UndoneError,
    UnexpectedReplyError,
)
from arcgis_keywidget.models import ITEM_ACCESS, ApiKey, KeyCredential, Secret, Slot, is_item_id
from arcgis_keywidget.portal.content import create_folder, list_folders, pick_folder
from arcgis_keywidget.portal.rest import content_of
from arcgis_keywidget.portal.undo import delete_item, find_marked, surely_not_done, to_its_end
from arcgis_keywidget.privileges import needs_wide_scope

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from arcgis_keywidget.models import Account, Folder, KeyRequest
    from arcgis_keywidget.portal.rest import SharingRest

P = ParamSpec("P")
T = TypeVar("T")
StepName: TypeAlias = Literal["folder", "item", "register", "expiry", "token"]

_OOB = "urn:ietf:wg:oauth:2.0:oob"
_LONGEST_LIFE = 366 * 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Step:
    """News of one step of making a key."""

    name: StepName
    state: Literal["started", "done", "failed", "undone"]


@dataclass(frozen=True, slots=True)
class _App:
    client_id: str
    client_secret: Secret


class KeyRun:
    """One run of making a key: its steps, what they have made so far, and how it is taken back.

    Args:
        rest: the portal, signed in.
        account: who is signed in.
        folders: known folders by title; completed by what the run learns.
        request: the settings, which the account may grant.
        privileges: REST names of the request's privileges as the portal knows them today.
        trust: further hosts that may see the key.
        on_step: is told of each step.
    """

    def __init__(
        self,
        rest: SharingRest,
        account: Account,
        folders: dict[str, Folder],
        request: KeyRequest,
        *,
        privileges: tuple[str, ...],
        trust: tuple[str, ...],
        on_step: Callable[[Step], None] | None,
    ) -> None:
        now = datetime.now(UTC)
        self._rest = rest
        self._account = account
        self._folders = folders
        self._request = request
        self._privileges = privileges
        self._trust = trust
        self._on_step = on_step or (lambda _: None)
        self._ends = request.ends_at(now)
        self._title = request.proposed_title(now)
        self._marker = f"akw-{uuid.uuid4()}"
        self._done: list[StepName] = []
        self._folder: Folder | None = None
        self._new_folder = ""  # "remains" once made, "may remain" while unsure
        self._item: str | None = None
        self._adding = False

    async def make(self) -> KeyCredential:
        """Make the credential; 4 requests, 5 with a new folder.

        Raises:
            KeyWidgetError: the first request failed: nothing was made.
            UndoneError: a later one failed; what had been made was removed.
            LeftBehindError: something could not be removed.
        """
        try:
            return await self._take_steps()
        except GeneratorExit:  # the loop is gone, and with it the way to undo anything
            raise
        except BaseException as error:  # noqa: BLE001 (a cancel, an interrupt and a broken on_step are undone too)
            failure = await self._undone(error)
        raise failure

    async def _take_steps(self) -> KeyCredential:
        # 1. A folder is a title: make it unless it is known; a taken title says that it is there.
        if self._request.folder:
            self._folder = await self._step("folder", self._find_folder, self._request.folder)
        # 2. The item, with a marker that finds it again if the answer is lost.
        item = await self._step("item", self._add_item)
        # 3. Registering makes a credential of it, and tells the secret that step 5 needs.
        app = await self._step("register", self._register, item)
        # 4. The date can be set only now: addItem does not keep it (both official clients send it here).
        await self._step("expiry", self._set_expiry, item)
        # 5. The key, shown this once.
        key = await self._step("token", self._generate, item, app) if self._request.generate else None
        ends = key.expires if key else self._ends
        return KeyCredential(
            item_id=item,
            client_id=app.client_id,
            title=self._title,
            folder=self._request.folder,
            privileges=self._privileges,
            items=self._request.items,
            referrers=self._request.referrers,
            slots=(Slot(number=1, active=key is not None, expires=ends), Slot(number=2, active=False)),
            key=key,
        )

    async def _step(
        self,
        name: StepName,
        work: Callable[P, Awaitable[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        self._on_step(Step(name, "started"))
        try:
            result = await work(*args, **kwargs)
        except BaseException:
            self._on_step(Step(name, "failed"))
            raise
        self._done.append(name)
        self._on_step(Step(name, "done"))
        return result

    async def _find_folder(self, title: str) -> Folder:
        if title in self._folders:
            return self._folders[title]
        username = self._account.username
        self._new_folder = "may remain"
        try:
            folder = await create_folder(self._rest, username, title)
        except KeyWidgetError as error:
            self._new_folder = "" if surely_not_done(error) else self._new_folder
            if not (isinstance(error, PortalError) and error.code == HTTPStatus.BAD_REQUEST):
                raise
            found = pick_folder(await list_folders(self._rest, username), title)
            if found is None:
                raise
            self._folders[title] = found
        else:
            self._new_folder = "remains"
            self._folders[title] = folder
        return self._folders[title]

    async def _add_item(self) -> str:
        path = content_of(self._account.username) + (f"/{self._folder.id}" if self._folder else "")
        form = {
            "title": self._title,
            "type": "Application",
            "typeKeywords": self._marker,
            "tags": ",".join(self._request.tags),
            "snippet": self._request.summary,
        }
        self._adding = True
        try:
            reply = await self._rest.post(
                f"{path}/addItem", {name: text for name, text in form.items() if text}
            )
        except KeyWidgetError as error:
            self._adding = not surely_not_done(error)
            if self._request.folder and not self._adding:
                self._folders.pop(self._request.folder, None)  # it may be gone: the next run makes it anew
            raise
        item = need(reply, "id", str)
        if not is_item_id(item):
            raise UnexpectedReplyError("The portal's answer holds no item id.", "Try again.")
        self._item = item
        return item

    async def _register(self, item: str) -> _App:
        names = [*self._privileges, *(f"{ITEM_ACCESS}{one}" for one in self._request.items)]
        form = {
            "itemId": item,
            "appType": "multiple",
            "redirect_uris": json.dumps([_OOB]),
            "httpReferrers": json.dumps(self._request.referrers),
            "privileges": json.dumps(names),
            "isPersonalAPIToken": json.dumps(needs_wide_scope(self._privileges)),
        }
        reply = await self._rest.post("oauth2/registerApp", form)
        return _App(need(reply, "client_id", str), need(reply, "client_secret", Secret))

    async def _set_expiry(self, item: str) -> None:
        date = str(int(self._ends.timestamp()) * 1000)
        await self._rest.post(
            f"{content_of(self._account.username)}/items/{item}/update", {"apiToken1ExpirationDate": date}
        )

    async def _generate(self, item: str, app: _App) -> ApiKey:
        """Return the key; when the answer is lost after the work was done, a fresh one in its place."""
        try:
            return await self._ask_token(app, regenerate=False)
        except KeyWidgetError as error:
            if surely_not_done(error):
                raise
            state = await self._rest.get(
                f"{content_of(self._account.username)}/items/{item}/registeredAppInfo"
            )
            if state.get("apiToken1Active") is not True:
                raise
        return await self._ask_token(app, regenerate=True)

    async def _ask_token(self, app: _App, *, regenerate: bool) -> ApiKey:
        asked = datetime.now(UTC).replace(microsecond=0)
        form: dict[str, str | Secret] = {
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "grant_type": "client_credentials",
            "apiToken": "1",
            "regenerateApiToken": json.dumps(regenerate),
        }
        reply = await self._rest.post_unsigned("oauth2/token", form)
        lives = reply.get("expires_in", 0)
        # Without a credible answer the date asked for stands: the key is there all the same.
        credible = isinstance(lives, int) and 0 < lives <= _LONGEST_LIFE
        ends = asked + timedelta(seconds=lives) if credible else self._ends
        referrers = self._request.referrers
        try:
            return ApiKey(
                need(reply, "access_token", Secret),
                portal=self._rest.url,
                expires=ends,
                services=self._account.services,
                trust=self._trust,
                # A kernel has no page of its own, so it names one; any sub-domain will do for a wildcard.
                referrer=referrers[0].replace("*.", "www.") if referrers else None,
            )
        except FieldError:
            raise UnexpectedReplyError("The portal's answer holds no usable key.", "Try again.") from None

    async def _undone(self, error: BaseException) -> BaseException:
        """Run the undo to its end, whatever happens meanwhile, and return the error to raise."""
        try:
            return await to_its_end(self._undo(error))
        except (Exception, asyncio.CancelledError):  # noqa: BLE001 (the loop ends, or on_step fails once more)
            return self._left_behind(error if isinstance(error, KeyWidgetError) else None)

    async def _undo(self, error: BaseException) -> BaseException:
        """Take back what was made, and return the error to raise."""
        username = self._account.username
        sure = True
        if self._adding and self._item is None:
            self._item, sure = await find_marked(self._rest, username, self._folder, self._marker)
        gone = self._item is None or await delete_item(self._rest, username, self._item)
        cause = error if isinstance(error, KeyWidgetError) else None
        if not (gone and sure):
            return self._left_behind(cause)
        for name in reversed([name for name in self._done if name != "folder"]):
            self._on_step(Step(name, "undone"))
        if cause is None or not (self._adding or self._new_folder):
            return error
        return UndoneError(cause.title, self._undone_hint(cause), cause=cause)

    def _left_behind(self, cause: KeyWidgetError | None) -> LeftBehindError:
        place = f"the folder '{self._folder.title}'" if self._folder else "your content"
        if self._item:
            state = f"The unfinished item {self._item} ('{self._title}') remains in {place}; delete it there."
        else:
            state = f"An unfinished item '{self._title}' may remain in {place}; look there and delete it."
        title = cause.title if cause else "Stopped, but not everything could be removed."
        return LeftBehindError(title, state, items=(self._item,) if self._item else (), cause=cause)

    def _undone_hint(self, cause: KeyWidgetError) -> str:
        hints = ["Nothing of this key is left behind." if self._adding else "No key was made."]
        if self._new_folder:
            hints.append(f"The new folder '{self._request.folder}' {self._new_folder}, empty.")
        if self._adding and self._item is None and isinstance(cause, PortalUnreachableError):
            hints.append(f"Should an item '{self._title}' show up there later, delete it.")
        return " ".join([*hints, cause.hint]).rstrip()
