"""What the page 校核 asks for: a document, last year's, and what a file may not tell."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from reports.importers import Reading, UnreadableDocument, read
from reports.importers.opening import LARGEST_FILE, accepted

MEGABYTES = LARGEST_FILE // 1024 // 1024
TOO_LARGE = (
    f"超过 {MEGABYTES} MB，没有读取。年度报告一般不到 1 MB："
    "请确认选对了文件，或者删去、压缩里面的图片后再上传。"
)
PAGE = "page"
ANSWERS = (
    (PAGE, "网页，马上看"),
    ("docx", "Word 文档"),
    ("xlsx", "Excel 表格"),
    ("html", "网页文件，可以打印"),
    ("json", "JSON 数据"),
)


class DocumentField(forms.FileField):
    """A file no larger than is read; only its content is looked at, never its name."""

    widget = forms.FileInput(attrs={"accept": ",".join(accepted())})

    def clean(self, data: UploadedFile | None, initial: object = None) -> UploadedFile | None:
        file: UploadedFile | None = super().clean(data, initial)
        if file and (file.size or 0) > LARGEST_FILE:
            raise ValidationError(f"“{file.name}”{TOO_LARGE}")
        return file


class CheckForm(forms.Form):
    document = DocumentField(
        error_messages={
            "required": "还没有选择文件：请选择要校核的年度报告。",
            "empty": "这个文件是空的：请重新选择要校核的年度报告。",
        }
    )
    last_year = DocumentField(
        required=False,
        error_messages={"empty": "上一年度报告的文件是空的：请重新选择，或者不选。"},
    )
    answer = forms.ChoiceField(
        choices=ANSWERS,
        required=False,
        error_messages={"invalid_choice": "没有这种结果的格式：请从列出的几种里选。"},
    )
    agency = forms.CharField(required=False, max_length=100)
    year = forms.CharField(required=False)

    def clean_answer(self) -> str:
        return str(self.cleaned_data["answer"] or PAGE)

    def clean_year(self) -> int | None:
        said: str = self.cleaned_data["year"].removesuffix("年度").removesuffix("年")
        if not said:
            return None
        if not (said.isdecimal() and len(said) == 4 and 2000 <= int(said) < 2100):
            raise ValidationError(f"报告年度填的是“{said[:20]}”：请填四位数字的年份，例如 2024。")
        return int(said)

    def read_files(self) -> dict[str, Reading]:
        """What the files say, by field; what cannot be read becomes the field's error."""
        found = {}
        for name in ("document", "last_year"):
            file = self.cleaned_data.get(name)
            if file is None:
                continue
            try:
                with file:
                    found[name] = read(file, file.name)
            except UnreadableDocument as problem:
                self.add_error(name, str(problem))
        return found

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, the form's own first."""
        own = [("", str(error)) for error in self.non_field_errors()]
        return own + [(f"id_{field.name}", str(error)) for field in self for error in field.errors]
