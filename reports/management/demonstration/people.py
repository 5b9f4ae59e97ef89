"""Accounts for trying the product out. The password is printed: it protects nothing."""

from dataclasses import dataclass

from reports.workflow import Role

PASSWORD = "fictional-city-2025"


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in; ``agency`` is empty for a role of the whole site."""

    username: str
    name: str
    role: Role
    agency: str = ""
    hint: str = ""


ACCOUNTS = (
    Account(
        "author", "甄填报", Role.AUTHOR, "education",
        "2024年度报告已公布，2025年度还没有开始，可以从头填一遍",
    ),
    Account(
        "union-author", "贾职工", Role.AUTHOR, "bridge-union",
        "2025年度报告被退回，意见在报告里",
    ),
    Account("supervisor", "申审核", Role.SUPERVISOR, "city", "有几份报告等着审核和公布"),
    Account("authority", "主管员", Role.AUTHORITY, "city", "看全市谁报了、谁没有报"),
    Account("system", "西系统", Role.SYSTEM_ADMINISTRATOR),
    Account("security", "安安全", Role.SECURITY_ADMINISTRATOR),
    Account("auditor", "沈审计", Role.AUDITOR),
)  # fmt: skip
CLERK = "{agency}填报员"  # of every other agency; cannot sign in
REVIEWER = "supervisor"  # who approves and publishes all that was published


def author_of(slug: str) -> str:
    """The username under which an agency's reports are written."""
    for account in ACCOUNTS:
        if account.role is Role.AUTHOR and account.agency == slug:
            return account.username
    return f"clerk-{slug}"
