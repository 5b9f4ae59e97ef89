"""Who is told what of each move."""

import pytest
from django.db import IntegrityError, transaction

from reports.actions.moves import move
from reports.actions.notifying import TOLD, choose_mail, notify_of_move, read
from reports.models import Notice, Revision
from reports.permissions import may_move, users_who_may, users_with
from reports.queries.notices import address_of, inbox_of, unread_count
from reports.workflow import MOVES, REVIEWERS, Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user, written_by

pytestmark = pytest.mark.django_db
Kind = Notice.Kind
AUTHORS_TOLD = {"author", "colleague"}
REVIEWERS_TOLD = {"supervisor", "deputy", "authority"}
# verb: the kinds, and who gets each if nobody in it made the move
EXPECTED = {
    "submit": {Kind.TO_APPROVE: REVIEWERS_TOLD},
    "recall": {Kind.TAKEN_BACK: REVIEWERS_TOLD},
    "reopen": {Kind.TAKEN_BACK: REVIEWERS_TOLD},
    "return": {Kind.RETURNED: AUTHORS_TOLD},
    "approve": {Kind.TO_PUBLISH: REVIEWERS_TOLD, Kind.APPROVED: AUTHORS_TOLD},
    "publish": {Kind.PUBLISHED: AUTHORS_TOLD},
    "withdraw": {Kind.WITHDRAWN: AUTHORS_TOLD},
}


@pytest.fixture
def city():
    return make_agency("虚构市人民政府")


@pytest.fixture
def bureau(city):
    return make_agency("虚构市档案局", parent=city)


@pytest.fixture
def people(city, bureau):
    """Those concerned by name, and those who are not: sisters, below, the site's, the gone."""
    sister = make_agency(parent=city)
    gone = make_user(Role.SUPERVISOR, agency=city)
    gone.is_active = False
    gone.save()
    concerned = {
        "author": make_user(Role.AUTHOR, agency=bureau),
        "colleague": make_user(Role.AUTHOR, agency=bureau),
        "supervisor": make_user(Role.SUPERVISOR, agency=bureau),
        "deputy": make_user(Role.SUPERVISOR, agency=city),
        "authority": make_user(Role.AUTHORITY, agency=city),
    }
    others = [
        make_user(Role.AUTHOR, agency=city),
        make_user(Role.AUTHOR, agency=sister),
        make_user(Role.SUPERVISOR, agency=sister),
        make_user(Role.AUTHORITY, agency=make_agency()),
        make_user(Role.SUPERVISOR, agency=make_agency(parent=bureau)),
        *(make_user(role) for role in Role if role.name.endswith(("ADMINISTRATOR", "AUDITOR"))),
    ]
    return concerned | {f"other {number}": user for number, user in enumerate(others)}


def made(bureau, verb, by):
    """The move made from the first state it starts from."""
    revision = complete(make_revision(2024, bureau))
    state = min(MOVES[verb].sources)
    if state == State.PUBLISHED:
        move(
            in_state(revision, State.APPROVED),
            "publish",
            by=make_user(Role.SUPERVISOR, agency=bureau),
        )
        Notice.objects.all().delete()
    else:
        in_state(revision, state)
    return move(Revision.objects.get(pk=revision.pk), verb, by=by, note="请补充第一部分。")


def told(people):
    names = {user.pk: name for name, user in people.items()}
    found: dict[str, set[str]] = {}
    for notice in Notice.objects.all():
        found.setdefault(Kind(notice.kind), set()).add(names[notice.to_id])
    return found


@pytest.mark.parametrize("verb", EXPECTED)
def test_each_move_is_told_to_those_concerned_but_not_to_who_made_it(verb, bureau, people):
    by = "author" if Role.AUTHOR in MOVES[verb].roles else "supervisor"
    revision = made(bureau, verb, people[by])
    assert told(people) == {kind: names - {by} for kind, names in EXPECTED[verb].items()}
    for notice in Notice.objects.all():
        assert (notice.revision, notice.by) == (revision, people[by])
        assert notice.words.startswith("虚构市档案局2024年度报告")


def test_every_move_of_the_table_is_told_or_concerns_nobody_else():
    assert set(EXPECTED) == set(TOLD)
    assert {step.to for steps in TOLD.values() for step in steps} <= set(MOVES)
    assert set(MOVES) - set(TOLD) <= {"drop"}  # a correction given up was nobody's turn


def test_who_wrote_in_the_text_is_not_asked_to_approve_it(bureau, people):
    both = make_user(Role.AUTHOR, Role.SUPERVISOR, agency=bureau)
    revision = complete(make_revision(2024, bureau))
    written_by(revision, both)
    move(revision, "submit", by=people["author"])
    assert not Notice.objects.filter(to=both).exists()


def test_who_is_author_and_reviewer_is_told_once_of_one_move(bureau, people):
    both = make_user(Role.AUTHOR, Role.SUPERVISOR, agency=bureau)
    made(bureau, "approve", people["supervisor"])
    assert [each.kind for each in Notice.objects.filter(to=both)] == [Kind.TO_PUBLISH]


@pytest.mark.parametrize("verb", MOVES)
def test_who_may_is_asked_the_other_way_round_with_the_same_answer(verb, bureau, people):
    revision = make_revision(2024, bureau)
    written_by(revision, people["deputy"])
    expected = [user for user in people.values() if may_move(user, MOVES[verb], revision)]
    assert set(users_who_may(MOVES[verb], revision)) == set(expected)


def test_reviewers_are_found_above_and_authors_in_the_agency_alone(bureau, people):
    assert {*users_with(REVIEWERS, bureau)} == {people[name] for name in REVIEWERS_TOLD}
    assert {*users_with({Role.AUTHOR}, bureau)} == {people[name] for name in AUTHORS_TOLD}


def test_a_move_that_is_undone_has_told_nobody(bureau, people):
    revision = complete(make_revision(2024, bureau))
    with transaction.atomic():
        move(revision, "submit", by=people["author"])
        assert Notice.objects.exists()
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_telling_again_of_one_event_adds_nothing(bureau, people):
    revision = made(bureau, "submit", people["author"])
    before = Notice.objects.count()
    notify_of_move(revision, revision.events.last())
    assert Notice.objects.count() == before


def test_the_database_keeps_one_notice_of_a_thing(bureau, people):
    made(bureau, "submit", people["author"])
    twin = Notice.objects.first()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_a_turn_that_has_passed_is_no_longer_unread(bureau, people):
    revision = made(bureau, "submit", people["author"])
    assert unread_count(people["authority"]) == 1
    move(revision, "return", by=people["supervisor"], note="请补充。")
    assert unread_count(people["authority"]) == 0
    assert unread_count(people["author"]) == 1
    move(revision, "submit", by=people["colleague"])
    assert unread_count(people["author"]) == 0
    assert unread_count(people["authority"]) == 1


def test_the_opinion_stands_with_the_notice(bureau, people):
    made(bureau, "return", people["supervisor"])
    assert inbox_of(people["author"]).get().detail == "请补充第一部分。"


def test_a_notice_leads_to_where_it_is_done(bureau, people):
    revision = made(bureau, "submit", people["author"])
    assert (
        address_of(inbox_of(people["deputy"]).get())
        == f"/admin/reports/revision/{revision.pk}/review/"
    )
    move(revision, "return", by=people["deputy"], note="请补充。")
    assert address_of(inbox_of(people["author"]).first()) == f"/desk/{revision.pk}/"


def test_reading_is_ones_own(bureau, people):
    made(bureau, "submit", people["author"])
    mine = inbox_of(people["deputy"]).get()
    assert read(people["authority"], mine.pk) == 0
    assert read(people["deputy"], mine.pk) == 1
    assert read(people["deputy"], mine.pk) == 0
    assert (unread_count(people["deputy"]), unread_count(people["authority"])) == (0, 1)


def test_mail_waits_for_those_with_an_address_who_want_it(bureau, people):
    for name in ("supervisor", "deputy"):
        people[name].email = f"{name}@example.invalid"
        people[name].save()
    choose_mail(people["deputy"], [Kind.RETURNED])
    made(bureau, "submit", people["author"])
    mails = {notice.to: notice.mail for notice in Notice.objects.all()}
    assert mails == {
        people["supervisor"]: Notice.Mail.WAITING,
        people["deputy"]: Notice.Mail.NONE,
        people["authority"]: Notice.Mail.NONE,
    }
