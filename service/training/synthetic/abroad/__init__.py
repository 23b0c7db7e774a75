"""The same distinctions in other languages: a foreign script alone must never be evidence."""

from service.training.synthetic.abroad import german, indonesian
from service.training.synthetic.abroad.baits import BAITS
from service.training.synthetic.abroad.shadows import SHADOWS
from service.training.synthetic.abroad.thanks import THANKS
from service.training.synthetic.family import Chapter

CHAPTERS = (german.CHAPTER, indonesian.CHAPTER, Chapter({}, (*THANKS, *BAITS, *SHADOWS)))
