"""The ways to sign in: on the portal's page in the browser, with a password or a token, as a GIS did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from arcgis_keywidget.errors import FieldError, FormStepError
from arcgis_keywidget.form import texts
from arcgis_keywidget.form.alerts import SECRET_FIELDS
from arcgis_keywidget.form.checks import settled_address
from arcgis_keywidget.form.entrance import Entrance
from arcgis_keywidget.form.entry import Visit, enter, entry_errors, opened, portal_of
from arcgis_keywidget.form.phases import Event, Phase, next_phase
from arcgis_keywidget.form.remedies import mistaken
from arcgis_keywidget.portal import Portal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from arcgis_keywidget.models import Secret
    from arcgis_keywidget.portal.gis import GisOptions


class Ways(Entrance):
    """Opens portals; the arguments are those of `Entrance`."""

    _visit: Visit | None = None

    def fill(self, part: object) -> dict[str, str]:
        """Take over some fields, as `Entrance.fill` does.

        Another portal brings the way that is recommended there, where the person has not taken another way;
        another way takes away what was said of the last one's secret, and the button that led to it.
        """
        last, offered = self.draft, self.offered
        errors = super().fill(part)
        if self.phase is not Phase.SIGNED_OUT:
            return errors
        if self.offered != offered and self.draft.method == last.method == offered[0]:
            self.draft = replace(self.draft, method=self.offered[0])
        if self.draft.method != last.method:
            alert = None if self.alert and self.alert.actions else self.alert
            self.say(alert, _without(self.errors, SECRET_FIELDS.values()))
        elif self.offered != offered:
            self.tell()
        return errors

    async def page(self, part: object) -> str:
        """Return the address of the portal's page for signing in; the same one until its code was used.

        The page asks for it as soon as this way is chosen: whatever else is said in the form stays. So does
        the way: the person may have taken another one meanwhile.

        Raises:
            FieldError: the portal's address is none, or no client id is known.
        """
        self.begin(part, "browser")
        errors = entry_errors(replace(self.draft, method="browser"), None)
        if not errors:
            errors = self._find_page()
        wrong = (
            errors if self.draft.client_id.strip() else _without(errors, ["client_id"])
        )  # none is no mistake
        told = {**_without(self.errors, ["portal", "ca_file", "client_id"]), **wrong}
        if told != self.errors:
            self.say(self.alert, told)
        if errors or self._visit is None:
            raise FieldError(*next(iter(errors.items())))
        return self._visit.page.url

    async def sign_in(self, part: object, secret: Secret) -> None:
        """Sign in with the password, token or code to the portal of the draft.

        Raises:
            FieldError: a field is wrong: nothing was sent, or the portal refused it.
            KeyWidgetError: it failed or was cancelled; `state` tells it too.
        """
        self.begin(part)
        errors = entry_errors(self.draft, secret)
        browser = self.draft.method == "browser"
        if browser and not errors and self._visit is None:
            errors["code"] = texts.NO_VISIT
        self.refuse(errors, mistaken(self.draft.method, secret, self.offered))
        self.draft = draft = replace(self.draft, portal=settled_address(self.draft.portal))
        visit, before, refused = self._visit, self.transcript.count, False

        async def open_portal() -> Portal:
            nonlocal refused
            portal = portal_of(draft, self.transcript, self.choices.network)
            try:
                return await opened(portal, lambda portal: enter(portal, draft, secret, visit))
            except FieldError:
                refused = True  # a code that was pasted in part can be pasted again
                raise

        try:
            await self.enter(Event.SIGN_IN, open_portal, draft.method)
        finally:
            if browser and self.transcript.count != before and not refused:  # the portal has seen the code
                self._visit = None

    async def adopt(self, options: GisOptions, gis: object) -> None:
        """Take over the session of Esri's Python package, with what `portal_options_of` says of it.

        Raises:
            KeyWidgetError: nobody is signed in there, or the portal does not accept it.
        """

        async def open_portal() -> Portal:
            portal = Portal(**options, transcript=self.transcript, network=self.choices.network)
            return await opened(portal, lambda portal: portal.sign_in_with_gis(gis))

        await self.enter(Event.SIGN_IN, open_portal)
        self.way = "gis"
        self._keep()

    def begin(self, part: object, method: str = "") -> None:
        """Take over the fields of a sign-in; ``method`` is the way that is meant, the draft's unless given.

        Raises:
            FormStepError: no sign-in can begin now, in no such way, or those are no fields of the form.
        """
        next_phase(self.phase, Event.SIGN_IN)
        self.fill(part)
        if (method or self.draft.method) not in self.offered:
            raise FormStepError(texts.NOT_OFFERED, texts.NOT_OFFERED_HINT)

    def _find_page(self) -> dict[str, str]:
        """Have the page for the portal and the client id of the draft; return what is wrong with them."""
        self.draft = draft = replace(self.draft, portal=settled_address(self.draft.portal))
        client_id = draft.client_id.strip() or self.choices.client_for(draft.portal)
        place = draft.portal, client_id
        if self._visit is None or self._visit.place != place:
            try:
                portal = portal_of(draft, self.transcript, self.choices.network)
                page = portal.begin_code_sign_in(client_id or None)
            except FieldError as error:
                return {error.field: error.message}
            self._visit = Visit(place, page)
        return {}


def _without(errors: Mapping[str, str], fields: Collection[str]) -> dict[str, str]:
    return {field: message for field, message in errors.items() if field not in fields}
