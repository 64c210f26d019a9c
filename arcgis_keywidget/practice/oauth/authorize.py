"""Where people sign in for an app: `oauth2/authorize`, `oauth2/signin` and `oauth2/approval`.

No cookie is used: a page is tied to its request by `oauth_state`, and every sign-in asks for the password.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.responses import Response

from arcgis_keywidget.practice import tokens
from arcgis_keywidget.practice.oauth import grants, pages
from arcgis_keywidget.practice.oauth.clients import find_client, may_redirect
from arcgis_keywidget.practice.oauth.lifetimes import OWN_TOKEN, REFRESH_TOKEN, read_minutes
from arcgis_keywidget.practice.oauth.sign_ins import SignIn
from arcgis_keywidget.practice.paths import REST
from arcgis_keywidget.practice.people import password_fits
from arcgis_keywidget.practice.replies import Refusal

if TYPE_CHECKING:
    from arcgis_keywidget.practice.call import Call

MOST_STATE = 2_000
METHODS = {"S256", "plain"}
_CHALLENGE = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_ONCE = (
    *("client_id", "redirect_uri", "response_type", "state", "expiration"),
    *("code_challenge", "code_challenge_method"),
)


def authorize(call: Call) -> Response:
    """`oauth2/authorize`: the page to sign in at.

    A wrong client or redirect is told to the person, because nobody else can be trusted with it; the words
    `Invalid client_id` and `Invalid redirect_uri` are those that Esri's Python client looks for. Everything
    else that is wrong goes back to the app as OAuth 2.0 has it; the real portal's answers are not known.
    """
    if doubled := next((name for name in _ONCE if len(call.values(name)) > 1), None):
        return pages.show_error(f"Invalid {doubled}", "It was sent more than once.")
    client = find_client(call.store, call.text("client_id"))
    if client is None:
        return pages.show_error("Invalid client_id", "No app of this portal has it.")
    redirect_uri = call.exact("redirect_uri")
    if not may_redirect(client, redirect_uri, _own_addresses(call)):
        return pages.show_error("Invalid redirect_uri", "It is not registered with the app.")
    state = call.exact("state")
    if len(state) > MOST_STATE:
        return pages.show_error("Invalid state", f"It is longer than {MOST_STATE:,} characters.")
    asked = SignIn(
        client=client,
        redirect_uri=redirect_uri,
        approval=f"{call.base}{REST}/oauth2/approval",
        implicit=call.text("response_type") == "token",
        state=state,
    )
    try:
        asked = _complete(call, asked)
    except Refusal as refusal:
        return _go_back(asked, error=refusal.oauth or "", error_description=refusal.message)
    return _ask(call, asked)


def _own_addresses(call: Call) -> set[str]:
    """Esri's Python package comes back to the origin, or to the portal below it, and always over https."""
    origin = f"https://{call.netloc}"
    return {origin, origin + call.portal.account.context}


def _complete(call: Call, asked: SignIn) -> SignIn:
    """Read the life that is asked for, and PKCE's challenge.

    Raises:
        Refusal: with OAuth 2.0's name of what is wrong.
    """
    if call.text("response_type") not in {"code", "token"}:
        raise Refusal(400, "Invalid response_type", oauth="unsupported_response_type")
    minutes = read_minutes(call, OWN_TOKEN if asked.implicit else REFRESH_TOKEN)
    challenge, method = call.text("code_challenge"), call.text("code_challenge_method")
    if asked.implicit or not (challenge or method):
        return replace(asked, minutes=minutes)
    if not _CHALLENGE.fullmatch(challenge):
        raise Refusal(400, "Invalid code_challenge", oauth="invalid_request")
    if method not in {"", *METHODS}:
        raise Refusal(400, "Invalid code_challenge_method", oauth="invalid_request")
    return replace(asked, minutes=minutes, challenge=challenge, method=method or "plain")


def _ask(call: Call, asked: SignIn, *messages: str, username: str = "") -> Response:
    oauth_state = call.portal.sign_ins.begin(asked, call.now)
    return pages.show_sign_in(asked, call.base, oauth_state, messages, username)


def sign_in(call: Call) -> Response:
    """`oauth2/signin`: what the person typed; sends the browser back to the app, or shows the page again.

    The password is read from the form alone: a query ends up in logs.
    """
    asked = call.portal.sign_ins.take(_typed(call, "oauth_state"), call.now)
    if call.request.method != "POST" or asked is None:
        return pages.show_error(
            "Invalid oauth_state",
            "This page has been answered already, or has expired. Go back to the app and start again.",
        )
    if _typed(call, "cancel"):
        return _go_back(asked, error="access_denied", error_description="The user denied your request.")
    username = _typed(call, "username").strip()
    if not password_fits(call.store, username, _typed(call, "password")):
        known = any(user.username == username for user in call.portal.users)
        return _ask(call, asked, pages.WRONG_PASSWORD, username=username if known else "")
    return _admit(call, asked, username)


def _typed(call: Call, name: str) -> str:
    value = call.form.get(name, "")
    return value if isinstance(value, str) else ""


def _admit(call: Call, asked: SignIn, username: str) -> Response:
    grant = grants.open_grant(call.store, asked, username)
    if not asked.implicit:
        return _go_back(asked, code=grants.issue_code(call.store, grant, call.now))
    expires = call.now + asked.minutes * grants.MINUTE
    token = tokens.issue_access_token(call.store, expires, maker="oauth", username=username, grant=grant)
    secure = str(call.secure).lower()
    lasts = str(asked.minutes * 60)
    return _go_back(asked, access_token=token, expires_in=lasts, username=username, ssl=secure)


def _go_back(asked: SignIn, **parameters: str) -> Response:
    return Response(status_code=302, headers={"Location": asked.answer(**parameters), **pages.PRIVATE})


def show_approval(call: Call) -> Response:
    """`oauth2/approval`: shows a code for a person to copy; its title is what programs look for.

    Only a code that can still be used is shown, so that no link can make the page say something else.
    """
    code = call.text("code")
    if error := call.text("error"):
        return pages.show_denial("access_denied" if error == "access_denied" else "invalid_request")
    if not code:
        return pages.show_approved()
    row = grants.find(call.store, "code", code)
    if row is None or row["spent"] or row["expires"] <= call.now:
        return pages.show_error("Invalid code", "It has been used, or has expired.")
    client = find_client(call.store, row["client"])
    return pages.show_code(code, client.title if client else row["client"])
