"""Every list of the admin by key: each row once and in order, forwards and back, in every order."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.utils.encoding import iri_to_uri

from reports.admin.keyed import KeyedChangeList
from reports.models import (
    Agency,
    Campaign,
    Event,
    Explanation,
    ListedWord,
    Membership,
    Revision,
    RoleRequest,
    User,
    WordList,
)
from reports.workflow import Role, State
from tests.factories import in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 1, 31, 12, tzinfo=UTC)
# The others have pages of their own in place of Django's list.
OWN_PAGES = {"Tally", "SiteSettings", "AuditEntry"}
ROOMS = [each for each in admin.site._registry if each.__name__ not in OWN_PAGES]


def fill(city, bureau):
    """Rows in every list, equal ones and missing values in the columns that may have them."""
    agencies = [make_agency(parent=city) for _ in range(3)]
    people = [make_user(Role.AUTHOR, agency=each) for each in agencies]
    proposer = make_user(Role.SECURITY_ADMINISTRATOR)
    User.objects.filter(pk__in=[each.pk for each in people[:2]]).update(last_login=NOON)
    Agency.objects.filter(pk__in=[agencies[0].pk, bureau.pk]).update(closed_on=NOON.date())
    Agency.objects.filter(pk=agencies[1].pk).update(division=None)
    for n, agency in enumerate([*agencies, bureau, city]):
        person, odd = people[n % 3], bool(n % 2)
        revision = make_revision(2023 + odd, agency)
        in_state(revision, State.IN_REVIEW if n % 3 else State.APPROVED)
        Revision.objects.filter(pk=revision.pk).update(changed_at=NOON + timedelta(days=n // 2))
        Event.objects.create(revision=revision, verb="save", by=person)
        for at in range(n % 3):
            Event.objects.create(revision=revision, verb="submit", by=person if odd else None)
            Explanation.objects.create(revision=revision, fingerprint=str(at), code="B1", by=person)
        Campaign.objects.create(
            agency=agency, year=2023 + odd, called_by=person, opens_on=date(2025, 1, 1 + odd)
        )
        RoleRequest.objects.create(
            user=person, role="supervisor" if odd else "author", agency=agency if n < 3 else None,
            state="waiting" if n < 2 else "withdrawn", proposed_by=proposer,
        )  # fmt: skip
        words = WordList.objects.create(
            name=f"词表{n}", kind="banned" if odd else "names", changed_by=person if odd else None
        )
        for at in range(n % 3 + 1):
            ListedWord.objects.create(word_list=words, word=f"词语{at}", severity="error")


def opened(user, model, query=""):
    """The list as its page would read it."""
    request = RequestFactory().get("/" + iri_to_uri(query))
    request.user = user
    return admin.site._registry[model].get_changelist_instance(request)


def keys(changelist):
    return [row.pk for row in changelist.result_list]


def walk(user, model, query, way):
    """The keys of each page from an address on, and the last page."""
    changelist = opened(user, model, query)
    pages = [keys(changelist)]
    while address := getattr(changelist, f"{way}_address"):
        assert len(pages) < 50
        changelist = opened(user, model, address)
        pages.append(keys(changelist))
    return pages, changelist


def walked(user, model, query=""):
    """The keys of a list in order, read to the end and back again."""
    pages, last = walk(user, model, query, "next")
    assert all(len(page) == 2 for page in pages[:-1])
    if last.previous_address:
        back, _ = walk(user, model, last.previous_address, "previous")
        assert back == pages[-2::-1]
    return [key for page in pages for key in page]


def in_full(user, model, query=""):
    """The same list as the database sorts it, without pages."""
    return [row.pk for row in opened(user, model, query).queryset]


def orders(user, model):
    """By nothing, by each column up and down, by two at once."""
    columns = range(len(opened(user, model).list_display))
    one = [f"?o={sign}{each}" for each in columns for sign in ("", "-")]
    return ["", *one, *(f"?o={each}.-{each - 1}" for each in columns[1:])]


@pytest.mark.parametrize("model", ROOMS, ids=lambda model: model.__name__)
def test_every_list_is_read_to_its_end_and_back_in_every_order(small, city, bureau, model):
    fill(city, bureau)
    auditor = make_user(Role.AUDITOR)
    for query in orders(auditor, model):
        wanted = in_full(auditor, model, query)
        assert len(wanted) == len(set(wanted)) > 4, (model, query)
        assert walked(auditor, model, query) == wanted, query


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Revision, "?state=all&report__year=2023"),
        (Revision, "?state=in_review&o=-1"),
        (Revision, "?state=all&q=虚构&o=6.1"),
        (Agency, "?kind=department"),
        (Agency, "?q=虚构"),  # by names of theirs too: each agency once
        (User, "?memberships__role__exact=author"),
        (User, "?q=虚构&o=-5"),
        (Membership, "?role__exact=author&o=3"),
        (RoleRequest, "?state__exact=withdrawn"),
        (WordList, "?is_on__exact=1&o=-3"),
    ],
)
def test_so_is_a_list_that_is_filtered_or_searched(small, city, bureau, model, query):
    fill(city, bureau)
    for agency in Agency.objects.all():
        agency.names.create(name=f"虚构{agency.pk}")
    auditor = make_user(Role.AUDITOR)
    wanted = in_full(auditor, model, query)
    assert len(wanted) == len(set(wanted)) > 2
    assert walked(auditor, model, query) == wanted


def test_no_list_of_the_admin_is_paged_by_number():
    for room in admin.site._registry.values():
        assert issubclass(room.get_changelist(None), KeyedChangeList), room
