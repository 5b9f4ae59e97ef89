"""Many act at the same moment, some for long and some in vain: one chain without a gap."""

import threading
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from reports.actions.auditing import note
from reports.actions.drafting import save_narrative
from reports.actions.refusals import Refused
from reports.models import AuditEntry, AuditHead, AuditLink, RevisionPart
from reports.workflow import Role
from tests.actions.test_moves_at_once import needs_real_threads
from tests.factories import make_agency, make_revision, make_user

THREADS, TIMES = 8, 12


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_make_one_chain_without_a_gap():
    needs_real_threads()
    agency = make_agency()
    author = make_user(Role.AUTHOR, agency=agency)
    revisions = [make_revision(2010 + number, agency, edition=2021) for number in range(THREADS)]
    line = threading.Barrier(THREADS)
    broken = []

    def work(number: int) -> None:
        try:
            line.wait(timeout=20)
            for turn in range(TIMES):
                act(number, turn)
        except Exception as problem:
            broken.append(problem)
        finally:
            connections.close_all()

    def act(number: int, turn: int) -> None:
        revision = revisions[number]
        if turn % 4 == 3:
            with pytest.raises(Refused):
                save_narrative(revision, "overview", "旧", base_version=999, by=author)
        elif turn % 4 == 2:
            with transaction.atomic():
                note("change_agency", agency, by=author)
                time.sleep(0.05)  # what takes long, as drawing documents does
                note("change_agency", agency, by=author)
        else:
            version = RevisionPart.objects.get(revision=revision, key="overview").version
            save_narrative(revision, "overview", f"第{turn}次", base_version=version, by=author)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert broken == []
    written = AuditEntry.objects.count()
    assert written == THREADS * (TIMES + TIMES // 4)
    sequences = list(AuditLink.objects.order_by("sequence").values_list("sequence", flat=True))
    assert sequences == list(range(1, written + 1))
    assert AuditHead.objects.get().sequence == written
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert f"共 {written + 1} 条" in said.getvalue()
