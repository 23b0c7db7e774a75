"""Every shape of what authors ask for by mail."""

from typing import Literal

from pydantic import Field

from service.web.api.schemas import Shown
from service.web.language import LONGEST_TAG
from service.web.parsing import Closed


class NothingIn(Closed):
    """Nothing has to be said: `{}`, or no body at all."""


class ProofOut(Shown):
    """A token for this browser to keep."""

    proof: str = Field(description="Worth nothing until the link in the mail was confirmed; then valid for a year.")


class AuthorLinkIn(Closed):
    """Whose comments somebody wants to see, and in which language they read."""

    email: str = Field(max_length=254)
    lang: str | None = Field(None, max_length=LONGEST_TAG, description="A language tag (BCP 47).")


class AuthorLinkOut(Shown):
    """Always the same."""

    status: Literal["received"]
