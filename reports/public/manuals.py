"""The manuals: which there are, their sections in order, and the section each page leads to.

The words are templates, one for each section (``templates/help/<manual>/<section>.html``);
a title stands here alone, for the contents, the heading and the links.
"""

from dataclasses import dataclass

from reports.workflow import Role


@dataclass(frozen=True)
class Section:
    """One task of a manual: its anchor, which names its template too, and its heading."""

    key: str
    title: str


@dataclass(frozen=True)
class Manual:
    """The book of one kind of reader."""

    key: str  # in the address
    title: str
    summary: str
    sections: tuple[Section, ...]


def sections(**titles: str) -> tuple[Section, ...]:
    return tuple(Section(key, title) for key, title in titles.items())


MANUALS = {
    manual.key: manual
    for manual in (
        Manual(
            "author", f"{Role.AUTHOR.label}手册",
            "写一份年度报告：填表、写文字、处理检查结果、送审、按批注修改、更正。",
            sections(
                start="登录，开始一份报告", hub="一份报告的首页", grid="在表格里填数字",
                paste="从表格软件整块粘贴", equations="数字对不上，保存被拒绝时",
                prose="写文字部分", keep="暂存、断网、两个人同时填",
                findings="检查结果和说明原因", submit="送审和撤回送审",
                returned="被退回之后，按批注修改", papers="预览、送审稿和办理记录",
                file="把写好的文件读进来", transcribe="照录以前年度的报告",
                correct="更正已经公布的报告", notices="提醒和邮件", questions="常见问题",
            ),
        ),
        Manual(
            "supervisor", f"{Role.SUPERVISOR.label}手册",
            "审核、写批注、退回、审定、公布、定时和成批办理、撤回公布。",
            sections(
                queue="找到等您办理的报告", review="审核一份报告", comments="写批注",
                back="退回修改", approve="审定", publish="公布", timing="定时公布",
                bulk="成批审定和公布", transcripts="公布照录的历史报告",
                withdraw="撤回公布", questions="常见问题",
            ),
        ),
        Manual(
            "authority", f"{Role.AUTHORITY.label}手册",
            "部署一个年度、看进度、催办、汇总、编制政府自己的报告。",
            sections(
                call="部署一个年度", exempt="免予编报", board="看各机关的进度", urge="催办",
                rollup="汇总各机关的数字", government="政府自己的报告", questions="常见问题",
            ),
        ),
        Manual(
            "administrator", "管理员手册",
            f"{Role.SYSTEM_ADMINISTRATOR.label}、{Role.SECURITY_ADMINISTRATOR.label}和"
            f"{Role.AUDITOR.label}：机关、账号、角色、词表、网站设置、审计。",
            sections(
                three="三种管理员各管什么", agencies="登记和修改机关", acts="更名、合并、拆分、撤销",
                listing="从名单成批导入机关", divisions="行政区划", accounts="开设账号",
                passwords="发放和重设密码", roles="角色由两个人办理",
                safety="登录安全：解除锁定、重置第二重验证", words="词表",
                site="网站设置", audit="审计", trail="查办理记录", backup="备份",
                questions="常见问题",
            ),
        ),
        Manual(
            "public", "公众使用指南",
            "检索和阅读年度报告、显示设置、统计和比较、开放数据、校核。不用登录。",
            sections(
                find="找一份报告", read="读一份报告", take="下载、核对和转发",
                display="字大一些、换深色", statistics="地区统计", compare="历年数据和机关比较",
                data="开放数据", interface="用程序读取", check="校核一份报告",
                questions="常见问题",
            ),
        ),
    )
}  # fmt: skip

# The page's name in the URL configuration -> manual#section. A name stands also for those
# that begin with it and an underscore; a part of a report may have a place of its own.
PLACES = {
    "desk:shelf": "author#start",
    "desk:start": "author#start",
    "desk:hub": "author#hub",
    "desk:part": "author#prose",
    "desk:part/disclosure": "author#grid",
    "desk:part/applications": "author#grid",
    "desk:part/remedies": "author#grid",
    "desk:keep": "author#keep",
    "desk:discard": "author#keep",
    "desk:check": "author#findings",
    "desk:explain": "author#findings",
    "desk:findings": "author#findings",
    "desk:move": "author#submit",
    "desk:receipt": "author#submit",
    "desk:comment": "author#returned",
    "desk:preview": "author#papers",
    "desk:draft_pdf": "author#papers",
    "desk:history": "author#papers",
    "desk:imports": "author#file",
    "desk:import_new": "author#file",
    "desk:import_one": "author#file",
    "desk:import_into": "author#file",
    "desk:import_again": "author#file",
    "desk:import_discard": "author#file",
    "desk:import_store": "author#transcribe",
    "desk:import_publish": "supervisor#transcripts",
    "desk:correct": "author#correct",
    "desk:changes": "author#correct",
    "desk:notices": "author#notices",
    "desk:notices_read": "author#notices",
    "desk:notice": "author#notices",
    "desk:notice_settings": "author#notices",
    "desk:remind": "authority#urge",
    "admin:index": "#which",
    "admin:reports_revision": "supervisor#queue",
    "admin:reports_revision_review": "supervisor#review",
    "admin:reports_revision_findings": "supervisor#review",
    "admin:reports_revision_comment": "supervisor#comments",
    "admin:reports_revision_follow": "supervisor#comments",
    "admin:reports_revision_confirm": "supervisor#publish",
    "admin:reports_revision_move": "supervisor#review",
    "admin:reports_revision_receipt": "supervisor#publish",
    "admin:reports_revision_schedule": "supervisor#timing",
    "admin:reports_revision_cancel_schedule": "supervisor#timing",
    "admin:reports_revision_begin": "supervisor#bulk",
    "admin:reports_revision_batch": "supervisor#bulk",
    "admin:reports_revision_batches": "supervisor#bulk",
    "admin:board": "authority#board",
    "admin:board_urge": "authority#urge",
    "admin:reports_campaign": "authority#call",
    "admin:reports_campaign_exempt": "authority#exempt",
    "admin:reports_campaign_end": "authority#exempt",
    "admin:reports_tally": "authority#rollup",
    "admin:reports_agency": "administrator#agencies",
    "admin:reports_agency_act": "administrator#acts",
    "admin:reports_agency_receipt": "administrator#acts",
    "admin:reports_agency_import": "administrator#listing",
    "admin:reports_agency_template": "administrator#listing",
    "admin:reports_agency_intake": "administrator#listing",
    "admin:reports_division": "administrator#divisions",
    "admin:reports_user": "administrator#accounts",
    "admin:reports_user_passwords": "administrator#passwords",
    "admin:auth_user_password_change": "administrator#passwords",
    "admin:reports_membership": "administrator#roles",
    "admin:reports_rolerequest": "administrator#roles",
    "admin:safety": "administrator#safety",
    "admin:reports_wordlist": "administrator#words",
    "admin:reports_listedword": "administrator#words",
    "admin:reports_sitesettings": "administrator#site",
    "admin:reports_auditentry": "administrator#audit",
    "admin:reports_event": "administrator#trail",
}


def place_of(view_name: str, part: str = "") -> str:
    """``manual#section`` for a page by its name; empty where it has none."""
    for name in (f"{view_name}/{part}", view_name):
        if name in PLACES:
            return PLACES[name]
    begun = [name for name in PLACES if view_name.startswith(f"{name}_")]
    return PLACES[max(begun, key=len)] if begun else ""
