"""Ban: the site wants no comments from this author, network, website or kind of name."""

from collections.abc import Iterator, Mapping

from service.moderation.model import BanEffect, BanKind, Facts, Label, Signal, Verdict

_WHO: Mapping[BanKind, str] = {
    BanKind.EMAIL: "The author's e-mail address is banned",
    BanKind.NETWORK: "The author's network is banned",
    BanKind.HOST: "A website that it links to is banned",
    BanKind.NAME: "The author's name fits a banned pattern",
}
_LEADS_TO: Mapping[BanEffect, tuple[Label, Verdict]] = {
    BanEffect.HOLD: (Label.BAN, Verdict.HOLD),
    BanEffect.REJECT: (Label.BAN, Verdict.REJECT),
    BanEffect.SHADOW: (Label.SHADOW_BAN, Verdict.REJECT),
}


def check_ban(facts: Facts) -> Iterator[Signal]:
    """Yield a signal about a ban that is in force. What a person must see soon is held all the same: see the policy."""
    if facts.ban is not None:
        label, verdict = _LEADS_TO[facts.ban.effect]
        yield Signal("ban", label, 1.0, f"{_WHO[facts.ban.kind]}: {facts.ban.reason}", verdict=verdict)
