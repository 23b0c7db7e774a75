"""Stored comments as the desk shows them: in words, with evidence marked and links disarmed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from service.moderation.rank import Rank
from service.moderation.reasons import UNSAID
from service.storage.actors import Actor
from service.storage.authors import History
from service.storage.review import ReviewItem, StoredDecision, StoredSignal
from service.usecases.report import REASONS
from service.usecases.show_comment import Whole
from service.web.console import evidence, wording
from service.web.console.queue_schemas import QueueQuery

CHOICES: Mapping[str, Sequence[tuple[str, str]]] = {
    "status": [
        ("waiting", "What waits"),
        *(
            (status, wording.STATUSES[status].title)
            for status in ("held", "published", "spam", "rejected", "removed", "pending")
        ),
        ("any", "Everything"),
    ],
    "label": [("", "Anything"), *((code, word.title) for code, word in wording.LABELS.items() if code != "mode")],
    "waited": [
        ("", "Any time"),
        ("hour", "Over an hour ago"),
        ("day", "Over a day ago"),
        ("week", "Over a week ago"),
        ("month", "Over a month ago"),
    ],
    "min_score": [("", "However weak"), ("0.5", "50 % and more"), ("0.8", "80 % and more"), ("0.95", "95 % and more")],
    "language": [
        ("", "Any language"),
        *((code, name) for code, name in wording.LANGUAGES.items()),
    ],
}
"""What can be chosen in the list's filters: code and words."""


def kinds(by_reason: Mapping[str, int], *, chosen: str | None) -> list[dict[str, Any]]:
    """How many comments there are of each kind, to be chosen from; what is chosen stays, also with none left."""
    counted = dict(by_reason)
    if chosen:
        counted.setdefault(chosen, 0)
    return [
        {"code": code, "title": wording.kind_title(code), "count": count, "is_chosen": code == chosen}
        for code, count in counted.items()
    ]


def waits(by_rank: Mapping[str, int], *, chosen: str | None) -> list[dict[str, Any]]:
    """How many wait for what, in the order of the list; nothing where all of them are the rest."""
    found = [
        {"code": code, "title": title, "count": by_rank.get(str(int(rank)), 0), "is_chosen": code == chosen}
        for rank, title in wording.RANKS.items()
        for code in (Rank(rank).name.lower(),)
    ]
    listed = [one for one in found if one["count"] or one["is_chosen"]]
    return [] if [one["code"] for one in listed] == ["rest"] and not chosen else listed


def narrowed(query: QueueQuery, shown: Sequence[ReviewItem]) -> list[dict[str, Any]]:
    """The filters in force that no field of the form shows, each in words and with the way to be rid of it."""
    first = shown[0] if shown else None
    named = {
        "text": f"“{query.text}”",
        "thread": f"on {first.page_title or first.page_url}" if first else "on one page",
        "author": f"by {first.author_name}" if first else "by one author",
        "older_than": f"before {query.older_than:%d %B %Y}" if query.older_than else "",
        "newer_than": f"after {query.newer_than:%d %B %Y}" if query.newer_than else "",
        "max_score": "with weak evidence only",
    }
    return [
        {"words": words, "rest": query.without(name)}
        for name, words in named.items()
        if getattr(query, name) is not None
    ]


def row(item: ReviewItem, *, by: Actor, site: str | None, now: datetime) -> dict[str, Any]:
    """One line of the list. A severe comment's words are not among them."""
    is_severe = item.reason_code in wording.SEVERE and item.status in {"held", "pending"}
    return {
        **_head(item, now),
        "site": site,
        "open_by": wording.decided_by(item.claimed_by) if item.claimed_by and item.claimed_by != by.label else None,
        "excerpt": None if is_severe else evidence.excerpt(item.body),
        "is_severe": is_severe,
        # That it passed the checks is not why it waits.
        "why": item.reasons[0] if item.reasons and not (item.report_count and item.status == "published") else None,
    }


def whole(found: Whole, *, by: Actor, now: datetime, is_own_case: bool = False) -> dict[str, Any]:
    """A comment with everything that is known about it. `is_own_case`: an appeal waits that somebody else answers."""
    item, decisions = found.item, found.decisions
    current = [signal for signal in found.signals if signal.revision == item.revision]
    ordered = sorted(current, key=lambda signal: (-signal.score, signal.id))
    rendered = evidence.inert(found.body_html)
    reject_event = "remove" if item.status == "published" else "reject"
    website = [item.author_website] if item.author_website else []
    last = decisions[-1] if decisions else None
    return {
        **_head(item, now),
        "site": item.site,
        "is_severe": item.reason_code in wording.SEVERE,
        "website": item.author_website,
        "has_email": item.has_email,
        "email_masked": found.email_masked,
        "length": len(item.body),
        "pieces": evidence.marked(item.body, [(n, signal.spans) for n, signal in enumerate(ordered, 1)]),
        "rendered": rendered.html,
        "shown_revision": item.shown_revision,
        "earlier": [
            {"number": one.number, "body": one.body, "at": one.created_at, "age": wording.age(one.created_at, now)}
            for one in reversed(found.revisions)
            if one.number < item.revision
        ],
        "addresses": list(dict.fromkeys([*rendered.addresses, *website])),
        "signals": [_signal(number, signal) for number, signal in enumerate(ordered, 1)],
        "history": [_decision(decision, now) for decision in reversed(decisions)],
        "may_decide": found.may_decide,
        "is_own_case": is_own_case,
        "events": wording.possible_events(item.status) if found.may_decide and not is_own_case else [],
        "reject_event": reject_event,
        "reason_choices": wording.reasons_for(reject_event),
        "undoable": last.id if found.may_decide and last and is_undoable(last) else None,
        "is_undo_own": last is not None and last.decided_by == by.label,
        "models": list(last.model_versions) if last else [],
        **_around(found, by, now),
        **_voices(found, now),
    }


def _voices(found: Whole, now: datetime) -> dict[str, Any]:
    """What readers and the author say about it."""
    return {
        "reports": [
            {
                "title": REASONS.get(report.reason, report.reason),
                "body": report.body,
                "age": wording.age(report.created_at, now),
                "is_answered": report.resolved_at is not None,
                "has_contact": report.has_contact,
            }
            for report in found.reports
        ],
        "appeals": [
            {
                "body": appeal.body,
                "age": wording.age(appeal.created_at, now),
                "against": wording.decided_by(appeal.decided_by),
                "outcome": appeal.outcome,
            }
            for appeal in found.appeals
        ],
    }


def _around(found: Whole, by: Actor, now: datetime) -> dict[str, Any]:
    """What stands around a comment: what it answers, its author's past, notes, others like it, who has it open."""
    is_theirs = found.claim is not None and found.claim.claimed_by != by.label
    return {
        "answers": found.answers and {
            "id": found.answers.id,
            "author": found.answers.author_name,
            "excerpt": evidence.excerpt(found.answers.body),
        },
        "past": found.author and _past(found.author, now),
        "notes": [
            {"by": wording.decided_by(note.written_by), "body": note.body, "at": note.written_at,
             "age": wording.age(note.written_at, now)}
            for note in found.notes
        ],
        "alike": [
            {"id": one.id, "author": one.author_name, "excerpt": evidence.excerpt(one.body),
             "status": wording.word_for(wording.STATUSES, one.status), "percent": round(one.likeness * 100)}
            for one in found.alike
        ],
        "open_by": wording.decided_by(found.claim.claimed_by) if found.claim and is_theirs else None,
    }  # fmt: skip


def _past(author: History, now: datetime) -> dict[str, Any]:
    """What the site knows of the author, as counts with their words."""
    counts = [
        (wording.STATUSES[status].title.lower(), getattr(author, status))
        for status in ("published", "held", "spam", "rejected", "removed")
    ]
    return {
        "counts": [(words, count) for words, count in counts if count],
        "first_seen_at": author.first_seen_at,
        "age": wording.age(author.first_seen_at, now),
        "names": list(author.names[:8]),
        "is_proven": author.is_proven,
    }


def notice(item: ReviewItem, decision: StoredDecision) -> dict[str, Any]:
    """What was just decided, in a sentence's parts."""
    return {
        "id": item.id,
        "undoable": decision.id if is_undoable(decision) else None,
        "done": wording.DONE.get(decision.event, decision.event),
        "author": item.author_name,
    }


def is_undoable(decision: StoredDecision) -> bool:
    """Whether it can be taken back while it is the last one: a moderator made it, and it takes none back itself."""
    return decision.decided_by.startswith("moderator:") and decision.undoes is None


def _head(item: ReviewItem, now: datetime) -> dict[str, Any]:
    """What list and page show alike."""
    code = item.reason_code or ""
    return {
        "id": item.id,
        "revision": item.revision,
        "decision_id": item.decision_id,
        "status": item.status,
        "status_word": wording.word_for(wording.STATUSES, item.status),
        "label": wording.LABELS.get(code),
        "voices": wording.voices(item.report_count, has_appeal=item.has_appeal),
        "is_reported": item.report_count > 0,
        "rank": item.rank,
        "author": item.author_name,
        "thread": item.page_title or item.page_url,
        "page_url": item.page_url,
        "thread_id": item.thread_id,
        "author_id": item.author_id,
        "is_reply": item.parent_id is not None,
        "reasons": list(item.reasons),
        "created_at": item.created_at,
        "age": wording.age(item.created_at, now),
    }


def _signal(number: int, signal: StoredSignal) -> dict[str, Any]:
    return {
        "number": number,
        "check": wording.check_title(signal.check_name),
        "label": wording.word_for(wording.LABELS, signal.label),
        "score": round(signal.score, 2),
        "percent": round(signal.score * 100),
        "detail": signal.detail,
        "is_marked": bool(signal.spans),
    }


def _decision(decision: StoredDecision, now: datetime) -> dict[str, Any]:
    is_reason = decision.reason_code not in {UNSAID, "passed", "undo"}
    return {
        "done": wording.DONE.get(decision.event, decision.event),
        "status": wording.word_for(wording.STATUSES, decision.status),
        "by": wording.decided_by(decision.decided_by),
        "reason": wording.reason_title(decision.reason_code, is_by_person=decision.decided_by != "policy")
        if is_reason
        else None,
        "reasons": [reason for reason in decision.reasons if not reason.startswith("A moderator ")],
        "message": decision.message,
        "note": decision.note,
        "revision": decision.revision,
        "policy_version": decision.policy_version,
        "at": decision.decided_at,
        "age": wording.age(decision.decided_at, now),
    }
