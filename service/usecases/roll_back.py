"""Let an earlier version of a site's model judge again."""

from sqlalchemy import Connection

from service.storage import site_models


def roll_back(connection: Connection, site_id: int, version: int | None) -> int | None:
    """Let a retired version judge again, or with None the shipped reader alone. Returns the version that judged.

    The shadow is refused: it was trained on the same decisions as the model that was not wanted.
    """
    standing = site_models.lock(connection, site_id)
    if standing.shadow is not None:
        outcome = {"is_accepted": False, "reason": "A rollback refused it untried."}
        site_models.refuse(connection, site_id, standing.shadow, outcome)
    site_models.retire(connection, site_id)
    if version is not None:
        site_models.reinstate(connection, site_id, version)
    return standing.active
