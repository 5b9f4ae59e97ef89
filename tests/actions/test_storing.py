"""Files are whole or absent, also where the disk is full."""

import os
from pathlib import Path

import pytest

from reports.actions import storing
from reports.actions.refusals import NoRoom

FULL_DEVICE = Path("/dev/full")


@pytest.mark.skipif(not FULL_DEVICE.exists(), reason="no /dev/full on this machine")
def test_a_full_disk_is_said_and_leaves_nothing_half(tmp_path, monkeypatch):
    """The system's own full device stands in for the file that is being written."""

    def to_the_full_device(descriptor: int) -> None:
        with FULL_DEVICE.open("wb", buffering=0) as device:
            os.write(device.fileno(), b"x")

    monkeypatch.setattr(storing.os, "fsync", to_the_full_device)
    with pytest.raises(NoRoom, match=r"磁盘已满.*之后再办理一次"):
        storing.write(tmp_path / "folder" / "report.pdf", b"content")
    assert list((tmp_path / "folder").iterdir()) == []


def test_what_stood_there_stays_when_there_is_no_room(tmp_path, monkeypatch):
    target = tmp_path / "report.pdf"
    storing.write(target, b"first")

    def fails(_: int) -> None:
        raise PermissionError(13, "not allowed")

    monkeypatch.setattr(storing.os, "fsync", fails)
    with pytest.raises(PermissionError):
        storing.write(target, b"second")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"first"]
