"""C15 over the site: which bodies' texts a revision is compared with, and who is named."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.actions.fingerprinting import keep_fingerprints
from reports.actions.moves import move
from reports.models import Fingerprint, FingerprintBand, Revision, RevisionPart
from reports.queries import likeness
from reports.queries.findings import findings_of
from reports.queries.likeness import sisters_of
from reports.queries.sheets import sheet_of
from reports.workflow import Role, State
from tests.checker.test_likeness import SENTENCES, TEXT
from tests.factories import OVERVIEW, complete, in_state, make_agency, make_division, make_user
from tests.factories import make_revision as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def superior():
    return make_agency("虚构市人民政府", kind="government")


@pytest.fixture
def bureau(superior):
    return make_agency("虚构市甲局", parent=superior)


@pytest.fixture
def sister(superior):
    return make_agency("虚构市乙局", parent=superior)


def text_of(agency, overview=OVERVIEW + "\n" + TEXT, year=2024, **texts):
    return complete(make(year, agency), overview=overview, **texts)


def submitted(agency, **texts):
    revision = in_state(text_of(agency, **texts), State.IN_REVIEW)
    keep_fingerprints(revision)
    return revision


def sisters(revision):
    revision = Revision.objects.select_related("report__agency").get(pk=revision.pk)
    return sisters_of(revision, sheet_of(revision))


def likenesses(revision):
    return [each.finding for each in findings_of(revision) if each.finding.code == "C15"]


def rewritten(revision, text):
    RevisionPart.objects.filter(revision=revision, key="overview").update(text=text)


def test_what_was_copied_from_a_submitted_text_is_found_and_not_named(bureau, sister):
    submitted(sister)
    (finding,) = likenesses(text_of(bureau))
    assert "另一机关已经送审、尚未公布的同年度报告" in finding.message
    assert "乙局" not in str(finding.to_json())


def test_a_published_text_is_named(bureau, sister, superior):
    author, reviewer = (
        make_user(Role.AUTHOR, agency=sister),
        make_user(Role.SUPERVISOR, agency=superior),
    )
    theirs = text_of(sister)
    for verb, by in (("submit", author), ("approve", reviewer), ("publish", reviewer)):
        move(theirs, verb, by=by)
    (finding,) = likenesses(text_of(bureau))
    assert "与虚构市乙局的报告有" in finding.message


def test_a_draft_of_another_body_is_never_looked_at(bureau, sister):
    theirs = submitted(sister)
    in_state(theirs, State.DRAFT)
    assert sisters(text_of(bureau)) == ()


def test_a_withdrawn_text_is_not_compared(bureau, sister):
    theirs = submitted(sister)
    Revision.objects.filter(pk=theirs.pk).update(state="withdrawn", published_at=timezone.now())
    assert sisters(text_of(bureau)) == ()


def test_of_two_alike_the_later_is_told(bureau, sister):
    first = submitted(bureau)
    second = submitted(sister)
    assert likenesses(first) == []
    assert len(likenesses(second)) == 1


def test_a_text_sent_back_and_mended_keeps_its_day(bureau, sister):
    first = submitted(bureau)
    second = submitted(sister)
    in_state(first, State.DRAFT)
    rewritten(first, OVERVIEW + "\n" + TEXT + "另外补充了一句关于年底培训安排的说明。")
    assert likenesses(first) == []
    keep_fingerprints(first)
    assert likenesses(in_state(first, State.IN_REVIEW)) == []
    assert len(likenesses(second)) == 1


def test_a_text_sent_back_and_replaced_by_a_copy_is_told(bureau, sister):
    first = submitted(bureau, overview=OVERVIEW + "\n" + "".join(SENTENCES[:3] * 2))
    submitted(sister, overview=OVERVIEW + "\n" + "".join(SENTENCES[3:] * 2))
    rewritten(in_state(first, State.DRAFT), OVERVIEW + "\n" + "".join(SENTENCES[3:] * 2))
    assert len(likenesses(first)) == 1
    keep_fingerprints(first)
    assert len(likenesses(first)) == 1


def test_sisters_are_of_one_kind_and_level_or_under_one_superior(bureau):
    kin = make_agency("别处县丙局", division=make_division())
    union = make_agency("别处县总工会", kind="union", division=make_division())
    assert bureau.level == kin.level
    submitted(kin)
    submitted(union)
    (each,) = sisters(text_of(bureau))
    assert each.sheet.agency == "别处县丙局"


def test_another_year_and_ones_own_report_are_no_sisters(bureau, sister):
    submitted(sister, year=2023)
    mine = submitted(bureau)
    assert sisters(mine) == ()


def test_each_section_is_found_by_itself(bureau, sister):
    submitted(sister, overview=OVERVIEW, problems=TEXT)
    (each,) = sisters(text_of(bureau, problems=TEXT))
    assert (each.sheet.problems, each.sheet.overview) == (TEXT, "")


def test_a_historical_report_is_as_old_as_its_signature(bureau, sister):
    mine, theirs = text_of(bureau), text_of(sister)
    for revision, day in ((mine, 1), (theirs, 2)):
        revision.as_printed = True
        revision.signed_on = revision.signed_on.replace(day=day)
        keep_fingerprints(revision)
    first, second = Fingerprint.objects.filter(section="overview").order_by("since")
    assert (first.revision, second.revision) == (mine, theirs)
    assert second.since - first.since == timedelta(days=1)


def test_a_fingerprint_is_stored_once_and_follows_the_text(bureau):
    mine = submitted(bureau)
    before = list(FingerprintBand.objects.values_list("pk", flat=True))
    keep_fingerprints(mine)
    assert list(FingerprintBand.objects.values_list("pk", flat=True)) == before
    rewritten(mine, "短文。")
    keep_fingerprints(Revision.objects.get(pk=mine.pk))
    assert not FingerprintBand.objects.exists()


@pytest.mark.parametrize("many", [1, 7])
def test_the_question_takes_the_same_statements_however_many(
    bureau, superior, many, django_assert_num_queries
):
    for number in range(many):
        submitted(make_agency(f"虚构市第{number}局", parent=superior))
    mine = Revision.objects.select_related("report__agency__division").get(pk=text_of(bureau).pk)
    sheet = sheet_of(mine)
    with django_assert_num_queries(4):
        assert len(sisters_of(mine, sheet)) == min(many, 5)


@pytest.mark.parametrize("strangers", [1, 2, 3])
def test_a_sister_is_found_behind_any_number_of_strangers(bureau, sister, strangers, monkeypatch):
    monkeypatch.setattr(likeness, "FIRST", 1)
    monkeypatch.setattr(likeness, "MORE", 2)
    for number in range(strangers):  # stored before hers, and as like to mine
        submitted(make_agency(f"别处县第{number}工会", kind="union", division=make_division()))
    submitted(sister)
    (each,) = sisters(text_of(bureau))
    assert each.sheet.agency == sister.name


def test_the_rules_are_run_once_in_a_publication(bureau, sister, superior):
    submitted(sister)
    reviewer = make_user(Role.SUPERVISOR, agency=superior)
    mine = in_state(
        text_of(bureau, overview=OVERVIEW + "\n" + "".join(SENTENCES[3:] * 2)), State.APPROVED
    )
    with CaptureQueriesContext(connection) as asked:
        move(mine, "publish", by=reviewer)
    grouped = [
        each for each in asked if "COUNT" in each["sql"] and "fingerprintband" in each["sql"]
    ]
    assert len(grouped) == 1, "one section, asked once"
