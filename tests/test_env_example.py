"""`.env.example` tells of every setting, and of no other."""

import re
from pathlib import Path

import pytest

from service.settings import Settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"
UNPREFIXED = {"database_url", "redis_url"}


def named_in_example() -> set[str]:
    assert EXAMPLE.is_file(), "there is no .env.example"
    return set(re.findall(r"^#?\s?([A-Z][A-Z0-9_]+)=", EXAMPLE.read_text(), re.MULTILINE))


def variable(field: str) -> str:
    return field.upper() if field in UNPREFIXED else f"GREENROOM_{field.upper()}"


def test_every_setting_is_in_the_example() -> None:
    """Whoever reads the file knows all that can be set."""
    assert {variable(field) for field in Settings.model_fields} - named_in_example() == set()


def test_every_greenroom_variable_of_the_example_is_a_setting() -> None:
    """No line promises what nothing reads."""
    ours = {name for name in named_in_example() if name.startswith("GREENROOM_") or name.lower() in UNPREFIXED}

    compose = set(re.findall(r"\$\{(GREENROOM_\w+)", (EXAMPLE.parent / "docker-compose.yml").read_text()))

    assert ours - {variable(field) for field in Settings.model_fields} - compose == set()


@pytest.mark.parametrize(
    "field",
    [
        name
        for name, info in Settings.model_fields.items()
        if isinstance(info.default, int | float | str | bool) and info.default != ""
    ],
)
def test_the_example_shows_the_default(field: str) -> None:
    """The value beside each name is the one in force without it."""
    shown = re.search(rf"^#?\s?{variable(field)}=(.*)$", EXAMPLE.read_text(), re.MULTILINE)
    default = Settings.model_fields[field].default

    assert shown
    written = shown.group(1).split(" #")[0].strip().strip('"')
    assert written.lower() == str(default).lower() or float(written) == float(default)
