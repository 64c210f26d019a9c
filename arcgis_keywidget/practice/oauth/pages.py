"""The pages of a sign-in: for people, and in the shape that Esri's Python package reads.

That package takes the first line with braces for JSON, and looks for `var oAuthInfo = {...};` in a script,
for `"oauth_state":"` without a blank, `OAUTH_0015` after a wrong password, `Error: Invalid client_id`,
and for a code in the title. So the JSON stands first, flat, on one line, in a script that no browser runs:
the pages need none and allow none.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse

from arcgis_keywidget.practice.oauth.clients import OUT_OF_BAND
from arcgis_keywidget.practice.paths import SHARING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arcgis_keywidget.practice.oauth.sign_ins import SignIn

WRONG_PASSWORD = "Invalid username or password."  # noqa: S105 (what is said of one)
PRIVATE = {"Cache-Control": "no-store", "Pragma": "no-cache", "Referrer-Policy": "no-referrer"}
STYLE = """
:root { color-scheme: light dark; --ink: #1c2530; --soft: #4a5766; --paper: #eef1f4; --card: #ffffff;
  --line: #6b7885; --blue: #00598c; --on-blue: #ffffff; --red: #a3191f; }
@media (prefers-color-scheme: dark) { :root { --ink: #eef1f4; --soft: #b9c3cd; --paper: #14191f;
  --card: #1f262e; --line: #8793a0; --blue: #7cc4ee; --on-blue: #0b1c28; --red: #ff9c99; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 24rem; padding: 1.5rem; background: var(--card); border-radius: .5rem;
  border-top: .3rem solid var(--blue); overflow-wrap: anywhere; }
h1 { margin: .25rem 0 .75rem; font-size: 1.5rem; line-height: 1.2; }
p { margin: 0 0 1rem; }
.practice, .small { color: var(--soft); font-size: .875rem; }
.practice { margin: 0; font-weight: 600; }
.small { margin: 1rem 0 0; }
.error { color: var(--red); font-weight: 600; }
label { display: block; font-weight: 600; }
input { width: 100%; min-height: 2.75rem; margin: .25rem 0 1rem; padding: .5rem .75rem; font: inherit;
  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .25rem; }
button { width: 100%; min-height: 2.75rem; margin-top: .5rem; font: inherit; font-weight: 600;
  cursor: pointer; color: var(--blue); background: transparent; border: 1px solid var(--blue);
  border-radius: .25rem; }
button.main { color: var(--on-blue); background: var(--blue); }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
code { display: block; margin: 0 0 1rem; padding: .75rem; border: 1px solid var(--line);
  border-radius: .25rem; font-size: 1.0625rem; word-break: break-all; user-select: all; }
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_HOST = re.compile(r"[a-z0-9.-]+", re.IGNORECASE)


def show_sign_in(
    asked: SignIn, base: str, oauth_state: str, messages: Sequence[str], username: str
) -> HTMLResponse:
    """The form to sign in with.

    Args:
        asked: what the app wants.
        base: the portal's address.
        oauth_state: what ties the answer to it.
        messages: what was wrong with the last answer.
        username: of the last answer; never a password.
    """
    facts: dict[str, Any] = {
        "oauth_state": oauth_state,
        "client_id": asked.client.client_id,
        "appTitle": asked.client.title,
        "locale": "en",
    }
    alert = ""
    if messages:
        facts |= {"code": "OAUTH_0015", "messages": list(messages)}
        alert = f'<p class="error" id="wrong" role="alert">{escape(" ".join(messages))}</p>'
    wrong = ' aria-invalid="true" aria-describedby="wrong"' if messages else ""
    body = f"""<h1>Sign in</h1>
<p><strong>{escape(asked.client.title)}</strong> asks to use this portal with your account.</p>
{alert}
<form method="post" action="{escape(base)}{SHARING}/rest/oauth2/signin">
<input type="hidden" name="oauth_state" value="{escape(oauth_state)}">
<label for="username">Username</label>
<input id="username" name="username" value="{escape(username)}" autocomplete="username" autocapitalize="none"
 spellcheck="false" required{"" if username else " autofocus"}{wrong}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password"
 required{" autofocus" if username else ""}{wrong}>
<button class="main">Sign in</button>
<button name="cancel" value="true" formnovalidate>Cancel</button>
</form>
<p class="small">Only the users of this practice portal can sign in. Never type the password of a real account
here.</p>"""
    return _show("Sign in - Practice portal", body, facts=facts, targets=_targets(asked))


def show_code(code: str, app: str) -> HTMLResponse:
    """The page with a code to copy; programs read it in the title."""
    body = f"""<h1>You are signed in</h1>
<p>Copy this code, and paste it into <strong>{escape(app)}</strong>. It works once, for ten minutes.</p>
<code tabindex="0">{escape(code)}</code>
<p class="small">Give it to nobody else. You can close this page afterwards.</p>"""
    return _show(f"SUCCESS code={code}", body)


def show_approved() -> HTMLResponse:
    """The page after a sign-in whose token stands in the page's own address."""
    return _show("SUCCESS", "<h1>You are signed in</h1>\n<p>You can close this page.</p>")


def show_denial(error: str) -> HTMLResponse:
    """The page after a sign-in that was given up, or could not be asked for."""
    said = "You did not sign in." if error == "access_denied" else "The app asked for something impossible."
    return _show(f"DENIED error={error}", f"<h1>Not signed in</h1>\n<p>{said} You can close this page.</p>")


def show_error(what: str, why: str) -> HTMLResponse:
    """What is wrong with a request that cannot go back to its app; both are plain text."""
    body = f'<h1>Error</h1>\n<p class="error" role="alert">Error: {escape(what)}</p>\n<p>{escape(why)}</p>'
    return _show("Error - Practice portal", body, status=400)


def _targets(asked: SignIn) -> str:
    """Where the form may lead in the end: browsers hold redirects against `form-action` as well."""
    if asked.redirect_uri == OUT_OF_BAND:
        return "'self'"
    parts = urlsplit(asked.redirect_uri)
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(parts.hostname or ""):
        return f"'self' {parts.scheme}:"
    port = f":{parts.port}" if parts.port else ""
    return f"'self' {parts.scheme}://{parts.hostname}{port}"


def _show(
    title: str,
    body: str,
    *,
    facts: dict[str, Any] | None = None,
    targets: str = "'none'",
    status: int = 200,
) -> HTMLResponse:
    script = f'<script type="text/plain">\nvar oAuthInfo = {_embed(facts)};\n</script>\n' if facts else ""
    content = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
{script}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{STYLE}</style></head>
<body><main>
<p class="practice">Practice portal: nothing here is real</p>
{body}
</main></body></html>
"""
    policy = (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action {targets}; base-uri 'none';"
        " frame-ancestors 'none'"
    )
    headers = {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", **PRIVATE}
    return HTMLResponse(content, status, headers=headers)


def _embed(facts: dict[str, Any]) -> str:
    """JSON that neither HTML, nor a search for the closing brace, nor swapped quotes can read otherwise."""
    pairs = (f"{json.dumps(name)}:{_spell(json.dumps(value))}" for name, value in facts.items())
    return f"{{{','.join(pairs)}}}"


def _spell(text: str) -> str:
    return re.sub(r"[<>&'{}]", lambda found: f"\\u{ord(found[0]):04x}", text)
