"""Fingerprints for what was there before they were."""

from io import StringIO

import pytest
from django.core.management import call_command

from reports.actions.moves import move
from reports.models import Fingerprint, Revision
from reports.workflow import Role, State
from tests.checker.test_likeness import TEXT
from tests.factories import OVERVIEW, complete, in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db


def kept() -> str:
    out = StringIO()
    call_command("keep_fingerprints", stdout=out)
    return out.getvalue().strip()


def test_what_was_submitted_before_is_dated_by_its_submission():
    agency = make_agency()
    revision = complete(make_revision(2024, agency), overview=OVERVIEW + "\n" + TEXT)
    move(revision, "submit", by=make_user(Role.AUTHOR, agency=agency))
    Fingerprint.objects.all().delete()
    assert kept() == "已为 1 份报告补存文本指纹。"
    assert kept() == ""
    fingerprint = Fingerprint.objects.get(section="overview")
    assert fingerprint.since == revision.events.get(verb="submit").at
    assert fingerprint.bands.count() == 24


def test_drafts_have_none_and_short_texts_are_looked_at_once():
    complete(make_revision(2023))
    in_state(complete(make_revision(2024)), State.APPROVED)
    assert kept() == "已为 1 份报告补存文本指纹。"
    assert kept() == ""
    assert {each.revision for each in Fingerprint.objects.all()} == {
        Revision.objects.get(report__year=2024)
    }
