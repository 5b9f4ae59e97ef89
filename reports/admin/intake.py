"""Lists of agencies or people from a file: upload, what each row would do, then doing it."""

import csv
from io import StringIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header

from reports.actions.intaking import COLUMNS, FatesChanged, check_list, drop, fates_of, take_in
from reports.actions.refusals import Refused
from reports.editions.bodies import KIND_LABELS
from reports.importers import UnreadableDocument
from reports.importers.lists import LARGEST, MOST_ROWS
from reports.models import Intake
from reports.queries.intake import Outcome, counts_of, seal_of, worst_first
from reports.workflow import ROLE_LABELS

from .site import asker

A_PAGE = 500  # rows
STORED = (Outcome.NEW, Outcome.CHANGED)
EXAMPLES = {
    Intake.Kind.AGENCIES: [
        ["示例市人民政府", "example-city", "人民政府", "", "", "", "", "", "", ""],
        ["示例市示例局", "example-bureau", "政府部门", "", "example-city", "办公室",
         "示例路1号", "000000", "0000-0000000", "office@example.invalid"],
    ],
    Intake.Kind.PEOPLE: [
        ["zhen", "甄示例", "zhen@example.invalid", "example-bureau", "填报员"],
        ["shen", "申示例", "", "example-city", "审核员"],
    ],
}  # fmt: skip
HOW = {
    Intake.Kind.AGENCIES: (
        "每行一个机关，“网址标识”是它的身份：已有的机关按标识更新，没有的新增。",
        f"“性质”写{'、'.join(KIND_LABELS.values())}之一；“上级标识”写上级机关的网址标识，可以是同一文件里的机关。",
        "空着的格不改已有的内容。更名请在机关页面办理，以便保留曾用名。",
    ),
    Intake.Kind.PEOPLE: (
        "每行一个人的一个角色，“用户名”是身份；一个人有几个角色就写几行。",
        f"“角色”写{'、'.join(ROLE_LABELS.values())}之一，可以留空；前三种要写“机关标识”。",
        "账号导入后还没有密码，要另外发放初始密码；角色只是提出，由另一名安全管理员确认后生效。",
    ),
}


class FileForm(forms.Form):
    file = forms.FileField(
        label="文件",
        help_text=f"CSV（UTF-8 或 GB18030 编码）或者 Excel 文件，不超过 {LARGEST // 1024 // 1024} MB、{MOST_ROWS} 行。",
        error_messages={"required": "请选择文件。", "empty": "这个文件是空的，请重新选择。"},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls"}),
    )


def pages(room: Any, kind: Intake.Kind) -> list[URLPattern]:
    """The addresses of importing into a room of the admin."""

    def at(route: str, view: Any, name: str) -> URLPattern:
        def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not room.has_change_permission(request):
                raise PermissionDenied
            answer: HttpResponse = view(request, room, kind, **kwargs)
            return answer

        full = f"reports_{room.opts.model_name}_{name}"
        return path(route, room.admin_site.admin_view(checked), name=full)

    return [
        at("import/", upload_view, "import"),
        at("import/template.csv", template_view, "template"),
        at("import/<int:intake>/", intake_view, "intake"),
    ]


def where(room: Any, name: str) -> str:
    return f"admin:reports_{room.opts.model_name}_{name}"


def framed(request: HttpRequest, room: Any, kind: Intake.Kind) -> dict[str, Any]:
    return {
        **room.admin_site.each_context(request),
        "opts": room.opts,
        "title": f"批量导入{kind.label}",
        "kind": kind,
        "listed_at": where(room, "changelist"),
        "import_at": where(room, "import"),
        "template_at": where(room, "template"),
    }


def upload_view(request: HttpRequest, room: Any, kind: Intake.Kind) -> HttpResponse:
    """Ask for the file; the rows read are kept for the page of the dry run."""
    posted = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            intake = check_list(kind, file.name, file.read(LARGEST + 1), by=asker(request))
        except UnreadableDocument as problem:
            form.add_error("file", str(problem))
        else:
            return redirect(where(room, "intake"), intake.pk)
    context = framed(request, room, kind) | {
        "form": form,
        "columns": list(COLUMNS[kind]),
        "how": HOW[kind],
        "recent": Intake.objects.filter(kind=kind).select_related("by")[:10],
        "intake_at": where(room, "intake"),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/reports/intake/upload.html", context, status=status)


def template_view(request: HttpRequest, room: Any, kind: Intake.Kind) -> HttpResponse:
    """The columns with two invented rows, as Excel and WPS open it."""
    file = StringIO()
    csv.writer(file).writerows([list(COLUMNS[kind]), *EXAMPLES[kind]])
    response = HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8")
    named = content_disposition_header(True, f"{kind.label}导入模板.csv")
    response.headers["Content-Disposition"] = named or "attachment"
    return response


def intake_view(request: HttpRequest, room: Any, kind: Intake.Kind, intake: int) -> HttpResponse:
    """The dry run with what may be done about it; once it is done, the receipt."""
    found = get_object_or_404(Intake.objects.select_related("by"), pk=intake, kind=kind)
    if request.method != "POST":
        return draw(request, room, kind, found)
    try:
        if "drop" in request.POST:
            drop(found, by=asker(request))
            messages.success(request, f"已放弃导入“{found.filename}”，什么都没有改动。")
            return redirect(where(room, "import"))
        take_in(found, seen=request.POST.get("seal", ""), by=asker(request))
    except (FatesChanged, Refused) as refused:
        found.refresh_from_db()
        return draw(request, room, kind, found, str(refused))
    return redirect(where(room, "intake"), found.pk)


def draw(
    request: HttpRequest, room: Any, kind: Intake.Kind, intake: Intake, refused: str = ""
) -> HttpResponse:
    context = framed(request, room, kind) | {"intake": intake, "refused": refused}
    if intake.state == Intake.State.CHECKED:
        fates = fates_of(intake, by=asker(request))
        counts = counts_of(fates)
        rows = [
            (each.row.line, each.named, str(each.outcome), each.said) for each in worst_first(fates)
        ]
        seal = seal_of(fates)
        context |= {"seal": seal, "stale": seal != intake.checked and not refused}
        context["storing"] = sum(counts[str(each)] for each in STORED)
    else:
        counts, rows = intake.outcome.get("counts", {}), intake.outcome.get("rows", [])
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context |= {"counts": counts, "page": page}
    context["refused_rows"] = counts.get(str(Outcome.REFUSED), 0)
    return TemplateResponse(
        request, "admin/reports/intake/intake.html", context, status=409 if refused else 200
    )
