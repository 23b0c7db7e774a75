"""Rank: how soon a person must see a comment. The review queue begins with the highest."""

from enum import IntEnum


class Rank(IntEnum):
    """What stands before what in the review queue; among equals the oldest comes first."""

    CRISIS = 9
    THREAT = 8
    ESCALATED = 7
    REPORT = 5
    APPEAL = 4
    REST = 0


MEANING = {
    Rank.CRISIS: "Somebody may be in danger of hurting themselves.",
    Rank.THREAT: "Somebody may be threatened.",
    Rank.ESCALATED: "The site's policy asks for a person soon, for example because of somebody's private data.",
    Rank.REPORT: "A reader reported it.",
    Rank.APPEAL: "Its author asks to look again.",
    Rank.REST: "Everything else that waits.",
}
