"""Shapes of people, invitations, links and tokens."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from service.web.api.schemas import MAX_PAGE, Shown
from service.web.api.session_schemas import Password
from service.web.parsing import LARGEST_ID, Closed, ClosedQuery

Role = Literal["viewer", "moderator", "owner"]
TokenRole = Literal["viewer", "moderator", "owner", "submitter"]
SiteKey = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
LONGEST_DAYS = 3650


class PeopleQuery(ClosedQuery):
    """Of which site, and from where on."""

    site: SiteKey
    cursor: int = Field(0, ge=0, le=LARGEST_ID, description="`next_cursor` of the page before.")
    limit: int = Field(MAX_PAGE, ge=1, le=MAX_PAGE)


class PersonIn(Closed):
    """Somebody for a site."""

    name: str = Field(min_length=1, max_length=100, description="With which they log in.")
    site: SiteKey
    role: Role


class RoleIn(Closed):
    """A role on a site."""

    site: SiteKey
    role: Role


class SiteQuery(ClosedQuery):
    """On which site."""

    site: SiteKey


class DisabledIn(Closed):
    """Whether somebody is kept out."""

    is_disabled: bool


class EmptyIn(Closed):
    """Nothing: the address says it all."""


class PersonOut(Shown):
    """Somebody on a site."""

    id: int
    name: str
    role: Role
    is_admin: bool
    is_disabled: bool
    has_totp: bool
    last_seen_at: datetime | None


class InvitationOut(Shown):
    """An invitation that was not accepted yet."""

    id: int
    name: str
    role: Role
    made_by: str
    expires_at: datetime


class PeopleOut(Shown):
    """The people of a site, and whom somebody invited."""

    people: list[PersonOut]
    invitations: list[InvitationOut]
    next_cursor: int | None


class HandedOut(Shown):
    """A link for one person, shown this once. Hand it to them over a way that you trust."""

    link: str | None = Field(description="Null where somebody of that name was there already, and is on the site now.")
    expires_at: datetime | None


class DoneOut(Shown):
    """It is done."""

    done: Literal[True]


class LinkIn(Closed):
    """A link that somebody was handed, and the password that they choose."""

    token: str = Field(min_length=1, max_length=100, description="The last part of the link.")
    new_password: Password


class AcceptedLinkOut(Shown):
    """Under which name they can log in now."""

    name: str


class TokenIn(Closed):
    """What a new token may do."""

    site: SiteKey
    role: TokenRole
    name: str = Field(min_length=1, max_length=100, description="Whose it is; stands in the history of every decision.")
    is_read_only: bool = Field(default=False, description="It changes nothing, whatever its role.")
    days: int | None = Field(None, ge=1, le=LONGEST_DAYS, description="How long it works; null until it is revoked.")


class TokensQuery(ClosedQuery):
    """Of which site, and from where on."""

    site: SiteKey
    cursor: int = Field(0, ge=0, le=LARGEST_ID, description="`next_cursor` of the page before.")
    limit: int = Field(MAX_PAGE, ge=1, le=MAX_PAGE)


class TokenOut(Shown):
    """What is known of a token: never the token itself."""

    id: int
    name: str
    role: TokenRole
    is_read_only: bool
    made_by: str | None
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


class TokensOut(Shown):
    """The tokens of a site, the oldest first."""

    tokens: list[TokenOut]
    next_cursor: int | None


class NewTokenOut(Shown):
    """A token, shown this once."""

    id: int
    token: str
