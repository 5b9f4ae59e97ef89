"""Hostile text in every text field a person can write, read back from every address and document.

A text field of a model is WRITTEN by a person, or MADE by the code for the reason said there:
a new one without a row fails.
"""

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from tests.access.test_access import TABLE

from .hostile import wrong
from .hostile_city import STORED, hostile_city

pytestmark = pytest.mark.django_db

# By the actions while the site is made: what is published cannot be changed afterwards.
ACTED = {
    "Agency": ["name", "office", "address", "postcode", "telephone"],
    "AgencyName": ["name"], "Division": ["name"],
    "Revision": ["agency_name", "title", "signed_by", "address", "postcode", "telephone", "reason"],
    "RevisionPart": ["text"], "Event": ["note"], "Comment": ["text", "quote", "finding"],
    "AgencyAct": ["agency_name", "reason", "basis", "said"], "Exemption": ["reason"], "Campaign": ["instructions"], "CampaignEvent": ["note"],
    "User": ["display_name"], "Snapshot": ["sheet", "findings"], "Submission": ["sheet"],
    "StoredDocument": ["filename"], "AuditEntry": ["display_name", "subject", "agent"],
    "SearchEntry": ["head", "text"], "SearchedName": ["name"],
}  # fmt: skip
MADE = {
    "keys, digests and places of the code's own": {
        "Agency": ["path"], "AuditEntry": ["origin", "request_key", "verb", "subject_kind",
        "subject_key", "agency_path", "roles", "detail", "address"], "AuditLink": ["previous",
        "hash", "algorithm"], "AuditHead": ["hash", "algorithm"],
        "AuditAnchor": ["hash", "algorithm"], "Backup": ["name", "checksum", "failure"],
        "Event": ["verb", "part"], "Comment": ["place", "fingerprint"], "Batch": ["verb"],
        "ScheduledPublication": ["sentence"], "Explanation": ["fingerprint", "code"],
        "Intake": ["sha256", "notes", "rows", "checked", "outcome"], "Notice": ["key"],
        "NoticeSettings": ["unmailed"], "DataYear": ["files"], "User": ["password"],
        "RegionTally": ["sums", "blanks"], "Tally": ["sums", "blanks"],
        "SearchEntry": ["kind", "regions", "terms"], "ReportCount": ["dimension", "key"],
        "SearchedName": ["folded"], "StoredDocument": ["format", "path", "checksum", "algorithm"],
        "Upload": ["sha256"], "Verbatim": ["printed", "filename", "sha256", "notes"],
        "ListedWord": ["parts"], "FormerPassword": ["password"], "SecondFactor": ["secret"],
        "RecoveryCode": ["digest"], "Heartbeat": ["worker_id"],
    },
    "of a form that lets nothing else in (digits, a slug, an address, a host)": {
        "Division": ["code"], "Agency": ["slug", "email"], "User": ["username", "email"],
        "AuditEntry": ["username"], "SiteSettings": ["domain"], "Revision": ["email"],
    },
}  # fmt: skip


def text_fields() -> set[str]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    return {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("reports").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not field.choices
    }


def rows(table: dict[str, list[str]]) -> set[str]:
    return {f"{model}.{field}" for model, fields in table.items() for field in fields}


def test_every_text_field_has_a_row():
    known = rows(ACTED) | rows(STORED) | set().union(*map(rows, MADE.values()))
    assert text_fields() - known == set(), "a text field without a row"
    assert known - text_fields() == set(), "a row without a field"


@pytest.fixture
def site(monkeypatch):
    """The site of tests/access, every word of which was typed by somebody who means harm."""
    return hostile_city(monkeypatch.setattr)


@pytest.mark.every_format
def test_nothing_typed_runs_or_breaks_a_page_or_a_document(site):
    users, made = site
    found, seen, kinds, files = [], set(), set(), set()
    for role in ("anonymous", "author", "supervisor", "system", "security", "auditor"):
        client = Client()
        if users[role]:
            client.force_login(users[role])
        for row in TABLE:
            if row.method != "get":
                continue
            url = reverse(row.name, args=[made[name] for name in row.arguments]) + row.query
            for formats in documents(row, url):
                if formats in files:
                    continue
                response = client.get(formats)
                content = b"".join(response) if response.streaming else response.content
                if response.status_code != 200 or (formats, content) in seen:
                    continue
                seen.add((formats, content))
                kind = response.headers["Content-Type"].partition(";")[0]
                kinds.add(kind)
                if kind != "text/html":  # a file costs a second: the first who may have it asks
                    files.add(formats)
                found += [f"{role} {formats}: {each}" for each in wrong(kind, content)]
    assert found == []
    said = [address for address, content in seen if b"xss-probe" in content]
    assert len(said) > 60, "the text has to be met to be tried"
    assert kinds >= {
        "text/html", "text/csv", "application/json", "application/atom+xml", "application/pdf",
        "application/zip",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }  # fmt: skip


def documents(row, url):
    """The address, and its like in every other format."""
    yield url
    if row.name in ("public:download", "public:version_download"):
        yield from (url.removesuffix("pdf") + each for each in ("docx", "xlsx", "csv", "json"))
    if row.name.endswith("findings"):
        yield from (url.removesuffix("json") + each for each in ("html", "xlsx", "docx"))
    if row.name == "admin:reports_tally_file":
        yield url.removesuffix("xlsx") + "docx"
