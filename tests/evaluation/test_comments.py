"""One line of JSON becomes the facts of one comment, or a sentence that says why not."""

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.evaluation.comments import LineProblem, lines_of, read_comment, read_labelled
from service.moderation.model import Policy, Verdict

POLICY = Policy(max_links=7)


def line(**given):
    return json.dumps({"id": "1", "text": "Thank you!", **given}).encode()


def read(**given):
    return read_comment(line(**given), policy=POLICY)


class TestFacts:
    """What the checks are told."""

    def test_everything_that_is_known_arrives(self):
        """The author's address only as its domain: nothing later can print what it has not been told."""
        comment = read(
            author="  Anna   B. ",
            email="anna.b@Example.ORG",
            url="anna.example",
            lang="en",
            page={"title": "Ketamine", "url": "https://Blog.example:443/k?utm_source=x#top", "excerpt": "About it."},
        )
        facts = comment.facts

        assert comment.id == "1"
        assert (facts.body, facts.author_name, facts.email_domain) == ("Thank you!", "Anna B.", "example.org")
        assert (facts.author_website, facts.language) == ("https://anna.example/", "en")
        assert (facts.page_title, facts.page_excerpt) == ("Ketamine", "About it.")
        assert (facts.page_url, facts.own_hosts) == ("https://blog.example/k", {"blog.example"})
        assert facts.policy is POLICY
        assert "anna.b" not in repr(comment)

    def test_what_is_not_known_is_absent(self):
        """Also where a program writes null or an empty text."""
        for facts in (read().facts, read(author="", email=None, url=" ", page=None, lang="").facts):
            assert facts.author_name == ""
            assert facts.email_domain is facts.author_website is facts.language is None
            assert facts.page_title is facts.page_url is facts.page_excerpt is None
            assert facts.own_hosts == frozenset()
            assert (facts.similar, facts.form_age, facts.published_before) == ((), None, 0)

    @pytest.mark.parametrize("page", [[], "", 0, False, "https://blog.example/k"])
    def test_a_page_that_is_no_object(self, page):
        """Is no page that is not known, but a mistake."""
        with pytest.raises(LineProblem, match="`page` must be an object") as refused:
            read(page=page)
        assert refused.value.code == "wrong_type"

    @pytest.mark.parametrize("lang", ["en_US", "en-US"])
    def test_a_language_as_programs_write_it(self, lang):
        """With either sign between."""
        assert read(lang=lang).facts.language == "en-US"

    def test_an_old_export_is_read_kindly(self):
        """Control characters of other encodings, half an emoji, an author no form would take, an address that is none."""
        facts = read(
            text="It\x92s good \ud83d", author="x" * 300, url="http://not a host", page={"url": "nowhere"}
        ).facts

        assert facts.body == "It s good"
        assert facts.author_name == "x" * 100
        assert facts.author_website == "http://not a host"
        assert facts.page_url is None

    def test_the_text_is_in_the_form_that_is_stored(self):
        """NFC, line feeds, as the door makes it: the product judges that."""
        assert read(text="cafe\u0301\r\nau lait  ").facts.body == "café\nau lait"


class TestProblems:
    """A line that is no comment."""

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (b"hello", "not_json"),
            (b"", "not_json"),
            (b"[" * 100_000, "not_json"),
            (b'{"id": 1, "text": "cut o', "not_json"),
            (b'\xff{"id": 1}', "not_utf8"),
            (b'["text"]', "not_an_object"),
            (b"null", "not_an_object"),
            (b'{"id": 1}', "required"),
            (b'{"id": 1, "text": null}', "required"),
            (b'{"id": 1, "text": " \\n"}', "required"),
            (b'{"id": 1, "text": ["a"]}', "wrong_type"),
            (b'{"id": 1, "text": "a", "author": 5}', "wrong_type"),
            (b'{"id": 1, "text": "a", "page": "Ketamine"}', "wrong_type"),
            (b'{"id": 1, "text": "a", "page": {"title": []}}', "wrong_type"),
            (b'{"id": true, "text": "a"}', "wrong_type"),
            (b'{"id": [1], "text": "a"}', "wrong_type"),
            (b'{"id": 1, "text": "a\\u0000b"}', "control_character"),
            (b'{"id": 1, "text": "\\u200b"}', "invisible_only"),
            (json.dumps({"id": 1, "text": "a" * 20_001}).encode(), "too_long"),
        ],
    )
    def test_it_says_what_is_wrong(self, raw, code):
        """A code for programs and a sentence for people, with the id where there is one."""
        with pytest.raises(LineProblem) as caught:
            read_comment(raw, policy=POLICY)

        assert caught.value.code == code
        assert caught.value.detail.endswith(".")
        assert caught.value.comment_id == (1 if raw.startswith(b'{"id": 1') and code != "not_json" else None)

    @given(st.binary(max_size=200) | st.text(max_size=200))
    def test_whatever_comes_is_answered(self, raw):
        """Nothing but LineProblem is ever raised."""
        try:
            read_comment(raw, policy=POLICY)
        except LineProblem as problem:
            assert problem.code

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
    @given(
        st.dictionaries(
            st.sampled_from(["id", "text", "author", "email", "url", "page", "lang", "labels", "label", "expected"]),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
                lambda inner: (
                    st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["title", "url", "spam"]), inner)
                ),
            ),
        )
    )
    def test_whatever_types_come_are_answered(self, given):
        """Objects of the right words and the wrong values."""
        for reader in (read_comment, read_labelled):
            try:
                reader(json.dumps(given), policy=POLICY)
            except LineProblem as problem:
                assert problem.detail


class TestLabels:
    """What people said of a comment."""

    @pytest.mark.parametrize(
        ("label", "labels"),
        [("spam", {"spam": 1}), ("ham", {"spam": 0}), ("toxic", {"toxicity": 1}), ("ok", {"toxicity": 0})],
    )
    def test_the_words_of_data_sets(self, label, labels):
        """A head that nobody spoke of is not known, which is not 0."""
        labelled = read_labelled(line(label=label, source="blog", page="video:7"), policy=POLICY)

        assert (labelled.labels, labelled.source) == (labels, "blog")
        assert labelled.comment.facts.page_title is None

    def test_labels_and_expected_verdicts(self):
        """Of one's own sets."""
        raw = line(labels={"spam": 0, "crisis": 1}, expected=["escalate", "hold"], kind="crisis", must_not_publish=True)
        labelled = read_labelled(raw, policy=POLICY)

        assert labelled.labels == {"spam": 0, "crisis": 1}
        assert labelled.expected == {Verdict.ESCALATE, Verdict.HOLD}
        assert (labelled.kind, labelled.source, labelled.must_not_publish) == ("crisis", "crisis", True)

    @pytest.mark.parametrize(
        "wrong",
        [{"label": "bad"}, {"label": 1}, {"labels": {"spam": 2}}, {"labels": {"nice": 1}}, {"expected": ["delete"]},
         {"expected": 5}, {"expected": [[]]}],
    )  # fmt: skip
    def test_other_words_are_refused(self, wrong):
        """A figure on misread labels would look like any other."""
        with pytest.raises(LineProblem) as caught:
            read_labelled(line(**wrong), policy=POLICY)
        assert caught.value.code == "wrong_labels"


class TestFiles:
    """JSON Lines on disk."""

    def test_splits_blank_lines_and_gzip(self, tmp_path):
        """Lines of the split, and those that have none."""
        content = b"\n".join([line(split="dev"), b"", line(split="train"), line(), b"  ", b"nonsense"])
        (tmp_path / "a.jsonl").write_bytes(content)
        (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(content))

        for name in ("a.jsonl", "a.jsonl.gz"):
            assert len(list(lines_of(tmp_path / name))) == 3
            assert len(list(lines_of(tmp_path / name, split="all"))) == 4
            assert len(list(lines_of(tmp_path / name, split="dev"))) == 3
