"""Which Referer header a token accepts.

The real matching rule is not published. Chosen: scheme, host and port must be the same, `*` stands for
sub-domains, the path is ignored, and an entry without a host (`http`) is a prefix, because an Esri
demonstration makes a key for the referrer `http` and uses it from Python.
"""

from __future__ import annotations

from urllib.parse import urlsplit


def accepts(entry: str, referer: str, rule: str = "origin") -> bool:
    """Whether a referrer entry lets a request with this Referer pass; no Referer never passes.

    Args:
        entry: one of a credential's referrers.
        referer: as the request carries it.
        rule: the choice of the switch `referrers`.
    """
    wanted, given = _origin(entry), _origin(referer)
    if wanted is None or (rule == "prefix" and "*" not in entry):
        return bool(referer) and referer.lower().startswith(entry.lower().rstrip("/"))
    if given is None:
        return False
    scheme, host, port = wanted
    if host.startswith("*."):
        return (scheme, port) == (given[0], given[2]) and given[1].endswith(host[1:])
    return wanted == given


def same_site(bound: str, referer: str) -> bool:
    """Whether a person's token that is bound to a Referer passes: the same one, or a page of its origin."""
    wanted = _origin(bound)
    return bound == referer if wanted is None else wanted == _origin(referer)


def _origin(url: str) -> tuple[str, str, int | None] | None:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname:
        return None
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, port or usual
