"""Saving part three: the action, and the desk's address around it."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.actions.drafting import keep_input, save_applications
from reports.editions import EDITIONS
from reports.models import DraftInput, Revision, RevisionPart, User
from reports.workflow import Role
from tests.benchmarks.timing import medians
from tests.factories import make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PART = "applications"


@pytest.fixture
def author() -> User:
    return make_user(Role.AUTHOR, agency=make_agency())


@pytest.fixture
def draft(author) -> Revision:
    return make_revision(2024, author.memberships.get().agency)


def version(revision: Revision) -> int:
    return RevisionPart.objects.get(revision=revision, key=PART).version


def zeros(revision: Revision) -> dict[str, dict[str, int]]:
    table = EDITIONS[revision.edition].applications
    lines = [line.key for line in table.leaves() if not line.computed]
    return {column.key: dict.fromkeys(lines, 0) for column in table.typed_columns()}


def typed(revision: Revision) -> dict[str, str]:
    columns = zeros(revision)
    return {f"{key}.{line}": "0" for key, column in columns.items() for line in column}


def test_saving_and_keeping_part_three(draft, author):
    columns, content = zeros(draft), typed(draft)
    client = Client()
    client.force_login(author)
    address = reverse("desk:part", args=(draft.pk, PART))

    def by_action() -> None:
        save_applications(draft, columns, base_version=version(draft), by=author)

    def by_view() -> None:
        answer = client.post(address, {**content, "base_version": str(version(draft))})
        assert answer.status_code == 302, answer.content.decode()[:2000]

    def keep() -> None:
        keep_input(draft, PART, content, base_version=version(draft), by=author)

    taken = medians(
        "保存第三部分 saving part three",
        {
            "save_applications": by_action,
            "keep_input (every few seconds)": keep,
            "POST /desk/…/applications/": by_view,
            "GET /desk/…/applications/": lambda: client.get(address),
        },
    )
    DraftInput.objects.all().delete()
    assert max(taken.values()) < 2000  # what nobody would wait for
