"""Likeness among the reports of one year: fingerprints, candidates, and how many are found.

Ten thousand bureaus of one kind and level, 200 under a superior; each text is
made of 24 of 6,000 invented sentences, 1,500 of them common to many, so that
strangers share some. Every hundredth text is a copy of another in which 0 to 9
sentences were replaced.
"""

from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from reports.actions.fingerprinting import keep_fingerprints
from reports.checker.finding import Context
from reports.checker.likeness import alike, bands, essence, shingles
from reports.checker.site_words import check_site_words
from reports.editions import EDITIONS
from reports.models import (
    Agency,
    Fingerprint,
    FingerprintBand,
    ListedWord,
    Report,
    Revision,
    RevisionPart,
    WordList,
)
from reports.queries.findings import findings_of
from reports.queries.likeness import sisters_of
from reports.queries.words import site_words, words_of
from reports.sheet import Sheet
from reports.workflow import State
from tests.benchmarks.timing import medians
from tests.factories import complete, make_division, make_revision

pytestmark = pytest.mark.django_db(transaction=True)
REPORTS, YEAR, SECTION = 10_000, 2024, "overview"
COPIES, LENGTH, COMMON = 100, 24, 1_500
HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 2_000)]
POOL = ["".join(Random(f"sentence {n}").choices(HAN, k=30)) + "。" for n in range(6_000)]


def sheet_with(text: str, agency: str = "") -> Sheet:
    return Sheet(EDITIONS[2021], agency, YEAR, overview=text)


def texts() -> tuple[list[list[str]], dict[int, int]]:
    """The texts' sentences, and which is a copy of which earlier one."""
    random = Random(2024)
    made: list[list[str]] = []
    copies: dict[int, int] = {}
    for number in range(REPORTS):
        if number % (REPORTS // COPIES) == REPORTS // COPIES - 1:
            source = random.randrange(number)
            text = list(made[source])
            for at in random.sample(range(LENGTH), number // (REPORTS // COPIES) % 10):
                text[at] = random.choice(POOL)
            copies[number] = source
        else:
            text = random.sample(POOL[:COMMON], LENGTH // 3)
            text += random.sample(POOL, LENGTH - LENGTH // 3)
        made.append(text)
    return made, copies


@pytest.fixture
def year():
    """The rows of 10,000 published reports, put in at once."""
    division = make_division(name="虚构市")
    agencies = Agency.objects.bulk_create(
        Agency(name=f"虚构第{n}局", slug=f"bench-{n}", kind="department", division=division,
               path=f"{n:08d}/")
        for n in range(REPORTS)
    )  # fmt: skip
    reports = Report.objects.bulk_create(Report(agency=each, year=YEAR) for each in agencies)
    revisions = Revision.objects.bulk_create(
        Revision(report=report, edition=2021, agency_name=report.agency.name, state=State.IN_REVIEW)
        for report in reports
    )
    made, copies = texts()
    RevisionPart.objects.bulk_create(
        RevisionPart(revision=revision, key=SECTION, text="".join(text))
        for revision, text in zip(revisions, made, strict=True)
    )
    for start in range(0, REPORTS, 1_000):
        chunk = range(start, start + 1_000)
        prints = Fingerprint.objects.bulk_create(
            Fingerprint(revision=revisions[n], section=SECTION, since=timezone.now()) for n in chunk
        )
        FingerprintBand.objects.bulk_create(
            FingerprintBand(fingerprint=each, value=value)
            for n, each in zip(chunk, prints, strict=True)
            for value in set(bands(sheet_with("".join(made[n])), SECTION))
        )
    with connection.cursor() as cursor:  # as autovacuum does soon after
        cursor.execute("ANALYZE")
    return revisions, made, copies


def percent(first: list[str], second: list[str]) -> int:
    return alike(
        *(shingles(essence(sheet_with("".join(text)), SECTION)) for text in (first, second))
    )


def test_likeness_among_ten_thousand(year):
    revisions, made, copies = year
    found, wanted, compared, true = 0, 0, 0, 0
    for later, source in copies.items():
        mine = Revision.objects.select_related("report__agency__division").get(
            pk=revisions[later].pk
        )
        sisters = sisters_of(mine, sheet_with("".join(made[later]), mine.agency_name))
        compared += len(sisters)
        whole = shingles(essence(sheet_with("".join(made[later])), SECTION))
        true += sum(alike(whole, shingles(essence(each.sheet, SECTION))) >= 70 for each in sisters)
        if percent(made[later], made[source]) >= 70:
            wanted += 1
            found += any(each.sheet.agency == f"虚构第{source}局" for each in sisters)
    print(f"\n{REPORTS} 份报告，与前文 70% 以上相同的 {wanted} 份，找到 {found} 份；"
          f"细比 {compared} 份，其中确有 70% 以上相同的 {true} 份。")  # fmt: skip
    assert found >= wanted * 0.98
    stranger = Revision.objects.select_related("report__agency__division").get(pk=revisions[500].pk)
    copy = Revision.objects.select_related("report__agency__division").get(pk=revisions[-1].pk)
    sheets = {each: sheet_with("".join(made[n]), each.agency_name)
              for each, n in ((stranger, 500), (copy, REPORTS - 1))}  # fmt: skip
    medians(
        f"一份报告与 {REPORTS} 份比对 one report against a year of them",
        {
            "bands of one section": lambda: bands(sheets[stranger], SECTION),
            "sisters_of, a text of one's own": lambda: sisters_of(stranger, sheets[stranger]),
            "sisters_of, a copy": lambda: sisters_of(copy, sheets[copy]),
            "keep_fingerprints, nothing new": lambda: keep_fingerprints(stranger),
            "keep_fingerprints, anew": lambda: (
                Fingerprint.objects.filter(revision=stranger).delete(),
                keep_fingerprints(stranger),
            ),
        },
    )


def test_ten_thousand_words():
    random = Random(7)
    words = sorted({"".join(random.choices(HAN, k=random.randint(2, 8))) for _ in range(10_200)})[
        :10_000
    ]
    word_list = WordList.objects.create(name="基准", kind="sensitive")
    ListedWord.objects.bulk_create(
        ListedWord(word_list=word_list, word=word, severity="hint") for word in words
    )
    sheet = sheet_with("".join(random.sample(POOL, 100)))
    revision = complete(make_revision(2023))
    listed = site_words()
    context = Context(words=listed)
    assert len(listed.words) == 10_000
    medians(
        "一万个词 ten thousand words against 3,100 characters",
        {
            "check_site_words": lambda: list(check_site_words(sheet, context)),
            "site_words, read already": site_words,
            "site_words, read anew and indexed": lambda: words_of([word_list.pk]).index,
            "findings_of, with them": lambda: findings_of(revision),
        },
    )
