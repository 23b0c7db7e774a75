"""Comments of our own writing, labelled for all six heads: both sides of each distinction the reader has to learn."""

from service.training.rows import Row
from service.training.synthetic import abroad, harmful, honest, long_reads, spam
from service.training.synthetic.family import rows_of

CHAPTERS = (*honest.CHAPTERS, *spam.CHAPTERS, *harmful.CHAPTERS, long_reads.CHAPTER, *abroad.CHAPTERS)


def generate(seed: int) -> list[Row]:
    """Return every family's rows in a fixed order; the same seed gives the same rows."""
    return [row for chapter in CHAPTERS for family in chapter.families for row in rows_of(chapter, family, seed)]
