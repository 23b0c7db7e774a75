"""Every shape that goes in or out of a site's policy: its rules, its versions, and what it would have done."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, ValidationError

from service.errors import FieldError, invalid
from service.moderation.model import Policy
from service.moderation.patterns import MAX_PATTERN
from service.moderation.policy import MAX_LINKS_SETTING, policy_from_settings
from service.moderation.rule_settings import MAX_DAYS, MAX_FIGURE, MAX_LANGUAGES, MAX_OWNER, MAX_REASON, MAX_RULES
from service.web.api.schemas import MAX_PAGE, Shown
from service.web.parsing import Closed, ClosedQuery, field_errors

MAX_POLICY_BYTES = 1024 * 1024
MAX_NOTE = 300
MAX_VERSION = 2**31 - 1
MAX_VERSIONS = 50

Place = Literal["text", "name", "website"]
Said = Annotated[str, Field(min_length=1, max_length=MAX_PATTERN)]
Time = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Score = Annotated[float, Field(ge=0, le=1)]
Answer = Literal["publish", "hold", "spam", "reject", "escalate"]


class _Rule(Closed):
    """What every rule has."""

    id: str | None = Field(
        None, pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", description="Leave it out for a new rule; keep it for one that is."
    )
    verdict: Literal["hold", "spam", "reject", "escalate"]
    state: Literal["on", "off", "shadow"] = "on"
    owner: str = Field("", max_length=MAX_OWNER, description="Who answers for it. Your own label takes it over.")
    reason: str = Field("", max_length=MAX_REASON, description="Why it exists. Needed where a rule is new or changed.")


class WordRule(_Rule):
    """A word, or some in a row, also in disguise."""

    kind: Literal["word"]
    word: Said
    places: list[Place] = Field(["text", "name"], alias="in", min_length=1, max_length=3)


class PatternRule(_Rule):
    """An RE2 pattern."""

    kind: Literal["pattern"]
    pattern: Said
    places: list[Place] = Field(["text", "name"], alias="in", min_length=1, max_length=3)


class LinksRule(_Rule):
    """More links than that which lead away from the site; 0 means any."""

    kind: Literal["links"]
    more_than: int = Field(ge=0, le=MAX_FIGURE)


class LinkHostRule(_Rule):
    """A link, or the author's website, to this host or one below it."""

    kind: Literal["link_host"]
    host: str = Field(min_length=1, max_length=253)


class LinkPatternRule(_Rule):
    """A link, or the author's website, whose address fits an RE2 pattern."""

    kind: Literal["link_pattern"]
    pattern: Said


class FewPublishedRule(_Rule):
    """An author with fewer published comments on this site."""

    kind: Literal["few_published"]
    fewer_than: int = Field(ge=1, le=MAX_FIGURE)


class NewAuthorRule(_Rule):
    """An author first seen less than so many days ago."""

    kind: Literal["new_author"]
    days: int = Field(ge=1, le=MAX_DAYS)


class LanguageRule(_Rule):
    """A text in none of these languages."""

    kind: Literal["language"]
    languages: list[Language] = Field(min_length=1, max_length=MAX_LANGUAGES)


class TimeOfDayRule(_Rule):
    """Sent between two times by the site's clock; past midnight where `until` is earlier."""

    kind: Literal["time_of_day"]
    start: Time = Field(alias="from")
    until: Time


AnyRule = Annotated[
    WordRule
    | PatternRule
    | LinksRule
    | LinkHostRule
    | LinkPatternRule
    | FewPublishedRule
    | NewAuthorRule
    | LanguageRule
    | TimeOfDayRule,
    Field(discriminator="kind"),
]


class ThresholdFields(Closed):
    """From which score on a label leads to which verdict; null means never."""

    hold: Score | None = None
    spam: Score | None = None
    reject: Score | None = None
    escalate: Score | None = None


Label = Literal[
    "spam", "illegal_sale", "toxicity", "threat", "crisis", "personal_data", "house_rules", "unchecked", "newcomer"
]


class PolicyFields(Closed):
    """A site's policy: what it gives out can be changed and sent back."""

    mode: Literal["hold_everything", "hold_first_time_authors", "publish_what_passes"] = "publish_what_passes"
    max_links: int = Field(2, ge=0, le=MAX_LINKS_SETTING)
    promise: float | None = Field(
        None, gt=0, lt=1, description="The share of bad comments among those published unseen that the site will bear."
    )
    time_zone: str = Field("UTC", max_length=64, description="Like `Europe/Berlin`: the clock of rules about the time.")
    thresholds: dict[Label, ThresholdFields] = Field(
        default_factory=dict, description="A label that is left out has its default."
    )
    rules: list[AnyRule] = Field(default_factory=list, max_length=MAX_RULES)


class _PolicyBody(Closed):
    @classmethod
    def read(cls, fields: Mapping[str, Any]) -> Self:
        """The validated model. Raises Invalid with pointers into what was sent."""
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            raise invalid([_without_kind(problem) for problem in field_errors(error)]) from None


class PolicyChangeIn(_PolicyBody):
    """The whole policy that is wanted, and the version that it was made from."""

    based_on: int = Field(ge=1, le=MAX_VERSION, description="The version that you saw; 409 when it is not in force.")
    note: str = Field("", max_length=MAX_NOTE, description="Why, for the history.")
    policy: PolicyFields


class DryRunIn(_PolicyBody):
    """The policy to try."""

    policy: PolicyFields


class RestoreIn(Closed):
    """What you saw when you decided to go back."""

    based_on: int = Field(ge=1, le=MAX_VERSION, description="The version in force that you saw.")


class HitsOut(Shown):
    """How often a rule was met: once for each text, while it was on, and while it stood in the shadow."""

    rule_id: str
    hits: int
    shadow_hits: int
    last_hit_at: datetime | None


class PolicyOut(Shown):
    """The policy in force, and how often its rules were met."""

    version: int
    changed_at: datetime
    changed_by: str
    note: str
    restored_from: int | None
    policy: PolicyFields
    hits: list[HitsOut]


class VersionOut(Shown):
    """One line of the history: what changed against the version before, in sentences."""

    version: int
    changed_at: datetime
    changed_by: str
    note: str
    restored_from: int | None
    changes: list[str]


class VersionPageOut(Shown):
    """A page of the history, the newest first."""

    versions: list[VersionOut]
    next_cursor: int | None


class VersionsQuery(ClosedQuery):
    """Which part of the history to list."""

    cursor: int | None = Field(None, ge=1, le=MAX_VERSION, description="`next_cursor` of the page before.")
    limit: int = Field(MAX_VERSIONS, ge=1, le=MAX_VERSIONS)


class HitsQuery(ClosedQuery):
    """Which hits of a rule to list."""

    shadow: bool = Field(
        default=False, description="What it met while it stood in the shadow, instead of while it was on."
    )
    cursor: str | None = Field(
        None,
        pattern=r"^[0-9]{1,16}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        description="`next_cursor` of the page before.",
    )
    limit: int = Field(MAX_VERSIONS, ge=1, le=MAX_PAGE)


class HitOut(Shown):
    """One text that met a rule, and what became of the comment."""

    comment_id: UUID
    revision: int
    author_name: str
    verdict: Answer = Field(description="What the rule asked for, or in the shadow would have asked for.")
    at: datetime
    status: str


class HitPageOut(Shown):
    """A page of hits, the newest first."""

    hits: list[HitOut]
    next_cursor: str | None


class VersionInForceOut(Shown):
    """The version that is in force now."""

    version: int


class TurnOut(Shown):
    """How many comments would be decided otherwise in one way, and how many of them a moderator decided as before."""

    old: Answer
    new: Answer
    count: int
    against_moderators: int


class MetOut(Shown):
    """How many of the comments a rule meets; in the shadow too."""

    rule_id: str
    count: int


class ChangedOut(Shown):
    """One comment that would be decided otherwise."""

    id: UUID
    excerpt: str
    author_name: str
    created_at: datetime
    status: str
    moderator: str | None = Field(description="Who decided last; null where that was the policy.")
    old: Answer
    new: Answer
    reasons: list[str]
    rules: list[str] = Field(description="The ids of the rules that it meets.")


class DryRunOut(Shown):
    """What the policy would have done with the last comments. Nothing was changed."""

    looked_at: int
    is_complete: bool = Field(description="False where there was no time to look at all 2,000.")
    summary: list[str]
    turns: list[TurnOut]
    met: list[MetOut]
    comments: list[ChangedOut] = Field(description="The newest 100 that would be decided otherwise.")


_KIND = re.compile(r"^(/policy/rules/\d+)/[a-z_]+(?=/|$)")
_SETTING = re.compile(r"^([a-z_]+(?:\[\d+\])?(?:\.[a-z_]+)*): ")


def _without_kind(problem: FieldError) -> FieldError:
    """The pointer without the kind of the rule, which pydantic puts in and nobody has sent."""
    return problem._replace(pointer=_KIND.sub(r"\1", problem.pointer))


def policy_of(fields: Mapping[str, Any], version: int) -> Policy:
    """The policy that a validated body asks for.

    Raises:
        Invalid: naming what no schema can tell, like two rules of one id.

    """
    try:
        return policy_from_settings(version, fields)
    except ValueError as error:
        found = _SETTING.match(str(error))
        place = re.sub(r"[\[.]", "/", found[1]).replace("]", "") if found else ""
        sentence = str(error)[found.end() :] if found else str(error)
        raise invalid([FieldError(f"/policy/{place}".rstrip("/"), "wrong_setting", f"{sentence}.")]) from None
