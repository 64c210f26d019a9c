"""The form without its face: what it may do, one task at a time, on the loop that calls it.

It knows no notebook: the ways to the kernel, to tiles and to the practice portal are handed in.
"""

from __future__ import annotations

from asyncio import CancelledError
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.errors import FieldError, FormStepError, LeftBehindError, UndoneError
from arcgis_keywidget.form import sessions, texts
from arcgis_keywidget.form.alerts import SESSION_ENDED, Alert, explain
from arcgis_keywidget.form.checks import form_field, key_errors, key_request
from arcgis_keywidget.form.phases import Event, Phase, next_phase
from arcgis_keywidget.form.result import can_map, can_preview
from arcgis_keywidget.form.settling import fitted
from arcgis_keywidget.form.state import describe
from arcgis_keywidget.form.tidying import Tidying

if TYPE_CHECKING:
    from arcgis_keywidget.form.outside import Told
    from arcgis_keywidget.models import Account, ApiKey, KeyCredential, KeyRequest
    from arcgis_keywidget.portal import Portal, Step

_PREVIEW_LEVELS = range(23)  # documented for the Static Basemap Tiles service


class KeyFlow(Tidying):
    """One form's work, from signing in to the key; the arguments are those of `Entrance`.

    Attributes:
        attribution: the credit that must stand by the preview, exact once a tile has come.
        closed: whether the form is gone, so that nobody reads what it says.
    """

    attribution = ""
    closed = False

    def state(self) -> dict[str, Any]:
        """Return what the browser is told; it holds no secret."""
        return describe(self)

    async def create(self, part: object) -> None:
        """Make the key of the draft and put it in the kernel.

        Raises:
            FieldError: a setting is wrong; nothing was sent.
            KeyWidgetError: it failed or was cancelled; title and hint tell what remains.
        """
        portal, account = await self.session()
        wrong = self.fill(part)
        held = {name: wrong[name] for name in self.locked if name in wrong}
        self.refuse({**key_errors(self.draft, account, self.rules), **held})
        request = key_request(self.draft)
        left = {"folder"} if request.generate else {"folder", "token"}
        self.progress = dict.fromkeys((name for name in texts.STEPS if name not in left), "waiting")
        try:
            credential = await self.perform(Event.CREATE, lambda: self._make(portal, request))
        except Exception as error:  # noqa: BLE001 (every error is shown in the form, and nowhere else)
            told = await self._failed(self._about_folder(error))
            if self.closed and isinstance(error, LeftBehindError):
                self._hand_on(explain(error), portal)
            raise told from None
        self._keep(self.draft.renewed())
        await self.take(credential, Event.CREATED)
        if self.draft.ephemeral and not self.outside.ephemeral.is_noted(credential.item_id):
            self.add(Alert("warn", texts.NOT_NOTED, texts.NOT_NOTED_HINT))

    async def _make(self, portal: Portal, request: KeyRequest) -> KeyCredential:
        if self.draft.ephemeral:
            return await self.outside.ephemeral.make(portal, request, on_step=self._step)
        return await portal.create_key(request, on_step=self._step)

    def key(self) -> ApiKey:
        """Return the key in hand, to be shown or copied.

        Raises:
            FormStepError: there is none.
        """
        if self.phase is not Phase.READY or self.credential is None:
            raise FormStepError(texts.NO_KEY, texts.NO_KEY_HINT)
        if self.credential.key is None:
            raise FormStepError(texts.KEY_NOT_GENERATED, texts.KEY_NOT_GENERATED_HINT)
        return self.credential.key

    async def tile(self, style: str, z: int, x: int, y: int) -> bytes:
        """Return the PNG of a tile of the preview.

        Raises:
            FormStepError: not a tile of the preview.
        """
        key = self.key()
        edge = 1 << z if z in _PREVIEW_LEVELS else 0
        if not (can_preview(self) and style == texts.PREVIEW_STYLE and 0 <= x < edge and 0 <= y < edge):
            raise FormStepError(texts.NO_TILE, texts.NO_TILE_HINT)
        picture = await self.outside.tile(key, style, z, x, y)
        if picture.attribution != self.attribution:
            self.attribution = picture.attribution
            self.tell()
        return picture.content

    async def map(self, ask: object) -> Told:
        """Answer a question of the page's map.

        Raises:
            FormStepError: no key in hand, or one that opens no basemaps.
        """
        key, credential = self.key(), self.credential
        if credential is None or not can_map(self):
            raise FormStepError(texts.NO_TILE, texts.NO_MAP_HINT)
        return await self.outside.map(key, credential.items, ask)

    async def another(self) -> None:
        """Go back to the settings for a further key, in the same session."""
        next_phase(self.phase, Event.ANOTHER)
        self._renew()
        if self.draft.view == "keys":  # this key was made from the table
            self.draft = replace(self.draft, view="quick")
        over = self.account is None and not self.brought
        self.move(self.way_back(Event.ANOTHER), SESSION_ENDED if over else None)

    async def forget(self) -> None:
        """Take the key out of the kernel; in the portal it stays valid."""
        next_phase(self.phase, Event.FORGET)
        key, kept = self.key(), self.keepsake.kept
        self.credential = None
        self._renew()
        # The page writes ends in the clock and the language of the browser, which are not known here.
        ends = f"{key.expires.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if key.expires else "its end"
        hint = f"{texts.FORGOTTEN_HINT.format(ends=ends)} {texts.STILL_KEPT.get(kept, '')}".rstrip()
        self.move(self.way_back(Event.FORGET), Alert("warn", texts.FORGOTTEN, hint))
        await self.outside.forget(key)

    async def close(self) -> None:
        """Cancel what runs and tell nobody of it any more; the session stays for the next form."""
        self.closed = True
        self.listeners.clear()
        sessions.part(self)
        self.stop_naming()
        self.proof.drop()
        await self.searches.clear()
        await self.cancel()

    def _hand_on(self, alert: Alert, portal: Portal) -> None:
        """Have something said by the forms that share the session, or else by the next one."""
        open_forms = [form for form in sessions.sharing(portal) if form.phase is Phase.SIGNED_IN]
        for form in open_forms:
            form.say(alert, form.errors)
        if not open_forms:
            sessions.leave_word(self.draft.portal, alert)

    def _renew(self) -> None:
        if "title" not in self.locked:
            self.draft = self.draft.renewed()

    async def _failed(self, error: Exception) -> Exception:
        """Show an error of making the key: what is wrong with well-formed settings at its field."""
        if not isinstance(error, FieldError):
            return await self.fail(error)
        # The portal has changed since the review; where that was privileges, the account was read anew.
        field, message = form_field(self.draft, error.field), error.message
        for item in self.draft.items:
            message = message.replace(item.id, f"'{item.title}'" if item.title else item.id)
        if field == "privileges" and self.account is not None:
            field, message = self._fit_anew(self.account, message)
        return await self.fail(FieldError(field, message))

    def _fit_anew(self, account: Account, message: str) -> tuple[str, str]:
        """Fit the draft to an account that may grant less than before; return where and how to say it."""
        preset, quick = self.draft.preset, self.draft.view == "quick"
        refitted = fitted(self.draft, account, self.rules)
        if quick and preset and refitted.preset == preset and refitted.privileges != self.draft.privileges:
            self.draft = refitted
            return "preset", f"{message} {texts.PRESET_FITTED}"
        self.draft = fitted(replace(self.draft, preset=""), account, self.rules)
        return "privileges", message

    def _step(self, step: Step) -> None:
        if self.cancelling and step.state == "started":
            raise CancelledError  # the cancel came together with an answer; no further request shall leave
        if step.name not in self.progress:  # the folder's turn comes only where it must be made
            self.progress = {step.name: "waiting", **self.progress}
        self.progress[step.name] = step.state
        self.tell()

    def _about_folder(self, error: Exception) -> Exception:
        """Undoing deletes no folder: after a cancel, say so."""
        cancelled = isinstance(error, UndoneError) and error.title == texts.CANCELLED
        if cancelled and "folder" in self.progress:
            return UndoneError(
                texts.CANCELLED, texts.CANCELLED_FOLDER.format(title=self.draft.folder.strip())
            )
        return error
