"""Comments that a person must see: crisis, threats, insults, hate, other people's data; with their harmless twins."""

from service.training.synthetic.harmful import crisis, hate, insults, oblique, personal, quarrels, scorn, threats

CHAPTERS = (
    crisis.CHAPTER,
    threats.CHAPTER,
    insults.CHAPTER,
    scorn.CHAPTER,
    quarrels.CHAPTER,
    oblique.CHAPTER,
    hate.CHAPTER,
    personal.CHAPTER,
)
