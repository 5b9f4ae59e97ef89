"""One document: its reading cell by cell, the person's corrections, and storing it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from reports.actions import importing
from reports.actions.correcting import LONGEST_REASON
from reports.actions.correcting import said as worded
from reports.actions.drafting import keep_input
from reports.actions.refusals import FiguresRefused, Refused
from reports.actions.transcribing import may_be_replaced
from reports.checker.finding import Finding
from reports.editions.wording import date_text
from reports.exporters.presentation import anchor_of, present
from reports.forms.cells import shown
from reports.forms.reading import ReadingForm
from reports.forms.reading_tables import cells_beyond, tables_of
from reports.importers.reading import from_json
from reports.models import DraftInput, Revision, Upload
from reports.permissions import agencies_where, may_enter_admin, may_write
from reports.queries.uploads import findings_in, text_of
from reports.sheet import NARRATIVES, Sheet, name_of
from reports.workflow import AUTHORS

from .filling import version_in
from .importing import upload_of
from .revisions import user_of

HELD = "held_import"
BOX = re.compile(r"^[a-z0-9_.]{1,80}$")
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Listed:
    """A finding, and the box or table it leads to."""

    finding: Finding
    anchor: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_one(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.is_authenticated:
        if request.method == "POST":
            hold(request, pk)
        return redirect_to_login(request.path)
    upload = upload_of(request, pk)
    if not upload.is_read:
        context = {"upload": upload, "enters_admin": may_enter_admin(request.user)}
        return render(request, "desk/import_state.html", context)
    if request.method == "POST":
        return saving(request, upload, request.POST)
    if held := released(request, upload):
        return saving(request, upload, held)
    return page(request, upload, form_of(request, upload, upload.corrections))


def form_of(request: HttpRequest, upload: Upload, data: Texts) -> ReadingForm:
    """The reading with corrections; the one agency a person writes for is offered at once."""
    agencies = agencies_where(request.user, AUTHORS).order_by("path")
    agency = upload.agency
    if agency is None:
        offered = list(agencies[:2])
        agency = offered[0] if len(offered) == 1 else None
    assert upload.reading is not None  # whoever asks has seen that it was read
    reading = from_json(upload.reading)
    return ReadingForm(
        reading,
        {name: data[name] for name in data if BOX.match(name)},
        agency=agency,
        agencies=agencies,
    )


def page(
    request: HttpRequest,
    upload: Upload,
    form: ReadingForm,
    *,
    refusal: str = "",
    reason: str = "",
    broken: tuple[Finding, ...] = (),
    theirs: tuple[tuple[str, str, str, str], ...] = (),
    status: int = 200,
) -> HttpResponse:
    sheet = form.corrected.sheet
    agency, year = form.cleaned_data.get("agency"), form.cleaned_data.get("year")
    existing = text_of(agency, year)
    context = {
        "upload": upload,
        "form": form,
        "edition": sheet.edition,
        "parts": [(part, table) for part, table in parts_of(form)],
        "notes": form.reading.notes,
        "beyond": list(cells_beyond(form)),
        "additions": sheet.printed.additions,
        "findings": [
            Listed(each, anchor_in(sheet, each)) for each in findings_in(sheet, agency, year)
        ],
        "broken": [Listed(each, anchor_in(sheet, each)) for each in broken],
        "existing": existing,
        "fillable": existing is not None and existing.is_draft and not existing.as_printed,
        "replaceable": existing is not None and may_be_replaced(existing),
        "reason": reason,
        "longest_reason": LONGEST_REASON,
        "own_year": year == timezone.localdate().year - 1,
        "refusal": refusal,
        "theirs": theirs,
        "days": importing.LONGEST_HELD.days,
        "enters_admin": may_enter_admin(request.user),
    }
    return render(request, "desk/import_one.html", context, status=status)


def parts_of(form: ReadingForm) -> list[tuple[Any, Any]]:
    """The preface and six parts in order, each with its table or its text's field."""
    tables = {table.part.key: table for table in tables_of(form)}
    edition = form.reading.sheet.edition
    return [(part, tables[part.key] if part.is_table else form[part.key]) for part in edition.parts]


def anchor_in(sheet: Sheet, finding: Finding) -> str:
    """The box a finding leads to; a part's heading where it names no cell."""
    if finding.part is None:
        return "id_title"
    anchor = anchor_of(present(sheet), finding.part, finding.line, finding.column)
    if anchor.startswith("cell-"):
        return anchor
    key = next(part.key for part in sheet.edition.parts if part.number == finding.part)
    return f"id_{key}" if key in NARRATIVES else f"part-{key}"


def saving(request: HttpRequest, upload: Upload, data: Texts) -> HttpResponse:
    """Keep what was typed, whatever it is; then store, if that is what was pressed."""
    form = form_of(request, upload, data)
    if refused := kept(request, upload, form, version_in(data)):
        return refused
    upload = upload_of(request, upload.pk)
    if "store" in data:
        return storing(request, upload, form, data["store"], data.get("reason", ""))
    if form.errors:
        return page(request, upload, form, status=422)
    messages.success(request, "更正已保存，还没有存入报告。")
    return redirect("desk:import_one", upload.pk)


def kept(
    request: HttpRequest, upload: Upload, form: ReadingForm, base_version: int
) -> HttpResponse | None:
    """The page that says why what was typed could not be kept; it is still in its boxes."""
    try:
        importing.keep_corrections(
            upload,
            form.typed,
            form.corrected,
            agency=form.cleaned_data.get("agency"),
            year=form.cleaned_data.get("year"),
            base_version=base_version,
            by=user_of(request),
        )
    except importing.ChangedMeanwhile as changed:
        upload = upload_of(request, upload.pk)
        theirs = form_of(request, upload, upload.corrections)
        differing = tuple(
            (form.anchor(name), str(form.fields[name].label), form.text_at(name), said)
            for name in form.fields
            if form.text_at(name) != (said := theirs.text_at(name))
        )
        return page(request, upload, form, refusal=str(changed), theirs=differing, status=409)
    except Refused as refused:
        return page(request, upload, form, refusal=str(refused), status=409)
    return None


def storing(
    request: HttpRequest, upload: Upload, form: ReadingForm, how: str, reason: str
) -> HttpResponse:
    """``how`` is the button: a draft, a transcript, or a transcript made anew for a reason."""
    anew = how == "anew"
    agency, year = form.cleaned_data.get("agency"), form.cleaned_data.get("year")
    if agency is None and "agency" not in form.errors:
        form.add_error("agency", "存入之前请选择是哪个机关的报告。")
    if year is None and "year" not in form.errors:
        form.add_error("year", "存入之前请填写报告年度，例如 2024。")
    if form.errors or agency is None or year is None:
        return page(request, upload, form, status=422)
    try:
        if anew:
            worded(reason)
        importing.store_upload(
            upload, form.corrected, agency, year, as_draft=how == "draft", by=user_of(request),
            reason=reason if anew else "",
        )  # fmt: skip
    except FiguresRefused as refused:
        return page(request, upload, form, broken=tuple(refused.findings), status=422)
    except Refused as refused:
        return page(request, upload, form, refusal=str(refused), reason=reason, status=409)
    return redirect("desk:import_one", upload.pk)


@login_required
@require_POST
def import_into(request: HttpRequest, pk: int) -> HttpResponse:
    """Put parts of the reading into an open draft, as typed and not yet saved."""
    upload = upload_of(request, pk)
    existing = text_of(upload.agency, upload.year)
    if not upload.is_read or existing is None or not may_write(request.user, existing):
        raise Http404
    form = form_of(request, upload, upload.corrections)
    for part in form.reading.sheet.edition.parts:
        if part.key in request.POST.getlist("part"):
            fill(request, existing, part.key, form)
    return redirect("desk:hub", existing.pk)


def fill(request: HttpRequest, draft: Revision, key: str, form: ReadingForm) -> None:
    """One part, unless the person has something unsaved there; the outcome is told."""
    user = user_of(request)
    heading = form.reading.sheet.edition.part(key).heading
    if DraftInput.objects.filter(revision=draft, part=key, user=user).exists():
        messages.error(request, f"“{heading}”没有填入：您在那里有未保存的内容，请先保存或者放弃。")
        return
    if key not in NARRATIVES and draft.edition != form.reading.sheet.edition.key:
        messages.error(request, f"“{heading}”没有填入：文件的表格与这份草稿不是同一版本。")
        return
    version = draft.parts.get(key=key).version
    try:
        keep_input(draft, key, boxes_of(form.corrected.sheet, key), base_version=version, by=user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"“{heading}”已填入，尚未保存：请打开这一部分核对后保存。")


def boxes_of(sheet: Sheet, key: str) -> dict[str, str]:
    """A part's boxes with what the document says."""
    if key in NARRATIVES:
        boxes = {"text": sheet.text(key)}
        if key == "preface":
            contact = sheet.contact
            boxes |= {"address": contact.address, "postcode": contact.postcode}
            boxes |= {"telephone": contact.telephone, "email": contact.email}
            boxes["signed_on"] = date_text(sheet.signed_on) if sheet.signed_on else ""
        return boxes
    return {
        place.key: shown(number)
        for place, number in sheet.cells()
        if name_of(place).startswith(f"{key}.") and not place.computed
    }


def hold(request: HttpRequest, pk: int) -> None:
    """What was sent after the login had run out waits in the session for its writer."""
    typed = {name: str(text) for name, text in request.POST.items() if BOX.match(name)}
    if sum(map(len, typed.values())) <= importing.MOST_TYPED:
        typed.pop("store", None)
        request.session[HELD] = {"upload": pk, "typed": typed}


def released(request: HttpRequest, upload: Upload) -> Texts | None:
    held = request.session.get(HELD)
    if not held or held["upload"] != upload.pk:
        return None
    del request.session[HELD]
    typed: Texts = held["typed"]
    return typed if typed.get("writer") == str(request.user.pk) else None
