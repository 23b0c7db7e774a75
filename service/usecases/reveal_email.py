"""Show a moderator the e-mail address behind a comment, and note that they have seen it."""

from uuid import UUID

from sqlalchemy import Engine

from service.errors import Conflict, NotFound
from service.storage import audit, authors
from service.storage.actors import Actor
from service.usecases.review import lock_for
from service.vault import Vault


def reveal_email(engine: Engine, vault: Vault, comment_id: UUID, *, why: str, by: Actor) -> str:
    """The address. The audit log has it in the same moment: who looked, at which comment, and why.

    Raises:
        NotFound: no site of theirs has such a comment, or it came without an address.
        Forbidden: their role there only looks.
        Conflict: the key that sealed the address is gone.

    """
    with engine.begin() as connection:
        comment = lock_for(connection, comment_id, by=by)
        sealed = authors.sealed_email(connection, comment_id)
        if sealed is None:
            raise NotFound("This comment came without an e-mail address.")
        address = vault.open_email(sealed.key_id, sealed.ciphertext)
        if address is None:
            raise Conflict("The key that this address was sealed with is not among GREENROOM_EMAIL_KEYS any more.")
        audit.note(
            connection,
            by,
            "email_revealed",
            site_id=comment.site_id,
            subject=f"comment:{comment_id}",
            details={"why": why},
        )
    return address
