"""Importing documents: handing them in, and the list of what became of each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.actions import importing
from reports.actions.importing import LONGEST_HELD, MOST_AT_ONCE
from reports.actions.refusals import Refused
from reports.importers.opening import LARGEST_FILE
from reports.jobs.importing import read_upload, remove_old
from reports.models import Upload
from reports.permissions import agencies_where, may_enter_admin, uploads_of
from reports.queries.keys import key_of
from reports.queries.orderings import page_of
from reports.queries.uploads import listed_uploads
from reports.workflow import AUTHORS

from .revisions import user_of

A_PAGE = 100
SUFFIXES = ".docx,.xlsx,.xls,.html,.htm,.txt,.pdf"


def upload_of(request: HttpRequest, pk: int) -> Upload:
    """The document among those which the person may see; 404 for all others."""
    related = ("agency", "by", "corrected_by", "revision__report__agency", "twin")
    return get_object_or_404(uploads_of(request.user).select_related(*related), pk=pk)


def only_authors(request: HttpRequest) -> None:
    if not agencies_where(request.user, AUTHORS).exists():
        raise PermissionDenied


@never_cache
@login_required
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """One line for each document; reloads itself while any waits to be read."""
    only_authors(request)
    uploads = listed_uploads(user_of(request))
    older, newer = (key_of(request.GET.get(each, "")) for each in ("after", "before"))
    page = page_of(uploads, uploads, A_PAGE, after=older, before=newer)
    pending = sum(upload.is_pending for upload in page.rows)
    context = {
        "page": page,
        "pending": pending,
        "done": len(page.rows) - pending,
        "readable": any(upload.is_read for upload in page.rows),
        "days": LONGEST_HELD.days,
        "enters_admin": may_enter_admin(request.user),
    }
    return render(request, "desk/imports.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """GET asks for documents; POST takes them in and has them read by the worker."""
    only_authors(request)
    if request.method != "POST":
        return asked(request)
    files = request.FILES.getlist("documents")
    if not files:
        return asked(request, "还没有选择文件：请选择要导入的年度报告。", 422)
    try:
        uploads = importing.receive(files, by=user_of(request))
    except Refused as refused:
        return asked(request, str(refused), 422)
    for upload in uploads:
        put_off(upload)
    remove_old.enqueue()
    return redirect("desk:imports")


def put_off(upload: Upload) -> None:
    """Have it read outside of this request; its action has committed, so the worker sees it."""
    if upload.state == Upload.State.WAITING:
        read_upload.enqueue(upload.pk)


def asked(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "error": error,
        "suffixes": SUFFIXES,
        "most": MOST_AT_ONCE,
        "megabytes": LARGEST_FILE // 1024 // 1024,
        "days": LONGEST_HELD.days,
        "enters_admin": may_enter_admin(request.user),
    }
    return render(request, "desk/import_new.html", context, status=status)


@login_required
@require_POST
def import_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read once more a document whose reading broke off."""
    upload = upload_of(request, pk)
    try:
        importing.read_again(upload, by=user_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        upload.refresh_from_db(fields=["state"])
        put_off(upload)
    return redirect("desk:imports")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """GET names what is given up; POST does it."""
    upload = upload_of(request, pk)
    if request.method != "POST":
        context = {"upload": upload, "enters_admin": may_enter_admin(request.user)}
        return render(request, "desk/import_discard.html", context)
    try:
        importing.discard_upload(upload, by=user_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已放弃“{upload.filename}”。")
    return redirect("desk:imports")
