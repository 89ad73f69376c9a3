"""Papers for TLS, made on the spot: an authority that only these homes know, and a server that it vouches for."""

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

VALID = timedelta(days=90)


def make(folder: Path, host: str, now: datetime) -> Path:
    """authority.pem, to be given to the homes; server.pem and server.key, which stay. Kept where they are there.

    host: name or address by which homes reach the server
    """
    authority = folder / "authority.pem"
    if authority.exists():
        return authority
    folder.mkdir(parents=True, exist_ok=True)
    issuer, issuer_key = _name("Heron federation"), ec.generate_private_key(ec.SECP256R1())
    own = x509.BasicConstraints(ca=True, path_length=0)
    root = _draft(issuer, issuer, issuer_key.public_key(), now).add_extension(own, critical=True)
    key = ec.generate_private_key(ec.SECP256R1())
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), _named(host)]
    leaf = _draft(_name(host), issuer, key.public_key(), now)
    leaf = leaf.add_extension(x509.SubjectAlternativeName(names), critical=False)
    leaf = leaf.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    _write(folder / "server.key", _private(key))
    _write(folder / "server.pem", leaf.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    _write(authority, root.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return authority


def _draft(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - timedelta(minutes=5))
        .not_valid_after(now.astimezone(UTC) + VALID)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _named(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


def _write(path: Path, content: bytes) -> None:
    """Only its owner may read it."""
    path.touch(mode=0o600)
    path.write_bytes(content)
