"""Every shape of what authors ask for by mail."""

from pydantic import Field

from service.web.api.schemas import Shown
from service.web.parsing import Closed


class NothingIn(Closed):
    """Nothing has to be said: `{}`, or no body at all."""


class ProofOut(Shown):
    """A token for this browser to keep."""

    proof: str = Field(description="Worth nothing until the link in the mail was confirmed; then valid for a year.")
