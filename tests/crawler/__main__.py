"""``make crawl``: so many requests, a table of the answers, and each request that failed.

    COUNT  how many requests (20000)      SEED  which (1)      ROUND  requests to a site (500)

On SQLite in memory, or on the database of DATABASE_URL (its test database, made
and removed). Exit code 1 where an answer was 500, a refusal had no Chinese page,
something typed became part of a page, or a header was missing. ONLY=<round> runs
one round alone.
"""

import logging
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

COUNT = int(os.environ.get("COUNT", "20000"))
SEED = os.environ.get("SEED", "1")
ROUND = int(os.environ.get("ROUND", "500"))
ONLY = os.environ.get("ONLY")


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from django.test.utils import (
        override_settings,
        setup_databases,
        setup_test_environment,
        teardown_databases,
    )

    logging.disable(logging.CRITICAL)
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder, override_settings(
            PUBLISHED_ROOT=Path(folder) / "published", UPLOAD_ROOT=Path(folder) / "uploads",
            DATA_DIR=Path(folder) / "data", BACKUP_ROOT=Path(folder) / "backups",
        ):  # fmt: skip
            return crawl()
    finally:
        teardown_databases(made, verbosity=0)


def crawl() -> int:
    from reports.actions import publishing

    from .walk import round_of

    publishing.KEPT_FORMATS = ("pdf", "csv", "json")  # what is drawn is tried by other tests
    answers: Counter[int] = Counter()
    failed, sent, begun, slowest = 0, 0, perf_counter(), (0.0, "")
    rounds = [int(ONLY)] if ONLY else range(-(-COUNT // ROUND))
    for number in rounds:
        walk = round_of(ROUND, f"{SEED}/{number}")
        answers += walk.answers
        sent, failed = sent + walk.sent, failed + len(walk.failures)
        slowest = max(slowest, walk.slowest)
        for each in walk.failures:
            print(f"round {number} {each}", flush=True)
        print(
            f"round {number}: {sent} requests, {failed} failed, {perf_counter() - begun:.0f} s",
            flush=True,
        )
    for status, times in sorted(answers.items()):
        print(f"{status}  {times}")
    print(f"slowest: {slowest[0]:.1f} s, {slowest[1]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
