"""The way in and out of a portal: the draft, the session, and what is asked with it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from arcgis_keywidget.errors import FieldError, FormStepError, MissingExtraError, SignInError, TokenError
from arcgis_keywidget.form import sessions, texts
from arcgis_keywidget.form.alerts import SESSION_ENDED, Alert, explain, field_error, session_lost
from arcgis_keywidget.form.choices import Choices
from arcgis_keywidget.form.draft import PRACTICE, SESSION_FIELDS, Draft
from arcgis_keywidget.form.editing import edited, left_out, still_wrong
from arcgis_keywidget.form.entry import opened
from arcgis_keywidget.form.fields import not_understood
from arcgis_keywidget.form.locks import locked_fields, with_request
from arcgis_keywidget.form.phases import BUSY, Event, Phase, next_phase
from arcgis_keywidget.form.remedies import remedy
from arcgis_keywidget.form.settling import fitted
from arcgis_keywidget.form.stage import Stage
from arcgis_keywidget.models import AccountKind, Transcript
from arcgis_keywidget.models.house import SET_BY
from arcgis_keywidget.portal import Portal

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping

    from arcgis_keywidget.form.outside import Outside
    from arcgis_keywidget.models import Account, KeyRequest

T = TypeVar("T")


class Entrance(Stage):
    """A form's draft and session.

    Args:
        outside: the ways out of the form.
        address: a portal's address, ``practice``, or None for that of the last form.
        preset: the preset to begin with, None for that of the last form.
        portal: a portal to use, signed in already or not.
        choices: the portals and ways to sign in that are offered.
        resume: whether to go on with the session of the last form.
        request: the settings to begin with, None for those of the last form.
        lock: names of arguments of `KeyRequest`, or ``ephemeral``, that stand as they begin.
        ephemeral: whether the key ends with the kernel, None for what the last form had.
        keys: whether to show the keys that are there first.

    Attributes:
        draft: what is filled in.
        portal: the portal that the person is signed in to, None while signed out.
        rules: what the house sets for every key, and the fields of the draft that stand as they are.
        transcript: what was asked of the portals of this form.
        way: how the session was begun: a method, or ``gis``; empty where the form does not know.
        naming: what asks the portal, beside all else, for the names of items; it ends with the session.
    """

    way = ""
    naming: asyncio.Task[None] | None = None

    def __init__(  # noqa: PLR0913 (what `KeyForm` is given)
        self,
        outside: Outside,
        *,
        address: str | None = None,
        preset: str | None = None,
        portal: Portal | None = None,
        choices: Choices | None = None,
        resume: bool = True,
        request: KeyRequest | None = None,
        lock: Iterable[str] = (),
        keys: bool = False,
        ephemeral: bool | None = None,
    ) -> None:
        super().__init__()
        self.outside = outside
        self.choices = choices or Choices()
        self.rules = self.choices.rules.with_locked(locked_fields(lock))
        address = portal.url if portal else address
        last = sessions.find(address)
        self.draft = self.rules.resume(last.draft) if last else self._first_draft(address)
        method = self.draft.method if self.draft.method in self.offered else self.offered[0]
        if keys or self.draft.view == "keys":  # else a new form is for a new key
            self.draft = replace(self.draft, view="keys" if keys else "quick")
        self.draft = replace(self.draft, preset=preset or self.draft.preset, method=method)
        if request is not None:
            self.draft = with_request(self.draft, request)
        if ephemeral is not None:
            self.draft = replace(self.draft, ephemeral=ephemeral)
        wished, self.draft = self.draft, self.rules.hold(self.draft)
        self.portal = portal or (last.portal if last and resume else None)
        taken = last if last and self.portal is last.portal else sessions.Session(self.draft, self.portal)
        self.way, self._opened = taken.way, taken.opened
        self.transcript = self.portal.transcript if self.portal else Transcript()
        sessions.join(self)
        if self.account is not None:
            self.draft = fitted(self.draft, self.account, self.rules)
            self.move(Event.RESUME)
        if self.choices.problems:
            self.say(Alert("warn", texts.MISCONFIGURED, " ".join(self.choices.problems)))
        elif request is not None and wished != self.draft:
            self.say(Alert("warn", texts.HELD, SET_BY.format(who=self.rules.set_by.get("locks", ""))))
        if word := sessions.take_word(self.draft.portal):
            self.say(word)

    @property
    def account(self) -> Account | None:
        """The account that is signed in, or None."""
        return self.portal.account if self.portal is not None and self.portal.signed_in else None

    @property
    def locked(self) -> tuple[str, ...]:
        """The fields of the draft that stand as they are."""
        return self.rules.locked

    @property
    def offered(self) -> tuple[str, ...]:
        """The ways to sign in to the portal of the draft, the recommended one first."""
        return self.choices.methods_for(self.draft.portal)

    def fill(self, part: object) -> dict[str, str]:
        """Take over some fields of the draft and return what is wrong with them, by field.

        Raises:
            FieldError: a text that is longer than any that its field could hold; nothing is taken over.
            FormStepError: not fields of the form, or a task is using them.
        """
        if self.phase in BUSY:
            raise FormStepError(texts.BUSY, texts.BUSY_HINT)
        last = self.draft
        edit = edited(last, part, None if self.phase is Phase.SIGNED_OUT else self.account, self.rules)
        self.draft = edit.draft
        if self.phase is not Phase.SIGNED_OUT:  # the session's own fields stand
            self.draft = replace(self.draft, **{name: getattr(last, name) for name in SESSION_FIELDS})
            self._keep()
        self.errors = still_wrong(self.errors, last, self.draft)
        if edit.left_out:
            self.say(left_out(edit.left_out), self.errors)
        elif self.alert and self.alert.hint == texts.LEFT_OUT_HINT and not self.draft.put_by:
            self.say(None, self.errors)  # it is there again
        return {**edit.errors, **edit.refused}

    async def practise(self) -> None:
        """Start the practice portal, if none runs, and sign in as its first user.

        Raises:
            KeyWidgetError: it is not installed, did not start, or was cancelled.
        """
        next_phase(self.phase, Event.START_PRACTICE)
        self.draft = replace(self.draft, portal=PRACTICE)
        await self.enter(Event.START_PRACTICE, self._open_practice)

    async def sign_out(self) -> None:
        """End the session, at the portal too where that can be done; the key stays in the kernel."""
        next_phase(self.phase, Event.SIGN_OUT)
        way, told = self.way, Alert("ok", texts.SIGNED_OUT, texts.SIGNED_OUT_HINT[self.way])
        ended = await self._leave(Event.SIGN_OUT, told if self.account else None)  # a brought key has none
        if way == "browser" and self.alert is told:
            not_ended = Alert("warn", texts.SIGNED_OUT, texts.NOT_ENDED_THERE)
            self.say(replace(told, hint=texts.ENDED_THERE) if ended else not_ended)

    async def assume(self, kind: object) -> None:
        """Take the account for one of another product, as the person says.

        Raises:
            FormStepError: there is no such kind, or nobody is signed in.
        """
        portal, _ = await self.session()
        known = next((product for product in AccountKind if product == kind), None)
        if known is None:
            raise not_understood()
        self.draft = fitted(self.draft, portal.assume_kind(known), self.rules)
        self._keep()
        self.say(None)

    async def session(self) -> tuple[Portal, Account]:
        """Return the portal and who is signed in, where a key could be made now."""
        next_phase(self.phase, Event.CREATE)
        if self.portal is None or self.account is None:  # signed out by another form, or in code
            await self._leave(Event.SESSION_ENDED, SESSION_ENDED)
            raise FormStepError(texts.SESSION_ENDED, texts.SESSION_ENDED_HINT)
        return self.portal, self.account

    def refuse(self, errors: Mapping[str, str], alert: Alert | None = None) -> None:
        """Show what is wrong with the fields and stop, if anything is."""
        if errors:
            self.say(alert, errors)
            raise FieldError(*next(iter(errors.items())))

    async def fail(self, error: Exception, method: str | None = None) -> Exception:
        """Go back to where the task began, show its error there, and return it for the answer."""
        at_field = field_error(error, method)
        alert = remedy(error, method, self.offered)
        if self.phase is Phase.CREATING and (session_lost(error) or self.account is None):
            alert = explain(error)  # what was undone, or remains
            if isinstance(error, SignInError | TokenError):  # nothing was made
                alert, error = SESSION_ENDED, FormStepError(texts.SESSION_ENDED, texts.SESSION_ENDED_HINT)
            await self._leave(Event.SESSION_ENDED, alert)
        elif at_field is not None:
            if alert and isinstance(error, SignInError):  # the alert says what its hint does, and more
                at_field = FieldError(at_field.field, error.title)
            self.move(Event.STOPPED, alert, {at_field.field: at_field.message})
        else:
            self.move(Event.STOPPED, alert or explain(error))
        return at_field or error

    async def enter(
        self, event: Event, opening: Callable[[], Coroutine[Any, Any, Portal]], method: str | None = None
    ) -> None:
        """Run a sign-in and take over the portal that it opens."""
        try:
            portal = await self.perform(event, opening, drop=Portal.aclose)
        except Exception as error:  # noqa: BLE001 (every error is shown in the form, and nowhere else)
            raise await self.fail(error, method) from None
        self.portal, self._opened, self.way = portal, True, method or ""
        self.draft = fitted(self.draft, portal.account, self.rules)
        self._keep()
        self.move(Event.ACCEPTED)

    async def _open_practice(self) -> Portal:
        if self.outside.practice is None:
            raise MissingExtraError(*texts.NO_PRACTICE)
        site = await self.outside.practice()
        self.move(Event.STARTED)
        portal = Portal(site.url, transcript=self.transcript, network=self.choices.network)
        return await opened(portal, lambda portal: portal.sign_in(site.username, site.password))

    def _first_draft(self, address: str | None) -> Draft:
        draft = Draft.new(address or self.choices.address)
        return self.rules.begin(replace(draft, method=self.choices.methods_for(draft.portal)[0]))

    async def _leave(self, event: Event, alert: Alert | None = None) -> bool:
        """Go where an event leads, and return whether the portal has ended the session."""
        portal = self._let_go()
        self._keep(ended=portal)
        self.move(event, alert)
        if portal is None:
            return False
        for form in sessions.sharing(portal):
            form.end_session()
        with suppress(RuntimeError):  # another form has closed it already
            return await (portal.aclose() if self._opened else portal.sign_out())
        return False

    def end_session(self) -> None:
        """Say that another form has ended the session; what works with it goes on to its end."""
        if self.phase is Phase.SIGNED_IN:
            self._let_go()
            self.move(Event.SESSION_ENDED, SESSION_ENDED)

    def stop_naming(self) -> None:
        """Ask no further what items are called."""
        if self.naming is not None:
            self.naming.cancel()

    def _let_go(self) -> Portal | None:
        portal, self.portal, self.way = self.portal, None, ""
        self.stop_naming()
        return portal

    async def ask(self, answer: Awaitable[T]) -> T:
        """Return what the portal answers; an answer that it no longer knows the session ends it here too."""
        portal = self.portal
        try:
            return await answer
        except Exception as error:
            current = self.phase is Phase.SIGNED_IN and self.portal is portal  # else it may come late
            if session_lost(error) and current:
                await self._leave(Event.SESSION_ENDED, SESSION_ENDED)
            raise

    def _keep(self, draft: Draft | None = None, ended: Portal | None = None) -> None:
        """Leave the draft, or another one, and the session to the next form."""
        session = sessions.Session(draft or self.draft)
        if self.account is not None:
            session = replace(session, portal=self.portal, way=self.way, opened=self._opened)
        sessions.keep(session, ended)
