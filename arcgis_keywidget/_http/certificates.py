"""Which certificates are trusted: the machine's own, and those that settings name beside or instead."""

from __future__ import annotations

import os
import ssl
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from arcgis_keywidget.errors import FieldError

if TYPE_CHECKING:
    from arcgis_keywidget.models import Network, Verify


def certificates(network: Network) -> ssl.SSLContext:
    """Return the context for some settings, of their files as they are now.

    Raises:
        FieldError: a file that is named holds no certificates (field ``verify``).
    """
    verify = network.verify
    named = os.environ.get("SSL_CERT_FILE") or ""
    further = network.ca_bundle if verify is True else ""
    file = named if isinstance(verify, bool | ssl.SSLContext) else verify
    return _read_certificates(verify, named, further, (_state_of(file), _state_of(further)))


def _state_of(file: str | Path) -> tuple[int, int] | None:
    with suppress(OSError):  # told by whoever reads it
        status = Path(file).stat() if file else None
        return status and (status.st_mtime_ns, status.st_size)
    return None


@lru_cache(maxsize=8)
def _read_certificates(
    verify: Verify, cert_file: str, further: str, _states: tuple[object, ...]
) -> ssl.SSLContext:
    """Return a context, once for each setting and state of its files: reading takes some 20 ms.

    httpx reads SSL_CERT_FILE itself; here it tells settings apart.
    """
    source = f"SSL_CERT_FILE, which names {cert_file},"
    try:
        if isinstance(verify, bool | ssl.SSLContext):
            context = httpx.create_ssl_context(verify=verify)
        else:
            source = str(verify)
            context = ssl.create_default_context(cafile=verify)
        if further:
            source = f"ca_bundle, which names {further},"
            context.load_verify_locations(further)
    except OSError:  # a file that is not there, a folder, no certificates inside (ssl.SSLError is one)
        message = f"{source} cannot be read as certificates; name a file in PEM form."
        raise FieldError("verify", message) from None
    return context
