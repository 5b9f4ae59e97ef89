"""No personal data in logs and error pages, and no secret in the source."""

import logging
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from reports.operations.logs import Context, Lines
from reports.queries import listings
from reports.workflow import Role
from tests.factories import PASSWORD, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db
IDENTITY = "990102199003077777"  # of nobody: no such place
TELEPHONE = "19900001234"
NAME = "甄虚构"


@pytest.fixture
def log():
    """What the log would say of everything, debugging apart."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    handler.addFilter(Context())
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    yield stream.getvalue
    root.removeHandler(handler)
    root.setLevel(before)


def fail(*args, **kwargs):
    raise ValueError(f"within a fault: {len(args)}")


def test_neither_the_log_nor_an_error_page_tells_of_a_person(log, monkeypatch):
    agency = make_agency()
    author = make_user(Role.AUTHOR, agency=agency, name=NAME)
    revision = make_revision(2024, agency)
    client = Client(raise_request_exception=False)
    secret = {"username": author.username, "password": "a-wrong-secret"}
    assert client.post(reverse("login"), secret).status_code == 200
    entered = client.post(reverse("login"), secret | {"password": PASSWORD})
    assert entered.status_code == 302
    where = reverse("desk:part", args=[revision.pk, "problems"])
    boxes = client.get(where).context["form"].initial
    typed = f"联系{NAME}，身份证号{IDENTITY}，手机{TELEPHONE}。"
    client.post(where, {**boxes, "text": typed, "version": 0})
    client.get("/search/", {"q": f"{NAME}{IDENTITY}"})
    client.get("/no/such/page/", {"telephone": TELEPHONE})
    client.post("/check/", {"agency": NAME, "year": IDENTITY})
    monkeypatch.setattr(listings, "overview", fail)
    failed = client.get("/", {"q": IDENTITY}, headers={"User-Agent": TELEPHONE})
    assert failed.status_code == 500
    kept = log()
    assert "within a fault" in kept, "the fault itself is told, to whoever runs the site"
    for personal in (NAME, IDENTITY, TELEPHONE, "a-wrong-secret", PASSWORD, author.username):
        assert personal not in kept, personal
        assert personal not in failed.text, personal
    cookies = [each.value for each in client.cookies.values() if each.value]
    assert cookies
    assert not any(each in kept or each in failed.text for each in cookies)


ROOT = Path(site.BASE_DIR)
SOURCES = [*ROOT.glob("config/**/*.py"), *ROOT.glob("reports/**/*.py"), *ROOT.glob("deploy/*"),
           ROOT / "docker-compose.yml", ROOT / "Dockerfile"]  # fmt: skip
GIVEN = re.compile(
    r"""(?i)(?:password|secret|secret_key|token|api_key)["']?\s*[:=]\s*["']?(?P<said>[^\s"'$<{(\u0080-\U0010ffff]{8,})"""
)
PRIVATE = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|://[^/\s:@$]+:[^@\s$/{]{3,}@")
# Names of fields and functions, the demonstration's public password, examples of an address.
NAMES = re.compile(
    r"[a-z_.]+[\[(,.):]*$|[\w.]+\(|.*\.[a-z_]+[,)]?$|fictional|user:password|env\.", re.I
)


def test_no_secret_stands_in_the_source():
    found = {}
    for path in SOURCES:
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            said = [m["said"] for m in GIVEN.finditer(text) if not NAMES.match(m["said"])]
            said += [each for each in PRIVATE.findall(text) if "user:password@" not in each]
            found |= {str(path.relative_to(ROOT)): said} if said else {}
    assert found == {}


def test_the_environment_is_read_in_one_place():
    """Others pass an environment on to a process of theirs; none takes a secret from it."""
    secret = re.compile(r"environ.*(SECRET|PASSWORD|TOKEN|DATABASE_URL|EMAIL_URL)|getenv")
    found = [
        str(path.relative_to(ROOT))
        for folder in ("config", "reports")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "env.py" and secret.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
