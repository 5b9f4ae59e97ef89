"""What is asked of a person for each act on an agency; bodies are named, one a line."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from reports.models import Agency
from reports.queries.reshaping import Kind, NewBody, Proposal
from reports.queries.reshaping_limits import LONGEST_NAME, LONGEST_REASON, LONGEST_SLUG

from .calling import day

MOST_BODIES = 50
HOW_NAMED = "写机关全称或者网址标识"


def found_as(words: str) -> Agency:
    """The agency of that full name or slug; ValidationError where there is none, or several."""
    exact = list(Agency.objects.filter(slug=words)) or list(
        Agency.objects.filter(name=words).order_by("path")
    )
    standing = [each for each in exact if each.closed_on is None] or exact
    if not standing:
        raise ValidationError(f"没有叫“{words}”的机关。请{HOW_NAMED}，要与机关列表里的一致。")
    if len(standing) > 1:
        slugs = "、".join(each.slug for each in standing)
        raise ValidationError(f"叫“{words}”的机关有 {len(standing)} 个，请改写网址标识：{slugs}。")
    return standing[0]


class OneAgency(forms.CharField):
    """A body by its name or slug; None where nothing was written."""

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        return found_as(words) if words else None


class ManyAgencies(forms.CharField):
    """Bodies by their names or slugs, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_BODIES:
            raise ValidationError(f"一次最多 {MOST_BODIES} 个机关，现在有 {len(lines)} 个。")
        found: dict[int, Agency] = {}
        faults: list[str] = []
        for line in lines:
            try:
                agency = found_as(line)
                found[agency.pk] = agency
            except ValidationError as problem:
                faults += problem.messages
        if faults:
            raise ValidationError(faults)
        return tuple(found.values())


class NewBodies(forms.CharField):
    """New bodies, one a line: the name, a space, the slug."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        return tuple(self.bodies(lines))

    def bodies(self, lines: list[str]) -> Iterator[NewBody]:
        for line in lines:
            name, space, slug = line.replace("　", " ").rpartition(" ")
            if not space:
                raise ValidationError(
                    f"“{line}”没有写网址标识：请在名称后面空一格，写英文字母或者数字的标识。"
                )
            yield NewBody(name.strip(), slug)


class ActForm(forms.Form):
    """What every act has: its day, why, and on what basis."""

    kind: Kind
    on = day("生效日期", required=True)
    reason = forms.CharField(
        label="事由",
        max_length=LONGEST_REASON,
        help_text="必填，例如机构改革方案的名称。记入沿革和审计。",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明事由，例如机构改革方案的名称。"},
    )
    basis = forms.CharField(
        label="文号或依据", max_length=120, required=False, help_text="可以不填。"
    )

    def proposal(self, agency: Agency) -> Proposal:
        return Proposal(kind=self.kind, agency=agency, **self.cleaned_data)


class RenameForm(ActForm):
    kind = Kind.RENAME
    name = forms.CharField(label="新名称", max_length=LONGEST_NAME)
    mistyped = forms.BooleanField(label="现在的名称是录入错误，不作为曾用名保留", required=False)
    field_order = ["name", "mistyped"]


class MergeForm(ActForm):
    kind = Kind.MERGE
    others = ManyAgencies(
        label="一起合并的其他机关", required=False, help_text=f"一行一个，{HOW_NAMED}。"
    )
    into = OneAgency(
        label="并入现有机关", required=False, help_text=f"{HOW_NAMED}；成立新机关的不填。"
    )
    name = forms.CharField(label="或者成立新机关：名称", max_length=LONGEST_NAME, required=False)
    slug = forms.CharField(
        label="新机关的网址标识",
        max_length=LONGEST_SLUG,
        required=False,
        help_text="英文字母、数字、连字符，用作公开网址，以后不能改。",
    )
    with_roles = forms.BooleanField(
        label="同时为被合并机关的人员提出在承继机关的相同角色", required=False
    )
    field_order = ["others", "into", "name", "slug", "with_roles"]

    def proposal(self, agency: Agency) -> Proposal:
        given = dict(self.cleaned_data)
        name, slug = given.pop("name"), given.pop("slug")
        founded = (NewBody(name, slug),) if name or slug else ()
        return Proposal(kind=self.kind, agency=agency, founded=founded, **given)


class SplitForm(ActForm):
    kind = Kind.SPLIT
    goes_on = forms.BooleanField(label="原机关继续存在，只划出部分职责", required=False)
    others = ManyAgencies(
        label="承接职责的现有机关", required=False, help_text=f"一行一个，{HOW_NAMED}。"
    )
    founded = NewBodies(
        label="承接职责的新机关",
        required=False,
        help_text="一行一个：名称、空格、网址标识，例如“虚构市文化局 culture”。",
    )
    heir = forms.CharField(
        label="由谁承继上年数字",
        required=False,
        help_text="写承接机关之一的网址标识：它承继原机关的全部公开工作，以原机关的上年数字作比较。"
        "职责分散、数字分不开的不填，各机关都不作上年比较。",
    )
    field_order = ["goes_on", "others", "founded", "heir"]


class MoveForm(ActForm):
    kind = Kind.MOVE
    parent = OneAgency(
        label="新的上级机关", required=False, help_text=f"{HOW_NAMED}；放在最上层的不填。"
    )
    field_order = ["parent"]


class CloseForm(ActForm):
    kind = Kind.CLOSE


class ReopenForm(ActForm):
    kind = Kind.REOPEN


FORMS: dict[str, type[ActForm]] = {
    str(form.kind): form
    for form in (RenameForm, MergeForm, SplitForm, MoveForm, CloseForm, ReopenForm)
}
