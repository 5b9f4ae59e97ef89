"""Rows by the million: ``INSERT … SELECT`` into tables without indexes, which come back afterwards.

While a table is loaded its triggers sleep and its keys and indexes are gone; a
CHECK and a generated column work on every row all the same. ``restored`` makes
everything anew, so PostgreSQL itself looks at every foreign key (those that
keep figures with their revision among them) before anything is measured.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from time import perf_counter
from typing import Any

from django.db import connection
from django.db.models import Field, GeneratedField, Model

# Unique keys before the foreign keys that point to them.
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype IN ('f', 'u') AND conrelid::regclass::text LIKE 'reports\\_%%'
ORDER BY position(contype::text IN 'uf'), conname
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid::regclass::text LIKE 'reports\\_%%' AND NOT EXISTS (
    SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""


def run(statement: str, params: Any = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def rows_of(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@contextmanager
def restored() -> Iterator[None]:
    """Without keys, indexes and triggers within; with all of them, looked at, after."""
    indexes = rows_of(INDEXES)
    constraints = rows_of(CONSTRAINTS.replace("%%", "%"))
    for name, _ in indexes:
        run(f"DROP INDEX {name}")
    for table, name, _ in reversed(constraints):
        run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    run("SET session_replication_role = replica")
    yield
    run("SET session_replication_role = origin")
    run("SET maintenance_work_mem = '1GB'")
    for table, name, definition in constraints:
        timed(f"{table}: {name}", f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for name, definition in indexes:
        timed(name, definition)


def timed(what: str, statement: str, params: Any = None, least: float = 5) -> None:
    begun = perf_counter()
    run(statement, params)
    seconds = perf_counter() - begun
    if seconds >= least:
        print(f"  {seconds:7.1f} s  {what}", flush=True)


def insert(model: type[Model], given: Mapping[str, str], source: str) -> None:
    """Rows of a model from a SELECT's tables; ``given`` maps fields to SQL, the rest is empty."""
    columns = {field.column: value for field, value in values_of(model, given)}
    timed(
        model._meta.db_table,
        f"INSERT INTO {model._meta.db_table} ({', '.join(map(quoted, columns))}) "
        f"SELECT {', '.join(columns.values())} FROM {source}",
    )


def values_of(model: type[Model], given: Mapping[str, str]) -> Iterator[tuple[Any, str]]:
    fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
    strange = given.keys() - {field.name for field in fields}
    if strange:
        raise ValueError(f"{model.__name__} has no {sorted(strange)}")
    for field in fields:
        if field.name in given:
            yield field, given[field.name]
        elif not (field.primary_key or field.null or isinstance(field, GeneratedField)):
            yield field, literal_of(field)


def literal_of(field: Any) -> str:
    default = field.get_default()
    if isinstance(default, datetime) or "Date" in field.get_internal_type():
        return "now()"
    if default not in (None, "", {}, []) and isinstance(default, str | int | bool):
        return f"'{default}'"
    if "JSON" in field.get_internal_type():
        return f"'{'[]' if default == [] else '{}'}'"
    if "Integer" in field.get_internal_type():
        return "0"
    return "false" if "Boolean" in field.get_internal_type() else "''"


def quoted(name: str) -> str:
    return f'"{name}"'


def keys_after(model: type[Model]) -> None:
    """The key's sequence goes on after the rows that were given theirs."""
    table = model._meta.db_table
    run(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
        f"coalesce((SELECT max(id) FROM {table}), 1))"
    )
