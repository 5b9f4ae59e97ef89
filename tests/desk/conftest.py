"""An agency with last year's report, this year's draft, and the people around it."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.models import Agency, Revision, RevisionPart, User
from reports.queries.sheets import with_content
from reports.workflow import Role, State
from tests.factories import complete, make_agency, make_revision, make_user

YEAR = timezone.localdate().year - 1


@dataclass
class Desk:
    """What a test of the desk is about, and short ways to ask it."""

    agency: Agency
    revision: Revision
    author: User
    client: Client
    others: dict[str, Client] = field(default_factory=dict)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"desk:{name}", args=[self.revision.pk, *args])

    def client_of(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def fresh(self) -> Revision:
        return with_content(Revision.objects.all()).get(pk=self.revision.pk)

    def part(self, key: str) -> RevisionPart:
        return RevisionPart.objects.get(revision=self.revision, key=key)

    def boxes(self, key: str, client: Client | None = None) -> dict[str, str]:
        """What the part's form holds when it is opened."""
        response = (client or self.client).get(self.url("part", key))
        form = response.context["form"]
        return {name: str(form[name].value() or "") for name in form.fields}

    def post(self, key: str, client: Client | None = None, **typed: str) -> Any:
        """Open the part, type over some boxes (``natural_person__received``) and save."""
        renamed = {name.replace("__", "."): text for name, text in typed.items()}
        boxes = self.boxes(key, client) | renamed
        return (client or self.client).post(self.url("part", key), boxes)


@pytest.fixture
def desk(db: None) -> Desk:
    agency = make_agency("虚构区档案局")
    last_year = complete(
        make_revision(YEAR - 1, agency),
        columns={"natural_person": {"received": 4, "granted": 3, "carried_forward": 1}},
        disclosure={"normative_documents_issued": 2, "normative_documents_in_force": 9},
    )
    Revision.objects.filter(pk=last_year.pk).update(
        state=str(State.PUBLISHED), published_at=timezone.now()
    )
    author = make_user(Role.AUTHOR, agency=agency, name="甄填报")
    client = Client()
    client.force_login(author)
    return Desk(agency, make_revision(YEAR, agency), author, client)


@pytest.fixture
def colleague(desk: Desk) -> User:
    return make_user(Role.AUTHOR, agency=desk.agency, name="贾同事")


@pytest.fixture
def supervisor(desk: Desk) -> User:
    return make_user(Role.SUPERVISOR, agency=desk.agency, name="申审核")
