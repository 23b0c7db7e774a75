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
