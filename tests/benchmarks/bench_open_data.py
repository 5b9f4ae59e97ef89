"""A year's bulk files: how long a report takes, and that memory does not grow with their number."""

import os
import resource
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from reports.exporters.bulk import Entry, write_year
from reports.exporters.document import Options
from reports.exporters.json import data_of
from tests.exporters.specimen import specimen

AT = datetime(2025, 1, 20, tzinfo=UTC)
REPORTS = int(os.environ.get("BENCH_REPORTS", "20000"))


def entries(count: int):
    sheet = specimen()
    data = data_of(sheet, Options())
    for number in range(count):
        slug = f"body-{number:06d}"
        url = f"https://localhost/agencies/{slug}/2024/"
        yield Entry(sheet, data, slug, "部门", "000018", "云泽市", 1, AT, url)


def test_building_a_year(tmp_path: Path):
    print()
    for count in (REPORTS // 10, REPORTS):
        folder = tmp_path / str(count)
        folder.mkdir()
        begun = process_time()
        built = write_year(folder, entries(count), [2021])
        taken = process_time() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = sum(each.size for each in built) / 1024**2
        print(
            f"  {count:6d} reports {taken:8.1f} s of CPU, {taken / count * 1000:5.2f} ms each, "
            f"{size:7.1f} MB, peak {peak:5.0f} MB"
        )
