"""校核: anyone drops a document and sees its findings. Nothing is stored.

What is sent lies in memory, a larger file in a temporary file which is removed
when it has been read. The result is drawn into the answer of the same request:
it has no address, no cache keeps it, no log mentions it. Who wants it as a file
asks for that with the document. No database is asked but for the site's own name
and those of its word lists that are for everybody; there is no session, and the
one cookie is the
form's own against forgery.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reports.exporters.document import Document
from reports.exporters.finding_list import LIST_FORMATS
from reports.importers.opening import accepted

from . import limits
from .asked_once import site_of
from .check_form import MEGABYTES, PAGE, TOO_LARGE, CheckForm
from .findings import list_of, result_of

ENOUGH = (
    f"这个网络地址 {limits.SECONDS // 60} 分钟里已经校核了 {limits.DOCUMENTS} 份文件，"
    f"请过 {limits.SECONDS // 60} 分钟再来。"
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return asked(request, CheckForm())
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return asked(request, form, 422)
    if not limits.allows(request, len(request.FILES)):
        form.add_error(None, ENOUGH)
        response = asked(request, form, 429)
        response.headers["Retry-After"] = str(limits.SECONDS)
        return response
    readings = form.read_files()
    if form.errors:
        return asked(request, form, 422)
    result = result_of(
        readings["document"],
        readings.get("last_year"),
        agency=form.cleaned_data["agency"],
        year=form.cleaned_data["year"],
        at=timezone.localtime(),
    )
    file, answer = form.cleaned_data["document"].name, form.cleaned_data["answer"]
    if answer != PAGE:
        return handed(LIST_FORMATS[answer](list_of(result, file=file, by=site_of(request).name)))
    context = {"place": "check", "result": result, "file": file}
    return render(request, "public/check_result.html", context)


def handed(document: Document) -> HttpResponse:
    """The result as a file: drawn for this answer, kept nowhere."""
    response = HttpResponse(document.content, content_type=document.content_type)
    named = content_disposition_header(True, document.filename)
    response.headers["Content-Disposition"] = named or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def readable() -> str:
    """The kinds of file by their endings, without the dot: a line must not begin with 「、」."""
    return "、".join(ending.removeprefix(".") for ending in accepted())


def asked(request: HttpRequest, form: CheckForm, status: int = 200) -> HttpResponse:
    context = {
        "place": "check",
        "form": form,
        "readable": f"可以读取 {readable()} 文件，不超过 {MEGABYTES} MB。",
        "megabytes": MEGABYTES,
        "too_large": TOO_LARGE,
    }
    return render(request, "public/check.html", context, status=status)
