"""A database altered by hand, by one who may drop its guards: every way is found."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from reports.actions.auditing import note
from reports.actions.chaining import link_all
from reports.actions.moves import move
from reports.models import AuditAnchor, AuditEntry, AuditHead, AuditLink, StoredDocument
from reports.queries.chain import COLUMNS, hash_of
from reports.workflow import Role
from tests.factories import complete, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db
GUARDED = ("reports_auditentry", "reports_auditlink", "reports_auditanchor")


@pytest.fixture(autouse=True)
def trail():
    """Some acts, a report published among them, and some more."""
    agency = make_agency("虚构市某局")
    author = make_user(Role.AUTHOR, agency=agency)
    reviewer = make_user(Role.SUPERVISOR, agency=agency)
    revision = complete(make_revision(2024, agency))
    for verb, by in (("submit", author), ("approve", reviewer)):
        move(revision, verb, by=by)
    link_all()
    move(revision, "publish", by=reviewer)
    for number in range(5):
        note("change_agency", agency, by=reviewer, number=number)
    link_all()


def verified(**options) -> str:
    """What the command says; it ends with 1 where it says anything on standard error."""
    wrong, code = StringIO(), 0
    try:
        call_command("verify_audit", stdout=StringIO(), stderr=wrong, **options)
    except SystemExit as end:
        code = int(end.code or 0)
    assert code == (1 if wrong.getvalue() else 0)
    return wrong.getvalue()


class Undo(Exception):
    """What was altered is put back: the database is the next test's too."""


def drop_guards() -> None:
    connection.check_constraints()  # PostgreSQL drops no trigger while others wait
    with connection.cursor() as cursor:
        for table in GUARDED:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER {table}_kept ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER {table}_kept_update")
                cursor.execute(f"DROP TRIGGER {table}_kept_delete")


def entry(sequence: int) -> AuditEntry:
    return AuditEntry.objects.get(link__sequence=sequence)


def links(*sequences: int):
    return AuditLink.objects.filter(sequence__in=sequences)


def alter_who():
    AuditEntry.objects.filter(link__sequence=3).update(username="somebody-else")


def alter_when():
    AuditEntry.objects.filter(link__sequence=3).update(at=timezone.now() - timedelta(hours=3))


def alter_the_detail():
    AuditEntry.objects.filter(link__sequence=5).update(detail={"number": 99})


def remove_an_entry():
    AuditEntry.objects.filter(link__sequence=4)._raw_delete("default")


def remove_an_entry_with_its_link():
    gone = entry(4).pk
    links(4)._raw_delete("default")
    AuditEntry.objects.filter(pk=gone)._raw_delete("default")


def reorder_two_entries():
    first, second = entry(4), entry(5)
    links(4).update(entry=AuditEntry.objects.create(**minimal()))
    links(5).update(entry=first)
    links(4).update(entry=second)


def minimal():
    return {"at": timezone.now(), "origin": "命令行", "verb": "aside", "result": "done"}


def alter_a_links_hash():
    links(4).update(hash="0" * 64)


def break_a_link():
    links(4).update(previous="0" * 64)


def name_another_algorithm():
    links(4).update(algorithm="md5")


def insert_an_old_entry():
    AuditEntry.objects.create(**minimal() | {"at": timezone.now() - timedelta(days=40)})


def cut_the_tail():
    last = AuditHead.objects.get().sequence
    gone = list(links(last - 1, last).values_list("entry", flat=True))
    links(last - 1, last)._raw_delete("default")
    AuditEntry.objects.filter(pk__in=gone)._raw_delete("default")


def cut_the_tail_before_the_publication():
    """With the head put right: only the published end remembers."""
    kept = AuditAnchor.objects.get().sequence - 1
    AuditLink.objects.filter(sequence__gt=kept)._raw_delete("default")
    AuditEntry.objects.exclude(link__sequence__lte=kept)._raw_delete("default")
    last = AuditLink.objects.get(sequence=kept)
    AuditHead.objects.update(sequence=kept, hash=last.hash, newest_entry=last.entry_id)


def rewrite_everything():
    """An entry altered and the whole chain reckoned anew, head and all."""
    AuditEntry.objects.filter(link__sequence=1).update(username="somebody-else")
    previous = ""
    for link in AuditLink.objects.select_related("entry").order_by("sequence"):
        new = hash_of(link.entry, link.sequence, previous)
        links(link.sequence).update(previous=previous, hash=new)
        previous = new
    AuditHead.objects.update(hash=previous)


def rewrite_everything_and_the_anchor():
    rewrite_everything()
    anchor = AuditAnchor.objects.get()
    now = AuditLink.objects.get(sequence=anchor.sequence).hash
    AuditAnchor.objects.update(hash=now)


def empty_the_trail():
    AuditLink.objects.all()._raw_delete("default")
    AuditEntry.objects.all()._raw_delete("default")
    AuditHead.objects.all().delete()


def turn_back_the_head():
    AuditHead.objects.update(sequence=2, hash=AuditLink.objects.get(sequence=2).hash)
    AuditEntry.objects.create(**minimal())


WAYS = [
    (alter_who, "链号 3", "内容与校验值不符"),
    (alter_when, "链号 3", "内容与校验值不符"),
    (alter_the_detail, "链号 5", "内容与校验值不符"),
    (remove_an_entry, "链号 4", "审计记录被删除"),
    (remove_an_entry_with_its_link, "链号 4—4", "链节被删除"),
    (reorder_two_entries, "链号 4", "内容与校验值不符"),
    (alter_a_links_hash, "链号 5", "链在这里断开"),
    (break_a_link, "链号 4", "链在这里断开"),
    (name_another_algorithm, "链号 4", "校验算法“md5”不认识"),
    (insert_an_old_entry, "审计记录", "可能是事后插入的"),
    (cut_the_tail, "链号 7—8", "链尾被删除"),
    (cut_the_tail_before_the_publication, "链号 2", "链被截断或者重写过"),
    (rewrite_everything, "链号 2", "链被截断或者重写过"),
    (rewrite_everything_and_the_anchor, "虚构市某局2024年度报告", "印出的校验值与数据库里登记的不符"),
    (empty_the_trail, "链号 2", "链被截断或者重写过"),
    (turn_back_the_head, "审计链", "链尾或者登记被改动过"),
]  # fmt: skip


@pytest.mark.parametrize(("alter", "where", "what"), WAYS, ids=lambda each: getattr(each, "__name__", ""))  # fmt: skip
def test_what_was_altered_by_hand_is_found_and_placed(alter, where, what):
    said = []

    @transaction.atomic
    def altered():
        drop_guards()
        alter()
        said.extend(verified().splitlines())
        raise Undo

    with pytest.raises(Undo):
        altered()
    assert [line for line in said if line.startswith(where) and what in line]


def test_a_trail_nobody_touched_is_whole_however_often_it_is_verified():
    for _ in range(3):
        assert verified() == ""
    assert AuditEntry.objects.filter(verb="verify_audit", result="done").count() == 3


def test_a_verification_that_finds_something_is_itself_in_the_trail():
    insert_an_old_entry()
    assert "1 处问题" in verified()
    noted = AuditEntry.objects.get(verb="verify_audit")
    assert (noted.result, noted.detail["faults"]) == ("failed", 1)


def test_what_waited_too_long_is_linked_at_the_operators_word_only():
    insert_an_old_entry()
    assert "事后插入" in verified()
    assert verified(link_old=True) == ""
    assert AuditEntry.objects.get(verb="link_old_entries").detail == {"entries": 1}
    assert verified() == ""


def test_what_its_process_left_unlinked_is_linked_before_verifying():
    waiting = AuditEntry.objects.create(**minimal())
    assert verified() == ""
    assert AuditLink.objects.filter(entry=waiting).exists()


def test_the_published_json_prints_the_chains_end(published_root):
    document = StoredDocument.objects.get(format="json")
    printed = json.loads((published_root / document.path).read_bytes())["audit_trail"]
    link = AuditLink.objects.get(sequence=2)
    assert printed == {"sequence": 2, "hash": link.hash, "algorithm": "sha256"}


def test_the_hash_covers_every_column_of_an_entry():
    assert set(COLUMNS) == {field.name for field in AuditEntry._meta.concrete_fields}
