"""The options by which a command signs in, and the session that they open."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TYPE_CHECKING

import click

from arcgis_keywidget.cli.consent import ended_as_interrupted
from arcgis_keywidget.cli.discretion import WrongArgument
from arcgis_keywidget.cli.typed import ask, at_terminal, read_secret
from arcgis_keywidget.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from arcgis_keywidget.config import FormConfig
    from arcgis_keywidget.portal import BlockingPortal

_ONLINE = "https://www.arcgis.com"
_NOBODY = (
    "nobody can be asked for a password here: pipe it in (with --user and --password-stdin), or a token "
    "(--token-stdin)."
)
_OPTIONS = (
    click.option("--portal", metavar="URL", help="The portal; else the configured one, or www.arcgis.com."),
    click.option(
        "--user", metavar="NAME", help="Sign in with this user name and a password, which is asked for."
    ),
    click.option(
        "--client-id", metavar="ID", help="Sign in in the browser, by the application with this client id."
    ),
    click.option(
        "--password-stdin", is_flag=True, help="Read the password from standard input; with --user."
    ),
    click.option("--token-stdin", is_flag=True, help="Sign in with a token, read from standard input."),
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """How to sign in.

    Attributes:
        portal: its address, None for the configured one.
        user: a user name.
        client_id: of an application, for signing in in the browser.
        password_stdin: whether the password is piped in.
        token_stdin: whether a token is.
    """

    portal: str | None
    user: str | None
    client_id: str | None
    password_stdin: bool
    token_stdin: bool

    @cached_property
    def settings(self) -> FormConfig:
        """Those that a kernel started here would have."""
        from arcgis_keywidget.config import read_files  # noqa: PLC0415 (loads traitlets)

        return read_files()

    def check(self) -> None:
        """Refuse what cannot open a session, before anything is sent or asked."""
        ways = [self.token_stdin, bool(self.user), bool(self.client_id)]
        if sum(ways) > 1:
            raise WrongArgument("give one of --user, --client-id and --token-stdin.")
        if self.password_stdin and not self.user:
            raise WrongArgument("name the --user whose password it is.", "--password-stdin")
        if not (self.token_stdin or self.password_stdin or at_terminal()):
            raise WrongArgument(_NOBODY)

    @contextmanager
    def opened(self) -> Iterator[BlockingPortal]:
        """Sign in, and sign out at the end; questions are asked on standard error."""
        from arcgis_keywidget.portal import Portal  # noqa: PLC0415 (loads httpx)

        self.check()
        address = self.portal or self.settings.portal or _ONLINE
        if address == "practice":
            raise WrongArgument("serve one by 'arcgis-keywidget practice', and name its address.", "--portal")
        with ended_as_interrupted(), Portal.connect(address) as portal:
            client_id = self.client_id or _client_of(self.settings, portal.url)
            if self.token_stdin:
                portal.sign_in_with_token(read_secret("Token"))
            elif client_id and not self.user:
                _sign_in_in_browser(portal, client_id)
            else:
                self._sign_in_with_password(portal)
            yield portal

    def _sign_in_with_password(self, portal: BlockingPortal) -> None:
        user = self.user or click.prompt(f"User name at {portal.url}", err=True)
        password = read_secret("Password") if self.password_stdin else ask(f"Password at {portal.url}")
        portal.sign_in(user, password)


def signs_in(function: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of signing in, and hand them over as its argument ``entry``."""

    @wraps(function)
    def command(
        *,
        portal: str | None,
        user: str | None,
        client_id: str | None,
        password_stdin: bool,
        token_stdin: bool,
        **others: object,
    ) -> int:
        entry = Entry(
            portal=portal,
            user=user,
            client_id=client_id,
            password_stdin=password_stdin,
            token_stdin=token_stdin,
        )
        return function(entry=entry, **others)

    decorated: Callable[..., int] = command
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def _client_of(settings: FormConfig, address: str) -> str:
    """Return the client id that is configured for a portal, or else for those that have none of their own."""
    from arcgis_keywidget.portal import normalise_address  # noqa: PLC0415 (loads httpx)

    for entry in settings.portals:
        with suppress(FieldError):  # 'arcgis-keywidget config' tells of an address that cannot be one
            if entry.get("client_id") and normalise_address(entry.get("url", "")) == address:
                return str(entry["client_id"]).strip()
    return settings.client_id


def _sign_in_in_browser(portal: BlockingPortal, client_id: str) -> None:
    page = portal.begin_code_sign_in(client_id)
    click.echo(f"Sign in on this page, and copy the code that it shows:\n\n{page.url}\n", err=True)
    portal.sign_in_with_code(ask("Code"), page)
