"""What moderators decided, as labels; and the tasks to learn from them.

A comment's label is the last decision about its present revision that stands, if a moderator made it and it says
publish, keep, restore, overturn or spam. A later decision therefore takes the label back by itself; undo takes it back
as well, and brings the label before it to the fore again. Whoever leaves a reported comment published says publish once
more, so no report takes a label away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Connection, Row, text

from service.moderation.model import Reputation
from service.storage.checking import RevisionKey
from service.storage.tasks import MAX_ATTEMPTS

MOST_LABELS = 5_000
BURST = 50
"""One moderator's labels of one hour that count where others have labelled as well."""

# The labels of a site, each with the moderator and the hour that it came from: its sitting.
_LABELS = """
    SELECT d.id, d.comment_id, d.revision, d.event = 'spam' AS is_spam, d.decided_by,
           date_trunc('hour', d.decided_at) AS hour
    FROM decisions d JOIN comments c ON c.id = d.comment_id AND c.revision = d.revision
    WHERE d.site_id = :site_id AND d.id > :after AND d.decided_by LIKE 'moderator:%'
      AND d.event IN ('publish', 'keep', 'restore', 'overturn', 'spam')
      AND NOT EXISTS (SELECT FROM decisions undo WHERE undo.undoes = d.id)
      AND NOT EXISTS (
          SELECT FROM decisions later
          WHERE later.comment_id = d.comment_id AND later.id > d.id AND later.event <> 'undo'
              AND NOT EXISTS (SELECT FROM decisions undo WHERE undo.undoes = later.id))
"""


@dataclass(frozen=True, slots=True)
class LearnTask:
    """One site to learn for. `attempts` counts this one."""

    id: int
    site_id: int
    attempts: int

    @property
    def is_last_attempt(self) -> bool:
        return self.attempts >= MAX_ATTEMPTS

    @property
    def is_worn_out(self) -> bool:
        """Every attempt it was allowed has ended without a word: the process died or was stopped."""
        return self.attempts > MAX_ATTEMPTS


@dataclass(frozen=True, slots=True)
class StoredLabel:
    """What a moderator said about one revision. `sitting` names the moderator and the hour."""

    id: int
    comment_id: UUID
    revision: int
    is_spam: bool
    moderator: str
    sitting: str

    @property
    def key(self) -> RevisionKey:
        return self.comment_id, self.revision


@dataclass(frozen=True, slots=True)
class Progress:
    """How much a site's moderators have said since its newest model: honest and spam; `known` is what that one knew."""

    honest: int
    spam: int
    known: int
    has_model: bool

    @property
    def new(self) -> int:
        return self.honest + self.spam


def progress(connection: Connection, site_id: int) -> Progress:
    """Count the labels that the newest model of a site, whatever became of it, did not know."""
    newest = connection.execute(
        text(
            "SELECT label_count, labels_up_to FROM site_models WHERE site_id = :site_id"
            " ORDER BY labels_up_to DESC, version DESC LIMIT 1"
        ),
        {"site_id": site_id},
    ).one_or_none()
    counted = connection.execute(
        text(
            f"SELECT count(*) FILTER (WHERE NOT is_spam) AS honest, count(*) FILTER (WHERE is_spam) AS spam"  # noqa: S608 - a constant
            f" FROM ({_LABELS}) AS labels"
        ),
        {"site_id": site_id, "after": newest.labels_up_to if newest else 0},
    ).one()
    return Progress(counted.honest, counted.spam, newest.label_count if newest else 0, newest is not None)


def is_asked(connection: Connection, site_id: int) -> bool:
    """Whether a site waits to be learnt for."""
    query = text("SELECT EXISTS (SELECT FROM tasks WHERE site_id = :site_id AND kind = 'learn' AND done_at IS NULL)")
    return bool(connection.execute(query, {"site_id": site_id}).scalar_one())


def ask(connection: Connection, site_id: int) -> int | None:
    """Ask for a site to be learnt for. Returns the task's id; None when one waits already."""
    return connection.execute(
        text(
            "INSERT INTO tasks (kind, site_id) VALUES ('learn', :site_id)"
            " ON CONFLICT (site_id) WHERE kind = 'learn' AND done_at IS NULL DO NOTHING RETURNING id"
        ),
        {"site_id": site_id},
    ).scalar_one_or_none()


def claim(connection: Connection, *, worker: str, lease: timedelta) -> LearnTask | None:
    """Take one learn task that is due. Commit before working on it."""
    row = connection.execute(
        text(
            """
            UPDATE tasks SET attempts = attempts + 1, due_at = now() + :lease, leased_by = :worker
            WHERE id = (
                SELECT id FROM tasks WHERE kind = 'learn' AND done_at IS NULL AND due_at <= now()
                ORDER BY attempts, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, site_id, attempts
            """
        ),
        {"worker": worker, "lease": lease},
    ).one_or_none()
    return LearnTask(*row) if row else None


def latest_labels(connection: Connection, site_id: int) -> list[StoredLabel]:
    """The latest 5,000 labels of a site, oldest first: what a model is trained on.

    Of one moderator's labels of one hour at most 50 count, the latest, unless nobody else has labelled here: what a
    stolen token or an angry moderator does in a burst must not outweigh what the others said.
    """
    rows = connection.execute(
        text(
            f"""
            WITH labels AS ({_LABELS} ORDER BY d.id DESC LIMIT :scanned), numbered AS (
                SELECT *, row_number() OVER (PARTITION BY decided_by, hour ORDER BY id DESC) AS place,
                       min(decided_by) OVER () <> max(decided_by) OVER () AS are_several
                FROM labels)
            SELECT id, comment_id, revision, is_spam, decided_by, hour FROM numbered
            WHERE place <= :burst OR NOT are_several ORDER BY id DESC LIMIT :most
            """  # noqa: S608 - a constant
        ),
        {"site_id": site_id, "after": 0, "burst": BURST, "most": MOST_LABELS, "scanned": 4 * MOST_LABELS},
    )
    return [_label(row) for row in reversed(rows.all())]


def labels_after(connection: Connection, site_id: int, after: int) -> list[StoredLabel]:
    """The latest 5,000 labels after a decision, oldest first, about comments that no moderator had decided before.

    What a model was trained on up to that decision is not among them, also when it was decided anew.
    """
    rows = connection.execute(
        text(
            f"""
            SELECT * FROM ({_LABELS}) AS labels
            WHERE NOT EXISTS (
                SELECT FROM decisions earlier WHERE earlier.comment_id = labels.comment_id AND earlier.id <= :after
                    AND earlier.decided_by LIKE 'moderator:%')
            ORDER BY id DESC LIMIT :most
            """  # noqa: S608 - a constant
        ),
        {"site_id": site_id, "after": after, "most": MOST_LABELS},
    )
    return [_label(row) for row in reversed(rows.all())]


def reputations(connection: Connection, revisions: Iterable[RevisionKey]) -> dict[RevisionKey, Reputation]:
    """What the check knew when it read each revision; a revision that no check has read is left out."""
    wanted = list(revisions)
    rows = connection.execute(
        text(
            """
            SELECT r.comment_id, r.revision, r.reputation
            FROM unnest(CAST(:ids AS uuid[]), CAST(:numbers AS integer[])) AS wanted (id, number)
            JOIN readings r ON r.comment_id = wanted.id AND r.revision = wanted.number
            """
        ),
        {"ids": [comment_id for comment_id, _ in wanted], "numbers": [number for _, number in wanted]},
    )
    return {(row.comment_id, row.revision): Reputation(**row.reputation) for row in rows}


def _label(row: Row[tuple[object, ...]]) -> StoredLabel:
    return StoredLabel(
        id=row.id,
        comment_id=row.comment_id,
        revision=row.revision,
        is_spam=row.is_spam,
        moderator=row.decided_by,
        sitting=f"{row.decided_by} {row.hour:%Y-%m-%d %H}:00",
    )
