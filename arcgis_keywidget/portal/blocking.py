"""The same portal for code that waits: every method blocks until its result is there."""

from __future__ import annotations

from functools import wraps
from getpass import getpass
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from arcgis_keywidget._loop import run
from arcgis_keywidget.models import Account, AccountKind, KeyCredential, Secret, Transcript
from arcgis_keywidget.portal.portal import Portal

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from arcgis_keywidget.portal.oauth import CodeSignIn

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

    @property
    def transcript(self) -> Transcript:
        """What was asked of the portal and answered so far."""
        return self.portal.transcript

    def sign_in(self, username: str | None = None, password: str | Secret | None = None) -> Account:
        """Sign in as `Portal.sign_in` does; a user name or password that is not given is asked for."""
        password = Secret(password) if password is not None else None
        if username is None:
            username = input(f"User name at {self.url}: ")
        if password is None:
            password = Secret(getpass(f"Password of {username} at {self.url}: "))
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

    def begin_code_sign_in(self, client_id: str | None = None) -> CodeSignIn:
        """Return the page for signing in in the browser, as `Portal.begin_code_sign_in` does."""
        return self.portal.begin_code_sign_in(client_id)

    def sign_in_with_code(self, code: str | Secret, page: CodeSignIn) -> Account:
        """Sign in with the code that the page showed, as `Portal.sign_in_with_code` does."""
        code = Secret(code)
        return run(self.portal.sign_in_with_code(code, page))

    def inspect_key(self, key: str | Secret, *, referrer: str | None = None) -> KeyCredential:
        """Return what a key is and opens, as `Portal.inspect_key` does."""
        key = Secret(key)
        return run(self.portal.inspect_key(key, referrer=referrer))

    sign_in_with_gis = _blocking(Portal.sign_in_with_gis)
    sign_out = _blocking(Portal.sign_out)
    folders = _blocking(Portal.folders)
    search_items = _blocking(Portal.search_items)
    find_items = _blocking(Portal.find_items)
    create_key = _blocking(Portal.create_key)
    list_keys = _blocking(Portal.list_keys)
    read_key = _blocking(Portal.read_key)
    generate = _blocking(Portal.generate)
    rotate = _blocking(Portal.rotate)
    revoke = _blocking(Portal.revoke)
    edit = _blocking(Portal.edit)
    delete = _blocking(Portal.delete)
    delete_keys = _blocking(Portal.delete_keys)
    revoke_keys = _blocking(Portal.revoke_keys)

    def find_key(self, key: str | Secret) -> KeyCredential | None:
        """Return the credential that a key is of, as `Portal.find_key` does."""
        key = Secret(key)
        return run(self.portal.find_key(key))

    close = _blocking(Portal.aclose)
