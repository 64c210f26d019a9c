"""Who is calling, and what they may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arcgis_keywidget.practice import tokens
from arcgis_keywidget.practice.referrers import accepts
from arcgis_keywidget.practice.replies import invalid_token
from arcgis_keywidget.practice.roles import ITEM_ACCESS, is_personal, privileges_of

if TYPE_CHECKING:
    import sqlite3

    from arcgis_keywidget.practice.people import Account, User
    from arcgis_keywidget.practice.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The bearer of a good token: a person, or a key (then `app` is its credential).

    Attributes:
        user: the person, or the key's owner.
        privileges: what the token may do.
        app: the credential, for a key.
        expires: the key's end in milliseconds since 1970.
    """

    user: User
    privileges: frozenset[str]
    app: tokens.App | None = None
    expires: int | None = None

    @property
    def shows_account(self) -> bool:
        """A person's token does; a key does when its scope is personal (Esri's glossary)."""
        return self.app is None or any(map(is_personal, self.privileges))

    def may_see(self, item: sqlite3.Row) -> bool:
        """Whether an item exists as far as this caller knows."""
        if item["access"] == "public":
            return True
        if self.app is not None:
            return ITEM_ACCESS + item["id"] in self.privileges
        if item["owner"] == self.user.username or "portal:admin:viewItems" in self.privileges:
            return True
        return item["access"] == "org" and "portal:user:viewOrgItems" in self.privileges


class Reception:
    """Turns a token into its bearer."""

    def __init__(self, store: Store, account: Account, users: tuple[User, ...]) -> None:
        self._store, self._account = store, account
        self._users = {user.username: user for user in users}

    def identify(self, token: str, *, referer: str, ip: str, now: int) -> Caller:
        """Find the bearer of a token.

        Args:
            token: as it came.
            referer: the request's Referer, or nothing.
            ip: where the request came from.
            now: milliseconds since 1970.

        Raises:
            Refusal: 498 for an unknown, expired or revoked token, or a wrong Referer. The reply to a wrong
                Referer is not documented; 498 is what Esri's own key tool expects.
        """
        caller = self._person(token, referer, ip, now) or self._key(token, referer, now)
        if caller is None:
            raise invalid_token()
        return caller

    def _person(self, token: str, referer: str, ip: str, now: int) -> Caller | None:
        row = tokens.find_user_token(self._store, token, now)
        if row is None or row["username"] not in self._users:
            return None
        if (row["referer"] and not accepts(row["referer"], referer)) or (row["ip"] and row["ip"] != ip):
            return None
        user = self._users[row["username"]]
        return Caller(user=user, privileges=frozenset(privileges_of(self._account.kind, user.role)))

    def _key(self, token: str, referer: str, now: int) -> Caller | None:
        found = tokens.find_key(self._store, token, now)
        if found is None:
            return None
        app, expires = found
        if app.referrers and not any(accepts(entry, referer) for entry in app.referrers):
            return None
        return Caller(
            user=self._users[app.owner], privileges=frozenset(app.privileges), app=app, expires=expires
        )
