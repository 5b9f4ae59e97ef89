"""What every test may rely on. A door's own fixtures stand in its own folder."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def published_root(settings: Settings, tmp_path: Path) -> Path:
    """Each test publishes into a folder of its own."""
    settings.PUBLISHED_ROOT = tmp_path / "published"
    return tmp_path / "published"


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    """Nothing that lies in the installation's own folder, such as its maintenance notice, counts."""
    settings.DATA_DIR = tmp_path / "data"
    settings.BACKUP_ROOT = tmp_path / "backups"
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def upload_root(settings: Settings, tmp_path: Path) -> Path:
    """Each test holds what is handed in to it in a folder of its own."""
    settings.UPLOAD_ROOT = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which runs as root only without its own sandbox."""
    chromium = shutil.which("chromium")
    return {
        **browser_type_launch_args,
        **({"executable_path": chromium} if chromium else {}),
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
    }
