"""What the docs tell people to type is typed here, against a running Greenroom."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.stack import Stack, wait_until

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#([^)\s]*))?\)")
RUN_HERE = ("greenroom ", "curl ", "TOKEN=$(greenroom ")
NOT_RUN_HERE = ("docker ", "make ", "openssl ", "git ", "cp ", "sudo ", "gunzip ", "sh ", "umask ", "mkdir ", "printf ")
"""Commands for another machine. `make` targets are checked against the Makefile instead."""

pytestmark = pytest.mark.xdist_group("docs")


def commands(page: Path) -> list[str]:
    joined = "\n".join(BLOCK.findall(page.read_text())).replace("\\\n", " ")
    found: list[str] = []
    for line in joined.splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if found and not _is_complete(found[-1]):
            found[-1] += "\n" + line
        else:
            found.append(stripped)
    return found


def _is_complete(command: str) -> bool:
    try:
        shlex.split(command)
    except ValueError:
        return False
    return True


@pytest.fixture(scope="module")
def stack():
    with Stack() as running:
        yield running


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_is_known(page):
    """Each line of a shell block is run below, is a make target, or is named as belonging to another machine."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)

    for command in commands(page):
        if command.startswith("make "):
            assert command.split()[1] in targets, command
        else:
            assert command.startswith(RUN_HERE + NOT_RUN_HERE), f"{page.name}: {command}"


@pytest.mark.parametrize(
    "page",
    [
        ROOT / "README.md",
        *(ROOT / "docs" / f"{name}.md" for name in ("api", "embedding", "judging", "moderating")),
    ],
    ids=lambda page: page.name,
)
def test_the_commands_work(page, stack):
    """A person who copies a line from the docs gets what the docs say."""
    accepted = stack.post(f"Thank you for this article. It reminded me of what {page.stem} means at home.").json()
    waiting = ["curl", "-sf", accepted["status_url"], "-H", f"Authorization: Bearer {accepted['author_token']}"]
    wait_until(lambda: b"published" in subprocess.run(waiting, capture_output=True, check=True).stdout, 30)
    state = {
        **stack.env,
        "PATH": f"{ROOT / '.venv/bin'}:{stack.env['PATH']}",
        "TOKEN": stack.command("token", "add", "--site", "demo", "--role", "moderator").strip(),
        "COMMENT": accepted["id"],
        "AUTHOR_TOKEN": accepted["author_token"],
    }

    for command in commands(page):
        if not command.startswith(RUN_HERE):
            continue
        here = command.replace("http://127.0.0.1:8080", stack.url).replace("curl -sS", "curl -sS --fail-with-body")
        done = subprocess.run(
            ["bash", "-c", f"set -e; {here}\necho; echo TOKEN=$TOKEN"],
            env=state,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        state["TOKEN"] = done.stdout.rsplit("TOKEN=", 1)[1].strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    """No link in the docs is dead: the file is there, and the heading in it."""
    for target, anchor in LINK.findall(page.read_text()):
        if "://" in target:
            continue
        file = (page.parent / target).resolve()
        assert file.exists(), f"{page.name}: {target}"
        if anchor:
            headings = {
                re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
                for heading in re.findall(r"^#+ (.*)$", file.read_text(), re.MULTILINE)
            }
            assert anchor in headings, f"{page.name}: {target}#{anchor}"


def test_the_drawn_states_are_the_real_ones():
    """The drawing of the state machine has exactly the arrows that the code has."""
    from service.moderation.model import Status
    from service.moderation.states import TRANSITIONS, Decider

    text = (ROOT / "docs/architecture.md").read_text()
    drawing = text[text.index("stateDiagram-v2") :].split("```")[0]
    drawn = set()
    for origin, following, label in re.findall(r"(\w+) --> (\w+): (.*)", drawing):
        events, deciders = re.fullmatch(r"([\w, ]+) \(([\w, ]+)\)", label).groups()
        drawn |= {
            (origin, event, following, decider) for event in events.split(", ") for decider in deciders.split(", ")
        }
    erasable = {(status.value, "erase", "erased", "anyone") for status in Status if status is not Status.ERASED}

    real = {(t.current.value, t.event.value, t.following.value, t.decider.value) for t in TRANSITIONS}

    assert {decider.value for decider in Decider} >= {item[3] for item in drawn}
    assert drawn | erasable == real
