"""What a CHECK cannot see, kept by the database whoever writes.

- *following*: a row of figures repeats its revision's ``as_printed`` and
  ``edition``: a composite foreign key on PostgreSQL, triggers on SQLite.
- *sealed*: rows of a revision that has been published are never touched.
- *append_only*: rows are added, never altered or removed.

SQLite remakes a table to alter it, and its triggers go with the old one: a
migration that alters a guarded table stands between ``lift_guards`` and
``set_guards``, or in ``around_remaking`` (tests/models/test_guards.py sees that they are all in place).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.db.migrations import RunPython
from django.db.migrations.operations.base import Operation

from reports.workflow import PUBLIC

REVISION = "reports_revision"
# Of a published revision only the state may still change, with its reason.
REVISION_CONTENT = (
    "report_id", "number", "edition", "as_printed", "agency_name", "title", "signed_by",
    "signed_on", "address", "postcode", "telephone", "email", "published_at",
)  # fmt: skip
PUBLIC_STATES = ", ".join(f"'{state}'" for state in sorted(PUBLIC))


def sqlite_set(
    following: Sequence[str], sealed: Sequence[str], append_only: Sequence[str]
) -> Iterator[str]:
    for table in following:
        for verb in ("INSERT", "UPDATE"):
            yield trigger(
                f"{table}_follows_{verb.lower()}", f"BEFORE {verb} ON {table}",
                f"NOT EXISTS (SELECT 1 FROM {REVISION} r WHERE r.id = NEW.revision_id "
                "AND r.as_printed = NEW.as_printed AND r.edition = NEW.edition)",
                "figures_follow_their_revision",
            )  # fmt: skip
        yield trigger(
            f"{table}_followed", f"BEFORE UPDATE OF as_printed, edition ON {REVISION}",
            "(NEW.as_printed <> OLD.as_printed OR NEW.edition <> OLD.edition) "
            f"AND EXISTS (SELECT 1 FROM {table} f WHERE f.revision_id = OLD.id)",
            "figures_follow_their_revision",
        )  # fmt: skip
    for table in sealed:
        for verb, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            keys = ", ".join(f"{row}.revision_id" for row in rows)
            yield trigger(
                f"{table}_sealed_{verb.lower()}", f"BEFORE {verb} ON {table}",
                f"EXISTS (SELECT 1 FROM {REVISION} r WHERE r.id IN ({keys}) "
                f"AND r.state IN ({PUBLIC_STATES}))",
                "published_revisions_are_sealed",
            )  # fmt: skip
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in REVISION_CONTENT)
    yield trigger(
        f"{REVISION}_sealed_update", f"BEFORE UPDATE ON {REVISION}",
        f"OLD.state IN ({PUBLIC_STATES}) AND (NEW.state NOT IN ({PUBLIC_STATES}) OR {changed})",
        "published_revisions_are_sealed",
    )  # fmt: skip
    yield trigger(
        f"{REVISION}_sealed_delete", f"BEFORE DELETE ON {REVISION}",
        f"OLD.state IN ({PUBLIC_STATES})", "published_revisions_are_sealed",
    )  # fmt: skip
    yield from sqlite_keep(append_only)


def sqlite_keep(append_only: Sequence[str]) -> Iterator[str]:
    for table in append_only:
        for verb in ("UPDATE", "DELETE"):
            yield trigger(
                f"{table}_kept_{verb.lower()}", f"BEFORE {verb} ON {table}",
                "1", "rows_are_only_added",
            )  # fmt: skip


def trigger(name: str, event: str, refused: str, message: str) -> str:
    return (
        f"CREATE TRIGGER {name} {event} FOR EACH ROW WHEN {refused} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


POSTGRESQL_FUNCTIONS = (
    f"""
    CREATE OR REPLACE FUNCTION reports_refuse_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM {REVISION} r WHERE r.id IN (OLD.revision_id, NEW.revision_id)
                   AND r.state IN ({PUBLIC_STATES})) THEN
            RAISE EXCEPTION 'published_revisions_are_sealed' USING ERRCODE = '23000';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION reports_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = '23000';
    END $$
    """,
)


def postgresql_set(
    following: Sequence[str], sealed: Sequence[str], append_only: Sequence[str]
) -> Iterator[str]:
    yield from POSTGRESQL_FUNCTIONS
    yield f"ALTER TABLE {REVISION} ADD CONSTRAINT revision_as_cited UNIQUE (id, as_printed, edition)"
    for table in following:
        yield (
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_follow_revision "
            f"FOREIGN KEY (revision_id, as_printed, edition) "
            f"REFERENCES {REVISION} (id, as_printed, edition)"
        )
    for table in sealed:
        yield (
            f"CREATE TRIGGER {table}_sealed BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION reports_refuse_sealed()"
        )
    changed = " OR ".join(
        f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in REVISION_CONTENT
    )
    yield (
        f"CREATE TRIGGER {REVISION}_sealed_update BEFORE UPDATE ON {REVISION} FOR EACH ROW "
        f"WHEN (OLD.state IN ({PUBLIC_STATES}) AND (NEW.state NOT IN ({PUBLIC_STATES}) OR {changed})) "
        "EXECUTE FUNCTION reports_refuse('published_revisions_are_sealed')"
    )
    yield (
        f"CREATE TRIGGER {REVISION}_sealed_delete BEFORE DELETE ON {REVISION} FOR EACH ROW "
        f"WHEN (OLD.state IN ({PUBLIC_STATES})) "
        "EXECUTE FUNCTION reports_refuse('published_revisions_are_sealed')"
    )
    yield from postgresql_keep(append_only)


def postgresql_keep(append_only: Sequence[str]) -> Iterator[str]:
    for table in append_only:
        yield (
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION reports_refuse('rows_are_only_added')"
        )


def postgresql_let_go(append_only: Sequence[str]) -> Iterator[str]:
    for table in append_only:
        yield f"DROP TRIGGER {table}_kept ON {table}"


def postgresql_lift(
    following: Sequence[str], sealed: Sequence[str], append_only: Sequence[str]
) -> Iterator[str]:
    yield from postgresql_let_go(append_only)
    yield f"DROP TRIGGER {REVISION}_sealed_update ON {REVISION}"
    yield f"DROP TRIGGER {REVISION}_sealed_delete ON {REVISION}"
    for table in sealed:
        yield f"DROP TRIGGER {table}_sealed ON {table}"
    for table in following:
        yield f"ALTER TABLE {table} DROP CONSTRAINT {table}_follow_revision"
    yield f"ALTER TABLE {REVISION} DROP CONSTRAINT revision_as_cited"
    yield "DROP FUNCTION reports_refuse_sealed(), reports_refuse()"


def sqlite_lift(
    following: Sequence[str], sealed: Sequence[str], append_only: Sequence[str]
) -> Iterator[str]:
    yield from dropped(sqlite_set(following, sealed, append_only))


def sqlite_let_go(append_only: Sequence[str]) -> Iterator[str]:
    yield from dropped(sqlite_keep(append_only))


def dropped(statements: Iterable[str]) -> Iterator[str]:
    return (f"DROP TRIGGER {statement.split()[2]}" for statement in statements)


STATEMENTS: dict[tuple[str, str], Callable[..., Iterator[str]]] = {
    ("sqlite", "set"): sqlite_set,
    ("sqlite", "lift"): sqlite_lift,
    ("sqlite", "keep"): sqlite_keep,
    ("sqlite", "let go"): sqlite_let_go,
    ("postgresql", "set"): postgresql_set,
    ("postgresql", "lift"): postgresql_lift,
    ("postgresql", "keep"): postgresql_keep,
    ("postgresql", "let go"): postgresql_let_go,
}


def execute(verb: str, tables: Mapping[str, Sequence[str]], apps: Any, schema_editor: Any) -> None:
    for statement in STATEMENTS[schema_editor.connection.vendor, verb](**tables):
        schema_editor.execute(statement, params=None)


def set_guards(**tables: Sequence[str]) -> RunPython:
    """A migration's operation; it names its tables, as later ones are not there yet."""
    return RunPython(partial(execute, "set", tables), partial(execute, "lift", tables))


def lift_guards(**tables: Sequence[str]) -> RunPython:
    return RunPython(partial(execute, "lift", tables), partial(execute, "set", tables))


def around_remaking(*operations: Operation, **tables: Sequence[str]) -> list[Operation]:
    """Operations for which SQLite remakes a guarded table; PostgreSQL alters it where it is."""

    def on_sqlite(verb: str) -> Callable[..., None]:
        def run(apps: Any, schema_editor: Any) -> None:
            if schema_editor.connection.vendor == "sqlite":
                execute(verb, tables, apps, schema_editor)

        return run

    lifted, set_again = on_sqlite("lift"), on_sqlite("set")
    return [RunPython(lifted, set_again), *operations, RunPython(set_again, lifted)]


def keep_rows(*append_only: str) -> RunPython:
    """For tables that came after the guards were set: their rows are only added too."""
    tables = {"append_only": append_only}
    return RunPython(partial(execute, "keep", tables), partial(execute, "let go", tables))
