"""What reviewers say of a text, and what becomes of it (批注)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.workflow import Turn

from .part import PART_CHOICES
from .report import Revision

TURN_CHOICES = [(str(turn), turn.label) for turn in Turn]


class Comment(models.Model):
    """A comment on a place of a revision, or a turn that followed it. Rows are only added.

    A comment without ``part`` is on the whole report. ``place`` is a cell's
    full name (``applications.natural_person.granted``), ``quote`` what stood
    there then: the cell's number or the sentence. ``fingerprint`` and
    ``finding`` name a finding and keep its message. A turn has a ``parent`` and
    no place of its own. Whether a comment is resolved is what its last turn
    says (``queries.comments``), so nobody can make one disappear.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="comments")
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="turns", null=True, blank=True
    )  # fmt: skip
    turn = models.CharField(max_length=10, choices=TURN_CHOICES, default=str(Turn.COMMENT))
    part = models.CharField("部分", max_length=20, choices=PART_CHOICES, blank=True)
    place = models.CharField("位置", max_length=80, blank=True)
    quote = models.TextField("原文", blank=True)
    fingerprint = models.CharField(max_length=32, blank=True)
    finding = models.TextField("检查结果", blank=True)
    text = models.TextField("内容", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "批注"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="turns_follow_a_comment",
                condition=Q(turn="comment", parent__isnull=True)
                | ~Q(turn="comment") & Q(parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}：{self.get_turn_display()}"

    @property
    def anchor(self) -> str:
        """Its id on every page that shows it."""
        return f"comment-{self.pk}"
