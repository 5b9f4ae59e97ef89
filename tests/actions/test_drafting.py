from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.actions.drafting import (
    discard_input,
    keep_input,
    save_applications,
    save_disclosure,
    save_narrative,
    save_preface,
    save_remedies,
    start_report,
)
from reports.actions.refusals import ChangedByAnother, FiguresRefused, Refused
from reports.models import ApplicationFigures, DraftInput, Event
from reports.sheet import Contact, filled
from reports.workflow import Role, State
from tests.factories import in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def author(agency):
    return make_user(Role.AUTHOR, agency=agency)


@pytest.fixture
def revision(agency):
    return make_revision(2024, agency)


def columns(revision, **changed):
    """The six typed columns at zero, some figures changed."""
    from reports.editions import EDITIONS

    edition = EDITIONS[revision.edition]
    zeros = filled(edition, "", 2024).applications
    typed = [column.key for column in edition.applications.typed_columns()]
    return {
        key: {line: n for line, n in zeros[key].items() if line != "outcomes_total"}
        | changed.get(key, {})
        for key in typed
    }


def test_starting_opens_a_draft_with_its_seven_parts_and_the_agencys_contact(agency, author):
    revision = start_report(agency, 2024, by=author)
    assert (revision.state, revision.edition, revision.parts.count()) == ("draft", 2021, 7)
    assert revision.contact() == Contact(agency.address, agency.postcode, agency.telephone, "")
    assert revision.title == f"{agency.name}2024年政府信息公开工作年度报告"
    assert [event.verb for event in revision.events.all()] == ["start"]


def test_starting_twice_gives_the_draft_that_is_there(agency, author):
    assert start_report(agency, 2024, by=author) == start_report(agency, 2024, by=author)


def test_a_year_that_has_not_ended_cannot_be_reported(agency, author):
    with pytest.raises(Refused, match="2099年度还没有结束，2100年1月1日起可以填报。"):
        start_report(agency, 2099, by=author)


def test_a_year_before_the_form_cannot_be_reported(agency, author):
    with pytest.raises(Refused, match="统一格式从2019年度开始"):
        start_report(agency, 2018, by=author)


def test_another_agencys_author_starts_nothing(agency):
    with pytest.raises(PermissionDenied):
        start_report(agency, 2024, by=make_user(Role.AUTHOR, agency=make_agency()))


def test_saving_part_three_foots_the_totals(revision, author):
    typed = columns(
        revision,
        business={"received": 5, "granted": 4, "carried_forward": 1},
        natural_person={"received": 2, "closed_other": 2},
    )
    save_applications(revision, typed, base_version=0, by=author)
    total = revision.applications.get(applicant="total")
    assert (total.received, total.outcomes_total, total.carried_forward) == (7, 6, 1)


def test_a_column_that_does_not_balance_is_refused_with_both_sides(revision, author):
    typed = columns(
        revision,
        natural_person={
            "received": 3,
            "brought_forward": 1,
            "granted": 2,
            "carried_forward": 1,
        },
    )
    with pytest.raises(FiguresRefused) as refusal:
        save_applications(revision, typed, base_version=0, by=author)
    assert "自然人列：一（3）＋二（1）＝4，三（七）（2）＋四（1）＝3，相差 1" in str(refusal.value)
    assert not ApplicationFigures.objects.exists()
    assert revision.parts.get(key="applications").version == 0


def test_part_two_and_four_are_saved_and_refused_alike(revision, author):
    zeros = filled_disclosure(revision)
    save_disclosure(revision, zeros, base_version=0, by=author)
    with pytest.raises(FiguresRefused, match="现行有效件数（0），小于"):
        save_disclosure(revision, zeros | {"rules_issued": 1}, base_version=1, by=author)
    groups = {
        key: {"upheld": 1, "rectified": 0, "other_result": 0, "pending": 2}
        for key in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    }
    save_remedies(revision, groups, base_version=0, by=author)
    assert set(revision.remedies.values_list("total", flat=True)) == {3}


def filled_disclosure(revision):
    from reports.editions import EDITIONS

    return dict(filled(EDITIONS[revision.edition], "", 2024).disclosure)


def test_of_two_who_began_from_one_version_the_second_is_told(revision, author, agency):
    other = make_user(Role.AUTHOR, agency=agency, name="李四")
    save_narrative(revision, "overview", "甲的文字", base_version=0, by=other)
    with pytest.raises(ChangedByAnother, match="已由李四保存过"):
        save_narrative(revision, "overview", "乙的文字", base_version=0, by=author)
    assert revision.parts.get(key="overview").text == "甲的文字"


def test_two_people_may_fill_two_parts_at_once(revision, author, agency):
    other = make_user(Role.AUTHOR, agency=agency)
    save_narrative(revision, "overview", "总体", base_version=0, by=other)
    save_narrative(revision, "problems", "问题", base_version=0, by=author)
    assert [revision.parts.get(key=key).version for key in ("overview", "problems")] == [1, 1]


def test_the_preface_carries_contact_and_date(revision, author):
    contact = Contact("虚构路2号", "999002", "0999-7654321", "a@example.invalid")
    save_preface(
        revision, "前言", contact=contact, signed_on=date(2025, 1, 20), base_version=0, by=author
    )
    revision.refresh_from_db()
    assert (revision.contact(), revision.signed_on) == (contact, date(2025, 1, 20))


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.APPROVED])
def test_only_a_draft_can_be_written_in(revision, author, state):
    in_state(revision, state)
    with pytest.raises(Refused, match=f"报告现在是“{state.label}”，不能修改"):
        save_narrative(revision, "overview", "改", base_version=0, by=author)


def test_a_supervisor_does_not_write(revision, agency):
    with pytest.raises(PermissionDenied):
        save_narrative(
            revision, "overview", "改", base_version=0, by=make_user(Role.SUPERVISOR, agency=agency)
        )


@pytest.mark.parametrize("typed", ["3件", "", "－", "<script>", "十二"])
def test_what_is_typed_is_kept_whatever_it_is(revision, author, typed):
    keep_input(
        revision, "applications", {"natural_person.granted": typed}, base_version=0, by=author
    )
    kept = DraftInput.objects.get(revision=revision, user=author)
    assert kept.content == {"natural_person.granted": typed}


def test_keeping_again_replaces_and_saving_clears(revision, author):
    for text in ("一", "一二"):
        keep_input(revision, "overview", {"text": text}, base_version=0, by=author)
    assert DraftInput.objects.get().content == {"text": "一二"}
    save_narrative(revision, "overview", "一二", base_version=0, by=author)
    assert not DraftInput.objects.exists()


def test_a_refusal_leaves_what_was_kept(revision, author):
    keep_input(revision, "disclosure", {"rules_issued": "1"}, base_version=0, by=author)
    with pytest.raises(FiguresRefused):
        save_disclosure(
            revision, filled_disclosure(revision) | {"rules_issued": 1}, base_version=0, by=author
        )
    assert DraftInput.objects.get().content == {"rules_issued": "1"}


def test_each_person_has_an_input_of_their_own_and_may_give_it_up(revision, author, agency):
    other = make_user(Role.AUTHOR, agency=agency)
    for user in (author, other):
        keep_input(revision, "overview", {"text": user.username}, base_version=0, by=user)
    discard_input(revision, "overview", by=author)
    assert DraftInput.objects.get().user == other


def test_an_input_beyond_all_measure_is_refused_in_words(revision, author):
    with pytest.raises(Refused, match="太长，没有暂存"):
        keep_input(revision, "overview", {"text": "长" * 500_000}, base_version=0, by=author)


def test_saving_a_table_takes_the_same_statements_however_full_it_is(revision, author):
    with CaptureQueriesContext(connection) as queries:
        save_applications(revision, columns(revision), base_version=0, by=author)
    writes = [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    # the version, the table, the draft input, when the revision changed, the event, the audit entry
    assert len(writes) <= 6
    assert Event.objects.filter(revision=revision).count() == 1
