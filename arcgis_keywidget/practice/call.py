"""One request, as the handlers see it."""

from __future__ import annotations

import logging
import re
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from arcgis_keywidget.practice.parameters import parse_expiry, parse_list, parse_whole
from arcgis_keywidget.practice.paths import SERVER
from arcgis_keywidget.practice.replies import Refusal, bad_request, not_permitted, token_required

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope

    from arcgis_keywidget.practice.app import PracticePortal
    from arcgis_keywidget.practice.callers import Caller
    from arcgis_keywidget.practice.people import User
    from arcgis_keywidget.practice.store import Store

_NETLOC = re.compile(r"([\w.-]{1,253}|\[[0-9a-f:.]{2,45}\])(:[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
MOST_PER_PAGE, LAST_START = 100, 10**9
MOST_BYTES, MOST_FIELDS = 10_000_000, 1000

# It would quote a broken form, byte by byte.
logging.getLogger("python_multipart.multipart").setLevel(logging.CRITICAL)


class Call:
    """Parameters of query and form alike, the token in any of its three places, and the caller.

    Attributes:
        query: the query's parameters.
        form: the form's parameters.
        path: the words that stand for names in the path.
        now: milliseconds since 1970 by the portal's clock.
        broken: whether the form could not be read.
    """

    def __init__(self, portal: PracticePortal, scope: Scope) -> None:
        self.portal = portal
        self.request = Request(scope)
        self.query = self.request.query_params
        self.form = FormData()
        self.path: dict[str, str] = scope["path_params"]
        self.now = int(portal.clock() * 1000)
        self.broken = False

    async def read(self, receive: Receive) -> None:
        """Take in the form, if the body is one; at most 10 MB of it.

        Raises:
            ClientDisconnect: the client went away meanwhile.
        """
        kind = self.request.headers.get("content-type", "").partition(";")[0].strip().lower()
        request = Request(self.request.scope, _bounded(receive))
        try:
            if kind == "application/x-www-form-urlencoded":
                body = (await request.body()).decode(errors="replace")
                fields = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
                self.form = FormData([(name, value) for name, value in fields])
            elif kind == "multipart/form-data":
                self.form = await request.form(max_fields=MOST_FIELDS)
            _check_text(self.form)
        except (MultiPartException, ValueError):
            self.broken, self.form = True, FormData()
        await request.close()

    @property
    def store(self) -> Store:
        """The portal's memory."""
        return self.portal.store

    @property
    def root(self) -> str:
        """The address that the client used to come here, without the portal's own path."""
        return f"{self.request.scope['scheme']}://{self.netloc}"

    @property
    def secure(self) -> bool:
        """Whether the client came over TLS."""
        return bool(self.request.scope["scheme"] == "https")

    @property
    def netloc(self) -> str:
        """Host and port that the client used.

        Raises:
            Refusal: 400 when its Host header is none.
        """
        host, port = self.request.scope.get("server") or ("localhost", None)
        netloc = self.request.headers.get("host") or (f"{host}:{port}" if port else str(host))
        if not _NETLOC.fullmatch(netloc):
            raise Refusal(400, "Invalid Host header.", status=400)
        return netloc

    @property
    def base(self) -> str:
        """The portal's address, without `/sharing/rest`."""
        return self.root + self.portal.account.context

    def values(self, name: str) -> list[str]:
        """Every value sent for a parameter, the query's first."""
        sent = [*self.query.getlist(name), *self.form.getlist(name)]
        return [value for value in sent if isinstance(value, str)]

    def text(self, name: str, default: str = "") -> str:
        """A parameter's first value that is not blank."""
        return next((value.strip() for value in self.values(name) if value.strip()), default)

    def exact(self, name: str) -> str:
        """A parameter's first value letter by letter, blanks and all; nothing when it is missing."""
        return next(iter(self.values(name)), "")

    def needed(self, name: str) -> str:
        """A parameter that must be there.

        Raises:
            Refusal: 400 when it is missing or blank.
        """
        value = self.text(name)
        if not value:
            raise bad_request(f"'{name}' parameter must be specified.")
        return value

    def flag(self, name: str) -> bool:
        """True only for `true`."""
        return self.text(name).lower() == "true"

    def entries(self, name: str) -> list[str]:
        """An array in any of its spellings."""
        return parse_list(name, self.values(name))

    def expiry(self, name: str) -> int | None:
        """A key's end in milliseconds since 1970, -1 for none; None when it was not sent."""
        value = self.text(name)
        switches = self.portal.switches
        if not value:
            return None
        return parse_expiry(name, value, self.now, switches.expiry, soonest=switches.soonest_expiry)

    def page(self) -> tuple[int, int]:
        """`start` (from 1) and `num` (at most 100) of a list.

        Esri's Python package asks for `nextStart` after the last page too, which is -1: it must get an empty
        page, or it would count the first one twice.
        """
        start = parse_whole("start", self.text("start", "1"))
        number = parse_whole("num", self.text("num", "10"))
        first = LAST_START if start < 0 else min(max(1, start), LAST_START)
        return first, max(0, min(MOST_PER_PAGE, number))

    @cached_property
    def carried(self) -> tuple[str, str] | None:
        """The token and where it stood: two headers, then the parameter, in the documented order."""
        for header in self._token_headers():
            kind, _, token = self.request.headers.get(header, "").partition(" ")
            if kind.lower() == "bearer" and token.strip():
                return token.strip(), header
        token = self.text("token")
        return (token, "query" if self.query.get("token") else "body") if token else None

    def _token_headers(self) -> tuple[str, ...]:
        ours = "X-Esri-Authorization"
        hosted = self.request.scope["path"].startswith(SERVER)
        if hosted and self.portal.switches.authorization == "portal":
            return (ours,)
        return ours, "Authorization"

    @cached_property
    def caller(self) -> Caller | None:
        """The bearer of the token; None without one.

        Raises:
            Refusal: 498 when the token is no good.
        """
        if self.carried is None:
            return None
        address = self.request.client.host if self.request.client else ""
        referer = self.request.headers.get("referer", "")
        return self.portal.reception.identify(
            self.carried[0],
            referer=referer,
            ip=address,
            now=self.now,
            server=self.request.scope["path"].startswith(SERVER),
        )

    @property
    def known_caller(self) -> Caller:
        """The bearer of the token.

        Raises:
            Refusal: 499 without a token, 498 when it is no good.
        """
        if self.caller is None:
            raise token_required()
        return self.caller

    def person(self, *privileges: str) -> User:
        """The person who calls, with these privileges.

        Raises:
            Refusal: 499, 498, or 403 for a key and for a person who lacks a privilege.
        """
        caller = self.known_caller
        if caller.app is not None or not caller.privileges.issuperset(privileges):
            raise not_permitted()
        return caller.user


def _check_text(form: FormData) -> None:
    """Refuse half characters, which no reply, hash or store can hold: a part's charset may make some.

    Raises:
        ValueError: there are some.
    """
    for name, value in form.multi_items():
        name.encode()
        if isinstance(value, str):
            value.encode()


def _bounded(receive: Receive) -> Receive:
    """The same body, but no more of it than a form may have."""
    taken = 0

    async def take() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise MultiPartException("The form is too large.")
        return message

    return take
