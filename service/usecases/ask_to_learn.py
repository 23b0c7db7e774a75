"""Ask for a site to be learnt for, as soon as its moderators have said enough that is new."""

from sqlalchemy import Connection

from service.storage import learning
from service.storage.learning import Progress

FEWEST_LABELS = 10
FEWEST_NEW = 20
NEW_SHARE = 0.1
FEWEST_OF_EACH = 3


def is_enough(progress: Progress) -> bool:
    """Whether there is enough to learn from: 10 labels the first time, then 20 new ones or a tenth of the known.

    The larger of the two; and at least 3 of each kind.
    """
    wanted = max(FEWEST_NEW, NEW_SHARE * progress.known) if progress.has_model else FEWEST_LABELS
    return progress.new >= wanted and min(progress.honest, progress.spam) >= FEWEST_OF_EACH


def note_decision(connection: Connection, site_id: int) -> int | None:
    """Ask for learning when this decision makes enough. Returns the new task's id, if there is one."""
    if learning.is_asked(connection, site_id) or not is_enough(learning.progress(connection, site_id)):
        return None
    return learning.ask(connection, site_id)
