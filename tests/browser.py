"""The Chromium for the page tests. `python -m tests.browser` finds one or installs one where it may."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ASK_WITHIN_S = 30
INSTALL_WITHIN_S = 900

# Read when this is imported: tests/conftest.py takes everybody's own GREENROOM_* settings away from the tests.
CHOSEN = os.environ.get("GREENROOM_CHROMIUM", "")


def chromium() -> Path | None:
    """The first Chromium that starts: $GREENROOM_CHROMIUM (no other then), one on PATH, or Playwright's own."""
    candidates = iter([CHOSEN]) if CHOSEN else _candidates()
    return next((Path(path) for path in candidates if _starts(path)), None)


def launch_arguments() -> list[str]:
    """A quiet browser that asks nobody but us for anything."""
    quiet = [
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    # Chromium's sandbox refuses to run as root, which is who a container often is.
    return ["--no-sandbox", *quiet] if _is_root() else quiet


def is_ci() -> bool:
    """Whether a skipped page test is a failure."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false", "no"}


def main() -> int:
    """Find or install a browser. Returns 1 only where CI must not go on without one."""
    if found := chromium():
        print(f"Page tests use {found}.")
        return 0
    if not CHOSEN:
        for command in _ways_to_install():
            print(f"No Chromium is here. Trying: {' '.join(command)}", flush=True)
            if _succeeds(command) and (found := chromium()):
                print(f"Page tests use {found}.")
                return 0
    _lament()
    return int(is_ci())


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def _starts(path: str) -> bool:
    """Whether it runs here: Ubuntu's /usr/bin/chromium-browser may be a note that asks for a snap."""
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=ASK_WITHIN_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _ways_to_install() -> Iterator[Sequence[str]]:
    own = [sys.executable, "-m", "playwright", "install"]
    has_apt = platform.system() == "Linux" and shutil.which("apt-get") is not None
    if has_apt and _is_root():
        yield ["sh", "-c", "apt-get update -q && apt-get install -q -y --no-install-recommends chromium"]
        yield [*own, "--with-deps", "chromium"]
    yield [*own, "chromium"]


def _succeeds(command: Sequence[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, stdout=sys.stderr, timeout=INSTALL_WITHIN_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _lament() -> None:
    what = (
        f"GREENROOM_CHROMIUM={CHOSEN} does not start." if CHOSEN else "There is no Chromium and none can be installed."
    )
    then = "CI fails here." if is_ci() else "THE PAGE TESTS WILL BE SKIPPED: nobody looks at the pages."
    how = "Install Chromium or Google Chrome, or set GREENROOM_CHROMIUM to one that starts."
    rule = "!" * max(len(what), len(then), len(how))
    print("", rule, what, then, how, rule, "", sep="\n", file=sys.stderr, flush=True)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


if __name__ == "__main__":
    sys.exit(main())
