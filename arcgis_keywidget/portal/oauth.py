"""Signing in in the browser: OAuth 2.0's authorization code with PKCE, shown on a page and pasted here.

The application is one that the person, or an administrator, has registered: no client id is built in.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from arcgis_keywidget.errors import FieldError, PortalError, PortalUnreachableError
from arcgis_keywidget.models import Secret, client_id_in
from arcgis_keywidget.models.token_kinds import TokenKind, refuse_kinds
from arcgis_keywidget.portal.grant import Grant, is_refusal
from arcgis_keywidget.portal.undo import to_its_end

if TYPE_CHECKING:
    from arcgis_keywidget.portal.rest import SharingRest

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
"""The redirect URL that the application must be registered with, letter by letter: a page shows the code."""

_MINUTES = 20_160  # two weeks, so that a session outlives a working day; a portal may give less
_PATIENCE = 3.0
"""Seconds that a cancelled sign-in waits for the tokens that are on their way, to end them."""
_CLIENT_ID = re.compile(r"[A-Za-z0-9._~-]{1,128}")
_ITEM_ID_OR_SECRET = re.compile(r"[0-9a-f]{32}")
_CODE = re.compile(r"[!-~]+")
_TITLE = re.compile(r"(?:SUCCESS\s+)?code=([^\s&]+)", re.IGNORECASE)
_REGISTER = (
    "Signing in in the browser needs the client ID of an application of your own. Register one, once: in the "
    "portal choose Content > My content > New item > Developer credentials > OAuth 2.0 credentials for user "
    f"authentication, give it the redirect URL {OUT_OF_BAND}, and copy its Client ID. Write it here, or put "
    "it into ARCGIS_CLIENT; an administrator may hand one out."
)
_ANEW = "Open the sign-in page again and paste the code that it shows."


@dataclass(frozen=True, slots=True)
class CodeSignIn:
    """A sign-in that the person answers on a page of the portal.

    Attributes:
        url: the page to open in a browser.
        client_id: the application that asks.
        state: comes back with the answer, and so tells that the answer is this page's.
        verifier: proves that whoever brings the code has opened the page (PKCE).
    """

    url: str
    client_id: str
    state: str
    verifier: Secret


def begin_sign_in(portal: str, client_id: str | None) -> CodeSignIn:
    """Return the page for signing in to a portal; nothing is sent.

    Raises:
        FieldError: there is no client id, or it cannot be one; says how to get one (field ``client_id``).
    """
    client_id = _find_client_id(client_id)
    verifier = Secret(secrets.token_urlsafe(64))
    state = secrets.token_urlsafe(24)
    challenge = hashlib.sha256(verifier.reveal().encode()).digest()
    query = {
        "client_id": client_id,
        "response_type": "code",
        "redirect_uri": OUT_OF_BAND,
        "state": state,
        "expiration": str(_MINUTES),
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return CodeSignIn(f"{_authorize(portal)}?{urlencode(query)}", client_id, state, verifier)


async def trade_code(rest: SharingRest, pasted: Secret, page: CodeSignIn) -> Grant:
    """Return the tokens for what was pasted from a portal's page (1 request).

    Cancelled on its way, it ends what the portal answers: else a session would live on for two weeks.

    Raises:
        FieldError: it holds no code, or none of this page, or the portal does not accept it (field ``code``);
            the portal does not know the application (field ``client_id``).
        KeyWidgetError: the portal cannot be reached, or does not answer as a portal does.
    """
    trade = asyncio.ensure_future(_trade(rest, pasted, page))
    try:
        return await asyncio.shield(trade)
    except asyncio.CancelledError:
        await to_its_end(_give_back(trade))
        raise


async def _give_back(trade: asyncio.Future[Grant]) -> None:
    with suppress(Exception, asyncio.CancelledError):  # no tokens came
        grant = await asyncio.wait_for(trade, _PATIENCE)
        await grant.revoke()


async def _trade(rest: SharingRest, pasted: Secret, page: CodeSignIn) -> Grant:
    if not page.url.startswith(f"{_authorize(rest.url)}?"):
        raise FieldError("code", f"The sign-in page is of another portal than {rest.url}. {_ANEW}")
    form: dict[str, str | Secret] = {
        "client_id": page.client_id,
        "grant_type": "authorization_code",
        "code": read_code(pasted, page),
        "redirect_uri": OUT_OF_BAND,
        "code_verifier": page.verifier,
    }
    try:
        reply = await rest.post_unsigned("oauth2/token", form)
    except PortalError as error:
        if is_refusal(error):
            raise _refused(rest, error) from None
        raise
    except PortalUnreachableError as error:
        if not error.sent:
            raise
        title, reason = error.title, error.reason
    else:
        return Grant(rest, page.client_id, reply)
    raise PortalUnreachableError(title, f"The code may be used up by now. {_ANEW}", reason=reason)


def read_code(pasted: Secret, page: CodeSignIn) -> Secret:
    """Return the code in what was pasted: alone, as the page's title, or within the page's whole address.

    Raises:
        FieldError: there is none, the address is another page's, or says that the sign-in was denied.
    """
    found = _find_code(pasted.reveal().strip(), page)
    if isinstance(found, str):
        raise FieldError("code", found)
    if not _CODE.fullmatch(found.reveal()):
        raise FieldError("code", "A code has no blanks; copy all of it, and nothing else, from the page.")
    refuse_kinds("code", found, *TokenKind)
    return found


# These two return what is wrong instead of raising it: a traceback would show what was pasted.


def _find_code(text: str, page: CodeSignIn) -> Secret | str:
    """Return the code, or what is wrong with the text."""
    if not text:
        return "Paste the code that the sign-in page shows."
    if title := _TITLE.fullmatch(text):
        return Secret(title[1])
    if "://" in text or "code=" in text or "error=" in text:
        return _find_in_address(text, page)
    return Secret(text)


def _find_in_address(text: str, page: CodeSignIn) -> Secret | str:
    found = {name: values[0] for name, values in parse_qs(text.partition("#")[0].rpartition("?")[2]).items()}
    if not {"code", "error"} & found.keys():
        return f"This address holds no code. {_ANEW}"
    if "state" not in found:
        return "This address does not tell which sign-in it belongs to; paste the code alone."
    if not hmac.compare_digest(found["state"].encode(errors="replace"), page.state.encode()):
        return f"This address is of {_other_page(text, page)}. {_ANEW}"
    if "code" in found:
        return Secret(found["code"])
    if found["error"] == "access_denied":
        return "The sign-in was denied on the portal's page. Open it again to allow it."
    return f"The portal's page ended with an error. {_ANEW}"


def _other_page(text: str, page: CodeSignIn) -> str:
    try:
        host = urlsplit(text).hostname
    except ValueError:
        host = None
    if host and host != urlsplit(page.url).hostname:
        return "another portal's sign-in page"
    return "another sign-in page than the last that was opened"


def _find_client_id(given: str | None) -> str:
    text = (given or client_id_in(os.environ)).strip()
    if not text:
        raise FieldError("client_id", _REGISTER)
    if _ITEM_ID_OR_SECRET.fullmatch(text):
        message = (
            "This is an item id or a client secret; the Client ID stands on the item's page, and is shorter."
        )
        raise FieldError("client_id", message)
    if not _CLIENT_ID.fullmatch(text):
        raise FieldError("client_id", "A client ID is one short word; copy it from the item's page.")
    return text


def _authorize(portal: str) -> str:
    return f"{portal}/sharing/rest/oauth2/authorize"


def _refused(rest: SharingRest, error: PortalError) -> FieldError:
    host = urlsplit(rest.url).hostname
    if "client_id" in error.title:
        message = f"{host} knows no application with this client ID; copy it from the item's page there."
        return FieldError("client_id", message)
    if "redirect_uri" in error.title:
        message = f"The application is not registered with the redirect URL {OUT_OF_BAND}; add exactly that."
        return FieldError("client_id", message)
    if "code_verifier" in error.title:
        return FieldError(
            "code", f"This code is of another sign-in page than the last that was opened. {_ANEW}"
        )
    return FieldError(
        "code",
        f"{host} does not accept this code: it may be incomplete, used already, too old, or of another page, "
        f"application or portal. {_ANEW}",
    )
