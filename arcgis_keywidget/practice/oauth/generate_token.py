"""`generateToken`: a token for a password, or for another token at a hosted server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from arcgis_keywidget.practice import tokens
from arcgis_keywidget.practice.oauth.lifetimes import cut
from arcgis_keywidget.practice.parameters import parse_whole
from arcgis_keywidget.practice.paths import SERVER
from arcgis_keywidget.practice.people import password_fits
from arcgis_keywidget.practice.replies import NOT_KEPT, Refusal, bad_request, not_permitted, render

if TYPE_CHECKING:
    from starlette.responses import Response

    from arcgis_keywidget.practice.call import Call

CLIENTS = ("referer", "ip", "requestip")


def generate_token(call: Call) -> Response:
    """`generateToken`, in both its forms; a blank `token` or `serverUrl` is none. No cache keeps the reply.

    A longer life than the account or the organisation allows is cut without a word (documented for
    Enterprise). How long a token lives without `expiration` is documented as 60 and as 120 minutes; the
    shorter is the stricter.
    """
    make = _make_server_token if call.text("serverUrl") else _make_own_token
    reply = render(make(call), call.text("f"))
    reply.headers.update(NOT_KEPT)
    return reply


def _make_own_token(call: Call) -> dict[str, Any]:
    """A person's token, for her password.

    Organisations with their own provider, a second factor or ArcGIS logins switched off refuse passwords
    here; their words are not known, those for a wrong password are assumed.
    """
    refused = call.portal.switches.password_tokens == "refuse"  # noqa: S105 (a choice)
    if refused or not password_fits(call.store, call.text("username"), call.exact("password")):
        raise _unable("Invalid username or password.")
    referer, ip = _bounds(call)
    return _issue(
        call, _end(call), maker="generateToken", username=call.text("username"), referer=referer, ip=ip
    )


def _make_server_token(call: Call) -> dict[str, Any]:
    """A token for the hosted services alone, which ends with the one that it was made for.

    The real refusals are not known. A key cannot be traded: it opens the services itself.
    """
    caller = call.known_caller
    if caller.app is not None:
        raise not_permitted()
    if not _is_hosted(call, call.text("serverUrl")):
        raise _unable("'serverUrl' is not a server of this portal.")
    assert call.carried is not None  # noqa: S101 (there is a caller)
    row = tokens.find_access_token(call.store, call.carried[0], call.now)
    assert row is not None  # noqa: S101 (a caller without a credential has one)
    return _issue(
        call,
        min(_end(call), row["expires"]),
        maker="serverToken",
        username=caller.user.username,
        referer=row["referer"],
        ip=row["ip"],
        grant=caller.grant,
        parent=call.carried[0],
    )


def _is_hosted(call: Call, url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return f"{parts.scheme}://{parts.netloc}" == call.root and f"{parts.path}/".startswith(SERVER)


def _bounds(call: Call) -> tuple[str | None, str | None]:
    """The Referer and the address that the token will be bound to."""
    client, referer = call.text("client", "referer"), call.text("referer")
    if client not in CLIENTS:
        raise _unable(f"'client' must be one of {', '.join(CLIENTS)}.")
    if client == "referer":
        if not referer:
            raise _unable("'referer' parameter must be specified.")
        return referer, None
    here = call.request.client.host if call.request.client else ""
    return None, call.text("ip", here) if client == "ip" else here


def _end(call: Call) -> int:
    asked = parse_whole("expiration", call.text("expiration", call.portal.switches.token_minutes))
    return call.now + max(1, cut(call, asked, call.portal.account.longest_token)) * 60_000


def _issue(call: Call, expires: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 (of `issue_access_token`)
    token = tokens.issue_access_token(call.store, expires, **more)
    return {"token": token, "expires": expires, "ssl": call.secure}


def _unable(detail: str) -> Refusal:
    return bad_request("Unable to generate token.", detail)
