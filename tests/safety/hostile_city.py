"""A small site every word of which is hostile: for the tests that read it, and for a browser."""

from datetime import date

from django.apps import apps
from django.db import models

from reports.models import ActBody, Agency, AgencyAct, FactorReset
from tests import factories
from tests.access import city
from tests.access.city import made_city

from .hostile import LINK, PROBE, SHORT, TEXT, fitting

# Written over in the rows that are there: these tables keep no guard.
STORED = {
    "Notice": ["words", "detail", "trouble"],
    "RoleRequest": ["reason", "answer"], "FactorReset": ["reason"],
    "SiteSettings": ["name", "icp_record", "police_record", "host_organization", "contact",
                     "identification_code", "data_terms", "license_name", "license_address"],
    "Upload": ["filename", "error", "agency_name", "reading", "corrections"],
    "Intake": ["filename"],
    "WordList": ["name"], "ListedWord": ["word", "advice", "replacement"],
    "BatchItem": ["sentence"], "Explanation": ["message", "reason"],
    "DraftInput": ["content"],
}  # fmt: skip


def hostile_agency(make):
    def made(name="", **fields):
        number = next(factories.serial)
        said = {
            "office": SHORT,
            "address": TEXT[:100],
            "postcode": '=1<b>"',
            "telephone": TEXT[:40],
        }
        return make(f"=虚构{number}局<{PROBE}>\"'", **{**said, **fields})

    return made


def hostile_city(put):
    """The site of tests/access, every word of which was typed by somebody who means harm.

    Returns its people and what its addresses need. ``put`` sets an attribute of a module.
    """
    at = city
    put(at, "make_agency", hostile_agency(at.make_agency))
    names = {"make_division": {"name": f"=1<{PROBE}>"}, "make_user": {"name": TEXT[:60]}}
    for name, said in names.items():
        put(at, name, with_words(getattr(at, name), said))
    for name in ("comment", "correct", "exempt"):
        put(at, name, worse(getattr(at, name), name))
    put(at, "call_reports", with_words(at.call_reports, {"instructions": TEXT}))
    for name in ("OVERVIEW", "PROBLEMS", "OTHER"):
        put(factories, name, getattr(factories, name) + "\n" + TEXT)
    users, made = made_city()
    FactorReset.objects.create(user=users["nobody"], reason="虚构", proposed_by=users["system"])
    overwrite()
    agency = Agency.objects.get(pk=made["agency_pk"])
    act = AgencyAct.objects.create(
        kind="rename", agency=agency, agency_name=fitting(120), on=date(2024, 1, 1),
        reason=fitting(200), basis=fitting(120), said=[[TEXT, [TEXT]]], by=users["system"],
    )  # fmt: skip
    ActBody.objects.create(act=act, agency=agency)
    return users, made | {"act": act.pk}


def with_words(action, said):
    return lambda *args, **given: action(*args, **{**given, **said})


def worse(action, name):
    at = 2 if name == "exempt" else 1  # where the words stand

    def acted(*args, **given):
        words = TEXT if name != "exempt" else fitting(200)
        return action(*args[:at], words, *args[at + 1 :], **given)

    return acted


def overwrite():
    for name, fields in STORED.items():
        model = apps.get_model("reports", name)
        for row in model.objects.all():
            for field in fields:
                kind = model._meta.get_field(field)
                if isinstance(kind, models.JSONField):
                    value = with_hostile(getattr(row, field))
                else:
                    value = LINK if field == "license_address" else fitting(kind.max_length)
                setattr(row, field, value)
            model.objects.filter(pk=row.pk).update(**{f: getattr(row, f) for f in fields})


def with_hostile(value):
    """JSON as it was, its sentences hostile."""
    if isinstance(value, dict):
        return {key: with_hostile(each) for key, each in value.items()}
    if isinstance(value, list):
        return [with_hostile(each) for each in value]
    return value + TEXT if isinstance(value, str) and len(value) > 20 else value
