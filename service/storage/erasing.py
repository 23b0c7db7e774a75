"""Forgetting what authors wrote and who they are, wherever it is stored. What stays tells nobody what was said."""

from contextlib import suppress
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

FORGOTTEN = "Forgotten with the comment."
"""What stands where words may have quoted an erased comment. The database knows this sentence."""

# The words to search by and the notes of moderators go by themselves, with the status.
_FORGET_COMMENT = (
    """
    UPDATE comments SET author_id = NULL, author_name = '', author_website = NULL, author_language = NULL,
        author_token_hash = NULL, is_proven = false, ip_hash = NULL, ip_prefix = NULL, form_age = NULL,
        is_honeypot_filled = false, suspicion = NULL
    WHERE id = :id
    """,
    "UPDATE revisions SET body = '', body_html = NULL, renderer_version = NULL WHERE comment_id = :id",
    "UPDATE signals SET detail = :forgotten, spans = '[]' WHERE comment_id = :id",
    """
    UPDATE decisions SET reasons = ARRAY[CAST(:forgotten AS text)], note = NULL, message = NULL
    WHERE comment_id = :id AND event <> 'erase'
    """,
    "UPDATE reports SET body = NULL WHERE comment_id = :id",
    "UPDATE appeals SET body = :forgotten WHERE comment_id = :id",
    # The key stays: a browser that sends the comment once more does not bring it back.
    "UPDATE idempotency_keys SET body_hash = decode(repeat('00', 32), 'hex') WHERE comment_id = :id",
    # What is still to be checked has nothing left to look at.
    """
    UPDATE tasks SET done_at = now(), outcome = 'reported', leased_by = NULL
    WHERE comment_id = :id AND done_at IS NULL
    """,
    "DELETE FROM readings WHERE comment_id = :id",
    "DELETE FROM fingerprints WHERE comment_id = :id",
    "DELETE FROM comment_hosts WHERE comment_id = :id",
    "DELETE FROM near_duplicates WHERE comment_id = :id",
    "DELETE FROM subscriptions WHERE comment_id = :id",
    "DELETE FROM proofs WHERE comment_id = :id AND confirmed_at IS NULL",
)
_FORGET_MAILS = """
    WITH gone AS (DELETE FROM mails WHERE {which} AND recipient = 'author' RETURNING id)
    DELETE FROM tasks WHERE kind = 'mail' AND subject_id IN (SELECT id FROM gone)
"""


def forget_comment(connection: Connection, comment_id: UUID, author_id: int | None) -> None:
    """Forget the texts of an erased comment, its author, and all that was found out and said about it.

    The row stays, for its answers; so does who decided what about it and when, in codes and without words.
    """
    for statement in _FORGET_COMMENT:
        connection.execute(text(statement), {"id": comment_id, "forgotten": FORGOTTEN})
    connection.execute(
        text(_FORGET_MAILS.format(which="comment_id = :id AND author_id = :author_id")),
        {"id": comment_id, "author_id": author_id},
    )


def comments_of(connection: Connection, author_id: int) -> list[UUID]:
    """All that an author wrote and has not erased, the oldest first."""
    query = text("SELECT id FROM comments WHERE author_id = :id AND status <> 'erased' ORDER BY id")
    return list(connection.execute(query, {"id": author_id}).scalars())


def forget_stranger(connection: Connection, author_id: int) -> None:
    """Forget the address of an author who has nothing here any more, and has never shown that it is theirs."""
    query = text(
        """
        DELETE FROM authors a WHERE id = :id AND proven_at IS NULL AND no_mail_since IS NULL
          AND NOT EXISTS (SELECT FROM comments WHERE author_id = a.id)
          AND NOT EXISTS (SELECT FROM mails WHERE author_id = a.id)
          AND NOT EXISTS (SELECT FROM subscriptions WHERE author_id = a.id)
          AND NOT EXISTS (SELECT FROM proofs WHERE author_id = a.id)
        """
    )
    # Another comment may have come in this very moment: then there is somebody who has something here.
    with suppress(IntegrityError), connection.begin_nested():
        connection.execute(query, {"id": author_id})


def forget_author(connection: Connection, author_id: int) -> None:
    """Forget an author whose comments are erased: proofs, wishes, mails and the address.

    Of somebody who wants no mail of this site a keyed hash stays, so that none comes, whoever types the address.
    """
    for statement in (
        _FORGET_MAILS.format(which="author_id = :id"),
        "DELETE FROM subscriptions WHERE author_id = :id",
        "DELETE FROM proofs WHERE author_id = :id",
        """
        UPDATE authors SET email_ciphertext = '', proven_at = NULL, replies_confirmed_at = NULL
        WHERE id = :id AND no_mail_since IS NOT NULL
        """,
        "DELETE FROM authors WHERE id = :id AND no_mail_since IS NULL",
    ):
        connection.execute(text(statement), {"id": author_id})
