"""The `greenroom` command: what it does, and what it says when it can't."""

import json
import re
from collections.abc import Callable, Iterator

import click
import pytest
from click.testing import CliRunner, Result

from service.cli import main
from service.runtime import Runtime
from tests.conftest import KEYS, Rows, Servers, Visitor
from tests.stack import free_port

Greenroom = Callable[..., Result]


@pytest.fixture
def greenroom(runtime: Runtime, servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Greenroom]:
    """Run a command as its user would, on an empty database."""
    monkeypatch.setenv("DATABASE_URL", servers.database_url)
    monkeypatch.setenv("REDIS_URL", servers.redis_url)
    monkeypatch.setenv("GREENROOM_SECRET_KEY", KEYS[0])
    monkeypatch.setenv("GREENROOM_EMAIL_KEYS", KEYS[1])
    monkeypatch.setenv("GREENROOM_PORT", str(free_port()))
    monkeypatch.setenv("GREENROOM_METRICS_PORT", str(free_port()))
    monkeypatch.setenv("COLUMNS", "200")
    runner = CliRunner()
    yield lambda *arguments: runner.invoke(main, arguments, prog_name="greenroom")


@pytest.fixture
def blog(greenroom: Greenroom) -> str:
    assert greenroom("site", "add", "blog", "--origin", "https://example.org").exit_code == 0
    return "blog"


def refused(result: Result) -> str:
    """What a refused command said: exit code 1 and a sentence, never a stack trace."""
    assert result.exit_code in {1, 2}, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    return " ".join(result.output.split())


def children(group: click.Group) -> dict[str, click.Command]:
    """The commands of a group by name, also where they are loaded late."""
    context = click.Context(group)
    return {name: command for name in group.list_commands(context) if (command := group.get_command(context, name))}


class TestHelp:
    """Every command says how it is used."""

    def commands(self) -> Iterator[tuple[list[str], click.Command]]:
        waiting: list[tuple[list[str], click.Command]] = [([], main)]
        while waiting:
            path, command = waiting.pop()
            if isinstance(command, click.Group):
                waiting += [([*path, name], child) for name, child in children(command).items()]
            if path:
                yield path, command

    def test_every_command_has_an_example(self, greenroom: Greenroom) -> None:
        """A line that can be copied, which begins with its own name."""
        found = 0
        for path, command in self.commands():
            help_text = greenroom(*path, "--help")
            assert help_text.exit_code == 0
            if not isinstance(command, click.Group):
                assert re.search(
                    rf"^\s+(?:[A-Z_]+=\S+ )*greenroom {' '.join(path)}\b", help_text.output, re.MULTILINE
                ), path
                found += 1
        assert found >= 15

    def test_the_first_page_lists_all_commands(self, greenroom: Greenroom) -> None:
        """And how to begin."""
        output = greenroom("-h").output

        for name in children(main):
            assert name in output
        assert "greenroom up" in output

    def test_an_unknown_command_is_refused(self, greenroom: Greenroom) -> None:
        """With the way to the help."""
        assert "--help" in refused(greenroom("dance")) or "-h" in refused(greenroom("dance"))


class TestSites:
    """site add, list, show, set."""

    def test_a_site_is_added_listed_and_shown(self, greenroom: Greenroom) -> None:
        """Origins are spelt canonically; show is JSON."""
        added = greenroom(
            "site",
            "add",
            "blog",
            "--origin",
            "HTTPS://Example.org:443/",
            "--origin",
            "http://localhost:8000",
            "--name",
            "My blog",
        )
        assert added.exit_code == 0, added.output
        assert "https://example.org" in added.output

        listed = greenroom("site", "list").output
        shown = json.loads(greenroom("site", "show", "blog").output)
        assert "blog" in listed and "http://localhost:8000" in listed and "publish_what_passes" in listed
        assert shown["name"] == "My blog"
        assert shown["origins"] == ["https://example.org", "http://localhost:8000"]
        assert (shown["require_name"], shown["require_email"], shown["max_comment"]) == (True, True, 10_000)

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (["Blog", "--origin", "https://example.org"], "lower-case"),
            (["my blog", "--origin", "https://example.org"], "lower-case"),
            (["-blog", "--origin", "https://example.org"], "no such option|lower-case|no hyphen"),
            (["", "--origin", "https://example.org"], "lower-case"),
            (["x" * 64, "--origin", "https://example.org"], "63"),
            (["blog"], "--origin"),
            (["blog", "--origin", "example.org"], "http"),
            (["blog", "--origin", "https://example.org/path"], "path"),
            (["blog", "--origin", "https://*.example.org"], "host"),
            (["blog", "--origin", "https://example.org", "--name", "x" * 201], "name.*200"),
        ],
        ids=["capitals", "space", "hyphen first", "empty", "too long", "no origin", "no scheme", "path", "wildcard", "long name"],
    )  # fmt: skip
    def test_a_site_that_can_not_be_is_refused(
        self, greenroom: Greenroom, rows: Rows, arguments: list[str], sentence: str
    ) -> None:
        """The sentence says what is wrong with it."""
        assert re.search(sentence, refused(greenroom("site", "add", *arguments)), re.IGNORECASE)
        assert rows("SELECT count(*) FROM sites") == [(0,)]

    def test_a_key_is_taken_once(self, greenroom: Greenroom, blog: str) -> None:
        """The sentence says which command shows the other one."""
        assert "already" in refused(greenroom("site", "add", blog, "--origin", "https://example.com"))

    def test_settings_are_changed_and_a_changed_policy_is_a_new_version(
        self, greenroom: Greenroom, blog: str, rows: Rows
    ) -> None:
        """Old versions stay: decisions name them."""
        first = greenroom(
            "site", "set", blog, "mode=hold_first_time_authors", "max_links=3", "require_email=false", "name=The blog"
        )
        assert first.exit_code == 0, first.output
        second = greenroom("site", "set", blog, 'rules=[{"pattern": "casino", "verdict": "hold"}]', "max_comment=500")
        third = greenroom("site", "set", blog, "max_comment=600")
        assert [re.search(r"version (\d+)", result.output).group(1) for result in (first, second, third)] == [
            "2",
            "3",
            "3",
        ]

        shown = json.loads(greenroom("site", "show", blog).output)
        assert (shown["mode"], shown["max_links"], shown["require_email"], shown["name"]) == (
            "hold_first_time_authors", 3, False, "The blog",
        )  # fmt: skip
        (rule,) = shown["rules"]
        assert (rule["kind"], rule["word"], rule["verdict"], rule["state"]) == ("word", "casino", "hold", "on")
        assert rule["owner"] == "greenroom command"
        assert (shown["max_comment"], shown["policy_version"]) == (600, 3)
        assert rows("SELECT version FROM policies ORDER BY version") == [(1,), (2,), (3,)]
        told = rows(
            "SELECT action, subject, details -> 'settings' FROM audit_log WHERE actor = 'greenroom command' ORDER BY id"
        )
        assert told == [
            ("site_added", "site:blog", None),
            ("site_changed", "site:blog", ["name", "is_email_required"]),
            ("policy_changed", "policy:2", ["mode, publish_what_passes → hold_first_time_authors", "max_links, 2 → 3"]),
            ("site_changed", "site:blog", ["max_comment"]),
            ("policy_changed", "policy:3", []),
            ("site_changed", "site:blog", ["max_comment"]),
        ]

    def test_a_remote_check_is_set_shown_and_taken_away(self, greenroom: Greenroom, blog: str) -> None:
        """Its own part of the settings, beside the policy; what is left out has its default."""
        assert "asks nobody" in refused(greenroom("site", "ask", blog))
        hook = '{"kind": "hook", "url": "https://example.org/hook", "secret_name": "hook"}'
        assert greenroom("site", "set", blog, f"remote={hook}", "max_links=3").exit_code == 0
        assert greenroom("site", "set", blog, "max_links=4").exit_code == 0
        shown = json.loads(greenroom("site", "show", blog).output)["remote"]
        assert (shown["kind"], shown["on_failure"], shown["may_send_email"]) == ("hook", "hold", False)
        assert "no_secret" in refused(greenroom("site", "ask", blog))

        assert greenroom("site", "set", blog, "remote=null").exit_code == 0
        assert json.loads(greenroom("site", "show", blog).output)["remote"] is None

    @pytest.mark.parametrize(
        ("remote", "word"),
        [
            ('{"kind": "oracle"}', "remote.kind"),
            ('{"kind": "hook", "url": "http://example.org", "secret_name": "hook"}', "https"),
            ('{"kind": "hook", "url": "https://example.org", "secret_name": "hook", "speed": 1}', "speed"),
            ("akismet", "remote"),
        ],
    )
    def test_a_remote_check_that_can_not_be_is_refused(
        self, greenroom: Greenroom, blog: str, remote: str, word: str
    ) -> None:
        """By the name of what is wrong; nothing is stored."""
        assert word in refused(greenroom("site", "set", blog, f"remote={remote}"))
        assert json.loads(greenroom("site", "show", blog).output)["remote"] is None

    def test_friction_is_asked_for_and_given_up(self, greenroom: Greenroom, blog: str) -> None:
        """Off, unless the site wants it."""
        for wanted in ("off", "suspicious", "off"):
            assert greenroom("site", "set", blog, f"friction={wanted}").exit_code == 0
            assert json.loads(greenroom("site", "show", blog).output)["friction"] == wanted

    def test_how_long_authors_may_change_what_they_wrote(self, greenroom: Greenroom, blog: str) -> None:
        """Fifteen minutes, with the old text in sight, unless the site wants it otherwise."""
        shown = json.loads(greenroom("site", "show", blog).output)
        assert (shown["edit_window"], shown["old_revision"]) == (15, "keep")
        assert greenroom("site", "set", blog, "edit_window=0", "old_revision=hide").exit_code == 0
        shown = json.loads(greenroom("site", "show", blog).output)
        assert (shown["edit_window"], shown["old_revision"]) == (0, "hide")

    def test_origins_can_be_replaced(self, greenroom: Greenroom, blog: str) -> None:
        """As a JSON list, or one as a plain word."""
        assert (
            greenroom("site", "set", blog, 'origins=["https://a.example.org", "https://b.example.org"]').exit_code == 0
        )
        assert json.loads(greenroom("site", "show", blog).output)["origins"] == [
            "https://a.example.org",
            "https://b.example.org",
        ]

        assert greenroom("site", "set", blog, "origins=https://c.example.org").exit_code == 0
        assert json.loads(greenroom("site", "show", blog).output)["origins"] == ["https://c.example.org"]

    @pytest.mark.parametrize(
        ("setting", "sentence"),
        [
            ("colour=red", "colour"), ("friction=everybody", "off, suspicious"),
            ("edit_window=-1", "edit_window"), ("edit_window=10081", "10080"), ("edit_window=true", "edit_window"),
            ("edit_window=1.5", "edit_window"), ("old_revision=show", "keep or hide"), ("old_revision=true", "keep or hide"), ("mode", "name=value"), ("mode=strict", "mode"), ("max_links=-1", "max_links"),
            ("max_links=many", "max_links"), ("max_comment=20001", "20000"), ("max_comment=0", "max_comment"),
            ("max_comment=true", "max_comment"), ("require_email=perhaps", "true or false"), ("require_name=1", "true or false"),
            ("rules=casino", "rules"), ('rules=[{"pattern": "(", "verdict": "hold", "is_regex": true}]', "rules"),
            ('rules=[{"pattern": "a", "verdict": "publish"}]', "verdict"), ("time_zone=Mars/Olympus", "time zone"),
            ('rules=[{"kind": "new_author", "days": 0, "verdict": "hold"}]', "days"), ('thresholds={"spam": {"hold": 2}}', "thresholds"),
            ("origins=[]", "origins"), ("origins=5", "origins"), ("origins=null", "origins"),
            ('origins=["example.org"]', "origin"), ("name=", "name"), (f"name={'x' * 201}", "name"),
            ('name="a\\u0000b"', "name"),
        ],
    )  # fmt: skip
    def test_a_setting_that_can_not_be_is_refused(
        self, greenroom: Greenroom, blog: str, setting: str, sentence: str
    ) -> None:
        """By its name, and nothing is changed."""
        before = greenroom("site", "show", blog).output

        assert sentence in refused(greenroom("site", "set", blog, "max_links=7", setting))
        assert greenroom("site", "show", blog).output == before

    @pytest.mark.parametrize(
        "command",
        [
            ["site", "show", "x"],
            ["site", "set", "x", "max_links=1"],
            ["token", "add", "--site", "x", "--role", "owner"],
            ["moderator", "add", "a", "--site", "x"],
        ],
    )
    def test_an_unknown_site_is_named(self, greenroom: Greenroom, command: list[str]) -> None:
        """With the command that lists those there are."""
        assert "There is no site 'x'. See 'greenroom site list'." in refused(greenroom(*command))


class TestPeople:
    """Tokens and moderators."""

    def test_a_token_is_shown_once_listed_and_revoked(self, greenroom: Greenroom, blog: str, rows: Rows) -> None:
        """The list knows everything about it but itself."""
        token = greenroom("token", "add", "--site", blog, "--role", "moderator", "--name", "ada").output.strip()
        listed = greenroom("token", "list", "--site", blog).output
        ((number,),) = rows("SELECT id FROM tokens")
        assert re.fullmatch(r"grt_[\w-]{43}", token)
        assert token not in listed
        assert all(word in listed for word in (str(number), "moderator", "ada", "never", "in force"))

        assert greenroom("token", "revoke", str(number)).exit_code == 0
        assert "revoked" in greenroom("token", "list").output
        assert "greenroom token list" in refused(greenroom("token", "revoke", str(number)))

    @pytest.mark.parametrize(
        "arguments",
        [["--role", "king"], [], ["--role", "owner", "--name", "x" * 101]],
        ids=["role", "no role", "long name"],
    )
    def test_a_token_that_can_not_be_is_refused(
        self, greenroom: Greenroom, blog: str, rows: Rows, arguments: list[str]
    ) -> None:
        """Roles are four; a name has at most 100 characters."""
        refused(greenroom("token", "add", "--site", blog, *arguments))
        assert rows("SELECT count(*) FROM tokens") == [(0,)]

    def test_a_moderator_gets_a_one_time_password(self, greenroom: Greenroom, blog: str, rows: Rows) -> None:
        """It is printed once and stored as an argon2id hash; a name is taken once."""
        added = greenroom("moderator", "add", "ada", "--site", blog)
        password = added.output.strip().rpartition(" ")[2]
        ((name, stored, must_change),) = rows("SELECT name, password_hash, must_change_password FROM moderators")
        assert (name, must_change) == ("ada", True)
        assert stored.startswith("$argon2id$")
        assert len(password) >= 20
        assert password not in stored

        assert "already" in refused(greenroom("moderator", "add", "ada", "--site", blog))

    def test_a_moderator_that_can_not_be_is_refused(self, greenroom: Greenroom, blog: str, rows: Rows) -> None:
        """A name that is too long is not "taken"."""
        assert "already" not in refused(greenroom("moderator", "add", "x" * 101, "--site", blog))
        assert "already" not in refused(greenroom("moderator", "add", "", "--site", blog))
        assert rows("SELECT count(*) FROM moderators") == [(0,)]


class TestBook:
    """keys, migrate, ledger."""

    def test_keys_are_fresh_and_ready_for_an_env_file(self, greenroom: Greenroom) -> None:
        """Two lines, different each time."""
        first, second = greenroom("keys").output, greenroom("keys").output

        assert re.fullmatch(r"GREENROOM_SECRET_KEY=[0-9a-f]{64}\nGREENROOM_EMAIL_KEYS=k1:[A-Za-z0-9+/]{43}=\n", first)
        assert first != second

    def test_migrating_twice_is_harmless(self, greenroom: Greenroom) -> None:
        """The second time there is nothing to do."""
        assert greenroom("migrate").exit_code == greenroom("migrate").exit_code == 0

    def test_the_ledger_counts_every_comment(self, greenroom: Greenroom, visitor: Visitor) -> None:
        """By status and by id, as JSON."""
        published = visitor.published()
        pending = visitor.comment(body="Another.")

        assert json.loads(greenroom("ledger").output) == {
            "by_status": {"pending": 1, "published": 1},
            "by_id": {str(published): "published", str(pending): "pending"},
        }


class TestDoctor:
    """Checks every part and says how to mend it."""

    def test_with_nothing_running_it_says_what_to_start(self, greenroom: Greenroom, blog: str) -> None:
        """Servers are well; each missing process comes with its command."""
        result = greenroom("doctor")

        assert result.exit_code == 1
        lines = {line.split("│")[1].strip(): line for line in result.output.splitlines() if line.count("│") == 5}
        for part in ("settings", "database", "sites", "redis"):
            assert " ok " in lines[part], result.output
        for part, mend in {
            "web": "greenroom web", "relay": "greenroom relay", "worker-spam": "greenroom worker spam",
            "worker-moderation": "greenroom worker moderation", "worker-learning": "greenroom worker learning",
            "worker-remote": "greenroom worker remote", "worker-mail": "greenroom worker mail",
            "worker-bulk": "greenroom worker bulk",
        }.items():  # fmt: skip
            assert "FAIL" in lines[part]
            assert mend in lines[part]

    def test_without_servers_it_names_their_settings(
        self, greenroom: Greenroom, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nothing raises; passwords are not printed."""
        monkeypatch.setenv("DATABASE_URL", "postgresql://me:hunter2@127.0.0.1:1/x")
        monkeypatch.setenv("REDIS_URL", "redis://me:hunter2@127.0.0.1:1/0")
        result = greenroom("doctor")

        assert result.exit_code == 1
        assert "check DATABASE_URL" in result.output
        assert "check REDIS_URL" in result.output
        assert "hunter2" not in result.output

    def test_a_wrong_setting_is_named(self, greenroom: Greenroom, monkeypatch: pytest.MonkeyPatch) -> None:
        """With the file that explains it."""
        monkeypatch.setenv("GREENROOM_PORT", "x")
        result = greenroom("doctor")

        assert result.exit_code == 1
        assert "GREENROOM_PORT" in result.output
        assert ".env.example" in result.output

    @pytest.mark.parametrize(
        "part",
        [
            "web",
            "relay",
            "worker-spam",
            "worker-moderation",
            "worker-remote",
            "worker-learning",
            "worker-mail",
            "worker-bulk",
        ],
    )
    def test_health_answers_by_exit_code(self, greenroom: Greenroom, part: str) -> None:
        """For container health checks: 1 and a sentence."""
        assert part in refused(greenroom("health", part))


class TestAway:
    """Errors are sentences."""

    def test_without_a_database_every_command_says_so(
        self, greenroom: Greenroom, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """And what to try next."""
        monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x")

        for command in (["site", "list"], ["token", "list"], ["ledger"], ["site", "show", "blog"]):
            assert "greenroom doctor" in refused(greenroom(*command))

    def test_without_settings_every_command_names_them(
        self, greenroom: Greenroom, monkeypatch: pytest.MonkeyPatch, tmp_path
    ) -> None:
        """`greenroom up` is the way out."""
        monkeypatch.delenv("DATABASE_URL")
        monkeypatch.setenv("GREENROOM_DATA_DIR", str(tmp_path))

        assert "DATABASE_URL is not set" in refused(greenroom("site", "list"))

    def test_a_wrong_setting_is_a_sentence(self, greenroom: Greenroom, monkeypatch: pytest.MonkeyPatch) -> None:
        """It names the variable."""
        monkeypatch.setenv("GREENROOM_PORT", "http")

        assert "GREENROOM_PORT" in refused(greenroom("site", "list"))
        assert "GREENROOM_PORT" in refused(greenroom("web"))

    def test_a_database_without_tables_is_told_to_migrate(
        self, greenroom: Greenroom, rows: Rows, servers: Servers, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The command is named."""
        with runtime.statements.connect() as connection:
            connection.exec_driver_sql("DROP DATABASE IF EXISTS empty")
            connection.exec_driver_sql("CREATE DATABASE empty")
        monkeypatch.setenv("DATABASE_URL", servers.database_url.replace("/postgres?", "/empty?"))

        assert "greenroom migrate" in refused(greenroom("site", "list"))
        assert "greenroom migrate" in greenroom("doctor").output
        assert greenroom("migrate").exit_code == 0
        assert greenroom("site", "list").exit_code == 0
