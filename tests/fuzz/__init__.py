"""Broken files over every importer and the checker: ``make fuzz`` (COUNT, SEED, JOBS).

    seeds      sound documents of every format and edition, drawn by our exporters
    mutations  what breaks bytes, archives, XML and HTML, text, PDF
    hostile    files built to harm: bombs, entities, depth, cycles, size
    trial      one file read and checked in a process of its own, measured
    __main__   the command: so many files, a table, and the files which failed

The same seed breaks the same files. tests/importers/test_broken.py runs a few
hundred of them with the ordinary tests.
"""

import random

from .hostile import HOSTILE
from .mutations import MUTATIONS
from .seeds import Seed

HOSTILE_SHARE = 0.02  # of all files; they are large
SUFFIXES = ("docx", "xlsx", "xls", "html", "txt", "pdf", "doc", "")


def broken_file(number: int, seed: int, seeds: list[Seed]) -> tuple[str, str, bytes]:
    """The file of that number: format, how it was broken, and its bytes."""
    chance = random.Random(f"{seed}/{number}")
    if chance.random() < HOSTILE_SHARE:
        name = chance.choice(sorted(HOSTILE))
        return name.split()[0], name, HOSTILE[name](chance)
    kind = chance.choices(*zip(*WEIGHTS.items(), strict=True))[0]
    drawn = chance.choice([each for each in seeds if each.format == kind])
    data, done = drawn.data, []
    for _ in range(chance.choice([1, 1, 2, 3])):
        name = chance.choice(sorted(MUTATIONS[kind]))
        data = MUTATIONS[kind][name](data, chance)
        done.append(name)
    return kind, f"{drawn.name}: {', '.join(done)}", data


def any_name(number: int) -> str:
    """A name whose suffix mostly tells another format."""
    return f"年报.{SUFFIXES[number % len(SUFFIXES)]}"


# A PDF takes ten times as long as the others.
WEIGHTS = {"docx": 28, "html": 24, "txt": 20, "xlsx": 18, "pdf": 10}
