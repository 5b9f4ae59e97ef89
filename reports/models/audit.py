"""The audit trail: who did what, when, from where, and the chain that holds its rows together.

``AuditEntry`` and ``AuditLink`` and ``AuditAnchor`` are only added to: both
databases refuse to alter or remove their rows (``models.guards``).
"""

from django.db import models
from django.db.models import Q

from .report import Revision


class AuditEntry(models.Model):
    """One act or attempt, as it was: no foreign keys, so that what is told never changes.

    ``roles`` holds keys with spaces between; ``origin`` says by what way they
    came: a page, the command line, a background task.
    """

    class Result(models.TextChoices):
        DONE = "done", "办成"
        REFUSED = "refused", "被拒绝"
        FAILED = "failed", "出错"

    at = models.DateTimeField("时间")
    user_key = models.BigIntegerField("用户编号", null=True, blank=True)
    username = models.CharField("用户名", max_length=150, blank=True)
    display_name = models.CharField("姓名", max_length=60, blank=True)
    roles = models.CharField("角色", max_length=160, blank=True)
    origin = models.CharField("途径", max_length=20)
    address = models.CharField("网络地址", max_length=64, blank=True)
    agent = models.CharField("浏览器", max_length=160, blank=True)
    request_key = models.CharField("请求编号", max_length=32, blank=True)
    verb = models.CharField("动作", max_length=40)
    subject_kind = models.CharField("对象种类", max_length=40, blank=True)
    subject_key = models.CharField("对象编号", max_length=40, blank=True)
    subject = models.CharField("对象", max_length=200, blank=True)
    agency_path = models.CharField("机关路径", max_length=240, blank=True)
    result = models.CharField("结果", max_length=8, choices=Result)
    detail = models.JSONField("细节", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        indexes = [
            models.Index(name="audit_by_time", fields=["at"]),
            models.Index(name="audit_by_user", fields=["username", "id"]),
            models.Index(name="audit_by_verb", fields=["verb", "id"]),
            models.Index(name="audit_by_agency", fields=["agency_path", "id"]),
            models.Index(name="audit_by_subject", fields=["subject_kind", "subject_key", "id"]),
            models.Index(
                name="audit_of_what_was_not_done", fields=["id"], condition=~Q(result="done")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}".strip()


class AuditLink(models.Model):
    """An entry's place in the chain: ``hash`` covers the entry, the place and the link before."""

    sequence = models.BigIntegerField("链号", primary_key=True)
    entry = models.OneToOneField(
        AuditEntry, models.PROTECT, related_name="link", verbose_name="审计记录"
    )
    previous = models.CharField("前一校验值", max_length=128, blank=True)
    hash = models.CharField("校验值", max_length=128)
    algorithm = models.CharField("校验算法", max_length=20)

    class Meta:
        verbose_name = verbose_name_plural = "审计链"

    def __str__(self) -> str:
        return f"{self.sequence}：{self.algorithm} {self.hash}"


class AuditHead(models.Model):
    """One row: where the chain ends. Whoever links locks it; nothing else waits for it."""

    sequence = models.BigIntegerField("链号", default=0)
    hash = models.CharField("校验值", max_length=128, blank=True)
    algorithm = models.CharField("校验算法", max_length=20, blank=True)
    newest_entry = models.BigIntegerField("已入链的最新记录", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "审计链链尾"
        constraints = [
            models.CheckConstraint(name="one_head_of_the_audit_chain", condition=Q(pk=1))
        ]

    def __str__(self) -> str:
        return f"{self.sequence}：{self.algorithm} {self.hash}"


class AuditAnchor(models.Model):
    """The chain's end as it is printed in a published report's JSON: known outside of this house."""

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="audit_anchor")
    sequence = models.BigIntegerField("链号")
    hash = models.CharField("校验值", max_length=128)
    algorithm = models.CharField("校验算法", max_length=20)

    class Meta:
        verbose_name = verbose_name_plural = "审计链公布值"

    def __str__(self) -> str:
        return f"{self.revision}：{self.sequence}"
