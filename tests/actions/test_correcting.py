"""更正: the next text of a published report, its reason, and what it must change."""

import json
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.utils import timezone

from reports.actions import publishing
from reports.actions.aggregating import differences_from_raw
from reports.actions.correcting import AlreadyOpen, change_reason, correct
from reports.actions.drafting import save_applications, save_narrative, start_report
from reports.actions.explaining import explain
from reports.actions.moves import move
from reports.actions.refusals import MoveRefused, Refused
from reports.models import DraftInput, Event, Revision, StoredDocument, Tally, Verbatim
from reports.permissions import wrote_in
from reports.queries.corrections import correction_of
from reports.queries.findings import findings_of
from reports.queries.sheets import sheet_of
from reports.sheet import to_json
from reports.workflow import CORRECT, PUBLIC, Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db
REASON = "第三部分新收数量少计1件。"
COLUMNS = {"natural_person": {"received": 3, "granted": 2, "carried_forward": 1}}
RIGHT = {"natural_person": {"received": 4, "granted": 3, "carried_forward": 1}}


@pytest.fixture
def city():
    return make_agency(kind="government")


@pytest.fixture
def agency(city):
    return make_agency(parent=city, division=city.division)


@pytest.fixture
def author(agency):
    return make_user(Role.AUTHOR, agency=agency, name="甄填报")


@pytest.fixture
def supervisor(city):
    return make_user(Role.SUPERVISOR, agency=city)


def publish(revision, supervisor):
    return move(in_state(revision, State.APPROVED), "publish", by=supervisor)


@pytest.fixture
def published(agency, supervisor):
    return publish(complete(make_revision(2024, agency), columns=COLUMNS), supervisor)


def fill(revision, columns, by):
    """Save part three over what was copied, as an author would."""
    sheet = sheet_of(Revision.objects.get(pk=revision.pk))
    typed = {
        key: {**column, **columns.get(key, {})}
        for key, column in sheet.applications.items()
        if key != "total"
    }
    version = revision.parts.get(key="applications").version
    save_applications(revision, typed, base_version=version, by=by)


def carry(revision, author, supervisor):
    for verb, who in (("submit", author), ("approve", supervisor), ("publish", supervisor)):
        revision = move(revision, verb, by=who)
    return revision


def test_a_correction_says_all_that_was_published(published, author):
    correction = correct(published, f"  {REASON}\n", by=author)
    assert (correction.number, correction.state, correction.reason) == (2, "draft", REASON)
    before, after = to_json(sheet_of(published)), to_json(sheet_of(correction))
    assert after == before
    assert all(part.version == 1 for part in correction.parts.all())
    assert len(correction_of(correction).changes) == 0
    [event] = Event.objects.filter(revision=correction)
    assert (event.verb, event.by, event.note) == ("save_correction", author, REASON)


def test_nothing_public_changes_until_it_is_published(published, author):
    state = Revision.objects.values_list("state", "reason", "published_at").get(pk=published.pk)
    correction = correct(published, REASON, by=author)
    fill(correction, RIGHT, author)
    now = Revision.objects.values_list("state", "reason", "published_at").get(pk=published.pk)
    assert now == state
    assert sheet_of(published).applications["natural_person"]["received"] == 3


@pytest.mark.parametrize("reason", ["", "   ", "更正", "理" * 1001])
def test_a_reason_is_asked_that_a_reader_can_read(published, author, reason):
    with pytest.raises(Refused, match="理由"):
        correct(published, reason, by=author)
    assert published.report.revisions.count() == 1


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", Role)
def test_authors_of_the_agency_correct_what_is_public_and_nobody_else_anything(
    agency, role, state, supervisor
):
    revision = complete(make_revision(2024, agency))
    if state in PUBLIC - {State.SUPERSEDED}:
        revision = publish(revision, supervisor)
        if state == State.WITHDRAWN:
            move(revision, "withdraw", by=supervisor, note="含有个人信息。")
    else:
        at = {"published_at": timezone.now()} if state in PUBLIC else {}
        Revision.objects.filter(pk=revision.pk).update(state=str(state), **at)
    user = make_user(role, agency=agency)
    if role not in CORRECT.roles:
        with pytest.raises(PermissionDenied):
            correct(revision, REASON, by=user)
    elif state in CORRECT.sources:
        assert correct(revision, REASON, by=user).number == 2
        return
    elif state != State.SUPERSEDED:
        with pytest.raises(Refused, match="没有公布"):
            correct(revision, REASON, by=user)
    assert Revision.objects.filter(report=revision.report_id).count() == 1


def test_a_sisters_author_corrects_nothing(published):
    with pytest.raises(PermissionDenied):
        correct(published, REASON, by=make_user(Role.AUTHOR, agency=make_agency()))


def test_there_is_one_correction_at_a_time(published, author):
    first = correct(published, REASON, by=author)
    with pytest.raises(AlreadyOpen, match="第2版更正已经开始（起草中）") as refused:
        correct(published, REASON, by=author)
    assert refused.value.revision == first


def test_a_superseded_text_leads_to_the_one_in_force(published, author, supervisor):
    correction = correct(published, REASON, by=author)
    fill(correction, RIGHT, author)
    carry(correction, author, supervisor)
    with pytest.raises(Refused, match="已经由第2版取代，请对第2版更正"):
        correct(published, REASON, by=author)
    assert correct(correction, "第一部分漏写一项工作。", by=author).number == 3


def test_an_unchanged_correction_is_refused_at_submission_and_at_publication(
    published, author, supervisor
):
    correction = correct(published, REASON, by=author)
    with pytest.raises(MoveRefused, match=r"第1版完全一样，不能送审。请先改正.*放弃更正"):
        move(correction, "submit", by=author)
    for verb, state in (("approve", State.IN_REVIEW), ("publish", State.APPROVED)):
        with pytest.raises(MoveRefused, match=r"完全一样.*请退回填报员"):
            move(in_state(correction, state), verb, by=supervisor)


def test_spaces_and_empty_lines_are_no_change(published, author):
    correction = correct(published, REASON, by=author)
    part = correction.parts.get(key="overview")
    spaced = part.text.replace("\n", "\n\n") + "\n"
    save_narrative(correction, "overview", spaced, base_version=part.version, by=author)
    with pytest.raises(MoveRefused, match="完全一样"):
        move(correction, "submit", by=author)


def test_reasons_are_carried_where_their_finding_still_stands(agency, author, supervisor):
    revision = complete(
        make_revision(2024, agency),
        disclosure={"rules_issued": 1, "rules_in_force": 1},
    )
    for noted in findings_of(revision):
        if noted.blocks:
            explain(revision, noted.finding.fingerprint, "由上级机关授权制定。", by=author)
    published = publish(revision, supervisor)
    given = published.explanations.get()
    colleague = make_user(Role.AUTHOR, agency=agency)
    correction = correct(published, REASON, by=colleague)
    carried = correction.explanations.get()
    assert (carried.reason, carried.by, carried.at) == (given.reason, author, given.at)
    assert [each for each in findings_of(correction) if each.blocks] == []


def test_publishing_it_supersedes_counts_anew_and_says_so_in_json(
    published, city, author, supervisor, published_root
):
    correction = correct(published, REASON, by=author)
    fill(correction, RIGHT, author)
    carry(correction, author, supervisor)
    published.refresh_from_db()
    assert published.state == State.SUPERSEDED
    assert published.reason == ""
    tally = Tally.objects.get(agency=city, year=2024)
    assert tally.reports == 1
    assert differences_from_raw() == []
    kept = {
        each.revision_id: json.loads((published_root / each.path).read_text(encoding="utf-8"))
        for each in StoredDocument.objects.filter(format="json")
    }
    said = [(each["version"], each["supersedes"], each["reason"]) for each in kept.values()]
    assert said == [(1, None, ""), (2, 1, REASON)]


def test_giving_it_up_keeps_the_text_and_frees_the_place(published, author, supervisor):
    correction = correct(published, REASON, by=author)
    fill(correction, RIGHT, author)
    move(correction, "drop", by=author)
    correction.refresh_from_db()
    assert (correction.state, correction.published_at) == (State.DROPPED, None)
    assert sheet_of(correction).applications["natural_person"]["received"] == 4
    assert Revision.objects.get(pk=published.pk).state == State.PUBLISHED
    assert start_report(published.report.agency, 2024, by=author) == published
    again = correct(published, REASON, by=author)
    assert again.number == 3
    assert correction_of(again).corrects == published


def test_a_first_text_cannot_be_given_up(agency, author):
    with pytest.raises(PermissionDenied):
        move(complete(make_revision(2024, agency)), "drop", by=author)


def test_a_withdrawal_leaves_the_open_correction_to_be_published_after_it(
    published, city, author, supervisor
):
    correction = correct(published, REASON, by=author)
    fill(correction, RIGHT, author)
    move(published, "withdraw", by=supervisor, note="数据有误，正在更正。")
    assert Tally.objects.get(agency=city, year=2024).reports == 0
    carry(correction, author, supervisor)
    assert Revision.objects.get(pk=published.pk).state == State.WITHDRAWN
    assert Tally.objects.get(agency=city, year=2024).reports == 1
    assert differences_from_raw() == []


def test_a_withdrawn_correction_keeps_the_reason_of_the_correction(published, author, supervisor):
    correction = correct(published, REASON, by=author)
    fill(correction, RIGHT, author)
    carry(correction, author, supervisor)
    move(correction, "withdraw", by=supervisor, note="又发现错误。")
    correction.refresh_from_db()
    assert correction.reason == REASON
    assert correction.events.get(verb="withdraw").note == "又发现错误。"


def test_who_wrote_the_published_text_does_not_approve_its_correction(published, agency, author):
    both = make_user(Role.AUTHOR, Role.SUPERVISOR, agency=agency)
    Event.objects.create(revision=published, verb="save_overview", by=both)
    correction = correct(published, REASON, by=author)
    fill(correction, RIGHT, author)
    move(correction, "submit", by=author)
    with pytest.raises(MoveRefused, match="有您填写的内容"):
        move(correction, "approve", by=both)
    assert wrote_in(author, correction)


def test_the_reason_is_worded_anew_while_it_is_a_draft(published, author, agency):
    correction = correct(published, REASON, by=author)
    change_reason(correction, "第三部分新收数量有误，少计1件。", by=author)
    correction.refresh_from_db()
    assert correction.reason == "第三部分新收数量有误，少计1件。"
    with pytest.raises(Refused, match="不能改写理由"):
        change_reason(in_state(correction, State.IN_REVIEW), REASON, by=author)
    with pytest.raises(PermissionDenied):
        change_reason(published, REASON, by=author)


def test_a_transcript_is_corrected_by_an_authored_text_that_must_foot(agency, author):
    """What foots is copied; what does not is laid out as printed, for the author to put right."""
    printed = complete(make_revision(2021, agency, as_printed=True))
    Verbatim.objects.create(revision=printed, filename="旧.docx", sha256="0" * 64)
    printed.applications.filter(applicant="natural_person").update(received=9, granted=None)
    Revision.objects.filter(pk=printed.pk).update(
        state=str(State.PUBLISHED), published_at=timezone.now()
    )
    printed = Revision.objects.get(pk=printed.pk)
    publishing.Snapshot.objects.create(
        revision=printed, sheet=to_json(sheet_of(printed)), findings=[], taken_at=timezone.now()
    )
    correction = correct(printed, REASON, by=author)
    assert not correction.as_printed
    assert not Verbatim.objects.filter(revision=correction).exists()
    versions = dict(correction.parts.values_list("key", "version"))
    assert (versions["applications"], versions["disclosure"], versions["overview"]) == (0, 1, 1)
    [laid_out] = DraftInput.objects.filter(revision=correction)
    assert (laid_out.part, laid_out.user) == ("applications", author)
    assert laid_out.content["natural_person.received"] == "9"
    assert laid_out.content["natural_person.granted"] == ""
    assert not any("total" in name for name in laid_out.content)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_one_opens_and_the_other_is_led_there():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite in tests is one connection in memory, which threads cannot share")
    agency = make_agency()
    revision = complete(make_revision(2024, agency))
    published = publish(revision, make_user(Role.SUPERVISOR, agency=agency))
    authors = [make_user(Role.AUTHOR, agency=agency) for _ in range(4)]
    line = threading.Barrier(len(authors))
    came = []

    def begin(author):
        try:
            line.wait(timeout=20)
            came.append(("opened", correct(published, REASON, by=author).number))
        except AlreadyOpen as refused:
            came.append(("led", refused.revision.number))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=begin, args=(author,)) for author in authors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(came) == [("led", 2)] * 3 + [("opened", 2)]
    assert Revision.objects.filter(report=published.report_id).count() == 2
