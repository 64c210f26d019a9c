"""A key that the person has already: checked at its portal and put in the kernel, without a session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from arcgis_keywidget.form import texts
from arcgis_keywidget.form.alerts import Alert, explain
from arcgis_keywidget.form.checks import settled_address
from arcgis_keywidget.form.entry import certificates_of, entry_errors, portal_of, referrer_of
from arcgis_keywidget.form.phases import Event
from arcgis_keywidget.form.variables import key_in
from arcgis_keywidget.form.ways import Ways

if TYPE_CHECKING:
    from arcgis_keywidget.form.outside import Checked, Injected
    from arcgis_keywidget.models import KeyCredential, Secret


class Bringing(Ways):
    """Has the key in hand, made here or brought along; the arguments are those of `Entrance`.

    Attributes:
        credential: what was made or brought last, None before that and once it is forgotten.
        injected: where its key was put in the kernel, None where that failed.
        brought: whether the key was brought along, not made here.
    """

    credential: KeyCredential | None = None
    injected: Injected | None = None
    brought = False

    async def sign_in(self, part: object, secret: Secret, variable: str = "") -> None:
        """Sign in as `Ways.sign_in` does, or have a key checked and use it.

        Args:
            part: fields of the draft.
            secret: the password, token, code or key.
            variable: name of the environment variable that the key is in, instead of a secret.

        Raises:
            FieldError: a field is wrong: nothing was sent, or the portal refused it.
            KeyWidgetError: it failed or was cancelled; `state` tells it too.
        """
        self.begin(part)
        if self.draft.method == "key":
            await self._bring(key_in(variable) if variable else secret, variable)
        else:
            await super().sign_in({}, secret)

    async def take(self, credential: KeyCredential, event: Event) -> None:
        """Put a key in the kernel; whatever fails here, the key is not lost."""
        self.credential, self.injected = credential, None
        self.brought = event is Event.BROUGHT
        alert = None
        try:
            if credential.key is not None:
                self.injected = await self.outside.use(credential)
        except Exception as error:  # noqa: BLE001 (the key is shown all the same)
            hint = texts.NOT_INJECTED_HINT.format(reason=explain(error).title)
            title = texts.NOT_INJECTED_BROUGHT if self.brought else texts.NOT_INJECTED
            alert = Alert("warn", title, hint)
        if credential.key is not None:
            self.proof.start(lambda: self._look(credential))
        self.move(event, alert)

    async def _look(self, credential: KeyCredential) -> Checked:
        verify = self.portal.verify if self.portal else certificates_of(self.draft)
        return await self.outside.check(credential, verify)

    def way_back(self, event: Event) -> Event:
        """Return the event that leads away from the key: out, where no session stands behind it any more."""
        return Event.SIGN_OUT if self.account is None else event

    async def _bring(self, key: Secret, variable: str) -> None:
        errors = entry_errors(self.draft, key)
        if variable and not key:
            errors["key"] = texts.NO_VARIABLE
        self.refuse(errors)
        self.draft = draft = replace(self.draft, portal=settled_address(self.draft.portal))

        async def inspect() -> KeyCredential:
            async with portal_of(draft, self.transcript, self.choices.network) as portal:
                return await portal.inspect_key(key, referrer=referrer_of(draft))

        try:
            credential = await self.perform(Event.SIGN_IN, inspect, drop=_drop)
        except Exception as error:  # noqa: BLE001 (every error is shown in the form, and nowhere else)
            raise await self.fail(error, "key") from None
        await self.take(credential, Event.BROUGHT)


async def _drop(_: KeyCredential) -> None:
    """A key that was checked in spite of a cancel needs no taking back."""
