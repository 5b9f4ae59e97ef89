"""The preface and parts one, five and six on screen."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row
from django import forms

from reports.editions.grammar import Edition
from reports.editions.numbering import LEVELS, LONGEST_HEADING
from reports.sheet import Contact, Sheet

ROWS = {"preface": 8, "overview": 28, "problems": 16, "other_matters": 8}


class NarrativeForm(forms.Form):
    """A part's text, one paragraph a line, numbered as official documents are."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label="正文",
        required=False,
        strip=False,
        widget=forms.Textarea,
        help_text="一段一行；层次用“（一）”“1.”“（1）”。从 Word 粘贴时只保留文字。",
    )

    def __init__(
        self,
        *args: Any,
        part: str,
        edition: Edition,
        year: int,
        last_year: Sheet | None = None,
        subordinates: Sheet | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.last_year = last_year
        self.fields["text"].widget.attrs |= {"rows": ROWS[part], "data-prose": part}
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has the form's one token, which scripts renew
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        return Layout("base_version", Field("text", css_class="prose-input"))

    def typed_names(self) -> list[str]:
        return [name for name in self.fields if name != "base_version"]

    def summary(self) -> list[tuple[str, str]]:
        """Every error with the field to jump to, "" where it has none."""
        return [
            (f"id_{name}" if name in self.fields else "", str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]

    def numbering(self) -> dict[str, Any]:
        """What the outline in the browser knows of an official document's levels."""
        return {"levels": [level.pattern for level in LEVELS], "longest": LONGEST_HEADING}

    def clean_text(self) -> str:
        """Line ends as one sign, and no trailing blanks; otherwise as typed."""
        lines = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n")


class PrefaceForm(NarrativeForm):
    """The preface with whom to ask, and the date of signature."""

    address = forms.CharField(label="地址", required=False, max_length=200)
    postcode = forms.RegexField(
        r"^\d{6}$",
        label="邮编",
        required=False,
        error_messages={"invalid": "“邮编”应当是六位数字，请核对。"},
    )
    telephone = forms.CharField(label="电话", required=False, max_length=60)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=120,
        error_messages={"invalid": "“电子邮箱”的写法不对，应当像 name@example.cn 这样，请核对。"},
    )
    signed_on = forms.DateField(
        label="成文日期",
        required=False,
        input_formats=["%Y年%m月%d日", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"],
        help_text="报告的落款日期，在统计期限结束之后，写成“2026年1月20日”。",
        error_messages={"invalid": "“成文日期”应当像“2026年1月20日”这样填写，请核对。"},
    )

    def layout(self) -> Layout:
        return Layout(
            "base_version",
            Field("text", css_class="prose-input"),
            Row(Column("address"), Column("postcode")),
            Row(Column("telephone"), Column("email")),
            Row(Column("signed_on"), Column()),
        )

    def contact(self) -> Contact:
        return Contact(
            *(self.cleaned_data[key] for key in ("address", "postcode", "telephone", "email"))
        )
