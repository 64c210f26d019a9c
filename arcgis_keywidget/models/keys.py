"""Secrets that do not show themselves, and the keys that this session holds."""

from __future__ import annotations

import hmac
import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, Protocol, Self, SupportsIndex
from urllib.parse import urlsplit

from arcgis_keywidget.errors import FieldError, KeyWidgetError
from arcgis_keywidget.models.origin import origin_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from arcgis_keywidget.models.network import Network

MASK = "••••"
_SENDABLE = re.compile(r"[!-~]+")
_SLOT_MARK = -12  # the last twelve characters are "AT1_" or "AT2_" and eight of the client id
_OF_CREDENTIAL = -8
_NO_TEXT = "A Secret has no text form; .reveal() it in the expression that sends it."
_PICKLE_REFUSED = (
    "A secret is not stored: pickling (%store, joblib, caches) writes it to a file. Make it again."
)


class Secret:
    """A password, token or code inside this package: it has no text form until it is sent.

    Formatting and pickling raise TypeError, so a secret cannot slip into a log line, a file or a traceback.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str | Secret) -> None:
        # Raises nothing for what is no text: a traceback would show it in this frame and in the caller's.
        self._value: str | None = None
        if isinstance(value, Secret):
            self._value = value.reveal()
        elif isinstance(value, str):
            self._value = str.__str__(value)

    def reveal(self) -> str:
        """Return the text; only the expression that sends it should ask.

        Raises:
            TypeError: it was made of something that is no text.
        """
        if self._value is None:
            raise TypeError("A password, token or key must be a text.")
        return self._value

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> NoReturn:
        raise TypeError(_NO_TEXT)

    def __format__(self, spec: str) -> NoReturn:
        raise TypeError(_NO_TEXT)

    def __bool__(self) -> bool:
        return bool(self.reveal())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        ours, others = (text.encode(errors="surrogatepass") for text in (self.reveal(), other.reveal()))
        return hmac.compare_digest(ours, others)

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError(_PICKLE_REFUSED)


def veiled(key: str | Secret | ApiKey | None) -> Secret | ApiKey | None:
    """Return a key given as plain text as a Secret; never fails. For the first line of what people call."""
    return Secret(key) if isinstance(key, str) and not isinstance(key, ApiKey) else key


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationServices:
    """Where the basemap services that a key may call live: absolute roots, None where there are none.

    Attributes:
        styles: root of the Basemap Styles service v2.
        static_tiles: root of the Static Basemap Tiles service v1.
    """

    styles: str | None = None
    static_tiles: str | None = None


def is_arcgis_com(address: str) -> bool:
    """Whether an address is ArcGIS Online's or Location Platform's: www, or an organization's own."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    esri = host == "www.arcgis.com" or host.endswith(".maps.arcgis.com")
    return esri and parts.scheme == "https" and parts.port in {None, 443}


class _Printer(Protocol):
    def text(self, text: str) -> None: ...


class ApiKey(str):
    """An API key: the text libraries need, shown masked wherever Python shows values by themselves.

    repr, containers, dataclasses and IPython's display are masked and pickling is refused. `print`, f-strings
    and json.dumps cannot be guarded: they write the key.

    Attributes:
        portal: address of the portal that gave the key, without /sharing/rest.
        expires: the end of the key (UTC), None where it is not known.
        services: where basemaps are served for this key, None where it is not known.
        trust: further hosts that the person allowed to see this key.
        referrer: the Referer to send with the key, where it was made for some referrers only.
        network: how its services are reached, None for the default of this session.
    """

    __slots__ = ("expires", "network", "portal", "referrer", "services", "trust")

    portal: str
    expires: datetime | None
    services: LocationServices | None
    trust: tuple[str, ...]
    referrer: str | None
    network: Network | None

    def __new__(
        cls,
        value: str | Secret,
        *,
        portal: str = "https://www.arcgis.com",
        expires: datetime | None = None,
        services: LocationServices | None = None,
        trust: tuple[str, ...] = (),
        referrer: str | None = None,
        network: Network | None = None,
    ) -> Self:
        """Wrap the text of a key together with what is known of it; blanks around it are dropped.

        Raises:
            FieldError: what no header can carry, such as a line break.
        """
        value = Secret(value)
        if not _SENDABLE.fullmatch(value.reveal().strip()):
            raise FieldError(
                "key", "This is no key: keys are letters, digits and a few signs, without blanks."
            )
        key = super().__new__(cls, value.reveal().strip())
        key.portal = portal
        key.expires = expires
        key.services = services
        key.trust = trust
        key.referrer = referrer
        key.network = network
        return key

    @property
    def masked(self) -> str:
        """The kind of key and its slot, and nothing that would help to use it."""
        mark = self[_SLOT_MARK:_OF_CREDENTIAL]
        slot = mark if mark in {"AT1_", "AT2_"} else ""
        return f"{self[:4]}{MASK}{slot}{MASK}" if slot else MASK

    @property
    def slot(self) -> int | None:
        """Number of the slot (1 or 2) that the key was made in, None for other tokens."""
        return {"AT1_": 1, "AT2_": 2}.get(self[_SLOT_MARK:_OF_CREDENTIAL])

    @property
    def origin(self) -> str:
        """Scheme, host and port of the portal that gave the key."""
        return origin_of(self.portal)

    def __repr__(self) -> str:
        ends = f", until {self.expires:%Y-%m-%d %H:%M} UTC" if self.expires else ""
        return f"<ApiKey {self.masked}{ends}>"

    def _repr_pretty_(self, printer: _Printer, cycle: bool) -> None:  # noqa: FBT001 (IPython's signature)
        del cycle
        printer.text(repr(self))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self  # dataclasses.asdict copies deeply; the refusal below is for what leaves the process

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError(_PICKLE_REFUSED)


class KeyRing:
    """The keys of this session, one a portal, newest first; safe to share between threads."""

    def __init__(self) -> None:
        self._keys: dict[str, ApiKey] = {}
        self._titles: dict[str, str] = {}  # by the text of the key
        self._tied: set[str] = set()  # what keys end with, which both of a credential have in common
        self._lock = threading.Lock()
        self._watchers: list[Callable[[ApiKey | None], object]] = []

    def add(self, key: ApiKey, title: str = "") -> None:
        """Make this the key of its portal, and the newest of all; ``title`` is that of its credential."""
        with self._lock:
            last = self._keys.pop(key.origin, None)
            if last is not None and last != key:
                self._titles.pop(last, None)
            self._keys[key.origin] = key
            if title:
                self._titles[key] = title

    def title_of(self, key: ApiKey) -> str:
        """Return what the credential of a key is called, empty where that is not known."""
        return self._titles.get(key, "")

    def tie(self, key: ApiKey) -> None:
        """Take note that the keys of this one's credential end with the process, and after a day at most."""
        self._tied.add(key[_OF_CREDENTIAL:])

    def ends_here(self, key: ApiKey) -> bool:
        """Whether a key ends with this process, and after a day at most."""
        return key[_OF_CREDENTIAL:] in self._tied

    def find(self, portal: str | None = None) -> ApiKey | None:
        """Return the key for a portal's address, or the newest key of all, or None."""
        with self._lock:
            if portal is None:
                return next(reversed(self._keys.values()), None)
            return self._keys.get(origin_of(portal))

    def recognise(self, key: ApiKey) -> ApiKey:
        """Return this session's key of the same text, which knows its portal; else the key that is given."""
        return next((held for held in self if held == key), key)

    def discard(self, key: ApiKey | None = None) -> None:
        """Drop one key, or all of them; whoever keeps something of theirs is told, and drops it too."""
        with self._lock:
            if key is None:
                self._keys.clear()
                self._titles.clear()
            elif self._keys.get(key.origin) == key:
                del self._keys[key.origin]
                self._titles.pop(key, None)
        for watcher in self._watchers:
            watcher(key)

    def watch(self, watcher: Callable[[ApiKey | None], object]) -> None:
        """Have a function called with each key that is dropped, None for all; it may not block or fail."""
        self._watchers.append(watcher)

    def need(self, portal: str | None = None) -> ApiKey:
        """Return the key for a portal's address, or the newest key of all.

        Raises:
            KeyWidgetError: there is none.
        """
        key = self.find(portal)
        if key is None:
            place = f" for {portal}" if portal else ""
            raise KeyWidgetError(
                f"There is no API key{place} in this session yet.",
                "Keys go with their kernel: load(name) brings back one that was kept. Else make one with "
                "KeyForm(), or put one in with use(key).",
            )
        return key

    def __iter__(self) -> Iterator[ApiKey]:
        """Go through the keys that are there now, newest first."""
        with self._lock:
            return iter([*reversed(self._keys.values())])


session_keys = KeyRing()
"""The one ring of this process: `session` fills it, `services` and `maps` read it."""
