"""What a CHECK cannot see: who is historical, what is published, what is only added."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from reports.actions.drafting import record
from reports.models import Comment, Event, Explanation, Revision, Snapshot, StoredDocument
from reports.workflow import State
from tests.factories import column, complete, make_revision, make_user

pytestmark = pytest.mark.django_db


def refused(match: str):
    return pytest.raises(IntegrityError, match=match)


def test_a_row_cannot_call_itself_historical_when_its_revision_is_not():
    revision = make_revision()
    row = column(revision, received=4)
    row.as_printed = True
    with refused("follow"), transaction.atomic():
        row.save()


@pytest.mark.parametrize("table", ["disclosure", "applications", "remedies"])
def test_a_stored_row_cannot_become_historical(table):
    revision = complete(make_revision())
    model = type(revision)._meta.get_field(table).related_model
    with refused("follow"), transaction.atomic():
        model.objects.filter(revision=revision).update(as_printed=True)


def test_a_revision_with_figures_cannot_become_historical():
    revision = complete(make_revision())
    with refused("follow"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(as_printed=True)


def test_a_row_cannot_be_of_another_edition_than_its_revision():
    revision = complete(make_revision(as_printed=True))
    with refused("follow"), transaction.atomic():
        revision.applications.update(edition=2019)


@pytest.fixture
def published():
    revision = complete(make_revision())
    Explanation.objects.create(
        revision=revision, fingerprint="x", code="C10", message="m", reason="r", by=make_user()
    )
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED), published_at=timezone.now()
    )
    return Revision.objects.get(pk=revision.pk)


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r.applications.update(received=0),
        lambda r: r.remedies.update(pending=0),
        lambda r: type(r.disclosure).objects.filter(revision=r).update(rules_issued=0),
        lambda r: r.parts.update(text="改写"),
        lambda r: r.explanations.update(reason="改写"),
        lambda r: r.applications.all().delete(),
        lambda r: column(r, "total").save(),
        lambda r: Revision.objects.filter(pk=r.pk).update(title="改写"),
        lambda r: Revision.objects.filter(pk=r.pk).update(published_at=timezone.now()),
        lambda r: Revision.objects.filter(pk=r.pk).update(state="draft"),
    ],
)
def test_what_is_published_is_sealed_whoever_writes(published, change):
    with refused("published_revisions_are_sealed|unique|UNIQUE"), transaction.atomic():
        change(published)


def test_a_published_revision_may_still_be_superseded_or_withdrawn(published):
    Revision.objects.filter(pk=published.pk).update(state=str(State.WITHDRAWN), reason="数据有误")
    published.refresh_from_db()
    assert (published.state, published.reason) == ("withdrawn", "数据有误")


@pytest.mark.parametrize("model", [Event, Snapshot, StoredDocument, Comment])
def test_rows_of_record_are_only_added(model):
    revision = make_revision()
    if model is Event:
        row = record(revision, "start", by=None)
    elif model is Comment:
        row = Comment.objects.create(revision=revision, text="批注", by=make_user())
    elif model is Snapshot:
        row = Snapshot.objects.create(
            revision=revision, sheet={}, findings=[], taken_at=timezone.now()
        )
    else:
        row = StoredDocument.objects.create(
            revision=revision, format="pdf", filename="x.pdf", path="x", size=1, checksum="0"
        )
    rows = model.objects.filter(pk=row.pk)
    with refused("rows_are_only_added"), transaction.atomic():
        rows.update(revision=revision)
    with connection.cursor() as cursor, refused("rows_are_only_added"), transaction.atomic():
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [row.pk])
    assert rows.exists()


def test_every_guard_is_in_place_after_all_migrations():
    """SQLite drops a table's triggers with each remake: a migration must set them again."""
    guarded = {
        "reports_revision": 2,
        "reports_disclosurefigures": 1,
        "reports_applicationfigures": 1,
        "reports_remedyfigures": 1,
        "reports_revisionpart": 1,
        "reports_verbatim": 1,
        "reports_explanation": 1,
        "reports_event": 1,
        "reports_snapshot": 1,
        "reports_storeddocument": 1,
        "reports_submission": 1,
        "reports_comment": 1,
        "reports_campaignevent": 1,
        "reports_auditentry": 1,
        "reports_auditlink": 1,
        "reports_auditanchor": 1,
        "reports_agencyact": 1,
        "reports_actbody": 1,
    }
    sqlite = {  # one trigger a verb; following rows have two more, and one each on the revision
        "reports_revision": 5,
        "reports_disclosurefigures": 5,
        "reports_applicationfigures": 5,
        "reports_remedyfigures": 5,
        "reports_revisionpart": 3,
        "reports_verbatim": 3,
        "reports_explanation": 3,
        "reports_event": 2,
        "reports_snapshot": 2,
        "reports_storeddocument": 2,
        "reports_submission": 2,
        "reports_comment": 2,
        "reports_campaignevent": 2,
        "reports_auditentry": 2,
        "reports_auditlink": 2,
        "reports_auditanchor": 2,
        "reports_agencyact": 2,
        "reports_actbody": 2,
    }
    query = {
        "sqlite": "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY 1",
        "postgresql": "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger "
        "WHERE NOT tgisinternal GROUP BY 1",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {name: count for name, count in cursor.fetchall() if name in guarded}
    assert found == (sqlite if connection.vendor == "sqlite" else guarded)
