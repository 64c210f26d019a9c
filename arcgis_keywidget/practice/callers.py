"""Who is calling, and what they may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from arcgis_keywidget.practice import tokens
from arcgis_keywidget.practice.oauth.clients import find_client
from arcgis_keywidget.practice.people import held_by
from arcgis_keywidget.practice.referrers import accepts, same_site
from arcgis_keywidget.practice.replies import invalid_token, retired_key
from arcgis_keywidget.practice.roles import ITEM_ACCESS, is_personal

if TYPE_CHECKING:
    import sqlite3

    from arcgis_keywidget.practice.people import Account, User
    from arcgis_keywidget.practice.store import Store
    from arcgis_keywidget.practice.switches import Switches

LEGACY = "AAPK"
"""What legacy API keys begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The bearer of a good token: a person, a key or an application (then `app` is its credential).

    Attributes:
        user: the person, or the owner of the key or application.
        privileges: what the token may do.
        app: the credential, for a key or an application's own token.
        expires: a key's end in milliseconds since 1970; None for every other token.
        client: the app by which a person signed in with OAuth 2.0.
        maker: what gave the token, see `tokens.MAKERS`; None for a key.
        grant: the OAuth grant that the token ends with.
        shows_account: whether the owner is shown to the bearer; a person always is.
    """

    user: User
    privileges: frozenset[str]
    app: tokens.App | None = None
    expires: int | None = None
    client: tokens.App | None = None
    maker: str | None = None
    grant: int | None = None
    shows_account: bool = True

    @property
    def is_key(self) -> bool:
        """True for a key of a slot; an application's own token has no slot."""
        return self.app is not None and self.expires is not None

    def may_see(self, item: sqlite3.Row) -> bool:
        """Whether an item exists as far as this caller knows."""
        if item["access"] == "public":
            return True
        if "portal:admin:viewItems" in self.privileges:
            return True
        if self.app is not None:
            return ITEM_ACCESS + item["id"] in self.privileges
        if item["owner"] == self.user.username:
            return True
        return item["access"] == "org" and "portal:user:viewOrgItems" in self.privileges


class Reception:
    """Turns a token into its bearer."""

    def __init__(self, store: Store, account: Account, users: tuple[User, ...], switches: Switches) -> None:
        self._store, self._account, self._switches = store, account, switches
        self._users = {user.username: user for user in users}

    def privileges_of(self, username: str) -> frozenset[str]:
        """What a member holds."""
        return frozenset(held_by(self._account, self._users[username]))

    def identify(self, token: str, *, referer: str, ip: str, now: int, server: bool = False) -> Caller:
        """Find the bearer of a token.

        Args:
            token: as it came.
            referer: the request's Referer, or nothing.
            ip: where the request came from.
            now: milliseconds since 1970.
            server: whether a hosted service asks; only there is a token good that was made for a server.

        Raises:
            Refusal: 498 for an unknown, expired or revoked token, or a wrong Referer. The reply to a wrong
                Referer is not documented; 498 is what Esri's own key tool expects.
        """
        if token.startswith(LEGACY):
            raise retired_key()
        row = tokens.find_access_token(self._store, token, now)
        if row is None:
            caller = self._key(token, referer, now)
        elif row["maker"] == "serverToken" and not server:
            caller = None
        elif row["username"] is None:
            caller = self._application(row, referer)
        else:
            caller = self._person(row, referer, ip)
        if caller is None:
            raise invalid_token()
        return caller

    def _person(self, row: sqlite3.Row, referer: str, ip: str) -> Caller | None:
        if row["username"] not in self._users:
            return None
        if (row["referer"] and not same_site(row["referer"], referer)) or (row["ip"] and row["ip"] != ip):
            return None
        user = self._users[row["username"]]
        return Caller(
            user=user,
            privileges=self.privileges_of(user.username),
            client=find_client(self._store, row["client"]) if row["client"] else None,
            maker=row["maker"],
            grant=row["grant_id"],
        )

    def _application(self, row: sqlite3.Row, referer: str) -> Caller | None:
        app = tokens.find_app(self._store, client_id=row["client"])
        return self._credential(app, referer, maker=row["maker"], grant=row["grant_id"]) if app else None

    def _key(self, token: str, referer: str, now: int) -> Caller | None:
        found = tokens.find_key(self._store, token, now)
        return self._credential(found[0], referer, expires=found[1]) if found else None

    def _credential(self, app: tokens.App, referer: str, **more: Any) -> Caller | None:  # noqa: ANN401 (of Caller)
        rule = self._switches.referrers
        if app.referrers and not any(accepts(entry, referer, rule) for entry in app.referrers):
            return None
        caller = Caller(user=self._users[app.owner], privileges=frozenset(app.privileges), app=app, **more)
        return replace(caller, shows_account=caller.is_key and self._shows_owner(app))

    def _shows_owner(self, app: tokens.App) -> bool:
        """A key shows its owner when its scope is personal (Esri's glossary, and a talk's notebook)."""
        if self._switches.key_user == "personal":
            return any(map(is_personal, app.privileges))
        return self._switches.key_user == "always"
