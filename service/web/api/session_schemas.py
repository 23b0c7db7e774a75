"""Shapes of logging in and of one's own sessions."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from service.credentials.password_rules import LONGEST, SHORTEST
from service.web.api.schemas import Shown
from service.web.parsing import Closed

Password = Annotated[str, Field(min_length=1, max_length=4 * LONGEST)]


class LoginIn(Closed):
    """Name and password of a moderator."""

    name: str = Field(min_length=1, max_length=100)
    password: Password


class PasswordIn(Closed):
    """A password of one's own choice."""

    current_password: Password | None = Field(
        None, description="The one until now. Not needed right after logging in with a one-time password."
    )
    new_password: Password = Field(description=f"{SHORTEST} to {LONGEST} characters, and none of the usual ones.")


class BegunOut(Shown):
    """A session that began; its cookie came with this answer."""

    stage: Literal["open", "code", "password", "enrol"] = Field(
        description="What is missing: nothing (`open`), a one-time code, a password of one's own, or an authenticator."
    )
    csrf_token: str = Field(description="Send it as `X-CSRF-Token` with every change.")


class RoleOut(Shown):
    """What somebody may do on one site."""

    site: str
    role: Literal["viewer", "moderator", "owner"]


class SessionOut(Shown):
    """Who is logged in."""

    name: str
    is_admin: bool
    roles: list[RoleOut]
    csrf_token: str


class RunningSessionOut(Shown):
    """One of one's own sessions."""

    id: int
    client: str = Field(description="How the browser names itself.")
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    is_this: bool


class RunningSessionsOut(Shown):
    """One's own sessions, the one used last first."""

    sessions: list[RunningSessionOut]


class EndedOut(Shown):
    """How many sessions ended."""

    ended: int


class CodeIn(Closed):
    """A code of the authenticator, or a recovery code."""

    code: str = Field(min_length=1, max_length=40)


class ProposeIn(Closed):
    """One's password, to be sure; not needed where it was typed a moment ago to log in."""

    current_password: Password | None = None


class ProposedOut(Shown):
    """What an authenticator needs. It counts once a code of it was shown."""

    secret: str = Field(description="In base32, to type in.")
    address: str = Field(description="The same as `otpauth:` address, to scan.")


class RecoveryCodesOut(Shown):
    """Each works once in place of a code. They are shown this once."""

    recovery_codes: list[str]


class ConfirmedOut(BegunOut):
    """The authenticator counts; a new session's cookie comes along."""

    recovery_codes: list[str] = Field(description="Each works once in place of a code. They are shown this once.")
