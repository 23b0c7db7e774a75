"""Heads: what the trained reader gives a probability of."""

from enum import StrEnum


class Head(StrEnum):
    """One question each; the values are the words of `Label` and of the training rows."""

    SPAM = "spam"
    TOXICITY = "toxicity"
    THREAT = "threat"
    CRISIS = "crisis"
    PERSONAL_DATA = "personal_data"
    ILLEGAL_SALE = "illegal_sale"


HEADS = tuple(Head)
COLUMN = {head: place for place, head in enumerate(HEADS)}

BY_FIELDS = frozenset({Head.SPAM, Head.ILLEGAL_SALE})
"""Heads that read name, links and website as well.

What hurts people stands in the text: nobody must be suspected for a name that somebody else had who wrote worse.
"""
