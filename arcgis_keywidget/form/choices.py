"""Where one may sign in, and how: what the house offers, as an administrator's settings change it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from arcgis_keywidget.errors import FieldError
from arcgis_keywidget.form import texts
from arcgis_keywidget.form.draft import DEFAULT_ADDRESS, PRACTICE
from arcgis_keywidget.form.rules import Rules
from arcgis_keywidget.models import SIGN_IN_METHODS
from arcgis_keywidget.portal import normalise_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from arcgis_keywidget.models import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalChoice:
    """A portal to choose.

    Attributes:
        url: its address, normalised.
        client_id: id of the OAuth credentials that sign in there; empty where none is configured for it.
    """

    url: str
    title: str
    client_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is offered at the entrance.

    Attributes:
        portals: ArcGIS Online first, then those of an administrator.
        address: the portal that a form begins with, or ``practice``.
        client_id: id for portals that have none of their own; empty where there is none.
        methods: ways to sign in, in the order that somebody chose; empty for all in the order of the house.
        problems: a sentence for each setting that was left out, because it cannot be right.
        rules: what the house sets for the keys that are made there.
        network: how portals are reached, None for the default of this session.
    """

    portals: tuple[PortalChoice, ...] = (PortalChoice(url=DEFAULT_ADDRESS, title=texts.DEFAULT_PORTAL),)
    address: str = DEFAULT_ADDRESS
    client_id: str = ""
    methods: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules)
    network: Network | None = None

    @classmethod
    def of(
        cls,
        *,
        portal: str = "",
        portals: Iterable[Mapping[str, str]] = (),
        client_id: str = "",
        methods: Iterable[str] = (),
        problems: Iterable[str] = (),
        rules: Rules | None = None,
        network: Network | None = None,
    ) -> Self:
        """Return what some settings offer; one that cannot be right is left out, and told in `problems`."""
        told = list(problems)
        found = {choice.url: choice for choice in cls().portals}
        for entry in portals:
            if choice := _choice(entry, told):
                found[choice.url] = choice
        address = portal.strip()
        if address not in {"", PRACTICE}:
            address = _address(portal, texts.CONFIGURED_PORTAL, told)
        if address not in {"", PRACTICE}:
            found.setdefault(address, PortalChoice(url=address, title=urlsplit(address).netloc))
        return cls(
            portals=tuple(found.values()),
            address=address or DEFAULT_ADDRESS,
            client_id=client_id.strip(),
            methods=tuple(dict.fromkeys(methods)),
            problems=tuple(told),
            rules=rules or Rules(),
            network=network,
        )

    def client_for(self, address: str) -> str:
        """Return the OAuth client id for a portal, empty where none is known."""
        try:
            address = normalise_address(address)
        except FieldError:  # not written to its end yet
            return self.client_id
        own = next((choice.client_id for choice in self.portals if choice.url == address), "")
        return own or self.client_id

    def name_of(self, address: str) -> str:
        """Return what a portal is called, its host where nobody has named it; empty for half an address."""
        titles = {choice.url: choice.title for choice in self.portals}
        try:
            return titles.get(address) or urlsplit(address).netloc
        except ValueError:
            return ""

    def methods_for(self, address: str) -> tuple[str, ...]:
        """Return the ways to sign in to a portal, the recommended one first.

        The browser's is the one that serves every account; without a client id it needs some preparation.
        """
        if self.methods:
            return self.methods
        return SIGN_IN_METHODS if self.client_for(address) else ("password", "browser", "token", "key")


def _choice(entry: Mapping[str, str], problems: list[str]) -> PortalChoice | None:
    url, title = entry.get("url", ""), entry.get("title", "").strip()
    address = _address(url, texts.CONFIGURED_PORTALS.format(title=title or url), problems)
    if not address:
        return None
    client_id = entry.get("client_id", "").strip()
    return PortalChoice(url=address, title=title or urlsplit(address).netloc, client_id=client_id)


def _address(text: str, name: str, problems: list[str]) -> str:
    try:
        return normalise_address(text)
    except FieldError as error:
        problems.append(f"{name} {error.message}")
        return ""
