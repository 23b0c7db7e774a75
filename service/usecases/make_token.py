"""Keys for programs: made once, shown once, put out of force at any time."""

from sqlalchemy import Engine

from service.errors import NotFound
from service.storage import audit, tokens
from service.storage.actors import Actor
from service.storage.tokens import Scope
from service.vault import ApiToken, new_api_token


def make_token(engine: Engine, scope: Scope, *, name: str, by: Actor) -> ApiToken:
    """The token, which nobody can see again."""
    fresh = new_api_token()
    with engine.begin() as connection:
        token_id = tokens.add(connection, scope, name=name, digest=fresh.digest, made_by=by.label)
        audit.note(
            connection,
            by,
            "token_made",
            site_id=scope.site_id,
            subject=f"token:{token_id}",
            details={"name": name, "role": scope.role, "is_read_only": scope.is_read_only},
        )
    return fresh


def revoke_token(engine: Engine, token_id: int, *, by: Actor, site_ids: list[int] | None = None) -> None:
    """Put a token out of force at once.

    Raises:
        NotFound: none in force has this number, or not on these sites.

    """
    with engine.begin() as connection:
        found = tokens.revoke(connection, token_id, site_ids=site_ids)
        if found is None:
            raise NotFound("No token in force on your sites has this number.")
        details = {"name": found.name, "role": found.role}
        audit.note(connection, by, "token_revoked", site_id=found.site_id, subject=f"token:{token_id}", details=details)
