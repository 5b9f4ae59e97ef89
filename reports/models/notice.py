"""What the product tells a person: whose turn it is, what became of a text, what is due."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .report import Revision


class Notice(models.Model):
    """One thing told to one person, once: ``key`` names the event or the day that it is about.

    The words are made when the thing happens. ``by`` is who caused it, empty
    where the calendar did. ``mail`` is how far the e-mail is; ``next_try_at``
    stands while one waits to be sent, the first time or again.
    """

    class Kind(models.TextChoices):
        TO_APPROVE = "to_approve", "有报告待审定"
        TO_PUBLISH = "to_publish", "有报告待公布"
        RETURNED = "returned", "报告被退回"
        APPROVED = "approved", "报告已审定"
        PUBLISHED = "published", "报告已公布"
        WITHDRAWN = "withdrawn", "报告已撤回公布"
        TAKEN_BACK = "taken_back", "填报员收回报告"
        DUE = "due", "期限临近"
        OVERDUE = "overdue", "超过期限"
        DIGEST = "digest", "下级机关期限汇总"
        URGED = "urged", "主管部门催办"
        AUDIT_BROKEN = "audit_broken", "审计记录核验有问题"
        FACTOR_RESET = "factor_reset", "第二重验证已重置"

    class Mail(models.TextChoices):
        NONE = "none", "不发送"
        WAITING = "waiting", "等待发送"
        SENT = "sent", "已发送"
        FAILED = "failed", "没有发出"

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="收件人"
    )
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    key = models.CharField("事由", max_length=80)
    revision = models.ForeignKey(
        Revision, models.CASCADE, related_name="notices", verbose_name="报告文本",
        null=True, blank=True,
    )  # fmt: skip
    words = models.CharField("内容", max_length=300)
    detail = models.TextField("说明", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", verbose_name="办理人",
        null=True, blank=True,
    )  # fmt: skip
    at = models.DateTimeField("时间", auto_now_add=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    mail = models.CharField("邮件", max_length=8, choices=Mail.choices, default=Mail.NONE)
    tries = models.PositiveSmallIntegerField("发送次数", default=0)
    next_try_at = models.DateTimeField("下次发送", null=True, blank=True)
    mailed_at = models.DateTimeField("发送时间", null=True, blank=True)
    trouble = models.CharField("没有发出的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["to", "kind", "key"], name="one_notice_of_a_thing"),
            models.CheckConstraint(
                name="a_mail_that_waits_has_its_time",
                condition=~Q(mail="waiting") | Q(next_try_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="unread_notices", fields=["to", "-id"], condition=Q(read_at__isnull=True)
            ),
            models.Index(name="notices_of_a_person", fields=["to", "-id"]),
            models.Index(name="mail_to_send", fields=["next_try_at"], condition=Q(mail="waiting")),
        ]

    def __str__(self) -> str:
        return self.words


TURNS = frozenset({Notice.Kind.TO_APPROVE, Notice.Kind.TO_PUBLISH, Notice.Kind.RETURNED})


class NoticeSettings(models.Model):
    """Which kinds a person does not want by e-mail; without a row, every kind is mailed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_settings"
    )
    unmailed = models.JSONField("不发邮件的种类", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "提醒设置"

    def __str__(self) -> str:
        return f"{self.user}的提醒设置"


class RemindedDay(models.Model):
    """A day whose reminders have all been made."""

    day = models.DateField("日期", primary_key=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "已提醒的日期"

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
