"""Authenticators and recovery codes of moderators."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Authenticator:
    """A sealed secret. It is asked for at the login once it was confirmed with a code."""

    key_id: str
    ciphertext: bytes
    is_confirmed: bool


def find(connection: Connection, moderator_id: int) -> Authenticator | None:
    query = text(
        "SELECT totp_key_id, totp_ciphertext, totp_confirmed_at IS NOT NULL FROM moderators"
        " WHERE id = :id AND totp_ciphertext IS NOT NULL"
    )
    row = connection.execute(query, {"id": moderator_id}).one_or_none()
    return Authenticator(*row) if row else None


def is_required(connection: Connection, moderator_id: int) -> bool:
    """Whether they are owner of a site that wants its owners to have one."""
    query = text(
        "SELECT EXISTS (SELECT FROM memberships m JOIN sites s ON s.id = m.site_id WHERE m.moderator_id = :id"
        " AND m.role = 'owner' AND s.owners_need_totp)"
        " OR EXISTS (SELECT FROM moderators WHERE id = :id AND is_admin AND EXISTS"
        " (SELECT FROM sites WHERE owners_need_totp))"
    )
    return bool(connection.execute(query, {"id": moderator_id}).scalar_one())


def propose(connection: Connection, moderator_id: int, *, key_id: str, ciphertext: bytes) -> bool:
    """Keep a secret until it is confirmed. False where one is in force already."""
    query = text(
        "UPDATE moderators SET totp_key_id = :key_id, totp_ciphertext = :ciphertext"
        " WHERE id = :id AND totp_confirmed_at IS NULL"
    )
    parameters = {"id": moderator_id, "key_id": key_id, "ciphertext": ciphertext}
    return connection.execute(query, parameters).rowcount == 1


def use_step(connection: Connection, moderator_id: int, step: int) -> bool:
    """Take the code of a time step. False where it, or a later one, was taken before."""
    query = text("UPDATE moderators SET totp_step = :step WHERE id = :id AND totp_step < :step")
    return connection.execute(query, {"id": moderator_id, "step": step}).rowcount == 1


def confirm(connection: Connection, moderator_id: int) -> None:
    """From now on the login asks for it."""
    query = text("UPDATE moderators SET totp_confirmed_at = now() WHERE id = :id")
    connection.execute(query, {"id": moderator_id})


def remove(connection: Connection, moderator_id: int) -> None:
    """The login asks for a password only."""
    query = text(
        "UPDATE moderators SET totp_key_id = NULL, totp_ciphertext = NULL, totp_confirmed_at = NULL WHERE id = :id"
    )
    connection.execute(query, {"id": moderator_id})
    connection.execute(text("DELETE FROM recovery_codes WHERE moderator_id = :id"), {"id": moderator_id})


def replace_recovery_codes(connection: Connection, moderator_id: int, digests: Iterable[bytes]) -> None:
    """New codes; those until now are worth nothing."""
    connection.execute(text("DELETE FROM recovery_codes WHERE moderator_id = :id"), {"id": moderator_id})
    connection.execute(
        text("INSERT INTO recovery_codes (moderator_id, digest) VALUES (:id, :digest)"),
        [{"id": moderator_id, "digest": digest} for digest in digests],
    )


def use_recovery_code(connection: Connection, moderator_id: int, digest: bytes) -> bool:
    """Take a recovery code. False where there is none like it, or it was used."""
    query = text(
        "UPDATE recovery_codes SET used_at = now() WHERE moderator_id = :id AND digest = :digest AND used_at IS NULL"
    )
    return connection.execute(query, {"id": moderator_id, "digest": digest}).rowcount == 1


def count_recovery_codes(connection: Connection, moderator_id: int) -> int:
    """How many are left."""
    query = text("SELECT count(*) FROM recovery_codes WHERE moderator_id = :id AND used_at IS NULL")
    return int(connection.execute(query, {"id": moderator_id}).scalar_one())
