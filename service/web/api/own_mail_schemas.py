"""Shapes of one's own mail: where it goes, and how often about which site."""

from typing import Literal

from pydantic import Field

from service.web.api.schemas import EmailText, Shown
from service.web.parsing import Closed

Wish = Literal["at_once", "hourly", "daily", "never"]


class MailWish(Closed):
    """How often about one site."""

    site: str = Field(max_length=63)
    wish: Wish


class OwnMailIn(Closed):
    """The address, and what is wanted; a site that is left out is `never`. Crises and threats come at once anyway."""

    email: EmailText | None = Field(None, description="Left out: the present one stays. Empty: it is forgotten.")
    wishes: list[MailWish] = Field(max_length=200)


class MailWishOut(Shown):
    """How often about one site."""

    site: str
    wish: Wish


class OwnMailOut(Shown):
    """Where one's mail goes, masked, and how often about each site on which one decides."""

    email_masked: str | None
    wishes: list[MailWishOut]
