"""The second step: codes of an authenticator (RFC 6238), and recovery codes for when it is lost."""

import hmac
import re
import secrets
from datetime import datetime
from io import BytesIO

import pyotp
import segno

STEP_S = 30
WINDOW = 1
"""A code is taken a step before and after its time: clocks differ, and typing takes a while."""

RECOVERY_CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 3, 4


def new_secret() -> str:
    """160 random bits in base32, as authenticators take them."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, if it is one of those around now."""
    digits = re.sub(r"\s", "", code)
    present = int(now.timestamp()) // STEP_S
    generator = pyotp.HOTP(secret)
    steps = range(present - WINDOW, present + WINDOW + 1)
    return next((step for step in steps if hmac.compare_digest(generator.at(step).encode(), digits.encode())), None)


def address_for(secret: str, name: str, issuer: str) -> str:
    """What an authenticator reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def picture_of(address: str) -> str:
    """The address as a QR code: an SVG element with a quiet zone, dark on light in any theme, and without styles."""
    out = BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4, dark="#000", light="#fff", nl=False
    )
    return out.getvalue().decode()


def new_recovery_codes() -> list[str]:
    """Ten codes of 59 random bits each, easy to copy from paper."""
    return ["-".join(_word() for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES)]


def settled_recovery_code(code: str) -> str:
    """A recovery code as it is compared: however it was written down."""
    return re.sub(r"[\s-]", "", code).lower()


def _word() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_GROUP))
