"""What the form's work needs of the kernel and the machine, and may not import itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence
    from pathlib import Path
    from ssl import SSLContext

    from arcgis_keywidget.models import ApiKey, KeyCredential, KeyRequest, Secret
    from arcgis_keywidget.portal import KeyOutcome, Leftover, Portal, Step


Place: TypeAlias = Literal["keyring", ".env"]


class Injected(Protocol):
    """Where a key was put: the variable, None outside IPython, and the environment variables."""

    @property
    def variable(self) -> str | None: ...  # noqa: D102 (told above)

    @property
    def environ(self) -> tuple[str, ...]: ...  # noqa: D102 (told above)


class Picture(Protocol):
    """A PNG file, and the credit that must stand by it."""

    @property
    def content(self) -> bytes: ...  # noqa: D102 (told above)

    @property
    def attribution(self) -> str: ...  # noqa: D102 (told above)


class Row(Protocol):
    """What became of one thing that a key should open, why, and what to do about it."""

    @property
    def what(self) -> str: ...  # noqa: D102 (told above)

    @property
    def state(self) -> str: ...  # noqa: D102 (told above)

    @property
    def why(self) -> str: ...  # noqa: D102 (told above)

    @property
    def mend(self) -> str: ...  # noqa: D102 (told above)


class Checked(Protocol):
    """What a check of a key found."""

    @property
    def ok(self) -> bool: ...  # noqa: D102 (told above)

    @property
    def summary(self) -> str: ...  # noqa: D102 (told above)

    @property
    def rows(self) -> Sequence[Row]: ...  # noqa: D102 (told above)


class Told(Protocol):
    """An answer to the page's map; bytes as buffers."""

    @property
    def content(self) -> dict[str, Any]: ...  # noqa: D102 (told above)

    @property
    def buffers(self) -> list[bytes]: ...  # noqa: D102 (told above)


class Site(Protocol):
    """A portal that serves, and a user of it."""

    @property
    def url(self) -> str: ...  # noqa: D102 (told above)

    @property
    def username(self) -> str: ...  # noqa: D102 (told above)

    @property
    def password(self) -> Secret: ...  # noqa: D102 (told above)


class Shelf(Protocol):
    """A place for a key, whether it can be used, why (not), and what it has: ``key``, ``older`` or none."""

    @property
    def id(self) -> str: ...  # noqa: D102 (told above)

    @property
    def usable(self) -> bool: ...  # noqa: D102 (told above)

    @property
    def why(self) -> str: ...  # noqa: D102 (told above)

    @property
    def holds(self) -> str: ...  # noqa: D102 (told above)


class Vault(Protocol):
    """The places that keep keys for later sessions."""

    async def shelves(self, credential: KeyCredential) -> Sequence[Shelf]: ...  # noqa: D102 (told above)

    async def keep(self, credential: KeyCredential, where: Place) -> None: ...  # noqa: D102 (told above)

    async def unkeep(self, credential: KeyCredential, where: Place) -> None: ...  # noqa: D102 (told above)


class Ephemeral(Protocol):
    """Keys that end with the kernel: the module `arcgis_keywidget.ephemeral`, which tells what each does."""

    async def make(  # noqa: D102 (told there)
        self, portal: Portal, request: KeyRequest, *, on_step: Callable[[Step], None] | None = None
    ) -> KeyCredential: ...
    async def find_left(self, portal: Portal) -> Sequence[Leftover]: ...  # noqa: D102 (same)
    async def delete_left(  # noqa: D102 (same)
        self, portal: Portal, items: Iterable[str]
    ) -> Sequence[KeyOutcome]: ...
    def is_ephemeral(self, item_id: str) -> bool: ...  # noqa: D102 (same)
    def is_noted(self, item_id: str) -> bool: ...  # noqa: D102 (same)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The ways out of the form; the widget hands them in.

    Attributes:
        use: puts the key of a credential in the kernel.
        forget: takes a key that was put there out again, and no other.
        tile: fetches a style's tile (z, x, y) with a key.
        check: looks what the key of a credential opens, with the portal's setting for certificates.
        map: answers a question of the page's map, drawn with a key, the first of its items on top.
        code: returns a part of the page's own code, packed; KeyError for what is none.
        vault: keeps keys for later sessions.
        ephemeral: makes keys that end with the kernel, and finds those of kernels that were killed.
        practice: starts the practice portal, None where it is not installed.
    """

    use: Callable[[KeyCredential], Awaitable[Injected]]
    forget: Callable[[ApiKey], Awaitable[None]]
    tile: Callable[[ApiKey, str, int, int, int], Awaitable[Picture]]
    check: Callable[[KeyCredential, bool | str | Path | SSLContext], Awaitable[Checked]]
    map: Callable[[ApiKey, Sequence[str], object], Awaitable[Told]]
    code: Callable[[str], Awaitable[bytes]]
    vault: Vault
    ephemeral: Ephemeral
    practice: Callable[[], Awaitable[Site]] | None = None
