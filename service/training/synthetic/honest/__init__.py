"""Comments that belong on the page: every label 0."""

from service.training.synthetic.honest import (
    blogs,
    code,
    identity,
    ketamine,
    news,
    patients,
    readers,
    recovery,
    reviews,
    screen,
    smalltalk,
    swearing,
)

CHAPTERS = (
    ketamine.CHAPTER,
    recovery.CHAPTER,
    reviews.CHAPTER,
    patients.CHAPTER,
    blogs.CHAPTER,
    readers.CHAPTER,
    code.CHAPTER,
    screen.CHAPTER,
    smalltalk.CHAPTER,
    news.CHAPTER,
    identity.CHAPTER,
    swearing.CHAPTER,
)
