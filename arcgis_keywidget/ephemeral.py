"""Keys that end with the kernel: made, ended at its end, and found again where a kernel was killed.

When the kernel is shut down or restarted, the key is revoked by the secret of its application, which stays in
the memory of this process, and its item is deleted while its maker is signed in. That takes three seconds at
most; where it cannot be done, the key's own end, a day after it was made at most, is what ends it::

    from arcgis_keywidget import Portal, ephemeral, use

    portal = Portal.connect()
    portal.sign_in()
    use(ephemeral.create_key(portal))
    ephemeral.leftovers(portal)         # of kernels that were killed
    ephemeral.delete_leftovers(portal)
"""

from __future__ import annotations

import asyncio
import os
import random
import warnings
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from arcgis_keywidget import _exit, _loop
from arcgis_keywidget.errors import KeyWidgetError, LeftBehindError
from arcgis_keywidget.models import KeyCredential, KeyRequest, session_keys
from arcgis_keywidget.models.expiry import ephemeral_end
from arcgis_keywidget.portal import BlockingPortal, for_each
from arcgis_keywidget.session.lease import Lease, drop_lease, mark_of, read_lease, read_leases, write_lease
from arcgis_keywidget.session.process import this_process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from arcgis_keywidget.portal import KeyOutcome, Leftover, MadeItem, Portal, Step

NO_NOTE = (
    "No note of this key could be written to Jupyter's data folder. It ends with the kernel all the same; "
    "should the kernel be killed, delete the key yourself."
)
_UNMARKED = KeyWidgetError(
    "It no longer carries the mark of the kernel that made it.", "Delete it among your keys if it is the one."
)
_BEAT = 3600.0  # seconds


def create_key(portal: BlockingPortal, request: KeyRequest | None = None) -> KeyCredential:
    """Make a key as `Portal.create_key` does that ends with this kernel, and after a day at most.

    Keep the portal open: the key's item is deleted at the end only while you are signed in.

    Args:
        portal: what `Portal.connect` gave, signed in.
        request: the settings; those of ``KeyRequest()`` unless given.

    Raises:
        TypeError: another portal, such as one for ``await``, whose loop is gone when the kernel ends.
        KeyWidgetError: as `Portal.create_key` does.
    """
    opened = _opened(portal)
    _exit.await_sigterm()  # a cell runs in the main thread, the making does not
    credential = _loop.run(make(opened, request or KeyRequest()))
    if not is_noted(credential.item_id):
        warnings.warn(NO_NOTE, stacklevel=2)
    return credential


def leftovers(portal: BlockingPortal) -> tuple[Leftover, ...]:
    """Return the credentials that this person's ended kernels have left in a portal (1 request each).

    A kernel of this machine has ended when its process is gone; one of another machine that shares this home
    when it was not heard of for a day.

    Raises:
        KeyWidgetError: nobody is signed in, or the portal did not tell.
    """
    return _loop.run(find_left(_opened(portal)))


def delete_leftovers(portal: BlockingPortal, items: Iterable[str] | None = None) -> tuple[KeyOutcome, ...]:
    """Delete what `leftovers` returns, one after the other; what became of each is told (2 requests each).

    Args:
        portal: what `Portal.connect` gave, signed in.
        items: ids of items; all unless given.

    Raises:
        KeyWidgetError: nobody is signed in.
    """
    return _loop.run(delete_left(_opened(portal), items))


async def make(
    portal: Portal, request: KeyRequest, *, on_step: Callable[[Step], None] | None = None
) -> KeyCredential:
    """Make such a key, on the background loop; arguments and errors are those of `Portal.create_key`."""
    ends = ephemeral_end(request.expires, datetime.now(UTC))
    bond = _Bond(portal)
    _exit.at_end(bond.end)  # from now on: an item may be made whose answer is still on its way
    try:
        made = await portal.create_key(replace(request, expires=ends), on_step=on_step, on_made=bond.tie)
    except LeftBehindError:  # what remains is ended with the process
        raise
    except BaseException:
        bond.untie()
        raise
    finally:
        bond.making_is_over()
    if made.key is not None:
        session_keys.tie(made.key)
    return made


async def find_left(portal: Portal) -> tuple[Leftover, ...]:
    """Do what `leftovers` does, on the background loop; leases of what is gone already are dropped."""
    found = []
    for lease in await asyncio.to_thread(_leases_left, portal.url, portal.account.username):
        leftover = await portal.find_leftover(lease.item, lease.marker)
        if leftover is None:
            drop_lease(lease.marker)
        else:
            found.append(leftover)
    return tuple(found)


async def delete_left(portal: Portal, items: Iterable[str] | None = None) -> tuple[KeyOutcome, ...]:
    """Do what `delete_leftovers` does, on the background loop."""
    owner = portal.account.username
    wanted = None if items is None else set(items)
    left = await asyncio.to_thread(_leases_left, portal.url, owner)
    leases = {lease.item: lease for lease in left if wanted is None or lease.item in wanted}

    async def delete(credential: KeyCredential) -> None:
        lease = leases[credential.item_id]
        now = read_lease(lease.marker)
        if now is not None and not now.is_left():
            raise KeyWidgetError("Its kernel has been heard of again.", "It ends with that kernel.")
        if not await portal.delete_leftover(lease.item, lease.marker):
            raise _UNMARKED
        drop_lease(lease.marker)

    chosen = [
        KeyCredential(lease.item, "", lease.title, None, (), (), (), (), owner=owner)
        for lease in leases.values()
    ]
    return await for_each(chosen, delete, obstacle=lambda _: "", dry_run=False, on_key=None)


def is_ephemeral(item_id: str) -> bool:
    """Whether a credential ends with this process."""
    return item_id in _bonds.held


def is_noted(item_id: str) -> bool:
    """Whether a later kernel could find a credential of this process, should it be killed."""
    return item_id in _bonds.held and _bonds.held[item_id].noted


class _Bond:
    """What ties a credential to this process.

    Attributes:
        noted: whether its lease could be written.
    """

    def __init__(self, portal: Portal) -> None:
        self.noted = False
        self._portal = portal
        self._making = asyncio.current_task()
        self._over = asyncio.Event()
        self._made: MadeItem | None = None
        self._lease: Lease | None = None

    def making_is_over(self) -> None:
        """Take note that there is nothing to cancel any more."""
        self._over.set()

    async def tie(self, made: MadeItem) -> None:
        """Take over what there is to end: an item, and once more when it has an application."""
        first, self._made = self._made is None, made
        if first:
            self._lease = Lease(
                portal=self._portal.url,
                user=mark_of(made.owner, made.marker),
                item=made.item_id,
                marker=made.marker,
                title=made.title,
                process=this_process(),
                heard=datetime.now(UTC),
            )
            _bonds.hold(made.item_id, self)
            await self.note()

    async def note(self) -> None:
        """Write the lease, as of now."""
        if self._lease is not None:
            lease = replace(self._lease, heard=datetime.now(UTC))
            self.noted = False
            with suppress(OSError):
                await asyncio.to_thread(write_lease, lease)
                self.noted = True

    def untie(self) -> None:
        """Let go of what was undone."""
        made, self._made, self._lease = self._made, None, None
        if made is not None:
            _bonds.held.pop(made.item_id, None)
            drop_lease(made.marker)

    async def end(self) -> None:
        """End the key, or its making; what remains of it keeps its lease."""
        if self._making is not None and not self._over.is_set():  # else it would get its key after this
            self._making.cancel()
            await self._over.wait()
        made = self._made
        if made is not None and await self._portal.end_made(made):
            self._lease = None
            drop_lease(made.marker)


class _Bonds:
    """All that is tied to this process, and the pulse that says that it lives."""

    def __init__(self) -> None:
        self.held: dict[str, _Bond] = {}
        self._beating = False

    def hold(self, item: str, bond: _Bond) -> None:
        """Hold one more, to its end."""
        self.held[item] = bond
        if not self._beating:
            self._beating = True
            self._wait()

    def _wait(self) -> None:
        # Many kernels that began together shall not write together.
        pause = _BEAT * random.uniform(0.8, 1.2)  # noqa: S311 (nobody gains by guessing it)
        asyncio.get_running_loop().call_later(pause, self._beat)

    def _beat(self) -> None:
        self._writing = asyncio.ensure_future(self._write())
        self._wait()

    async def _write(self) -> None:
        for bond in [*self.held.values()]:
            await bond.note()


_bonds = _Bonds()
if hasattr(os, "register_at_fork"):  # a child's end is not the end of its parent's keys
    os.register_at_fork(after_in_child=_bonds.__init__)  # type: ignore[misc]  # a fresh start is what is wanted


def _leases_left(portal: str, username: str) -> list[Lease]:
    """Return the leases of a person's ended processes; a running one's are not touched."""
    leases = [lease for lease in read_leases() if lease.is_of(portal, username)]
    return [lease for lease in leases if lease.item not in _bonds.held and lease.is_left()]


def _opened(portal: BlockingPortal) -> Portal:
    if not isinstance(portal, BlockingPortal):
        raise TypeError("portal: the one that Portal.connect() gave; others may end before the kernel does.")
    return portal.portal
