"""The site's own word lists: what its reports must not say, or should say otherwise."""

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models

from reports.checker.finding import Severity, WordKind
from reports.checker.vocabulary import LONGEST, SHORTEST

KIND_CHOICES = [(str(kind), kind.label) for kind in WordKind]
LONGEST_ADVICE = 120  # characters
SEVERITY_CHOICES = [(str(severity), severity.label) for severity in Severity]


class Tended(models.Model):
    """Who changed a row last, and when."""

    changed_at = models.DateTimeField("最近改动", auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="改动人",
        null=True, blank=True, editable=False,
    )  # fmt: skip

    class Meta:
        abstract = True


class WordList(Tended):
    """词表: words of one kind, switched on and off together.

    ``in_public`` also uses it on the page 校核: whoever drops a document there
    could find out word by word what a list holds. ``version`` counts every
    change of the list and of its words, so that a process knows what it has
    read already.
    """

    name = models.CharField("词表名称", max_length=60, unique=True)
    kind = models.CharField("种类", max_length=12, choices=KIND_CHOICES)
    is_on = models.BooleanField("启用", default=True)
    in_public = models.BooleanField(
        "公开的校核页面也使用",
        default=False,
        help_text="任何人都可以在校核页面逐个试出词表里的词，不宜外传的词表请不要勾选。",
    )

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "词表"
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class ListedWord(Tended):
    """One word of a list, with what to say of it; ``parts`` holds keys with spaces between."""

    word_list = models.ForeignKey(
        WordList, models.CASCADE, related_name="words", verbose_name="词表"
    )
    word = models.CharField(
        "词语",
        max_length=LONGEST,
        validators=[
            MinLengthValidator(SHORTEST, f"词语至少要有 {SHORTEST} 个字，一个字的词会处处误报。")
        ],
    )
    severity = models.CharField("程度", max_length=8, choices=SEVERITY_CHOICES)
    advice = models.CharField("处理意见", max_length=LONGEST_ADVICE, blank=True)
    replacement = models.CharField("应当写作", max_length=LONGEST, blank=True)
    parts = models.CharField("适用的部分", max_length=120, blank=True)
    is_on = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "词语"
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(
                fields=["word_list", "word"],
                name="one_row_per_word",
                violation_error_message="这个词表里已经有这个词语。",
            )
        ]

    def __str__(self) -> str:
        return self.word
