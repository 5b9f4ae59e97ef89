"""Reading the audit trail: by whom, what, where, when; by key, never counting it all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from reports.models import Agency, AuditEntry, AuditLink, Revision, User
from reports.permissions import Asker, is_auditor
from reports.workflow import Role

from .chain import Tip, tip
from .history import VERBS as EVENT_VERBS

A_PAGE = 50
ABOUT_ONE = 100
AT_ONCE = 1000
OTHER_VERBS = {
    "back_up": "备份",
    "prune_backups": "清理过期备份",
    "log_in": "登录",
    "log_out": "退出登录",
    "end_other_sessions": "退出其他登录",
    "choose_one_session": "设置只允许一处登录",
    "set_second_factor": "启用第二重验证",
    "use_second_factor": "输入第二重验证码",
    "use_recovery_code": "使用恢复码",
    "renew_recovery_codes": "重新生成恢复码",
    "remove_second_factor": "停用第二重验证",
    "propose_factor_reset": "提出重置第二重验证",
    "decide_factor_reset": "办理第二重验证重置",
    "confirm_factor_reset": "确认重置第二重验证",
    "refuse_factor_reset": "不同意重置第二重验证",
    "release_lock": "解除登录锁定",
    "change_own_password": "修改自己的密码",
    "open_page": "打开页面",
    "add_user": "新增用户",
    "change_user": "修改用户",
    "propose_role": "提出角色变更",
    "confirm_role": "确认角色变更",
    "refuse_role": "不同意角色变更",
    "withdraw_role": "撤回角色变更",
    "appoint": "任命首位管理员",
    "create_superuser": "用命令建立超级用户",
    "change_password": "用命令修改用户密码",
    "add_agency": "新增机关",
    "change_agency": "修改机关",
    "rename_agency": "机关更名",
    "move_agency": "划转机关",
    "merge_agency": "合并机关",
    "split_agency": "拆分机关",
    "close_agency": "撤销机关",
    "reopen_agency": "恢复机关",
    "check_intake": "试运行批量导入",
    "drop_intake": "放弃批量导入",
    "import_agencies": "批量导入机关",
    "import_people": "批量导入用户",
    "issue_passwords": "发放初始密码（导出账号清单）",
    "add_division": "新增区划",
    "change_division": "修改区划",
    "add_sitesettings": "填写网站设置",
    "change_sitesettings": "修改网站设置",
    "save_word_list": "保存词表",
    "save_word": "保存词语",
    "remove_word": "删除词语",
    "import_words": "导入词语",
    "call_reports": "部署年度报告",
    "exempt": "免予编报",
    "end_exemption": "取消免予编报",
    "urge": "催办",
    "receive_upload": "上传文件",
    "read_again": "重新读取文件",
    "correct_reading": "更正读取结果",
    "store_upload": "存入导入的文件",
    "discard_upload": "放弃导入的文件",
    "download_findings": "下载校核意见表",
    "download_draft": "下载草稿",
    "export_audit": "导出审计记录",
    "link_old_entries": "补入审计链",
    "verify_audit": "核验审计记录",
}
VERBS = EVENT_VERBS | OTHER_VERBS


def verb_words(verb: str) -> str:
    """A verb as a person would say it; one unknown here says itself."""
    return VERBS.get(verb, verb)


def who(entry: AuditEntry) -> str:
    """The person as they were called then; where nobody was known, by what way it came."""
    if entry.username:
        return f"{entry.display_name}（{entry.username}）"
    if entry.verb == "log_in":
        return "未登录"
    return "系统" if entry.origin == "网页" else entry.origin


def role_words(entry: AuditEntry) -> str:
    return "、".join(Role(each).label for each in entry.roles.split() if each in set(Role))


@dataclass(frozen=True)
class Asked:
    """What of the trail is asked for; empty is anything."""

    who: str = ""
    verb: str = ""
    subject: str = ""
    agency: Agency | None = None
    since: date | None = None
    until: date | None = None
    result: str = ""

    def condition(self) -> Q:
        found = Q()
        if self.who:
            named = User.objects.filter(display_name=self.who).values_list("username", flat=True)
            found &= Q(username__in=[self.who, *named])
        if self.verb:
            found &= Q(verb=self.verb)
        if self.subject:
            found &= Q(subject__icontains=self.subject)
        if self.agency:
            found &= Q(agency_path__startswith=self.agency.path)
        if self.since:
            found &= Q(at__gte=midnight(self.since))
        if self.until:
            found &= Q(at__lt=midnight(self.until + timedelta(days=1)))
        if self.result:
            found &= Q(result=self.result)
        return found


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Page:
    """Some entries, newest first; ``older`` and ``newer`` are keys to go on from, or None."""

    entries: list[AuditEntry]
    older: int | None
    newer: int | None


def entries_readable_by(user: Asker) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.all() if is_auditor(user) else AuditEntry.objects.none()


def page_of(
    entries: QuerySet[AuditEntry], asked: Asked, *, before: int | None, after: int | None
) -> Page:
    """The page before (older than) a key, or after (newer than) one, or the newest."""
    found = entries.filter(asked.condition())
    if after is not None:
        rows = list(found.filter(pk__gt=after).order_by("pk")[: A_PAGE + 1])
        shown = rows[:A_PAGE][::-1]
        newer = shown[0].pk if len(rows) > A_PAGE else None
        return Page(shown, shown[-1].pk if shown else None, newer)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: A_PAGE + 1])
    shown = rows[:A_PAGE]
    older = shown[-1].pk if len(rows) > A_PAGE else None
    return Page(shown, older, shown[0].pk if before is not None and shown else None)


def streamed(entries: QuerySet[AuditEntry], asked: Asked) -> Iterator[AuditEntry]:
    """All of them, oldest first, a part at a time."""
    found, after = entries.filter(asked.condition()).order_by("pk"), 0
    while rows := list(found.filter(pk__gt=after)[:AT_ONCE]):
        yield from rows
        after = rows[-1].pk


def entries_about(subject: Model) -> list[dict[str, Any]]:
    """The newest about one row: when, who, what; for those who see the row."""
    found = AuditEntry.objects.filter(
        subject_kind=str(subject._meta.model_name),
        subject_key=str(subject.pk),
        result=AuditEntry.Result.DONE,
    )
    return [
        {
            "at": each.at,
            "who": who(each),
            "what": verb_words(each.verb),
            "change": each.detail.get("change", ""),
        }
        for each in found.exclude(verb__in=["log_in", "log_out"]).order_by("-pk")[:ABOUT_ONE]
    ]


@dataclass(frozen=True)
class Chain:
    """How the chain stands: its end, and what the last verification found."""

    end: Tip
    verified: AuditEntry | None


def verified_since(moment: datetime) -> bool:
    """Whether the whole trail was verified since then, whatever it came to."""
    return AuditEntry.objects.filter(verb="verify_audit", at__gte=moment).exists()


def chain_state() -> Chain:
    verified = AuditEntry.objects.filter(verb="verify_audit").order_by("-pk").first()
    return Chain(tip(), verified)


def link_of(entry: AuditEntry) -> AuditLink | None:
    return AuditLink.objects.filter(entry=entry).first()


def revision_meant(entry: AuditEntry) -> int | None:
    """The key of the revision an entry is about, for a link to it."""
    key = entry.subject_key if entry.subject_kind == "revision" else entry.detail.get("revision")
    found = Revision.objects.filter(pk=key).first() if key else None
    return found.pk if found else None
