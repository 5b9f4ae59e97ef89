"""Precision and recall of the checker on the corpus, code by code.

``python -m tests.checker.corpus.measure`` (``make precision``) prints the table
and, below it, whatever was missed or falsely raised.
"""

import sys
from collections import Counter
from collections.abc import Iterator

from reports.checker import Finding, check

from .in_figures import IN_FIGURES
from .in_names import IN_NAMES
from .in_tables import IN_TABLES
from .in_words import IN_WORDS
from .planting import TODAY, Planting
from .reports import REPORTS

PLANTINGS: tuple[Planting, ...] = (*IN_TABLES, *IN_FIGURES, *IN_NAMES, *IN_WORDS)
CODES = tuple(f"C{number:02}" for number in range(1, 29))


def alarms() -> Iterator[tuple[str, Finding]]:
    """What is raised of the correct reports, with and without knowing the body: nothing."""
    for name, correct in REPORTS.items():
        for body in (correct.body, None):
            for finding in check(correct.sheet, correct.last_year, body=body, today=TODAY):
                yield f"{name}: correct", finding


def missed(planting: Planting) -> bool:
    return not any(planting.is_at_its_place(finding) for finding in planting.findings())


def false(planting: Planting) -> list[Finding]:
    """What is raised besides the defect, what it implies, and what the correct report raises."""
    correct = REPORTS[planting.report]
    known = check(correct.sheet, correct.last_year, body=correct.body, today=TODAY)
    before = {finding.fingerprint for finding in known}
    return [
        finding
        for finding in planting.findings()
        if finding.fingerprint not in before
        and not planting.is_at_its_place(finding)
        and finding.code not in (planting.code, *planting.also)
    ]  # fmt: skip


def table() -> Iterator[str]:
    wrong = [*alarms()]
    lost: list[str] = []
    planted, hit, raised = Counter[str](), Counter[str](), Counter[str]()
    for planting in PLANTINGS:
        planted[planting.code] += 1
        if missed(planting):
            lost.append(f"{planting.code} {planting.report}: {planting.what}")
        else:
            hit[planting.code] += 1
        wrong += [
            (f"{planting.code} {planting.report}: {planting.what}", f) for f in false(planting)
        ]
    raised.update(finding.code for _, finding in wrong)
    yield "code  planted  found  false  precision   recall"
    for code in CODES:
        yield row(code, planted[code], hit[code], raised[code])
    yield row("all ", planted.total(), hit.total(), raised.total())
    yield from (f"missed  {each}" for each in lost)
    yield from (f"false   {where} -> {f.code} {f.part} {f.message}" for where, f in wrong)


def row(code: str, planted: int, hit: int, raised: int) -> str:
    precision = 100 * hit / (hit + raised) if hit + raised else 0
    recall = 100 * hit / planted if planted else 0
    return f"{code:5} {planted:7} {hit:6} {raised:6} {precision:9.1f}% {recall:7.1f}%"


if __name__ == "__main__":
    sys.stdout.write("\n".join(table()) + "\n")
