"""Many people save one part at the same moment: the database lets one through."""

import pytest

from reports.models import Event
from reports.workflow import Role
from tests.actions.test_moves_at_once import click_at_once, entered, needs_real_threads
from tests.factories import make_agency, make_revision, make_user

AUTHORS = 4


@pytest.mark.django_db(transaction=True)
def test_of_many_saves_from_one_version_one_is_made_and_the_others_are_told():
    needs_real_threads()
    agency = make_agency()
    revision = make_revision(2024, agency)
    authors = [make_user(Role.AUTHOR, agency=agency) for _ in range(AUTHORS)]
    address = f"/desk/{revision.pk}/overview/"
    posted = {"base_version": "0", "text": "（一）主动公开\n同时保存的一段。"}
    codes = click_at_once([entered(author) for author in authors], address, posted)
    assert codes == [302, *[409] * (AUTHORS - 1)]
    part = revision.parts.get(key="overview")
    assert (part.version, part.text) == (1, posted["text"])
    assert Event.objects.filter(revision=revision, verb="save_overview").count() == 1
    kept = revision.draft_inputs.values_list("user", flat=True)
    assert set(kept) == {author.pk for author in authors} - {part.saved_by_id}
