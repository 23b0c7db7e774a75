"""`greenroom judge`, `evaluate` and `train`: what a person at a terminal gets, without any server."""

import json
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import main
from service.moderation.checks import MODERATION_CHECKS, SPAM_CHECKS, run_checks
from service.moderation.model import Facts, Policy
from service.moderation.policy import judge, policy_to_settings
from service.moderation.reading import reader
from service.training import fit as fitting

train_command = import_module("service.cli.train")
ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests" / "data"
VERDICTS = {"publish", "hold", "spam", "reject", "escalate"}
SCORES = {"spam", "toxicity", "crisis", "personal_data", "illegal_sale"}

Greenroom = Callable[..., Result]


@pytest.fixture
def greenroom(monkeypatch: pytest.MonkeyPatch) -> Greenroom:
    """Run a command as its user would, where neither a database nor Redis is set up."""
    for name in ("DATABASE_URL", "REDIS_URL", "GREENROOM_SECRET_KEY", "GREENROOM_EMAIL_KEYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    runner = CliRunner()
    return lambda *arguments, given="": runner.invoke(main, [*map(str, arguments)], input=given, prog_name="greenroom")


def lines(*comments: object) -> str:
    return "".join(json.dumps(comment) + "\n" for comment in comments)


def rounded(number: str) -> float:
    return round(float(number), 2)


def answers(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


class TestJudge:
    """Comments in, verdicts out."""

    def test_one_line_out_for_each_line_in_and_in_its_order(self, greenroom):
        """Also over the end of a batch of 64."""
        result = greenroom("judge", given=lines(*({"id": n, "text": f"Thank you, reader {n}."} for n in range(150))))

        assert result.exit_code == 0, result.output
        assert [answer["id"] for answer in answers(result)] == list(range(150))
        assert result.stderr == ""

    def test_a_line_out_is_what_the_docs_say(self, greenroom):
        """Verdict, probabilities, and signals with the spans of the text that moved them."""
        text = "Buy cheap pills http://a.example http://b.example http://c.example http://d.example now"
        result = greenroom("judge", given=lines({"id": "x", "text": text, "author": "Cheap Pills Online"}))
        (answer,) = answers(result)

        assert set(answer) == {"id", "verdict", "scores", "signals"}
        assert answer["verdict"] in VERDICTS - {"publish"}
        assert set(answer["scores"]) == SCORES
        assert all(0 <= score <= 1 for score in answer["scores"].values())
        links = next(signal for signal in answer["signals"] if signal["check"] == "links")
        assert set(links) == {"check", "label", "score", "detail", "spans"}
        assert [text[start:end] for start, end in links["spans"]][0] == "http://a.example"

    def test_the_docs_show_what_is_printed(self, greenroom):
        """Line by line, but for digits that are left out there; and every error has its words."""
        page = (ROOT / "docs/judging.md").read_text()
        given = page.split("greenroom judge <<< '")[1].split("' || echo")[0]
        shown = [json.loads(line) for line in page.split("```json\n")[1].split("```")[0].splitlines()]
        result = greenroom("judge", given=given)

        assert (result.exit_code, len(shown)) == (1, 3)
        assert [json.loads(line, parse_float=rounded) for line in result.stdout.splitlines()] == shown
        assert {"not_utf8", "not_json", "not_an_object", "line_too_long", "wrong_type", "required", "invisible_only",
                "too_long", "control_character"} == set(re.findall(r"^\| `(\w+)` \| (?:is|has) ", page, re.MULTILINE))  # fmt: skip

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            (b'{"text": "\xff"}', "not_utf8"),
            (b"[]", "not_an_object"),
            (b'{"text": "Hello", "page": []}', "wrong_type"),
            (b'{"text": " "}', "required"),
            ('{"text": "\u200b"}'.encode(), "invisible_only"),
            (b'{"text": "' + b"x" * 20_001 + b'"}', "too_long"),
            (b'{"text": "a\\u0000b"}', "control_character"),
        ],
    )
    def test_every_error_is_one_of_the_docs(self, greenroom, line, code):
        """With a verdict all the same."""
        (answer,) = answers(greenroom("judge", given=line))

        assert (answer["error"]["code"], answer["verdict"]) == (code, "hold")

    def test_it_decides_what_the_product_decides(self, greenroom):
        """The same checks and the same policy, on the whole set of hard comments."""
        rows = [json.loads(line) for line in (DATA / "ketamine_page.jsonl").read_text().splitlines()]
        result = greenroom("judge", given=lines(*rows))
        page = rows[0]["page"]
        batch = [
            Facts(
                body=row["text"], author_name=row.get("author", ""), author_website=row.get("url"),
                email_domain=row["email"].partition("@")[2], page_title=page["title"], page_url=page["url"],
                page_excerpt=page["excerpt"], own_hosts=frozenset({"recovery-notes.example"}),
            )
            for row in rows
        ]  # fmt: skip
        signals = run_checks(SPAM_CHECKS + MODERATION_CHECKS, batch)
        decided = [judge(found, policy=Policy(), published_before=0).verdict.value for found in signals]

        assert [answer["verdict"] for answer in answers(result)] == decided
        for answer, found in zip(answers(result), signals, strict=True):
            told = {(signal["check"], signal["label"], signal["detail"]) for signal in answer["signals"]}
            assert told == {(signal.check, signal.label.value, signal.detail) for signal in found}

    def test_a_line_that_is_no_comment_has_an_error_in_its_place(self, greenroom):
        """So that line n of the output is still line n of the input; at the end, exit code 1 and a sentence."""
        given = lines({"id": 1, "text": "Hello"}) + "nonsense\n" + lines({"id": 3}, {"id": 4, "text": "Bye"})
        result = greenroom("judge", given=given)
        first, second, third, fourth = answers(result)

        assert (first["id"], fourth["id"]) == (1, 4)
        assert second == {
            "id": None,
            "verdict": "hold",
            "scores": dict.fromkeys(SCORES, 0),
            "signals": [
                {
                    "check": "unchecked", "label": "unchecked", "score": 1, "detail": "The line is not JSON.", "spans": []
                }
            ],
            "error": {"code": "not_json", "detail": "The line is not JSON."},
        }  # fmt: skip
        assert third["verdict"] == "hold"
        assert not {"error"} & (set(first) | set(fourth))
        assert (third["id"], third["error"]["code"]) == (3, "required")
        assert result.exit_code == 1
        assert "2 lines were no comments" in result.stderr

    def test_blank_lines_and_no_last_line_end(self, greenroom):
        """As editors and shells leave them."""
        result = greenroom("judge", given="\n" + lines({"id": 1, "text": "Hello"}) + '\r\n{"id": 2, "text": "Bye"}')

        assert result.exit_code == 0
        assert [answer["id"] for answer in answers(result)] == [1, 2]
        assert greenroom("judge", given="").output == ""

    def test_a_line_without_end_does_not_fill_the_memory(self, greenroom):
        """It is skipped up to its end, and the next one is judged."""
        given = '{"id": 1, "text": "' + "x" * 2_500_000 + '"}\n' + lines({"id": 2, "text": "Hello"})
        result = greenroom("judge", given=given)

        assert [answer.get("error", {}).get("code") for answer in answers(result)] == ["line_too_long", None]

    def test_no_address_of_an_author_is_printed(self, greenroom):
        """The e-mail goes in for its domain only."""
        row = {"id": 1, "text": "Hello", "author": "Anna", "email": "anna.secret@mailinator.com", "url": 5}
        good, bad = greenroom("judge", given=lines(row | {"url": ""})), greenroom("judge", given=lines(row))

        assert answers(good)[0]["signals"]
        assert "anna.secret" not in good.output + bad.output

    def test_a_sites_own_rules(self, greenroom, tmp_path):
        """As `greenroom site show` prints them, with what is no rule beside them."""
        rules = {"rules": [{"pattern": "kumquat", "verdict": "reject"}]}
        (tmp_path / "blog.json").write_text(json.dumps(rules))
        (tmp_path / "shown.json").write_text(
            json.dumps({"key": "blog", "origins": [], "policy_version": 3, **policy_to_settings(Policy()), **rules})
        )

        for name in ("blog.json", "shown.json"):
            result = greenroom("judge", "--policy", tmp_path / name, given=lines({"id": 1, "text": "A kumquat."}))
            assert answers(result)[0]["verdict"] == "reject", result.output

    @pytest.mark.parametrize(
        ("settings", "sentence"),
        [
            ("{", "See 'greenroom site show'"),
            ("[]", "no JSON object"),
            ('{"mood": "good"}', "unknown setting mood"),
            ('{"rules": [{"pattern": "(", "is_regex": true, "verdict": "hold"}]}', "cannot be read"),
        ],
    )
    def test_rules_that_cannot_be_used_are_refused_in_words(self, greenroom, tmp_path, settings, sentence):
        """Before anything is judged by others."""
        (tmp_path / "blog.json").write_text(settings)
        result = greenroom("judge", "--policy", tmp_path / "blog.json", given=lines({"id": 1, "text": "Hello"}))

        assert result.exit_code == 1
        assert result.stdout == ""
        assert sentence in " ".join(result.stderr.split())

    def test_weights_that_are_none_are_refused_in_words(self, greenroom, tmp_path):
        """Whatever file it is."""
        (tmp_path / "weights.bin").write_bytes(b"GREENROOM-READER-1\nnothing more")
        (tmp_path / "picture.png").write_bytes(b"\x89PNG")

        for name in ("weights.bin", "picture.png"):
            result = greenroom("judge", "--model", tmp_path / name, given="")
            assert result.exit_code == 1
            assert "no weights of this version" in " ".join(result.stderr.split()), result.output


class TestEvaluate:
    """Labelled comments in, figures out."""

    @pytest.fixture
    def blog(self, tmp_path):
        """Sixty comments of a blog of two sources, every third one spam."""
        rows = [
            {"id": n, "text": f"Buy cheap pills number {n} http://pills{n}.example", "label": "spam", "source": "a"}
            if n % 3 == 0
            else {
                "id": n,
                "text": f"I liked the part about chapter {n}, thank you.",
                "label": "ham",
                "source": "ab"[n % 2],
            }
            for n in range(60)
        ]
        (tmp_path / "blog.jsonl").write_text(lines(*rows))
        return tmp_path / "blog.jsonl"

    def test_figures_as_json(self, greenroom, blog):
        """Every figure with its interval."""
        result = greenroom("evaluate", blog, "--json", "--learn", "--by-source")
        told = json.loads(result.stdout)
        everything = next(item for item in told["measured"] if item["source"] == "all")

        assert result.exit_code == 0, result.output
        assert (told["rows"], everything["head"], everything["bad"], everything["good"]) == (60, "spam", 20, 40)
        assert everything["auc"]["low"] <= everything["auc"]["value"] <= everything["auc"]["high"]
        assert sum(everything["verdicts"]["bad"].values()) == 20
        assert told["milliseconds"]["alone_median"] > 0
        assert [point["decisions"] for point in told["learning"]["blog, spam"]] == [0, 10]

    def test_each_source_has_its_own_figures_unless_told_otherwise(self, greenroom, blog):
        """The sum of two sources hides what one of them is like."""
        measured = {
            option: [
                item["source"] for item in json.loads(greenroom("evaluate", blog, "--json", *option).stdout)["measured"]
            ]
            for option in ((), ("--by-source",), ("--together",))
        }

        assert measured == {(): ["a", "b", "all"], ("--by-source",): ["a", "b", "all"], ("--together",): ["all"]}

    def test_figures_for_people_and_plots(self, greenroom, blog, tmp_path):
        """A table that fits 80 columns, and four pictures."""
        result = greenroom("evaluate", blog, "--learn", "--plots", tmp_path / "plots")

        assert result.exit_code == 0, result.output
        for word in ("AUC", "caught", "calibration", "publish", "learning", "median"):
            assert word in result.stdout
        assert "…" not in result.stdout
        assert {path.name for path in (tmp_path / "plots").iterdir()} == {
            "roc.png", "precision-recall.png", "calibration.png", "learning.png",
        }  # fmt: skip

    def test_expected_verdicts(self, greenroom, tmp_path):
        """The line that says whether a site can live with it."""
        (tmp_path / "page.jsonl").write_text(
            lines(
                {"id": "a", "text": "Thank you!", "expected": ["publish"], "kind": "honest"},
                {"id": "b", "text": "Thank you too!", "expected": ["reject"], "kind": "odd", "must_not_publish": True},
            )
        )
        said = " ".join(greenroom("evaluate", tmp_path / "page.jsonl").stdout.split())

        assert "acceptable 0.500 (1 of 2) · honest lost 0 of 1, held 0 · must be seen first, published 1 of 1" in said
        assert "published unseen: b" in said

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            ("", "nothing to measure"),
            (lines({"id": 1, "text": "Hello"}), "nothing to measure"),
            (lines({"id": 1, "text": "Hello", "label": "ham"}) + "nonsense\n", "comment 2: The line is not JSON."),
            (lines({"id": 1, "text": "Hello", "label": "good"}), "one of spam, ham, toxic and ok"),
        ],
    )
    def test_files_that_cannot_be_measured(self, greenroom, tmp_path, content, sentence):
        """Say why, and where."""
        (tmp_path / "rows.jsonl").write_text(content)
        result = greenroom("evaluate", tmp_path / "rows.jsonl")

        assert result.exit_code == 1
        assert sentence in " ".join(result.output.split())

    def test_a_broken_archive(self, greenroom, tmp_path):
        """In words."""
        (tmp_path / "rows.jsonl.gz").write_bytes(b"\x1f\x8b nothing")
        result = greenroom("evaluate", tmp_path / "rows.jsonl.gz")

        assert result.exit_code == 1
        assert "can't be read" in result.output


class TestTrain:
    """A folder in, weights out; the shipped ones are not overwritten by accident."""

    @pytest.fixture
    def folder(self, tmp_path, monkeypatch):
        """Two lines to learn from, and weights in the place of the shipped ones."""
        (tmp_path / "rows.jsonl").write_text(
            lines(
                {"text": "Hello", "label": "ham", "split": "train", "source": "sms"},
                {"text": "Buy", "label": "spam", "split": "train", "source": "mine"},
            )
        )
        shipped = tmp_path / "shipped.bin"
        shipped.write_bytes(b"as shipped")
        monkeypatch.setattr(train_command, "SHIPPED", shipped)
        yield tmp_path
        assert shipped.read_bytes() == b"as shipped"

    @pytest.mark.parametrize(
        ("arguments", "code", "sentence"),
        [
            (("--without", "sms"), 2, "say with --out where to write it"),
            (("--without", "smss", "--out", "x.bin"), 1, "--without smss: no row is of it. There are mine, sms,"),
            (("--out", "nowhere/x.bin"), 1, "there is no folder"),
        ],
    )
    def test_what_cannot_be_done_is_said_before_it_takes_minutes(
        self, greenroom, folder, monkeypatch, arguments, code, sentence
    ):
        """And nothing is written."""
        monkeypatch.chdir(folder)
        result = greenroom("train", folder, *arguments)

        assert result.exit_code == code
        assert sentence in " ".join(result.stderr.split())
        assert not (folder / "x.bin").exists()

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            ("", "nothing to learn from"),
            (lines({"text": "Hello", "label": "ham", "split": "dev"}), "nothing to learn from"),
            ("nonsense\n", "rows.jsonl:1: not JSON"),
        ],
    )
    def test_a_folder_without_training_rows(self, greenroom, folder, content, sentence):
        """Own writing alone is no model to ship."""
        (folder / "rows.jsonl").write_text(content)
        result = greenroom("train", folder, "--out", folder / "x.bin")

        assert result.exit_code == 1
        assert sentence in " ".join(result.stderr.split())

    def test_the_card_names_the_licence_of_each_source(self, greenroom, folder, monkeypatch):
        """As the model card does, and it leads there."""
        counts = {source: {"rows": 1} for source in (*train_command.LICENCES, "mine")}
        weights = reader.shipped_reader().weights
        monkeypatch.setattr(fitting, "fit", lambda _rows, progress: fitting.Fitted(weights, counts))
        result = greenroom("train", folder, "--out", folder / "x.bin")
        card = (ROOT / "docs/model-card.md").read_text()

        assert result.exit_code == 0, result.output
        assert set(weights.trained_on) - {"praise"} == set(train_command.LICENCES)
        for licence in set(train_command.LICENCES.values()):
            assert licence in result.stdout
            assert f"| {licence} |" in card
        assert "not known here" in result.stdout
        assert result.stdout.strip().endswith("docs/model-card.md")
        assert (folder / "x.bin").read_bytes() == weights.to_bytes()
