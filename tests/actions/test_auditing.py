"""Acts and attempts leave entries: in the act's transaction, or after it was rolled back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from reports.actions.auditing import LONGEST, arrived, attempt, attempted, note
from reports.actions.chaining import link_all
from reports.actions.drafting import save_applications, save_narrative
from reports.actions.moves import move
from reports.actions.refusals import FiguresRefused, MoveRefused, Refused
from reports.editions import EDITIONS
from reports.models import AuditAnchor, AuditEntry, AuditLink, Event
from reports.workflow import Role
from tests.factories import complete, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make_agency("虚构市某局")


@pytest.fixture
def author(agency):
    return make_user(Role.AUTHOR, agency=agency, name="甄填报")


@pytest.fixture
def revision(agency):
    return make_revision(2024, agency)


def test_a_save_says_who_with_which_roles_did_what_to_what(revision, author, agency):
    save_narrative(revision, "overview", "一段文字", base_version=0, by=author)
    entry = AuditEntry.objects.get()
    assert (entry.user_key, entry.username, entry.display_name, entry.roles) == (
        author.pk, author.username, "甄填报", "author",
    )  # fmt: skip
    assert (entry.verb, entry.result, entry.origin) == ("save_overview", "done", "命令行")
    assert (entry.subject_kind, entry.subject_key) == ("revision", str(revision.pk))
    assert (entry.subject, entry.agency_path) == ("虚构市某局2024年度报告（第1版）", agency.path)
    assert entry.detail == {"event": Event.objects.get().pk}
    assert "一段文字" not in str(entry.detail)


def test_a_refused_save_is_noted_with_the_codes_and_without_the_figures(revision, author):
    broken = filled_columns(revision)
    broken["natural_person"]["received"] = 7777
    with pytest.raises(FiguresRefused):
        save_applications(revision, broken, base_version=0, by=author)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.result) == ("save_applications", "refused")
    assert entry.detail == {"findings": 1, "codes": ["C01"]}
    assert not Event.objects.exists()


def filled_columns(revision):
    table = EDITIONS[revision.edition].applications
    lines = [line.key for line in table.leaves() if not line.computed]
    return {column.key: dict.fromkeys(lines, 0) for column in table.typed_columns()}


def test_a_refused_move_is_noted_although_nothing_of_it_stays(revision, author):
    with pytest.raises(MoveRefused):
        move(revision, "submit", by=author)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.result) == ("submit", "refused")
    assert "没有处理，不能送审" in entry.detail["why"]


def test_a_move_without_the_right_is_noted(revision, author):
    with pytest.raises(PermissionDenied):
        move(complete(revision), "publish", by=author)
    assert AuditEntry.objects.values_list("verb", "result").get() == ("publish", "refused")
    assert AuditEntry.objects.get().detail == {"why": "没有权限"}


def test_of_attempts_within_one_another_the_outermost_is_noted(agency):
    @attempted("inner")
    def inner(agency, by):
        raise Refused("不行")

    with pytest.raises(Refused), attempt("outer", agency):
        inner(agency, by=None)
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["outer"]


def test_what_breaks_is_noted_by_its_kind_only(agency):
    with pytest.raises(ZeroDivisionError), attempt("break", agency):
        _ = 1 / 0
    assert AuditEntry.objects.get().result == "failed"
    assert AuditEntry.objects.get().detail == {"why": "ZeroDivisionError"}


def test_an_entry_is_gone_with_its_act(agency):
    @transaction.atomic
    def act():
        note("change_agency", agency)
        raise Refused("不行")

    with pytest.raises(Refused):
        act()
    assert not AuditEntry.objects.exists()


def test_a_refusal_within_a_doors_own_transaction_is_written_after_it(agency):
    with arrived("192.0.2.7", "Fictional/1.0", lambda: None):
        with pytest.raises(Refused), transaction.atomic(), attempt("change_agency", agency):
            raise Refused("不行")
        assert not AuditEntry.objects.exists()
    entry = AuditEntry.objects.get()
    assert (entry.address, entry.agent, entry.origin) == ("192.0.2.7", "Fictional/1.0", "网页")
    assert entry.request_key


def test_what_comes_from_outside_is_cut_to_what_every_database_keeps(agency):
    with arrived("192.0.2.7\0", "浏览器" * 200 + "\0", lambda: None):
        note("x" * 90, "名\0\ud800" * 300, why="理由" * 900, codes={"b", "a"})
    entry = AuditEntry.objects.get()
    assert (len(entry.agent), len(entry.subject)) == (LONGEST["agent"], LONGEST["subject"])
    assert len(entry.detail["why"]) == LONGEST["why"]
    assert sorted(entry.detail["codes"]) == ["a", "b"]


def test_entries_are_linked_when_their_transaction_is_committed(
    agency, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        note("change_agency", agency)
        note("change_agency", agency)
    assert list(AuditLink.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2]


def test_an_entry_left_alone_is_linked_by_the_next(agency, django_capture_on_commit_callbacks):
    note("change_agency", agency)
    with django_capture_on_commit_callbacks(execute=True):
        note("change_agency", agency)
    assert AuditLink.objects.count() == 2


@pytest.mark.parametrize("model", [AuditEntry, AuditLink, AuditAnchor])
def test_the_database_refuses_to_alter_or_remove_a_row_of_the_trail(model, agency, revision):
    note("change_agency", agency)
    link_all()
    AuditAnchor.objects.create(revision=revision, sequence=1, hash="0", algorithm="sha256")
    key = model._meta.pk.column
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"):
        with (
            pytest.raises(IntegrityError, match="rows_are_only_added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert model.objects.count() == 1
