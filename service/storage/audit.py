"""The audit log: who did what, besides deciding. Rows are only ever added."""

from collections.abc import Mapping

import orjson
from sqlalchemy import Connection, text

from service.storage.actors import Actor


def note(
    connection: Connection,
    actor: Actor,
    action: str,
    *,
    site_id: int | None = None,
    subject: str = "",
    details: Mapping[str, object] | None = None,
) -> int:
    """Append a row in the caller's transaction, so that it is there exactly when the deed is. Returns its id.

    `action` is a word like `email_revealed`; `subject` says about what (`comment:<id>`, `moderator:ada`). Neither may
    hold an author's e-mail, name or words.
    """
    query = text(
        "INSERT INTO audit_log (site_id, actor, action, subject, details)"
        " VALUES (:site_id, :actor, :action, :subject, CAST(:details AS jsonb)) RETURNING id"
    )
    parameters = {
        "site_id": site_id,
        "actor": actor.label,
        "action": action,
        "subject": subject,
        "details": orjson.dumps(details or {}).decode(),
    }
    return int(connection.execute(query, parameters).scalar_one())
