"""Upgrades without a gap: old processes still answer while a migration runs."""

from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

FIRST_RELEASE = "0015"  # before it nothing was running anywhere
REMOVES = (
    migrations.DeleteModel,
    migrations.RemoveField,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def removed_by(migration: migrations.Migration) -> list[Operation]:
    return [each for each in migration.operations if isinstance(each, REMOVES)]


def ours() -> dict[str, migrations.Migration]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {name: each for (app, name), each in loader.disk_migrations.items() if app == "reports"}


def test_what_old_processes_use_is_removed_only_by_a_migration_that_says_so():
    takes_away = {
        name
        for name, each in ours().items()
        if name[:4] >= FIRST_RELEASE and removed_by(each) and not name.endswith("_contract")
    }
    assert takes_away == set()


def test_migrations_stand_in_one_line():
    numbers = [name[:4] for name in sorted(ours())]
    assert numbers == [f"{each:04d}" for each in range(1, len(numbers) + 1)]
