"""What a dry run found, as sentences."""

from collections.abc import Mapping

from service.moderation.model import Verdict
from service.usecases.dry_run import DryRun, Turn


def sentences(run: DryRun) -> list[str]:
    """Return what a dry run found, as sentences."""
    where = f"On the last {run.looked_at:,} comments" if run.looked_at != 1 else "On the last comment"
    if not run.turns:
        return [f"{where} this would have changed nothing."]
    return [_sentence(where, turn, count, run.against_moderators) for turn, count in run.turns.most_common()]


def _sentence(where: str, turn: Turn, count: int, against: Mapping[Turn, int]) -> str:
    did = _DONE[turn.new].format(f"{count:,}")
    if turn.old is not Verdict.PUBLISH:
        did += f" that the present policy {_DOES[turn.old]}"
    if not against.get(turn):
        return f"{where} this would have {did}."
    decided = "stopped" if turn.new is Verdict.PUBLISH else "published"
    return f"{where} this would have {did}, {against[turn]:,} of them {decided} by a moderator."


_DONE: Mapping[Verdict, str] = {
    Verdict.PUBLISH: "published {}",
    Verdict.HOLD: "held {}",
    Verdict.SPAM: "called {} spam",
    Verdict.REJECT: "rejected {}",
    Verdict.ESCALATE: "escalated {}",
}
_DOES: Mapping[Verdict, str] = {
    Verdict.HOLD: "holds",
    Verdict.SPAM: "calls spam",
    Verdict.REJECT: "rejects",
    Verdict.ESCALATE: "escalates",
}
