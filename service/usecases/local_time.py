"""Tell what a site's clock shows."""

from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def is_time_zone(name: str) -> bool:
    """Whether this machine knows a time zone of that IANA name."""
    return _zone(name) is not None


def local_time(at: datetime, time_zone: str) -> time | None:
    """What the clock shows there at that moment; None where nobody knows the time zone."""
    zone = _zone(time_zone)
    return None if zone is None else at.astimezone(zone).time()


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones is an OSError
        return None
