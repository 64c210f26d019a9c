"""Kept keys, alive again: found, asked about at their portal, and put in the session."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from arcgis_keywidget._loop import run
from arcgis_keywidget.errors import (
    ExpiredError,
    FieldError,
    KeyWidgetError,
    PortalError,
    PortalUnreachableError,
    SignInError,
    TokenError,
)
from arcgis_keywidget.models import ApiKey, KeyCredential, Secret
from arcgis_keywidget.portal import Portal
from arcgis_keywidget.session import vault
from arcgis_keywidget.session.inject import use

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from arcgis_keywidget._http import Verify
    from arcgis_keywidget.session.kept_key import KeptKey

PATIENCE = 15.0
"""Seconds to wait for the portal's answer."""


def load(
    name: str | None = None,
    *,
    portal: str | None = None,
    check: bool = True,
    path: str | os.PathLike[str] | None = None,
    variable: str = "arcgis_api_key",
    environ: Iterable[str] | None = None,
    verify: Verify = True,
) -> ApiKey:
    """Put a kept key in this session again, and return it (1 request).

    The portal is asked first whether the key still lives; one that does not is not put in.

    Args:
        name: what the key is kept as; not needed where one key is kept only.
        portal: the portal's address, where keys of several portals have this name.
        check: False to take the key as it is, unasked, such as without a network.
        path: the file to look in beside the keyring; ``.env`` in the working folder unless given.
        variable: as `use` takes it.
        environ: the same.
        verify: as `Portal` takes it.

    Raises:
        FieldError: several keys are meant (``name``, ``portal``), or an argument that `use` refuses.
        ExpiredError, TokenError, SignInError: the key opens nothing any more; says how to make the next one.
        PortalUnreachableError: the portal could not be asked.
        KeyWidgetError: no such key is kept, or its place cannot be read.
    """
    found = vault.choose(vault.look(path), name, portal)
    kept = max(found, key=_end_of)  # kept in two places, and replaced in one of them: the newer key
    secret = vault.read(kept, path)
    if not secret:
        raise KeyWidgetError(f"'{kept.name}' is gone from {kept.place}.", "See what is kept: kept()")
    key, credential = run(_asked(kept, secret, verify)) if check else _unasked(kept, secret)
    use(credential, variable=variable, environ=environ)
    return key


async def _asked(kept: KeptKey, secret: Secret, verify: Verify) -> tuple[ApiKey, KeyCredential]:
    """Return the key with what its portal tells of it."""
    try:
        async with Portal(kept.portal, trust=kept.trust, verify=verify, timeout=PATIENCE) as portal:
            credential = await portal.inspect_key(secret, referrer=kept.referrer)
    except PortalUnreachableError as error:
        hint = f"{error.hint} To take the key unasked: load({kept.name!r}, check=False).".lstrip()
        raise PortalUnreachableError(error.title, hint, reason=error.reason) from None
    except FieldError as error:
        raise KeyWidgetError(
            f"What is kept as '{kept.name}' is no key: {error.message}", _next(kept)
        ) from None
    except (TokenError, SignInError) as error:
        raise _refused(kept, error) from None
    if credential.key is None:  # inspect_key returns what it was given
        raise KeyWidgetError(f"What is kept as '{kept.name}' is no key.", _next(kept))
    return credential.key, credential


def _unasked(kept: KeptKey, secret: Secret) -> tuple[ApiKey, KeyCredential]:
    """Return the key with what was kept of it."""
    key = ApiKey(secret, portal=kept.portal, expires=kept.expires, trust=kept.trust, referrer=kept.referrer)
    credential = KeyCredential(
        item_id=kept.item_id,
        client_id="",
        title=kept.title or kept.name,
        folder=None,
        privileges=(),
        items=(),
        referrers=(kept.referrer,) if kept.referrer else (),
        slots=(),
        key=key,
    )
    return key, credential


def _end_of(kept: KeptKey) -> datetime:
    return kept.expires or datetime.min.replace(tzinfo=UTC)


def _refused(kept: KeptKey, error: PortalError) -> PortalError:
    """Return what a kept key that its portal refuses means, as far as its date tells."""
    host = urlsplit(kept.portal).hostname
    if kept.expires is not None and kept.expires <= datetime.now(UTC):
        title = f"The kept key '{kept.name}' has ended on {kept.expires:%Y-%m-%d at %H:%M} UTC."
        return ExpiredError(title, _next(kept), code=error.code, endpoint=error.endpoint)
    if isinstance(error, SignInError):
        return SignInError(error.title, _next(kept), code=error.code, endpoint=error.endpoint)
    title = (
        f"{host} no longer accepts the kept key '{kept.name}': it was revoked, generated anew, or ended by a "
        "change of its credential."
    )
    return TokenError(title, _next(kept), code=error.code, endpoint=error.endpoint)


def _next(kept: KeptKey) -> str:
    """Return how to make the next key, and drop this one."""
    place = f', "{kept.where}"'
    again = f'keep(portal.generate("{kept.item_id}"){place})' if kept.item_id else f"keep(..{place})"
    return (
        f'Make the next key under My keys in KeyForm("{kept.portal}"); or in code, with portal = '
        f'Portal.connect("{kept.portal}") and portal.sign_in(): {again}. '
        f"To drop the old one: unkeep({kept.name!r})."
    )
