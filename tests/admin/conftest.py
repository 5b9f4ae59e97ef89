"""A city with two bureaus, another city, and a client for each role."""

import pytest
from django.contrib import admin
from django.test import Client

from reports.workflow import Role
from tests.factories import make_agency, make_user


@pytest.fixture
def city():
    return make_agency("虚构市人民政府")


@pytest.fixture
def bureau(city):
    return make_agency("虚构市某局", parent=city)


@pytest.fixture
def elsewhere():
    return make_agency("别处市人民政府")


@pytest.fixture
def author(bureau):
    return make_user(Role.AUTHOR, agency=bureau, name="甄填报")


@pytest.fixture
def supervisor(city):
    return make_user(Role.SUPERVISOR, agency=city, name="申审核")


def entered(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client(supervisor):
    """The supervisor's browser."""
    return entered(supervisor)


@pytest.fixture
def as_role(city):
    """A browser for any role; a role within an agency is held in the city."""
    return lambda role: entered(make_user(role, agency=city))


@pytest.fixture
def small(monkeypatch):
    """Pages of two rows in every list."""
    for room in admin.site._registry.values():
        monkeypatch.setattr(room, "list_per_page", 2)
