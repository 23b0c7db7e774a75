"""The hostile set against what reads it first: whatever is rendered is made of our own few elements and nothing else."""

from service.moderation.markdown import render_html
from service.moderation.text import TextProblem, normalise_body
from tests.hostile_vectors import CLASSES, CLEAN, sample, vectors


def test_the_set_is_as_large_as_promised() -> None:
    """Every text once, every class of some size, the same ones every time."""
    texts = [vector.text for vector in vectors()]
    assert len(texts) == len(set(texts)) > 10_000
    assert min(sum(vector.category == name for vector in vectors()) for name, _ in CLASSES) > 100
    assert sample(600) == sample(600)
    assert 550 < len(sample(600)) < 700


def test_nothing_hostile_becomes_an_element() -> None:
    """One text in five: the HTML is our few elements, absolute links, and text in which every sign is escaped."""
    strange = []
    for vector in sample(2_000):
        try:
            html = render_html(normalise_body(vector.text, max_length=10_000))
        except TextProblem:
            continue
        if "".join(CLEAN.findall(html)) != html:
            strange.append((vector.category, vector.text[:80], html[:200]))
    assert strange == []
