"""The certificate of the practice portal's HTTPS: made at the first start, for loopback alone.

Esri's Python client turns every `http` into `https`, so it needs one. It is self-signed and no authority (it
can vouch for nothing but itself), so that trusting it is harmless; clients trust it by its path.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.x509 import ExtensionType, Name

NAME = "Practice portal of arcgis-keywidget"
HOSTS, ADDRESSES = ("localhost",), ("127.0.0.1", "::1")
LIFE, LEAST = timedelta(days=365), timedelta(days=1)
"""What a certificate lives, and what must be left of it when a portal starts."""
_KEY_USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The two files of a certificate.

    Attributes:
        path: the public one, which clients are told to trust.
        private: key and certificate, readable by its owner only.
    """

    path: Path
    private: Path


def keep_certificate(store: Path | None = None, now: datetime | None = None) -> Certificate:
    """The certificate of a store, or of this person: made if there is none, renewed a day before its end.

    Two portals that start at once wait for each other and share one.

    Args:
        store: the file beside which it is kept; in the person's data directory when None.
        now: the time; tests turn it.

    Raises:
        OSError: the files cannot be read or written.
        ValueError: a file of the name is not a practice portal's (it is left alone), or the package
            cryptography is missing.
    """
    if find_spec("cryptography") is None:
        raise ValueError(
            "TLS needs the package cryptography; pip install 'arcgis-keywidget[practice]' brings it."
        )
    home = _home() if store is None else store.absolute().parent
    stem = "" if store is None else f"{store.name}."
    kept = Certificate(home / f"{stem}certificate.pem", home / f"{stem}private.pem")
    now = now or datetime.now(UTC)
    with _lock(home / f"{stem}certificate.lock"):
        pem = _read(kept.private)
        if pem is None or _end(kept.private, pem) < now + LEAST:
            pem = _make(now)
            _write(kept.private, pem, 0o600)
        kept.private.chmod(0o600)
        public = pem[pem.index(b"-----BEGIN CERTIFICATE") :]
        known = _read(kept.path)
        if known is not None:
            _end(kept.path, known)
        if known != public:
            _write(kept.path, public, 0o644)
    return kept


def _home() -> Path:
    """Where this system keeps a person's application data, made for its owner only."""
    try:
        home = _data_directory() / "arcgis-keywidget" / "practice"
    except RuntimeError as error:  # the system knows no home of this person
        raise OSError(str(error)) from None
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def _data_directory() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    given = Path(os.environ.get("XDG_DATA_HOME", ""))
    return given if given.is_absolute() else Path.home() / ".local" / "share"


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold a file's lock; the system lets go of it even if this process is killed."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 (Windows only)

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl  # noqa: PLC0415 (not on Windows)

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _write(path: Path, content: bytes, mode: int) -> None:
    """Replace a file in one step; until then it is a file that only its owner can read."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, mode)  # noqa: PTH101 (the temporary file has a name, not a path)
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _end(path: Path, pem: bytes) -> datetime:
    """When the certificate in a file of ours ends.

    Raises:
        ValueError: the file is not ours.
    """
    from cryptography import x509  # noqa: PLC0415 (loaded only with TLS)

    try:
        certificate = x509.load_pem_x509_certificate(pem)
        ours = certificate.subject == _name()
    except ValueError:
        ours = False
    if not ours:
        raise ValueError(f"{path} is no certificate of a practice portal; move it away.")
    return certificate.not_valid_after_utc


def _name() -> Name:
    from cryptography import x509  # noqa: PLC0415 (loaded only with TLS)

    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])


def _make(now: datetime) -> bytes:
    """A new key and its certificate, in PEM."""
    from cryptography import x509  # noqa: PLC0415 (loaded only with TLS)
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 (same)
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 (same)

    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder(issuer_name=_name(), subject_name=_name(), public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + LIFE)
    )
    for extension, critical in _extensions(key.public_key()):
        builder = builder.add_extension(extension, critical)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret + builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _extensions(key: EllipticCurvePublicKey) -> Iterator[tuple[ExtensionType, bool]]:
    """What Python's strict check, Node and Chromium want to see of a server that is no authority."""
    from cryptography import x509  # noqa: PLC0415 (loaded only with TLS)

    own = x509.SubjectKeyIdentifier.from_public_key(key)
    names = [*map(x509.DNSName, HOSTS), *(x509.IPAddress(ip_address(text)) for text in ADDRESSES)]
    uses = {name: name == "digital_signature" for name in _KEY_USES}
    yield x509.SubjectAlternativeName(names), False
    yield x509.BasicConstraints(ca=False, path_length=None), True
    yield x509.KeyUsage(**uses), True
    yield x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH]), False
    yield own, False
    yield x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own), False
