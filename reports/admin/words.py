"""The site's own word lists, kept by the system administrator."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.actions.listing import remove_word, save_list, save_word
from reports.models import ListedWord, WordList
from reports.queries.words import PART_TITLES, part_titles
from reports.workflow import Role

from . import word_import
from .access import RoleAdmin
from .site import asker

KEEPERS = frozenset({Role.SYSTEM_ADMINISTRATOR})
READERS = frozenset({Role.AUDITOR})
NOBODY = "命令行"


@admin.register(WordList)
class WordListAdmin(RoleAdmin):
    notes_itself = True
    seen_by = READERS
    kept_by = KEEPERS
    list_display = ["name", "kind", "length", "is_on", "in_public", "changed_at", "person"]
    list_filter = ["kind", "is_on"]
    list_select_related = ["changed_by"]
    search_fields = ["name"]
    search_help_text = "词表名称"
    fields = ["name", "kind", "is_on", "in_public"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[WordList]:
        return super().get_queryset(request).annotate(counted=Count("words"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        return [
            path("<int:pk>/import/", view, name="reports_wordlist_import"),
            *super().get_urls(),
        ]

    def import_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return word_import.import_view(request, self, pk)

    def get_readonly_fields(self, request: HttpRequest, obj: WordList | None = None) -> list[str]:
        """A list keeps its kind: what was found by it would become another finding."""
        return ["kind"] if obj is not None else []

    @admin.display(description="词语数", ordering="counted")
    def length(self, word_list: WordList) -> SafeString:
        where = reverse("admin:reports_listedword_changelist")
        return format_html(
            '<a href="{}?word_list__id__exact={}">{}</a>',
            where, word_list.pk, word_list.counted,  # type: ignore[attr-defined]
        )  # fmt: skip

    @admin.display(description="改动人", ordering="changed_by")
    def person(self, word_list: WordList) -> str:
        return str(word_list.changed_by or NOBODY)

    def save_model(self, request: HttpRequest, obj: WordList, form: Any, change: bool) -> None:
        save_list(obj, by=asker(request))


class WordForm(forms.ModelForm):
    """The parts are ticked; none means all."""

    parts = forms.MultipleChoiceField(
        label="适用的部分",
        choices=list(PART_TITLES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="都不勾选就是全部。",
    )

    class Meta:
        model = ListedWord
        fields = ["word_list", "word", "severity", "advice", "replacement", "parts", "is_on"]
        help_texts = {
            "word": "照字面查找，不分全角半角和大小写。",
            "severity": "“应当改正”的不改不能送审，“需要说明”的写明原因可以通过，“提示”只作提醒。",
            "advice": "一句话，告诉填报员怎么办。不填就写“请核对后改写”。",
            "replacement": "有固定写法的填在这里，例如改名后的机关全称。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["parts"] = str(self.initial.get("parts") or "").split()

    def clean_parts(self) -> str:
        return " ".join(self.cleaned_data["parts"])


@admin.register(ListedWord)
class ListedWordAdmin(RoleAdmin):
    notes_itself = True
    form = WordForm
    seen_by = READERS
    kept_by = KEEPERS
    list_display = [
        "word", "word_list", "severity", "replacement", "where", "is_on", "changed_at", "person",
    ]  # fmt: skip
    list_filter = ["word_list", "severity", "is_on"]
    list_select_related = ["word_list", "changed_by"]
    search_fields = ["word", "replacement", "advice"]
    search_help_text = "词语、应当写作或处理意见"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    @admin.display(description="适用的部分")
    def where(self, word: ListedWord) -> str:
        return part_titles(word.parts)

    @admin.display(description="改动人", ordering="changed_by")
    def person(self, word: ListedWord) -> str:
        return str(word.changed_by or NOBODY)

    def save_model(self, request: HttpRequest, obj: ListedWord, form: Any, change: bool) -> None:
        save_word(obj, by=asker(request))

    def delete_model(self, request: HttpRequest, obj: ListedWord) -> None:
        remove_word(obj, by=asker(request))
