"""What the audit trail costs: one save with and without it, reading a page of a long trail, verifying."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.actions import auditing
from reports.actions.chaining import link_all
from reports.actions.drafting import save_narrative
from reports.models import AuditEntry, Revision, RevisionPart
from reports.queries.audit import Asked, page_of
from reports.queries.chain import faults
from reports.workflow import Role
from tests.benchmarks.timing import medians
from tests.factories import make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 100_000  # entries


def fill(agency, author) -> None:
    now = timezone.now()
    AuditEntry.objects.bulk_create(
        (
            AuditEntry(
                at=now - timedelta(seconds=LONG - number) / 10, user_key=author.pk,
                username=author.username, display_name=author.display_name, roles="author",
                origin="网页", address="192.0.2.7", agent="Fictional/1.0", request_key="0" * 16,
                verb="save_overview", subject_kind="revision", subject_key=str(number % 997),
                subject="虚构", agency_path=agency.path, result="done", detail={"event": number},
            )
            for number in range(LONG)
        ),
        batch_size=2000,
    )  # fmt: skip
    link_all()


def test_what_the_trail_costs(monkeypatch):
    agency = make_agency()
    author = make_user(Role.AUTHOR, agency=agency)
    revision: Revision = make_revision(2024, agency)
    fill(agency, author)

    def save() -> None:
        version = RevisionPart.objects.get(revision=revision, key="overview").version
        save_narrative(revision, "overview", "一段文字", base_version=version, by=author)

    def save_without() -> None:
        with monkeypatch.context() as patched:
            patched.setattr(auditing, "write", lambda entry: None)
            save()

    def save_unlinked() -> None:
        with monkeypatch.context() as patched:
            patched.setattr(auditing, "chain", lambda pk: None)
            save()

    everything = AuditEntry.objects.all()
    half = LONG // 2
    medians(
        f"审计 the trail ({LONG} entries)",
        {
            "a save, nothing noted": save_without,
            "a save, noted": save_unlinked,
            "a save, noted and linked": save,
            "page: newest": lambda: page_of(everything, Asked(), before=None, after=None),
            "page: from the middle": lambda: page_of(everything, Asked(), before=half, after=None),
            "page: a subtree": lambda: page_of(
                everything, Asked(agency=agency), before=half, after=None
            ),
            "page: a verb that is rare": lambda: page_of(
                everything, Asked(verb="publish"), before=None, after=None
            ),
        },
    )
    medians("核验 verifying", {f"{LONG} links": lambda: list(faults())}, rounds=1)
    assert not list(faults())  # the saves left unlinked are not a day old
