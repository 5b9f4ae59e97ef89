"""Words from a file or pasted, into a list: first what each row would do, then doing it.

Nothing is stored in between: the rows read stand in the page that asks, and
what they do is worked out again when they come back.
"""

from collections import Counter
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from reports.actions.listing import import_words
from reports.importers import UnreadableDocument
from reports.importers.word_lists import (
    COLUMNS,
    LARGEST_LIST,
    RawList,
    as_text,
    read_words,
    words_in_text,
)
from reports.models import WordList
from reports.queries.words import Fate, Outcome, fates

from .site import asker

if TYPE_CHECKING:
    from .words import WordListAdmin

SHOWN = 2_000  # rows of a page; the rest are counted
STORED = (Outcome.ADDED, Outcome.CHANGED)


class ImportForm(forms.Form):
    """A file or a text, one of the two."""

    file = forms.FileField(
        label="文件",
        required=False,
        help_text=".xlsx、.xls、.csv 或者 .txt，不超过 "
        f"{LARGEST_LIST // 1024 // 1024} MB。文本文件每行一个词。",
        error_messages={"empty": "这个文件是空的，请重新选择。"},
        widget=forms.FileInput(attrs={"accept": ".txt,.csv,.xlsx,.xls"}),
    )
    text = forms.CharField(
        label="或者粘贴在这里",
        required=False,
        strip=False,
        help_text="每行一个词，或者从电子表格里复制几列。",
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        file, text = given.get("file"), given.get("text", "")
        if self.errors:
            return given
        if file and text.strip():
            raise ValidationError("文件和粘贴只能用一种：请去掉其中一个。")
        if not file and not text.strip():
            raise ValidationError("还没有词语：请选择文件，或者把词语粘贴进来。")
        try:
            given["read"] = read_words(file.read(LARGEST_LIST + 1)) if file else words_in_text(text)
        except UnreadableDocument as problem:
            self.add_error("file" if file else "text", str(problem))
        return given


def import_view(request: HttpRequest, room: "WordListAdmin", pk: int) -> HttpResponse:
    """Ask for words, show what each would do, or store them."""
    if not room.has_change_permission(request):
        raise PermissionDenied
    word_list = get_object_or_404(WordList, pk=pk)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if not form.is_valid():
        return draw(request, room, word_list, form)
    read: RawList = form.cleaned_data["read"]
    if "confirmed" not in request.POST:
        return draw(request, room, word_list, form, read)
    done = import_words(word_list, read.rows, by=asker(request))
    messages.success(request, f"已导入“{word_list}”：{counted(done)}。")
    return redirect("admin:reports_wordlist_change", pk)


def counted(done: list[Fate]) -> str:
    counts = Counter(each.outcome for each in done)
    return "，".join(f"{outcome} {counts[outcome]} 行" for outcome in Outcome if counts[outcome])


def draw(
    request: HttpRequest,
    room: "WordListAdmin",
    word_list: WordList,
    form: ImportForm,
    read: RawList | None = None,
) -> HttpResponse:
    planned = fates(word_list, read.rows) if read else []
    planned.sort(key=lambda each: (each.outcome is not Outcome.REFUSED, each.row.line))
    context = room.admin_site.each_context(request) | {
        "title": "导入词语",
        "opts": room.model._meta,
        "word_list": word_list,
        "form": form,
        "columns": list(COLUMNS),
        "planned": planned[:SHOWN],
        "unshown": max(0, len(planned) - SHOWN),
        "counted": counted(planned),
        "storing": sum(each.outcome in STORED for each in planned),
        "notes": read.notes if read else (),
        "rows": as_text(read.rows) if read else "",
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/reports/wordlist/import.html", context, status=status)
