"""Making an API key credential and its key, so that nothing is lost and nothing is left behind."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal, ParamSpec, TypeAlias, TypeVar

from arcgis_keywidget.errors import (
    FieldError,
    KeyWidgetError,
    LeftBehindError,
    PortalError,
    PortalUnreachableError,
    QuotaError,
    TokenError,
    UndoneError,
)
from arcgis_keywidget.models import KeyCredential, Slot
from arcgis_keywidget.portal.content import create_folder, list_folders, pick_folder
from arcgis_keywidget.portal.credential import (
    App,
    MadeItem,
    add_item,
    generate_token,
    key_of,
    register_app,
    set_expiry,
)
from arcgis_keywidget.portal.refusal import why_refused
from arcgis_keywidget.portal.undo import delete_item, find_marked, surely_not_done, to_its_end

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from arcgis_keywidget.models import Account, ApiKey, Folder, KeyRequest
    from arcgis_keywidget.portal.rest import SharingRest

P = ParamSpec("P")
T = TypeVar("T")
StepName: TypeAlias = Literal["folder", "item", "register", "expiry", "token"]

_ASKED = frozenset({"item", "register"})
"""Steps whose refusal may come of what changed in the portal since the settings were reviewed."""


@dataclass(frozen=True, slots=True)
class Step:
    """News of one step of making a key."""

    name: StepName
    state: Literal["started", "done", "failed", "undone"]


class KeyRun:
    """One run of making a key: its steps, what they have made so far, and how it is taken back.

    Args:
        rest: the portal, signed in.
        account: who is signed in.
        folders: known folders by title; completed by what the run learns.
        request: the settings, which the account may grant.
        privileges: REST names of the request's privileges as the portal knows them today.
        trust: further hosts that may see the key.
        reread: reads the account anew, to say why the portal refused.
        on_step: is told of each step.
        on_made: is awaited with what there is to end, once there is an item, and once it is registered.
    """

    def __init__(  # noqa: PLR0913 (what a run is made of)
        self,
        rest: SharingRest,
        account: Account,
        folders: dict[str, Folder],
        request: KeyRequest,
        *,
        privileges: tuple[str, ...],
        trust: tuple[str, ...],
        reread: Callable[[], Awaitable[Account]],
        on_step: Callable[[Step], None] | None,
        on_made: Callable[[MadeItem], Awaitable[None]] | None = None,
    ) -> None:
        now = datetime.now(UTC)
        self._rest = rest
        self._account = account
        self._folders = folders
        self._request = request
        self._privileges = privileges
        self._trust = trust
        self._reread = reread
        self._on_step = on_step or (lambda _: None)
        self._on_made = on_made
        self._ends = request.ends_at(now)
        self._title = request.proposed_title(now)
        self._marker = f"akw-{uuid.uuid4()}"
        self._done: list[StepName] = []
        self._folder: Folder | None = None
        self._new_folder = ""  # "remains" once made, "may remain" while unsure
        self._item: str | None = None
        self._adding = False
        self._failed: StepName | None = None

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
        raise await self._explained(failure)

    async def _take_steps(self) -> KeyCredential:
        # 1. A folder is a title: make it unless it is known; a taken title says that it is there.
        if self._request.folder:
            self._folder = await self._step("folder", self._find_folder, self._request.folder)
        # 2. The item, with a marker that finds it again if the answer is lost.
        item = await self._step("item", self._add_item)
        await self._tell_made(item)
        # 3. Registering makes a credential of it, and tells the secret that step 5 needs.
        app = await self._step("register", register_app, self._rest, item, self._request, self._privileges)
        await self._tell_made(item, app)
        # 4. The date can be set only now: addItem does not keep it (both official clients send it here).
        await self._step("expiry", set_expiry, self._rest, self._account.username, item, self._ends)
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
            owner=self._account.username,
            tags=self._request.tags,
            summary=self._request.summary,
        )

    async def _tell_made(self, item: str, app: App | None = None) -> None:
        if self._on_made is not None:
            await self._on_made(MadeItem(item, self._account.username, self._title, self._marker, app))

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
            self._failed = self._failed or name
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
        """Add the item; where its folder is gone meanwhile, once more into a new one of its title."""
        try:
            return await self._add_item_once()
        except PortalError as error:
            if self._adding or not await self._folder_is_gone(error):
                raise
        self._folder = await self._step("folder", self._find_folder, self._request.folder or "")
        return await self._add_item_once()

    async def _folder_is_gone(self, refusal: PortalError) -> bool:
        folder = self._folder
        if folder is None or isinstance(refusal, TokenError | QuotaError):
            return False
        try:
            listed = await list_folders(self._rest, self._account.username)
        except KeyWidgetError:  # then the refusal stands as it is
            return False
        if folder.id in {one.id for one in listed}:
            return False
        for title in [title for title, known in self._folders.items() if known == folder]:
            del self._folders[title]
        return True

    async def _add_item_once(self) -> str:
        form = {
            "title": self._title,
            "type": "Application",
            "typeKeywords": self._marker,
            "tags": ",".join(self._request.tags),
            "snippet": self._request.summary,
        }
        self._adding = True
        try:
            self._item = await add_item(self._rest, self._account.username, self._folder, form)
        except KeyWidgetError as error:
            self._adding = not surely_not_done(error)
            raise
        return self._item

    async def _generate(self, item: str, app: App) -> ApiKey:
        issued = await generate_token(self._rest, self._account.username, item, app)
        return key_of(
            self._rest,
            issued,
            self._ends,
            self._account,
            trust=self._trust,
            referrers=self._request.referrers,
        )

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
        return error if cause is None else self._undone_error(cause)

    def _undone_error(self, cause: KeyWidgetError) -> KeyWidgetError:
        """Return the error that says what became of the run; of one that made nothing, its cause alone."""
        if not (self._adding or self._new_folder):
            return cause
        return UndoneError(cause.title, f"{self._state(cause)} {cause.hint}".rstrip(), cause=cause)

    async def _explained(self, failure: BaseException) -> BaseException:
        """Return the error that says what has changed in the portal, where that is why it refused."""
        cause = failure.cause if isinstance(failure, UndoneError) else failure
        if self._failed not in _ASKED or not isinstance(cause, KeyWidgetError):
            return failure
        reason = await why_refused(cause, self._rest, self._request, self._privileges, self._reread)
        if isinstance(reason, FieldError):
            return FieldError(reason.field, f"{reason.message} {self._state(cause)}")
        return failure if reason is None else self._undone_error(reason)

    def _left_behind(self, cause: KeyWidgetError | None) -> LeftBehindError:
        place = f"the folder '{self._folder.title}'" if self._folder else "your content"
        if self._item:
            state = f"The unfinished item {self._item} ('{self._title}') remains in {place}; delete it there."
        else:
            state = f"An unfinished item '{self._title}' may remain in {place}; look there and delete it."
        title = cause.title if cause else "Stopped, but not everything could be removed."
        return LeftBehindError(title, state, items=(self._item,) if self._item else (), cause=cause)

    def _state(self, cause: KeyWidgetError) -> str:
        """Return what is left of a run that was undone."""
        hints = ["Nothing of this key is left behind." if self._adding else "No key was made."]
        if self._new_folder:
            hints.append(f"The new folder '{self._request.folder}' {self._new_folder}, empty.")
        if self._adding and self._item is None and isinstance(cause, PortalUnreachableError):
            hints.append(f"Should an item '{self._title}' show up there later, delete it.")
        return " ".join(hints)
