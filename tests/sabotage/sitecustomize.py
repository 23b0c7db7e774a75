"""Put this folder on PYTHONPATH and the spam check gets one more entry, which misbehaves where a comment asks for it.

The product knows nothing of this: Python imports `sitecustomize` by itself, and the list of checks is changed the
moment it is imported. Nothing else is touched.
"""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

CHECKS = "service.moderation.checks"
FOREVER_S = 600
SLUGGISH_S = 0.6
NEVER_MATCHES_IN_A_LIFETIME = re.compile(r"(?:a|a)*b")


def misbehave(facts: object) -> Iterator[object]:
    """What the marker in the body asks for; nothing where there is none."""
    from service.moderation.model import Label, Signal  # noqa: PLC0415 - not before the product asks for it

    body = facts.body  # type: ignore[attr-defined]
    if "marksluggish" in body:
        time.sleep(SLUGGISH_S)
        yield Signal("sabotage", Label.SPAM, 0.1, "It took its time.")  # a trace: it should be there once
    if "markraises" in body:
        raise RuntimeError("this check raises")
    if "marksleeps" in body:
        time.sleep(FOREVER_S)
    if "markspins" in body:  # in C, with the interpreter's lock, deaf to every signal that can be blocked
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP})
        NEVER_MATCHES_IN_A_LIFETIME.match("a" * 60)
    if "markdies" in body:
        os.kill(os.getpid(), signal.SIGKILL)


class _Sabotage(MetaPathFinder, Loader):
    """Loads the checks as ever, then adds one."""

    def __init__(self) -> None:
        self._real: Loader | None = None

    def find_spec(self, name: str, path: object, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != CHECKS:
            return None
        spec = PathFinder.find_spec(name, path, target)  # type: ignore[arg-type]
        if spec and spec.loader:
            self._real, spec.loader = spec.loader, self
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._real.create_module(spec) if self._real else None

    def exec_module(self, module: ModuleType) -> None:
        if self._real:
            self._real.exec_module(module)
        module.SPAM_CHECKS = (*module.SPAM_CHECKS, module.each(misbehave))  # type: ignore[attr-defined]


sys.meta_path.insert(0, _Sabotage())
