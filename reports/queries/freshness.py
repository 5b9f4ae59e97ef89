"""Whether anything the public could see may have changed: one statement, four ends of indexes."""

from django.db import connection

from reports.models import Agency, AuditEntry, Event, Revision

NEWEST_ROWS = "SELECT " + ", ".join(
    f"(SELECT max(id) FROM {model._meta.db_table})"
    for model in (AuditEntry, Event, Revision, Agency)
)


def stamp() -> str:
    """A text which differs whenever a public list may.

    Every act leaves an entry in the trail, every move an event; so the stamp changes more often
    than the pages do, and never less.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEWEST_ROWS)
        return "-".join(str(key or 0) for key in cursor.fetchone())
