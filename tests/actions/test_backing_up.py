"""备份 and 恢复: the whole site into a file, and out of it again in another place, byte for byte."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reports.actions import backing_up, dumping, sweeping
from reports.actions.archiving import read_manifest
from reports.actions.backing_up import back_up, back_up_daily, kept, prune
from reports.actions.moves import move
from reports.actions.refusals import Refused
from reports.actions.restoring import restore, verify
from reports.jobs.backing_up import take_up
from reports.models import AuditEntry, Backup, StoredDocument
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

AS_DJANGO = sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES
ROOT = Path(configured.BASE_DIR)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def emptied(transactional_db):
    """What a test commits goes again: SQLite's guards refuse the flush that would do it."""
    yield
    if connection.vendor != "sqlite":
        return
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        guards = cursor.execute(triggers).fetchall()
        for name, _ in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f'DELETE FROM "{table}"')
        for _, created in guards:
            cursor.execute(created)


@pytest.fixture
def site(upload_root, data_dir):
    """Two published reports with their files, a draft, an upload and the installation's own key."""
    agency = make_agency(slug="bureau")
    supervisor = make_user(Role.SUPERVISOR, agency=agency)
    for year in (2023, 2024):
        approved = in_state(complete(make_revision(year, agency)), State.APPROVED)
        move(approved, "publish", by=supervisor)
    make_revision(2025, agency)
    upload_root.mkdir()
    (upload_root / "17").write_bytes(b"waiting to be read")
    data_dir.mkdir()
    (data_dir / "secret_key").write_text("fictional key")
    return agency


class Elsewhere:
    """An empty site of the same engine: a database, and a folder for everything else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if connection.vendor == "sqlite":
            self.name = str(folder / "elsewhere.sqlite3")
            self.url = f"sqlite:///{self.name}"
        else:
            said = connection.settings_dict
            self.name = f"elsewhere_{uuid4().hex[:12]}"
            self.url = f"postgres://{said['USER']}@{said['HOST']}:{said['PORT']}/{self.name}"
            self.execute(f"CREATE DATABASE {self.name}")

    def execute(self, statement: str) -> None:
        said = connection.settings_dict
        given = {"host": said["HOST"], "port": said["PORT"], "user": said["USER"]}
        with psycopg.connect(dbname="postgres", autocommit=True, **given) as server:
            server.execute(statement)

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        given = {
            "DATABASE_URL": self.url,
            "DATA_DIR": str(self.folder / "data"),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PATH": "/usr/bin:/bin",
        }
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=given, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def rows(self, table: str) -> list[str]:
        select = all_of(table)
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.name, detect_types=AS_DJANGO)) as database:
                return sorted(map(repr, database.execute(select)))
        with psycopg.connect(self.url) as database:
            return sorted(map(repr, database.execute(select).fetchall()))

    def drop(self) -> None:
        if connection.vendor == "postgresql":
            self.execute(f"DROP DATABASE {self.name}")


@pytest.fixture
def elsewhere(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    place = Elsewhere(tmp_path / "elsewhere")
    yield place
    place.drop()


def all_of(table: str) -> str:
    """Every column; PostgreSQL writes a row as text, in which no time zone has two names."""
    return f'SELECT {"*" if connection.vendor == "sqlite" else "t::text"} FROM "{table}" t'


def rows_here(table: str) -> list[str]:
    return sorted(map(repr, connection.connection.execute(all_of(table)).fetchall()))


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def documents_below(folder: Path) -> dict[str, bytes]:
    """The documents themselves: their compressed forms are made again."""
    return {name: each for name, each in bytes_below(folder).items() if name.count(".") == 1}


def test_a_restored_site_equals_the_one_that_was_backed_up(site, elsewhere, published_root):
    path = back_up()
    told = elsewhere.manage("restore", str(path))
    assert (told.returncode, told.stderr) == (0, "")
    assert "逐项核对无误" in told.stdout
    tables = set(connection.introspection.table_names())
    # The entry of the backup itself is written when the archive is ready.
    after = {"reports_auditentry", "reports_auditlink", "reports_audithead"}
    ours = {table: rows_here(table) for table in tables - after}
    assert sum(map(len, ours.values())) > 100
    assert {table: elsewhere.rows(table) for table in ours} == ours
    files = documents_below(published_root / "files")
    assert len(files) == 3  # both years have the same figures, and so the same CSV
    assert documents_below(elsewhere.folder / "data" / "published" / "files") == files
    assert (elsewhere.folder / "data" / "uploads" / "17").read_bytes() == b"waiting to be read"
    key = elsewhere.folder / "data" / "secret_key"
    assert (key.read_text(), key.stat().st_mode & 0o777) == ("fictional key", 0o600)


def test_the_pages_of_a_restored_site_are_the_same_bytes(site, elsewhere, published_root):
    before = bytes_below(published_root / "pages")
    assert {"agencies/bureau/2023/index.html", "agencies/bureau/2024/index.html"} < before.keys()
    elsewhere.manage("restore", str(back_up()))
    drawn = elsewhere.manage("redraw_pages")
    assert drawn.returncode == 0, drawn.stderr
    again = bytes_below(elsewhere.folder / "data" / "published" / "pages")
    assert {name: again.get(name) for name in before} == before
    assert elsewhere.manage("verify_audit").returncode == 0
    assert elsewhere.manage("check_tally").returncode == 0


def test_nothing_is_restored_over_a_site(site, elsewhere):
    path = back_up()
    assert elsewhere.manage("restore", str(path)).returncode == 0
    before = elsewhere.rows("reports_agency")
    again = elsewhere.manage("restore", str(path))
    assert again.returncode == 1
    assert "数据库里已经有表" in again.stderr
    assert elsewhere.rows("reports_agency") == before
    with pytest.raises(Refused, match="数据库里已经有表"):
        restore(path)


def test_an_archive_says_what_it_holds(site):
    path = back_up()
    manifest = read_manifest(path)
    assert manifest.engine == connection.vendor
    assert manifest.rows["reports_revision"] == 3
    assert (ROOT / "reports/migrations" / f"{manifest.migrations['reports']}.py").is_file()
    assert sum(name.startswith("files/") for name in manifest.members) == 3
    assert path.stat().st_mode & 0o777 == 0o600
    digest = backing_up.checksum_of(path)
    assert backing_up.sidecar(path).read_text() == f"{digest}  {path.name}\n"
    assert AuditEntry.objects.get(verb="back_up").detail["checksum"] == digest


def altered(path: Path, change) -> Path:
    """The archive again, each member passed through ``change(name, content)``; None leaves it out."""
    target = path.with_name("altered.tar")
    with tarfile.open(path) as source, tarfile.open(target, "w") as copy:
        for member in source:
            content = change(member.name, source.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                copy.addfile(member, io.BytesIO(content))
    return target


def with_manifest(change):
    """A change of the manifest alone, as one would make it who knows the format."""

    def apply(name, content):
        if name != "manifest.json":
            return content
        said = json.loads(content)
        change(said)
        return json.dumps(said).encode()

    return apply


DAMAGE = {
    "a flipped byte": (lambda n, c: c[:-1] + bytes([c[-1] ^ 1]) if n.endswith("csv") else c, "校验值不一致"),
    "a lost document": (lambda n, c: None if n.endswith("csv") else c, "缺少清单所列的"),
    "no manifest": (lambda n, c: None if n == "manifest.json" else c, "没有清单"),
    "a manifest of nonsense": (lambda n, c: b"[]" if n == "manifest.json" else c, "清单读不懂"),
    "a later format": (with_manifest(lambda said: said.update(format=2)), "格式是第2版"),
    "a database cut short": (lambda n, c: c[:-9] if n.startswith("database") else c, "校验值不一致"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "words"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_archive_is_refused_before_anything_is_written(site, change, words):
    with pytest.raises(Refused, match=words):
        verify(altered(back_up(), change))


def test_a_document_left_out_of_archive_and_manifest_is_missed(site):
    name = StoredDocument.objects.filter(format="csv").first().path
    without = with_manifest(lambda said: said["members"].pop(name))

    def change(member, content):
        return None if member == name else without(member, content)

    with pytest.raises(Refused, match="缺少已公布的文件"):
        verify(altered(back_up(), change))


def test_no_member_leads_out_of_the_site(site, tmp_path):
    path = back_up()
    target = tmp_path / "hostile.tar"
    shutil.copy(path, target)
    with tarfile.open(target, "a") as archive:
        info = tarfile.TarInfo("../../escaped")
        archive.addfile(info, io.BytesIO(b""))
    with pytest.raises(Refused, match="不认识的内容"):
        verify(target)


def test_what_is_no_archive_is_said(tmp_path):
    (tmp_path / "text.tar").write_text("不是备份" * 500)
    for name, words in (("text.tar", "不是完整的备份文件"), ("none.tar", "没有找到备份文件")):
        with pytest.raises(CommandError, match=words):
            call_command("restore", tmp_path / name, "--verify")


def test_a_missing_program_is_named(site, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite needs no program")
    monkeypatch.setattr(dumping, "LIBRARY", Path("/nowhere"))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(CommandError, match="没有找到 pg_dump"):
        call_command("backup")


def test_a_backup_that_fails_leaves_no_half(site, monkeypatch, settings):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing_up, "add_manifest", full)
    with pytest.raises(CommandError, match="没有备份成"):
        call_command("backup")
    assert list(Path(settings.BACKUP_ROOT).iterdir()) == []


def test_the_day_s_backup_is_made_once(site, settings):
    assert back_up_daily().name
    assert back_up_daily() is None
    assert len(list(Path(settings.BACKUP_ROOT).glob("*.tar"))) == 1
    assert take_up() == 0


def test_one_that_failed_is_tried_again_later_and_three_times_at_most(site, settings, monkeypatch):
    settings.BACKUP_HOUR = 0
    whole, asked = backing_up.dump, []

    def away(target):
        asked.append(target)
        raise OSError("the disk is gone")

    monkeypatch.setattr(backing_up, "dump", away)
    for tries in (1, 2, 3):
        with pytest.raises(OSError, match="gone"):
            back_up_daily()
        own = Backup.objects.get()
        assert (own.attempts, own.failure, own.name) == (tries, "the disk is gone", "")
        assert take_up() == 0  # not at once
    assert back_up_daily() is None
    monkeypatch.setattr(backing_up, "dump", whole)
    Backup.objects.update(attempts=2, ended_at=timezone.now() - timedelta(hours=1))
    assert take_up() == 1
    assert Backup.objects.get().name
    assert len(asked) == 3


def test_one_whose_worker_died_is_taken_up(site):
    long_ago = timezone.now() - timedelta(hours=7)
    Backup.objects.create(day=timezone.localdate(), begun_at=long_ago)
    assert back_up_daily().name
    Backup.objects.update(name="", ended_at=None, begun_at=timezone.now(), attempts=1)
    assert back_up_daily() is None  # somebody is at it


def test_one_cut_off_with_its_worker_is_begun_again_as_soon_as_that_is_silent(site, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.BACKUP_HOUR = 0
    assert take_up() == 1
    [task] = DBTaskResult.objects.all()
    sweeping.beat("killed")
    task.claim("killed")
    assert backing_up.begin(timezone.localdate())  # and is killed
    assert take_up() == 0  # somebody is at it, for all that is known
    assert sweeping.sweep_gone({"killed": 0}) == (1, 0)
    call_command("db_worker", "--batch", "--no-reload", "--no-startup-delay", "--queue-name", "*")
    task.refresh_from_db()
    own = Backup.objects.get()
    assert (task.status, own.attempts, bool(own.name)) == (TaskResultStatus.SUCCESSFUL, 2, True)
    assert take_up() == 0


def test_half_an_archive_of_a_killed_worker_goes_and_one_being_made_stays(settings):
    folder = Path(settings.BACKUP_ROOT)
    old, young = folder / ".backup-old", folder / ".backup-young"
    for each in (old, young):
        each.mkdir(parents=True)
        (each / "archive").write_bytes(b"half")
    long_ago = time.time() - 7 * 3600
    os.utime(old, (long_ago, long_ago))
    prune(timezone.localdate())
    assert list(folder.iterdir()) == [young]


def test_of_two_years_of_backups_the_rule_keeps_days_weeks_and_months():
    today = date(2026, 11, 21)
    days = [today - timedelta(days=each) for each in range(730)]
    names = [f"backup-{day:%Y%m%d}-020000.tar" for day in days] + [
        "backup-20261121-150000.tar",
        "mine.tar",
    ]
    left = kept(names, today)
    assert {f"backup-{day:%Y%m%d}-020000.tar" for day in days[:7]} <= left
    assert {"backup-20261121-150000.tar", "mine.tar", "backup-20260131-020000.tar"} <= left
    assert "backup-20261110-020000.tar" not in left
    assert len(left) == 7 + 1 + 1 + 3 + 11  # days, today's second, mine, weeks and months beyond


def test_what_the_rule_does_not_keep_goes_with_its_checksum(settings):
    folder = Path(settings.BACKUP_ROOT)
    folder.mkdir()
    for day in range(1, 29):
        path = folder / f"backup-202603{day:02d}-020000.tar"
        path.touch()
        backing_up.sidecar(path).touch()
    gone = prune(date(2026, 3, 28))
    left = sorted(path.name for path in folder.glob("*.tar"))
    assert len(left) + len(gone) == 28
    assert len(list(folder.glob("*.sha256"))) == len(left) < 14
