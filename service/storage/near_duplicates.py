"""Groups of comments that say nearly the same: who belongs together, and which of them are held."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, text


class GroupPlace(NamedTuple):
    """Where a page of groups ended: the largest come first."""

    size: int
    group_id: UUID


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """Comments that are held and say nearly the same; `first_id` is the one that a person should see first."""

    group_id: UUID
    size: int
    first_id: UUID


def groups_of(connection: Connection, comment_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The group of each comment that has one."""
    rows = connection.execute(
        text("SELECT comment_id, group_id FROM near_duplicates WHERE comment_id = ANY(:ids)"),
        {"ids": list(comment_ids)},
    )
    return {row.comment_id: row.group_id for row in rows}


def join(connection: Connection, groups: Mapping[UUID, UUID]) -> None:
    """Put comments into groups; who is in one stays there."""
    if not groups:
        return
    pairs = sorted(groups.items())
    connection.execute(
        text(
            "INSERT INTO near_duplicates (comment_id, group_id)"
            " SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:groups AS uuid[])) ON CONFLICT DO NOTHING"
        ),
        {"ids": [pair[0] for pair in pairs], "groups": [pair[1] for pair in pairs]},
    )


def held_like(connection: Connection, comment_id: UUID, *, site_ids: Collection[int], up_to: int) -> list[UUID]:
    """Held comments that say nearly the same as this one, itself included, in the order of the queue."""
    rows = connection.execute(
        text(
            """
            SELECT c.id FROM comments c JOIN comments this ON this.id = :id AND this.site_id = c.site_id
            WHERE c.site_id = ANY(:site_ids) AND c.status = 'held'
              AND (c.id = :id OR c.id IN (
                  SELECT other.comment_id FROM near_duplicates mine
                  JOIN near_duplicates other ON other.group_id = mine.group_id WHERE mine.comment_id = :id))
            ORDER BY -c.rank, c.id LIMIT :up_to
            """
        ),
        {"id": comment_id, "site_ids": list(site_ids), "up_to": up_to},
    )
    return list(rows.scalars())


def held_groups(connection: Connection, comment_ids: Collection[UUID]) -> dict[UUID, HeldGroup]:
    """The group of each of these comments in which more than one is held. `first_id` is the comment itself."""
    rows = connection.execute(
        text(
            """
            SELECT n.comment_id, n.group_id, held.size FROM near_duplicates n CROSS JOIN LATERAL (
                SELECT count(*) AS size FROM near_duplicates other JOIN comments c ON c.id = other.comment_id
                WHERE other.group_id = n.group_id AND c.status = 'held') held
            WHERE n.comment_id = ANY(:ids) AND held.size > 1
            """
        ),
        {"ids": list(comment_ids)},
    )
    return {row.comment_id: HeldGroup(row.group_id, row.size, row.comment_id) for row in rows}


def page(connection: Connection, *, site_ids: Collection[int], after: GroupPlace | None, limit: int) -> list[HeldGroup]:
    """Groups of at least two held comments, the largest first."""
    rows = connection.execute(
        text(
            """
            SELECT n.group_id, count(*) AS size, (array_agg(c.id ORDER BY -c.rank, c.id))[1] AS first_id
            FROM near_duplicates n JOIN comments c ON c.id = n.comment_id
            WHERE c.site_id = ANY(:site_ids) AND c.status = 'held'
            GROUP BY n.group_id
            HAVING count(*) > 1
               AND (CAST(:size AS bigint) IS NULL OR (-count(*), n.group_id) > (-CAST(:size AS bigint), :after))
            ORDER BY -count(*), n.group_id LIMIT :limit
            """
        ),
        {
            "site_ids": list(site_ids),
            "size": after.size if after else None,
            "after": after.group_id if after else UUID(int=0),
            "limit": limit,
        },
    )
    return [HeldGroup(row.group_id, row.size, row.first_id) for row in rows]
