"""What every test may rely on. A door's own fixtures stand in its own folder."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from reports.actions import publishing


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a corpus every fifth document is tried, unless all are asked for (``make corpus``)."""
    if "WHOLE_CORPUS" in os.environ:
        return
    turns: dict[str, int] = {}
    left_out = []
    for item in items:
        if item.get_closest_marker("corpus") is not None:
            test = item.nodeid.partition("[")[0]
            turns[test] = turns.get(test, -1) + 1
            if turns[test] % 5:
                left_out.append(item)
    config.hook.pytest_deselected(items=left_out)
    gone = set(map(id, left_out))
    items[:] = [each for each in items if id(each) not in gone]


def pytest_collection_finish() -> None:
    """What stays to the end is not looked through for rubbish again and again, the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where a test's site keeps its files: its own, or its module's where that shares a site."""
    if "shared_site" in request.fixturenames:
        return cast(Path, request.getfixturevalue("shared_site"))
    return tmp_path


@pytest.fixture(autouse=True)
def published_root(settings: Settings, folder: Path) -> Path:
    """Each test publishes into a folder of its own."""
    settings.PUBLISHED_ROOT = folder / "published"
    return folder / "published"


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, folder: Path) -> Path:
    """Nothing that lies in the installation's own folder, such as its maintenance notice, counts."""
    settings.DATA_DIR = folder / "data"
    settings.BACKUP_ROOT = folder / "backups"
    return folder / "data"


@pytest.fixture(autouse=True)
def upload_root(settings: Settings, folder: Path) -> Path:
    """Each test holds what is handed in to it in a folder of its own."""
    settings.UPLOAD_ROOT = folder / "uploads"
    return folder / "uploads"


@pytest.fixture(autouse=True)
def drawn_quickly(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A publication keeps CSV and JSON, except where a test is marked ``every_format``.

    Word, Excel and PDF take a second, and decide nothing of most that is tried.
    """
    if request.node.get_closest_marker("every_format") is None:
        monkeypatch.setattr(publishing, "KEPT_FORMATS", ("csv", "json"))


@pytest.fixture(scope="module")
def shared_site(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """A database and a folder that stay for a module, for a site that takes seconds to make.

    Each test still ends with the rows it found; files that it leaves behind stay.
    """
    folder = tmp_path_factory.mktemp("site")
    roots = {
        "PUBLISHED_ROOT": folder / "published", "DATA_DIR": folder / "data",
        "BACKUP_ROOT": folder / "backups", "UPLOAD_ROOT": folder / "uploads",
    }  # fmt: skip
    with django_db_blocker.unblock(), override_settings(**roots), transaction.atomic():
        yield folder
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def whole_city(shared_site: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The people of a city with everything that an address needs, and the keys of that."""
    from tests.access.city import made_city

    return made_city()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which runs as root only without its own sandbox.

    Its build without windows, where it is installed, takes half the processor's time.
    """
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return {
        **browser_type_launch_args,
        **({"executable_path": chromium} if chromium else {}),
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
    }
