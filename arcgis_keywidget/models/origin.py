"""Origins: what counts as one place on the web, for tokens, keys and redirects alike."""

from __future__ import annotations

from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def origin_of(address: str) -> str:
    """Return scheme, host and port in lower case; https where no scheme is written, no default port.

    Raises:
        ValueError: the port is no number, or a bracket is missing.
    """
    parts = urlsplit(address if "://" in address else f"https://{address}")
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    suffix = "" if port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f":{port}"
    return f"{parts.scheme}://{host}{suffix}"
