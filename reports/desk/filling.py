"""Between a revision's parts and their forms."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from reports.actions import drafting
from reports.editions import EDITIONS
from reports.editions.grammar import Place
from reports.editions.wording import date_text
from reports.forms import PART_FORMS
from reports.forms.cells import shown
from reports.models import Revision, RevisionPart, User
from reports.queries.sheets import sheet_of
from reports.queries.starting import starting_number, starting_text
from reports.queries.subordinates import Subordinates
from reports.sheet import NARRATIVES, TABLES, Sheet

Texts = Mapping[str, str]


def form_for(
    revision: Revision,
    key: str,
    *,
    data: Texts | None = None,
    initial: Mapping[str, Any] | None = None,
    last_year: Sheet | None = None,
    below: Subordinates | None = None,
) -> Any:
    """The part's form, unbound with ``initial`` or bound to ``data``."""
    return PART_FORMS[key](
        data,
        initial=initial,
        part=key,
        edition=EDITIONS[revision.edition],
        year=revision.report.year,
        last_year=last_year,
        subordinates=below.sheet if below else None,
    )


def stored_texts(
    revision: Revision,
    stored: RevisionPart,
    last_year: Sheet | None,
    below: Subordinates | None = None,
) -> Texts:
    """What stands in each box before anybody types: what is saved, or what a part begins with."""
    if stored.key in NARRATIVES:
        return narrative_texts(revision, stored)
    sheet = sheet_of(revision)
    begun = bool(getattr(sheet, stored.key))
    return {
        place.key: shown(
            sheet.figure(place)
            if begun
            else starting_number(place, last_year, below.sheet if below else None)
        )
        for place in typed_in_part(revision, stored.key)
    }


def sums_as_texts(revision: Revision, key: str, below: Subordinates) -> Texts:
    """The sums as they would stand in the part's boxes."""
    return {
        place.key: shown(below.sheet.figure(place) or 0) for place in typed_in_part(revision, key)
    }


def typed_in_part(revision: Revision, key: str) -> list[Place]:
    places = EDITIONS[revision.edition].places()
    return [each for each in places if TABLES[each.part] == key and not each.computed]


def narrative_texts(revision: Revision, stored: RevisionPart) -> Texts:
    text = stored.text if stored.version else starting_text(revision, stored.key)
    if stored.key != "preface":
        return {"text": text}
    contact = revision.contact()
    signed_on = revision.signed_on or timezone.localdate()
    return {
        "text": text,
        "address": contact.address,
        "postcode": contact.postcode,
        "telephone": contact.telephone,
        "email": contact.email,
        "signed_on": date_text(signed_on),
    }


def typed_in(form: Any, data: Texts) -> dict[str, str]:
    """The texts of the part's own boxes, as they came; only what no database keeps is taken out."""
    return {
        name: str(data.get(name, "")).replace("\r\n", "\n").replace("\0", "")
        for name in form.typed_names()
    }


def version_in(data: Texts) -> int:
    text = str(data.get("base_version", ""))
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def save(revision: Revision, key: str, form: Any, *, base_version: int, by: User) -> None:
    """Hand a valid form to the action that writes its part."""
    versioned: dict[str, Any] = {"base_version": base_version, "by": by}
    if key == "preface":
        drafting.save_preface(
            revision,
            form.cleaned_data["text"],
            contact=form.contact(),
            signed_on=form.cleaned_data["signed_on"],
            **versioned,
        )
    elif key in NARRATIVES:
        drafting.save_narrative(revision, key, form.cleaned_data["text"], **versioned)
    else:
        write: Any = {
            "disclosure": drafting.save_disclosure,
            "applications": drafting.save_applications,
            "remedies": drafting.save_remedies,
        }[key]
        write(revision, form.figures, **versioned)
