"""The widget: a thin face in the notebook for the form's work on the background loop."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import anywidget
import traitlets

from arcgis_keywidget import _exit, _loop, ephemeral
from arcgis_keywidget.config import read_config, veil
from arcgis_keywidget.errors import MissingExtraError
from arcgis_keywidget.form import launch, texts
from arcgis_keywidget.form.alerts import Alert, place_of
from arcgis_keywidget.form.checks import settled_address
from arcgis_keywidget.form.draft import DEFAULT_ADDRESS, PRACTICE
from arcgis_keywidget.form.flow import KeyFlow
from arcgis_keywidget.form.house import check_preset, choices_of, settled
from arcgis_keywidget.form.messages import Message, answer
from arcgis_keywidget.form.outside import Outside
from arcgis_keywidget.form.phases import Phase
from arcgis_keywidget.form.reach import check_credential, fetch_tile, read_code, start_practice
from arcgis_keywidget.form.state import opening
from arcgis_keywidget.maps.preview import Preview
from arcgis_keywidget.portal import BlockingPortal, portal_options_of
from arcgis_keywidget.session.desk import VaultDesk
from arcgis_keywidget.session.inject import Injected, forget, use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from arcgis_keywidget.config import Settings
    from arcgis_keywidget.form.choices import Choices
    from arcgis_keywidget.models import ApiKey, KeyCredential, KeyRequest
    from arcgis_keywidget.portal.gis import GisOptions

_STATIC = Path(__file__).parent.parent / "static"


class KeyForm(anywidget.AnyWidget):
    """A form that makes an API key in the person's portal and puts it in this kernel.

    It is an ipywidgets widget: show it as the last line of a cell, nest it, observe its `phase`. It never
    blocks; the key is there for the cells that run after *Create key* has been pressed. A new form takes over
    session and settings of the last one for the same portal.

    Much can be set for every form of a person or a machine: `c.KeyForm`, see `arcgis_keywidget.config`.

    Args:
        portal: address of the portal, ``"practice"`` to start one on this machine, or a portal that
            `Portal.connect` gave. None for the last form's portal, at first the configured one, or else
            ArcGIS Online.
        preset: what to choose first: ``basemaps``, ``basemaps-layer`` or ``basemaps-services``, or ``layer``,
            which is for accounts without basemaps. None for the last form's, at first ``basemaps``. Where the
            account is not offered it, the first that is offered is chosen.
        request: the settings to begin with, in the place of a preset and of the last form's.
        lock: names of arguments of `KeyRequest` that stand as they begin, such as ``("privileges",
            "expires")``, beside those that are locked for everybody: the form shows them locked.
        gis: a signed-in `GIS` of Esri's package arcgis, in the place of a portal: the form begins with its
            session, or says why that cannot be.
        keys: whether to show the keys that are there first, once somebody is signed in.
        ephemeral: whether the key ends with the kernel: it is revoked when the kernel is shut down or
            restarted, and lives a day at most. None for the last form's choice, at first not.
            ``lock=("ephemeral",)`` fixes it.
        on_ready: called with the new `KeyCredential`, on a worker thread.
        settings: any other setting, for this form alone, such as ``max_days=30``: docs/configuration.md.

    Attributes:
        phase: ``signed-out``, ``starting``, ``signing-in``, ``signed-in``, ``creating`` or ``ready``;
            read-only. Observers run on a worker thread.

    Raises:
        FieldError: the address is none, ``gis`` is no GIS, the preset or a locked name is unknown, a setting
            cannot be right, or the request ends in the past by now (a ValueError).
        TypeError: an argument of the wrong type, a preset beside a request, or a portal beside a GIS.
        MissingExtraError: the page of the form is not built (in a source checkout).
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    # The only state of ours that a notebook may save: nothing in it tells of the account.
    snapshot = traitlets.Dict(read_only=True).tag(sync=True)
    phase = traitlets.Unicode(Phase.SIGNED_OUT.value, read_only=True)

    def __init__(
        self,
        portal: str | BlockingPortal | None = None,
        *,
        preset: str | None = None,
        request: KeyRequest | None = None,
        lock: Iterable[str] = (),
        gis: object = None,
        keys: bool = False,
        ephemeral: bool | None = None,
        on_ready: Callable[[KeyCredential], object] | None = None,
        **settings: Unpack[Settings],
    ) -> None:
        settings = veil(settings)
        self._closed = True  # until there is something to close
        taken = None if gis is None else portal_options_of(gis)
        if taken is not None and portal is not None:
            raise TypeError("KeyForm() takes a portal or a gis, not both: the gis has its own portal.")
        if ephemeral:
            _exit.await_sigterm()  # a cell runs in the main thread, which alone may
        config = settled(read_config(), settings)
        check_preset(preset, request, config)
        beginning = _Beginning(
            preset=preset,
            request=request,
            lock=lock,
            resume=taken is None,
            keys=keys,
            ephemeral=ephemeral,
            choices=choices_of(config),
        )
        self._flow = _new_flow(taken["url"] if taken else portal, **beginning)
        self._named = repr(portal) if isinstance(portal, str) and portal != PRACTICE else ""
        self._on_ready = on_ready
        self._told: KeyCredential | None = self._flow.credential
        # One thread, so that observers see the phases in their order, and the loop never waits for them.
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="KeyForm")
        phase, snapshot = self._summary()
        drawn = opening(self._flow)
        self._show(phase, {**snapshot, "opening": drawn} if drawn else snapshot)
        super().__init__(_esm=_page("form.js"), _css=_page("form.css"))
        self._closed = False
        self._flow.listeners.append(self._changed)
        self.on_msg(self._receive)
        if taken is not None:
            _loop.submit(self._adopt(taken, gis))
        elif self._flow.account is not None:
            for begin in (self._flow.name_items, self._flow.look_for_leftovers):
                _loop.loop().call_soon_threadsafe(begin)

    @property
    def credential(self) -> KeyCredential | None:
        """The credential that this form made last, None before that and after *Forget*."""
        return self._flow.credential

    @property
    def key(self) -> ApiKey | None:
        """The key that this form made last, None before that and after *Forget*."""
        return self._flow.credential.key if self._flow.credential else None

    @property
    def portal(self) -> BlockingPortal | None:
        """The portal that the person is signed in to, None while signed out."""
        return BlockingPortal(self._flow.portal) if self._flow.portal and self._flow.account else None

    def close(self) -> None:
        """Remove the form; what runs is cancelled and undone. The session stays for the next form."""
        # Python closes what is left, when no loop runs any more.
        if not (self._closed or sys.is_finalizing()):
            self._closed = True
            _loop.submit(self._end())
        super().close()

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Ignore what the browser writes: all that it may ask comes as a message."""

    def __repr__(self) -> str:
        return f"<KeyForm {self._flow.phase.value}>"

    def _repr_mimebundle_(
        self,
        **options: Any,  # noqa: ANN401 (IPython's signature)
    ) -> tuple[dict[Any, Any], dict[Any, Any]] | None:
        """Return the view, and for places without widgets the way to make a key in code."""
        bundle = super()._repr_mimebundle_(**options)
        # The notebook saves this text: it tells no more than the cell does.
        address = self._named or ("" if self._flow.draft.portal == DEFAULT_ADDRESS else texts.SOME_PORTAL)
        text = texts.IN_CODE.format(form=repr(self), portal=address)
        return bundle and ({**bundle[0], "text/plain": text}, bundle[1])

    def _receive(self, _: KeyForm, content: object, buffers: Sequence[Any] | None) -> None:
        """Take a message on whatever thread brings it, and answer it from the background loop."""
        _loop.submit(self._answer(Message.read(content, buffers)))

    async def _adopt(self, options: GisOptions, gis: object) -> None:
        with suppress(Exception):  # every error of it is shown in the form
            await self._flow.adopt(options, gis)

    async def _answer(self, message: Message) -> None:
        reply = await answer(self._flow, message)
        self.send(reply.content, reply.buffers)
        if "opening" in self.snapshot:  # it is drawn by now, and not worth saving
            self._worker.submit(self._show, *self._summary())

    def _changed(self) -> None:
        """Pass a change on: at once to the browser, by the worker to observers and `on_ready`."""
        self.send({"kind": "state", "state": self._flow.state()})
        self._worker.submit(self._show, *self._summary())
        made = self._flow.credential
        if made is not None and not _same(made, self._told) and self._flow.phase is Phase.READY:
            self._told = made
            self._worker.submit(self._call_on_ready, made)

    def _summary(self) -> tuple[str, dict[str, Any]]:
        flow = self._flow
        step = next((name for name, state in flow.progress.items() if state == "started"), "")
        return flow.phase.value, {"phase": flow.phase.value, "step": step, "revision": flow.revision}

    def _show(self, phase: str, snapshot: dict[str, Any]) -> None:
        moved = phase != self.phase
        try:
            self.set_trait("snapshot", snapshot)
            self.set_trait("phase", phase)
        except Exception as error:  # noqa: BLE001 (an observer of the person's failed: told in the form)
            if moved:
                self._tell_failure(error)

    def _call_on_ready(self, credential: KeyCredential) -> None:
        try:
            if self._on_ready is not None:
                self._on_ready(credential)
        except Exception as error:  # noqa: BLE001 (a function of the person's failed: told in the form)
            self._tell_failure(error)

    def _tell_failure(self, error: Exception) -> None:
        alert = Alert("warn", texts.CALLBACK_FAILED.format(error=place_of(error)), texts.CALLBACK_FAILED_HINT)
        _loop.loop().call_soon_threadsafe(self._flow.add, alert)

    async def _end(self) -> None:
        await self._flow.close()
        self._worker.shutdown(wait=False)


def _same(made: KeyCredential, told: KeyCredential | None) -> bool:
    """Return whether a credential was told of already: its other slot may have changed since."""
    return told is not None and made.item_id == told.item_id and made.key is told.key


class _Beginning(TypedDict):
    """What the settings begin with; `KeyForm` tells what each is."""

    preset: str | None
    request: KeyRequest | None
    lock: Iterable[str]
    resume: bool
    keys: bool
    ephemeral: bool | None
    choices: Choices


def _new_flow(portal: str | BlockingPortal | None, **beginning: Unpack[_Beginning]) -> KeyFlow:
    outside = Outside(
        use=_use,
        forget=_forget,
        tile=fetch_tile,
        map=Preview(texts.PREVIEW_STYLE).answer,
        check=check_credential,
        code=read_code,
        ephemeral=ephemeral,
        vault=VaultDesk(),
        practice=start_practice if launch.available() else None,
    )
    if isinstance(portal, BlockingPortal):
        return KeyFlow(outside, portal=portal.portal, **beginning)
    if isinstance(portal, str | None):
        address = None if portal is None else settled_address(portal)
        return KeyFlow(outside, address=address, **beginning)
    raise TypeError("KeyForm() takes an address, 'practice', or the portal that Portal.connect() gave.")


@cache
def _page(name: str) -> str:
    try:
        return (_STATIC / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingExtraError(texts.NO_PAGE[0].format(name=name), texts.NO_PAGE[1]) from None


async def _use(credential: KeyCredential) -> Injected:
    return use(credential)


async def _forget(key: ApiKey) -> None:
    forget(key)
