"""``make fuzz``: so many broken files over the importers and the checker, and a table.

    COUNT  how many files (10000)      SEED  which (1)      JOBS  how many at once (2)
    ONLY   one number, to see it alone; its file is kept as well

Exit code 1 where a file crashed, took 10 seconds or 300 MB. Such files are
kept in var/fuzz, named by their numbers.
"""

import multiprocessing
import os
import pickle
import sys
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

LONGEST = 10.0  # seconds
LARGEST = 300.0  # megabytes
ORDER = ("docx", "xlsx", "html", "txt", "pdf")
KEPT = Path("var/fuzz")
SEED = int(os.environ.get("SEED", "1"))


def seeds_of_a_process() -> list:
    """Drawn in a process of its own: what draws a PDF would count as the readers' memory."""
    receiving, sending = os.pipe()
    if (child := os.fork()) == 0:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
        import django

        django.setup()
        from tests.fuzz.seeds import drawn_seeds

        drawn = [(each.name, each.format, each.data) for each in drawn_seeds()]
        with os.fdopen(sending, "wb") as pipe:
            pickle.dump(drawn, pipe)
        os._exit(0)
    os.close(sending)
    with os.fdopen(receiving, "rb") as pipe:
        drawn = pickle.load(pipe)
    os.waitpid(child, 0)
    return drawn


def tried(number: int):
    from tests.fuzz import any_name, broken_file
    from tests.fuzz.trial import tried

    format, broken, data = broken_file(number, SEED, SEEDS)
    outcome = tried(number, format, broken, data, any_name(number))
    if failed(outcome) or "ONLY" in os.environ:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{SEED}-{number}.{format}").write_bytes(data)
    return outcome


def failed(outcome) -> bool:
    return outcome.what == "crash" or outcome.seconds >= LONGEST or outcome.megabytes >= LARGEST


def table(outcomes: Iterable) -> str:
    """The outcomes a format a line, and all together."""
    outcomes = list(outcomes)
    rows = [f"{'':8}{'files':>8}{'read':>8}{'refused':>9}{'stopped':>9}{'crashed':>9}"
            f"{'slowest s':>11}{'median s':>10}{'peak MB':>9}"]  # fmt: skip
    for format in (*ORDER, "all"):
        mine = [each for each in outcomes if format in (each.format, "all")]
        if not mine:
            continue
        counts = [
            sum(each.what == what for each in mine)
            for what in ("reading", "refusal", "stopped", "crash")
        ]
        taken = sorted(each.seconds for each in mine)
        rows.append(
            f"{format:8}{len(mine):8}{counts[0]:8}{counts[1]:9}{counts[2]:9}{counts[3]:9}"
            f"{taken[-1]:11.2f}{taken[len(taken) // 2]:10.3f}"
            f"{max(each.megabytes for each in mine):9.0f}"
        )
    return "\n".join(rows)


def main() -> int:
    from tests.fuzz import trial  # noqa: F401  before the fork: the readers, once

    begun = perf_counter()
    numbers = [int(os.environ["ONLY"])] if "ONLY" in os.environ else range(COUNT)
    outcomes = []
    with multiprocessing.get_context("fork").Pool(int(os.environ.get("JOBS", "2"))) as pool:
        for outcome in pool.imap_unordered(tried, numbers, chunksize=1):
            outcomes.append(outcome)
            if failed(outcome) or "ONLY" in os.environ:
                print(f"{outcome.number} {outcome.format} {outcome.broken}: {outcome.what}, "
                      f"{outcome.seconds:.1f} s, {outcome.megabytes:.0f} MB\n{outcome.detail}")  # fmt: skip
            if len(outcomes) % 500 == 0:
                print(f"{len(outcomes)} files, {perf_counter() - begun:.0f} s", flush=True)
    print(table(outcomes))
    for each in sorted(outcomes, key=lambda each: -each.seconds)[:5]:
        print(f"slow: {each.number} {each.broken} {each.seconds:.1f} s")
    for each in sorted(outcomes, key=lambda each: -each.megabytes)[:5]:
        print(f"large: {each.number} {each.broken} {each.megabytes:.0f} MB")
    reasons = {each.detail for each in outcomes if each.what == "stopped"}
    print(*sorted(reasons)[:20], sep="\n")
    return int(any(map(failed, outcomes)))


if __name__ == "__main__":
    COUNT = int(os.environ.get("COUNT", "10000"))
    from tests.fuzz import Seed

    SEEDS = [Seed(*each) for each in seeds_of_a_process()]
    sys.exit(main())
