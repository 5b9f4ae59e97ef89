"""The database as one file, and a file as the database again: SQLite's own copy, PostgreSQL's own dump.

A dump is one moment of the database, taken while people work: SQLite copies under a read lock that
keeps no writer waiting in WAL mode, pg_dump reads one snapshot.
"""

import gzip
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, transaction

from .refusals import Refused

NAMES = {"sqlite": "database.sqlite3.gz", "postgresql": "database.dump"}
LEVEL = 3  # of compression: a third of the time of the default, a tenth more bytes
LIBRARY = Path("/usr/lib/postgresql")  # Debian's: the programs of each version in a folder


def dump(target: Path) -> dict[str, int]:
    """Write the database to ``target``; returns the rows of each table in that very moment."""
    return dump_sqlite(target) if connection.vendor == "sqlite" else dump_postgresql(target)


def load(source: Path) -> None:
    """Put a dump into the empty database of the same engine; all of it or none."""
    if not is_empty():
        raise Refused("数据库里已经有表。请换一个空的数据库再恢复，原来的数据不会被覆盖。")
    load_sqlite(source) if connection.vendor == "sqlite" else load_postgresql(source)


def is_empty() -> bool:
    return not connection.introspection.table_names()


def dump_sqlite(target: Path) -> dict[str, int]:
    connection.validate_no_atomic_block()  # SQLite would wait for that transaction, for ever
    connection.ensure_connection()
    with TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / "copy"
        with closing(sqlite3.connect(copy)) as database:
            connection.connection.backup(database)
            counts = rows_of(database)
        with copy.open("rb") as plain, gzip.open(target, "wb", LEVEL) as packed:
            shutil.copyfileobj(plain, packed, 1 << 20)
    return counts


def rows_of(database: sqlite3.Connection) -> dict[str, int]:
    named = database.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")
    names = [name for (name,) in named if not name.startswith("sqlite_")]
    return {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names
    }


def load_sqlite(source: Path) -> None:
    name = str(connection.settings_dict["NAME"])
    if "memory" in name:
        raise Refused("内存中的数据库不能恢复。请用 DATABASE_URL 指定一个文件。")
    connection.close()
    target = Path(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.restoring")
    unpack(source, draft)
    for leaving in ("-wal", "-shm"):  # of the empty database that stood there
        target.with_name(target.name + leaving).unlink(missing_ok=True)
    os.replace(draft, target)


def unpack(source: Path, target: Path) -> None:
    with gzip.open(source, "rb") as packed, target.open("wb") as plain:
        shutil.copyfileobj(packed, plain, 1 << 20)
        plain.flush()
        os.fsync(plain.fileno())


@transaction.atomic(durable=True)
def dump_postgresql(target: Path) -> dict[str, int]:
    """pg_dump reads the snapshot in which the rows are counted."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--compress={LEVEL}"]
        run("pg_dump", [*arguments, f"--snapshot={snapshot}", f"--file={target}"])
        counts = {}
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            (counts[table],) = cursor.fetchone()
    return counts


def load_postgresql(source: Path) -> None:
    arguments = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    run("pg_restore", [*arguments, f"--dbname={connection.settings_dict['NAME']}", str(source)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # a restored database has no statistics


def run(program: str, arguments: list[str]) -> str:
    """One of PostgreSQL's own programs; Refused with its words where it fails or is not there."""
    settings = connection.settings_dict
    given = {
        "PGHOST": settings["HOST"],
        "PGPORT": str(settings["PORT"] or ""),
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "PGCONNECT_TIMEOUT": "10",
    }
    done = subprocess.run(
        [path_of(program), *arguments],
        env={name: value for name, value in given.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        raise Refused(f"{program} 没有成功：{last}")
    return done.stdout


def path_of(program: str) -> str:
    """The newest there is: an older one refuses a newer server, a newer one reads an older."""
    versions = sorted(LIBRARY.glob(f"*/bin/{program}"), key=lambda path: path.parts[-3].zfill(4))
    found = str(versions[-1]) if versions else shutil.which(program)
    if not found:
        raise Refused(f"没有找到 {program}。请安装 postgresql-client 后再试。")
    return found


@contextmanager
def opened(source: Path, engine: str) -> Iterator[Mapping[str, str]]:
    """Try a dump without a database: yields the documents it names, path to checksum."""
    with TemporaryDirectory() as folder:
        if engine == "postgresql":
            table = ["--data-only", "--table=reports_storeddocument", "--file=-"]
            yield named_in(run("pg_restore", [*table, str(source)]))
            return
        copy = Path(folder) / "copy"
        unpack(source, copy)
        with closing(sqlite3.connect(copy)) as database:
            (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
            if verdict != "ok":
                raise Refused(f"备份中的数据库已损坏：{verdict}")
            yield dict(database.execute("SELECT path, checksum FROM reports_storeddocument"))


def named_in(copied: str) -> dict[str, str]:
    """Path to checksum, out of the lines that PostgreSQL copies a table's rows in."""
    documents: dict[str, str] = {}
    columns: list[str] = []
    for line in copied.splitlines():
        if line.startswith("COPY "):
            columns = [
                name.strip(' "') for name in line[line.index("(") + 1 :].split(")")[0].split(",")
            ]
        elif line == "\\.":
            columns = []
        elif columns:
            row = dict(zip(columns, line.split("\t"), strict=True))
            documents[row["path"]] = row["checksum"]
    return documents
