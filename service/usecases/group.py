"""Put comments that say nearly the same into groups, so that a moderator can decide them together."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection

from service.moderation.checks.repetition import NEAR_DUPLICATE
from service.storage import near_duplicates
from service.storage.checking import RevisionKey
from service.storage.fingerprints import Neighbour


def group(connection: Connection, near: Mapping[RevisionKey, Sequence[Neighbour]]) -> None:
    """Each comment joins the group of the earlier one that is most like it, if that is a near-duplicate."""
    nearest = {
        key[0]: max(others, key=lambda other: (other.similar.likeness, other.comment_id))
        for key, others in near.items()
    }
    alike = {
        comment_id: other.comment_id
        for comment_id, other in nearest.items()
        if other.similar.likeness >= NEAR_DUPLICATE
    }
    if alike:
        near_duplicates.join(connection, _groups(alike, near_duplicates.groups_of(connection, alike.values())))


def _groups(alike: Mapping[UUID, UUID], known: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
    """The group of each and of what it follows; ids are in the order of arrival, so that has found its own before."""
    found: dict[UUID, UUID] = {}
    for comment_id in sorted(alike):
        earlier = alike[comment_id]
        found[comment_id] = found.setdefault(earlier, known.get(earlier, earlier))
    return found
