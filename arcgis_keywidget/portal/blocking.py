"""The same portal for code that waits: every method blocks until its result is there."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from arcgis_keywidget._loop import run
from arcgis_keywidget.models import Account, AccountKind, Secret
from arcgis_keywidget.portal.portal import Portal

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

P = ParamSpec("P")
T = TypeVar("T")


def _blocking(
    method: Callable[Concatenate[Portal, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[BlockingPortal, P], T]:
    @wraps(method)
    def twin(self: BlockingPortal, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return run(method(self.portal, *args, **kwargs))

    return twin


class BlockingPortal:
    """A portal whose methods wait for their result; made by `Portal.connect`, see `Portal` for each.

    Attributes:
        portal: the same portal for ``await``, on the background loop.
    """

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.url = portal.url
        self.origin = portal.origin

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return repr(self.portal)

    @property
    def signed_in(self) -> bool:
        """Whether a person is signed in."""
        return self.portal.signed_in

    @property
    def account(self) -> Account:
        """Who is signed in; raises SignInError when nobody is."""
        return self.portal.account

    def sign_in(self, username: str, password: str | Secret) -> Account:
        """Sign in with a user name and password, as `Portal.sign_in` does."""
        password = Secret(password)
        return run(self.portal.sign_in(username, password))

    def sign_in_with_token(self, token: str | Secret) -> Account:
        """Sign in with a token, as `Portal.sign_in_with_token` does."""
        token = Secret(token)
        return run(self.portal.sign_in_with_token(token))

    def assume_kind(self, kind: AccountKind) -> Account:
        """Take the account for one of another product, as `Portal.assume_kind` does."""
        return self.portal.assume_kind(kind)

    refresh_account = _blocking(Portal.refresh_account)
    name_role = _blocking(Portal.name_role)
    sign_out = _blocking(Portal.sign_out)
    folders = _blocking(Portal.folders)
    search_items = _blocking(Portal.search_items)
    find_items = _blocking(Portal.find_items)
    create_key = _blocking(Portal.create_key)
    close = _blocking(Portal.aclose)
