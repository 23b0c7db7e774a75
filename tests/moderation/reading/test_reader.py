"""The trained reader: the same for one and for many, exact in its explanations, silent where it knows nothing."""

from math import fsum

import numpy as np
import pytest

from service.moderation.model import Facts, Reputation
from service.moderation.reading import taken_apart
from service.moderation.reading.explain import MOST_WORDS, OTHERS_AGAINST, OTHERS_FOR, START
from service.moderation.reading.features import BUCKETS, Texts, grams, hashed, pieces
from service.moderation.reading.heads import HEADS, Head
from service.moderation.reading.linear import WeightsProblem, from_bytes
from service.moderation.reading.reader import reader_of, shipped_reader
from tests.moderation.comments import HONEST, SPAM, facts

TITLE = "Ketamine therapy for depression"
MIXED = [*(facts(body, page_title=TITLE) for body in HONEST), *SPAM.values(), facts(""), facts("𝗕𝘂𝘆 c@sino b0nus n0w")]


@pytest.mark.parametrize("head", HEADS)
def test_contributions_add_up_to_the_logit(head: Head) -> None:
    """Nothing that moved the score is left out of its explanation, and nothing is put in."""
    for reading in shipped_reader().read(MIXED):
        explanation = reading.explain(head)

        assert fsum(part.value for part in explanation.contributions) == explanation.logit
        assert explanation.logit == pytest.approx(reading.logit(head), abs=1e-9)
        assert explanation.probability == pytest.approx(reading.probability(head), abs=1e-9)


@pytest.mark.parametrize("head", [Head.SPAM, Head.ILLEGAL_SALE])
def test_the_worst_text_is_explained_exactly_and_briefly(head: Head) -> None:
    """Of 10,000 characters of any script the strongest words are named; the others are added up, and stay in the sum."""
    signs = np.random.default_rng(7).integers(0x21, 0x3000, 10_000)
    (reading,) = shipped_reader().read([facts("".join(map(chr, signs.tolist())))])
    explanation = reading.explain(head)
    named = [part for part in explanation.contributions if part.words.startswith("“")]
    others = {
        part.words: part.value for part in explanation.contributions if part.words in {OTHERS_FOR, OTHERS_AGAINST}
    }

    assert fsum(part.value for part in explanation.contributions) == explanation.logit
    assert explanation.logit == pytest.approx(reading.logit(head), abs=1e-9)
    assert len(named) <= MOST_WORDS
    assert others[OTHERS_AGAINST] < 0 < others[OTHERS_FOR] < explanation.speaking_for
    assert not {part.words for part in explanation.strongest(1_000)} & {*others, START}


def test_a_word_that_is_repeated_is_one_contribution() -> None:
    """However often it is said: its occurrences share one weight, and together they are not too weak to be named."""
    filler = " ".join(f"{chr(97 + n % 26)}{chr(97 + n // 26)}q" for n in range(400))
    (reading,) = shipped_reader().read([facts(f"{filler} {'casino bonus ' * 300}")])
    explanation = reading.explain(Head.SPAM)
    found = {part.words: part for part in explanation.contributions}

    assert OTHERS_FOR in found
    assert len(found["“bonus casino”"].spans) == 2 * 299


def test_spans_point_into_the_text_as_it_was_typed() -> None:
    """What is named in an explanation is found at its spans, however it was disguised."""
    known = facts("𝗕𝘂𝘆 cheap pills at c@s1no now", page_title=None)
    (reading,) = shipped_reader().read([known])

    spans = {part.words: part.spans for part in reading.explain(Head.SPAM).contributions}
    shown = {words: {known.body[span.start : span.end] for span in found} for words, found in spans.items()}
    assert shown["“buy”"] == {"𝗕𝘂𝘆"}
    assert "c@s1no" in shown["“casino”"]
    assert shown["“cheap pills”"] == {"cheap", "pills"}


def test_many_are_read_as_one_by_one() -> None:
    """A comment's score does not depend on its neighbours."""
    reader = shipped_reader()
    together = [reading.logits for reading in reader.read(MIXED * 3)]
    alone = [reader.read([known])[0].logits for known in MIXED] * 3

    np.testing.assert_allclose(together, alone, rtol=0, atol=1e-9)
    assert reader.read([]) == []


def test_a_batch_costs_less_than_its_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    """64 comments are hashed in as many passes as one."""
    passes = []
    monkeypatch.setattr(taken_apart, "grams", lambda texts: passes.append(len(texts)) or grams(texts))
    reader = shipped_reader()

    reader.read(MIXED[:1])
    reader.read((MIXED * 2)[:64])
    assert passes == [1, 64]


@pytest.mark.parametrize(
    "text", ["", "…", "ok", "ཐུགས་རྗེ་ཆེ།", "ありがとうございます", "شكراً لكم", "Kiitos paljon", "qwzx"]
)
def test_missing_evidence_is_no_guilt(text: str) -> None:
    """Nothing to read, or a language that nobody trained on, is nowhere near any threshold."""
    (reading,) = shipped_reader().read([Facts(text, "")])

    assert max(reading.probability(head) for head in HEADS) < 0.25


def test_what_the_page_is_about_is_no_spam_here() -> None:
    """The same words weigh less under a page that is about them."""
    body = "I lost everything to online casino slots and poker, the bonus codes kept coming."
    somewhere, here = shipped_reader().read(
        [
            facts(body, page_title="How to bake bread"),
            facts(body, page_title="Online casino slots, poker and bonus codes: gambling addiction"),
        ]
    )

    assert here.logit(Head.SPAM) < somewhere.logit(Head.SPAM)


def test_what_was_decided_before_counts() -> None:
    """An author or a host judged here before moves the score its way."""
    body = "See https://example.org/page, it has more on this."
    bad, unknown, good = shipped_reader().read(
        [
            facts(body, reputation=Reputation(author_bad=2, host_bad=3)),
            facts(body),
            facts(body, reputation=Reputation(author_published=5)),
        ]
    )

    assert bad.logit(Head.SPAM) > unknown.logit(Head.SPAM) + 2
    assert good.logit(Head.SPAM) < unknown.logit(Head.SPAM) - 1


def test_every_explanation_starts_somewhere() -> None:
    """The starting point is named, so that the rest can add up."""
    (reading,) = shipped_reader().read([facts("")])

    assert START in {part.words for part in reading.explain(Head.SPAM).contributions}


def test_features_are_those_that_are_explained() -> None:
    """The fast pass over a batch and the slow one for an explanation find the same buckets."""
    batch = [
        Texts("buy ketamine online ! 12", "buy stuff", "shop", ""),
        Texts("", "", "", ""),
        Texts("a", "b c d", "", "x1"),
    ]
    found = grams(batch)
    fast = {
        (channel, place): features.ids[features.bounds[place] : features.bounds[place + 1]].tolist()
        for channel, features in enumerate(hashed(found))
        for place in range(len(batch))
    }
    slow: dict[tuple[int, int], set[int]] = {key: set() for key in fast}
    for place, texts in enumerate(batch):
        for channel, bucket, start, end in zip(*pieces(found, place), strict=True):
            assert 0 <= start < end <= len(" ".join(texts))
            slow[channel, place].add(bucket)

    assert fast == {key: sorted(buckets) for key, buckets in slow.items()}


def test_vectors_are_in_order() -> None:
    """The site's model looks features up by their place."""
    (reading,) = shipped_reader().read([MIXED[0]])

    assert (np.diff(reading.vector.ids) >= 0).all()
    assert len(reading.vector.ids) == len(reading.vector.values)
    assert (reading.vector.ids >= BUCKETS).any()


def test_weights_survive_being_shipped() -> None:
    """Bytes in, the same bytes out; other bytes are refused."""
    raw = shipped_reader().weights.to_bytes()

    assert from_bytes(raw).to_bytes() == raw
    assert reader_of(raw).version == shipped_reader().version
    assert len(raw) < 4_000_000
    with pytest.raises(WeightsProblem):
        from_bytes(b"nothing")
