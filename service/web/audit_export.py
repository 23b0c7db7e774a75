"""The audit log as a file, written while it is read."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from io import StringIO

import orjson

from service.storage.audit_log import AuditRow

COLUMNS = ("id", "at", "site", "actor", "action", "subject", "details")
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - the full-width forms, which spreadsheets take as well
ROWS_AT_ONCE = 200


def as_csv(rows: Iterable[AuditRow]) -> Iterator[str]:
    """Lines of CSV (RFC 4180), every cell quoted, and none that a spreadsheet would calculate (T14)."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for number, row in enumerate(rows, 1):
        details = orjson.dumps(row.details).decode()
        cells = (str(row.id), row.at.isoformat(), row.site or "", row.actor, row.action, row.subject, details)
        writer.writerow([neutral(cell) for cell in cells])
        if number % ROWS_AT_ONCE == 0:
            yield _taken(out)
    yield _taken(out)


def as_json_lines(rows: Iterable[AuditRow]) -> Iterator[str]:
    """One JSON object a line."""
    for row in rows:
        yield orjson.dumps(asdict(row)).decode() + "\n"


def neutral(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip(" ")[:1] in FORMULA_STARTS and cell.strip(" ") else cell


def _taken(out: StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text
