"""The wizard: the preface and six parts at one address each, saved where they stand.

Nothing waits in the session. What is typed is a draft input from its first
seconds, so two people may fill two parts on two days, and reload either.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from reports.actions.drafting import discard_input, keep_input
from reports.actions.refusals import ChangedByAnother, FiguresRefused, Refused
from reports.editions import EDITIONS
from reports.editions.covering import STATEMENT
from reports.models import DraftInput, Revision, RevisionPart
from reports.permissions import may_write
from reports.queries.comments import Thread, threads_of
from reports.queries.continuity import forerunners_of
from reports.queries.findings import Noted, findings_of
from reports.queries.sheets import last_year_of, sheet_of
from reports.queries.subordinates import Subordinates, subordinates_of
from reports.workflow import OPEN, State

from .conflicts import Difference, conflict_page, differences, resolved
from .filling import (
    Texts,
    form_for,
    save,
    stored_texts,
    sums_as_texts,
    typed_in,
    version_in,
)
from .held import hold, release
from .revisions import frame, part_of, revision_of, user_of


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    if not request.user.is_authenticated:
        login = redirect_to_login(request.get_full_path())
        return hold(request, pk, part) if request.method == "POST" else login
    revision = revision_of(request, pk)
    key = part_of(revision, part).key
    if request.method == "POST":
        return saving(request, revision, key)
    release(request, revision, key)
    return opening(request, revision, key)


def opening(request: HttpRequest, revision: Revision, key: str) -> HttpResponse:
    """The part with what was typed and not saved, else with what is stored."""
    stored = revision.parts.select_related("saved_by").get(key=key)
    kept = DraftInput.objects.filter(revision=revision, part=key, user=user_of(request)).first()
    last_year, below = last_year_of(revision), below_in(revision, key)
    texts = stored_texts(revision, stored, last_year, below)
    if kept and kept.base_version < stored.version and revision.state == State.DRAFT:
        if list(differences(form_for(revision, key), kept.content, texts)):
            return conflict_page(request, revision, key, kept.content, status=200)
        discard_input(revision, key, by=user_of(request))
        kept = None
    version = kept.base_version if kept else stored.version
    initial = {**texts, **(kept.content if kept else {}), "base_version": version}
    form = form_for(revision, key, initial=initial, last_year=last_year, below=below)
    return page(request, revision, form, stored, kept=kept, below=below)


def warnings_of(revision: Revision) -> tuple[str, ...]:
    """What of last year's figures does not cover the same work."""
    return forerunners_of(revision.report.agency, revision.report.year).why


def below_in(revision: Revision, key: str) -> Subordinates | None:
    """What a government's table is to be the sum of; prose is no sum."""
    is_table = EDITIONS[revision.edition].part(key).is_table
    return subordinates_of(revision) if is_table else None


def with_sums(request: HttpRequest, revision: Revision, key: str) -> HttpResponse:
    """The part with the sums in its boxes, not saved; what was typed is kept as it was."""
    below = below_in(revision, key)
    if below is None or revision.state != State.DRAFT:
        return redirect("desk:part", revision.pk, key)
    stored = revision.parts.select_related("saved_by").get(key=key)
    last_year, sums = last_year_of(revision), sums_as_texts(revision, key, below)
    initial = {**sums, "base_version": version_in(request.POST)}
    form = form_for(revision, key, initial=initial, last_year=last_year, below=below)
    typed, refusal = typed_in(form, request.POST), ""
    if list(differences(form, typed, stored_texts(revision, stored, last_year, below))):
        refusal = keep_quietly(request, revision, key, request.POST)
    changed = list(differences(form, sums, typed))
    return page(request, revision, form, stored, below=below, filled=changed, refusal=refusal)


def page(
    request: HttpRequest,
    revision: Revision,
    form: Any,
    stored: RevisionPart,
    *,
    kept: DraftInput | None = None,
    refusal: str = "",
    status: int = 200,
    below: Subordinates | None = None,
    filled: list[Difference] | None = None,
) -> HttpResponse:
    edition = EDITIONS[revision.edition]
    at = [each.key for each in edition.parts].index(stored.key)
    current = edition.parts[at]
    findings = findings_of(revision)
    threads = threads_on(revision, stored.key, findings)
    form.comments = {
        each.cell: each.comment.anchor for each in reversed(threads) if not each.is_resolved
    }
    context = frame(
        request,
        revision,
        form=form,
        part=current,
        stored=stored,
        kept=kept,
        refusal=refusal,
        received=status != 200 or filled is not None,
        below=below,
        filled=filled,
        statement=STATEMENT,
        last_year=form.last_year,
        warned=warnings_of(revision) if current.is_table else (),
        previous_part=edition.parts[at - 1] if at else None,
        next_part=edition.parts[at + 1] if at + 1 < len(edition.parts) else None,
        findings=[each for each in findings if each.finding.part == current.number],
        threads=[each for each in threads if not each.is_resolved],
        resolved=[each for each in threads if each.is_resolved],
        may_answer=revision.state in OPEN and may_write(request.user, revision),
    )
    return render(request, "desk/part.html", context, status=status)


def threads_on(revision: Revision, key: str, findings: list[Noted]) -> list[Thread]:
    """The comments on the part, with what is different since."""
    standing = {each.finding.fingerprint for each in findings}
    threads = threads_of(revision, sheet_of(revision), standing)
    return [each for each in threads if each.part and each.part.key == key]


def saving(request: HttpRequest, revision: Revision, key: str) -> HttpResponse:
    """Save, or show the same page again with every character still in it."""
    if "sums" in request.POST:
        return with_sums(request, revision, key)
    data = resolved(request.POST, revision, key)
    if data is None:
        discard_input(revision, key, by=user_of(request))
        messages.info(request, "已采用对方保存的内容，您键入的没有保存。")
        return redirect("desk:part", revision.pk, key)
    below = below_in(revision, key)
    form = form_for(revision, key, data=data, last_year=last_year_of(revision), below=below)
    stored = revision.parts.select_related("saved_by").get(key=key)
    base = version_in(data)
    if form.is_valid():
        try:
            save(revision, key, form, base_version=base, by=user_of(request))
        except ChangedByAnother:
            keep_quietly(request, revision, key, data)
            return conflict_page(request, revision, key, typed_in(form, data))
        except FiguresRefused as broken:
            for finding in broken.findings:
                form.add_error(None, finding.message)
        except Refused as reason:
            keep_quietly(request, revision, key, data)
            return page(
                request, revision, form, stored, refusal=str(reason), status=409, below=below
            )
        else:
            return onward(request, revision, key)
    told = keep_quietly(request, revision, key, data)
    return page(request, revision, form, stored, refusal=told, status=422, below=below)


def keep_quietly(request: HttpRequest, revision: Revision, key: str, data: Texts) -> str:
    """What is not saved is kept as typed; the sentence why not, where even that fails."""
    typed = typed_in(form_for(revision, key), data)
    try:
        keep_input(revision, key, typed, base_version=version_in(data), by=user_of(request))
    except Refused as refused:
        return str(refused)
    return ""


def onward(request: HttpRequest, revision: Revision, key: str) -> HttpResponse:
    """After a save: the same part, or with the other button the next one."""
    edition = EDITIONS[revision.edition]
    messages.success(request, f"“{edition.part(key).heading}”已保存。")
    if "next" not in request.POST:
        return redirect("desk:part", revision.pk, key)
    keys = [each.key for each in edition.parts]
    following = keys[keys.index(key) + 1 :]
    if following:
        return redirect("desk:part", revision.pk, following[0])
    return redirect("desk:check", revision.pk)
