"""Loading the invented city."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.management import pages
from reports.management.demonstration import loading
from reports.management.demonstration.city import CITY, PROVINCE, seat
from reports.management.demonstration.people import ACCOUNTS, PASSWORD
from reports.management.locking import one_at_a_time
from reports.models import Agency, User

PLACES = (
    ("/", "公开网站：报告、检索、下载"),
    ("/desk/", "填报：填报员从这里进"),
    ("/admin/", "审核和管理：审核员、主管部门和管理员从这里进"),
)


class Command(BaseCommand):
    help = f"装入示范数据：{PROVINCE.name}{CITY.name}（虚构）的机关、人员和三个年度的报告。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="数据库里已有别的数据时不装入，也不报错"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pages.refuse_without_static_files()
        with one_at_a_time("demonstration"):
            if self.may_load(options["if_empty"]):
                self.load()
            elif not loading.is_begun():
                return
        self.tell_accounts()

    def may_load(self, if_empty: bool) -> bool:
        """Whether there is something to load; printed passwords enter no database in use."""
        if loading.is_begun():
            if loading.is_whole():
                self.stdout.write("示范数据已经装入。")
                return False
            self.stdout.write("示范数据上次没有装完，从断开的地方继续。")
            return True
        if Agency.objects.exists() or User.objects.exists():
            message = "数据库里已有机关或用户，没有装入示范数据。"
            if not if_empty:
                raise CommandError(message)
            self.stdout.write(message)
            return False
        return True

    def load(self) -> None:
        begun = monotonic()
        self.stdout.write("正在装入示范数据（约一分钟）……")
        stopped = loading.load(self.tell)
        _, failed = pages.draw(missing_only=True)
        if not failed:
            pages.remember()
        self.tell(f"用时 {monotonic() - begun:.0f} 秒。")
        for each in (*stopped, *failed):
            self.stderr.write(f"没有完成：{each}")

    def tell(self, said: str) -> None:
        self.stdout.write(f"  {said}")
        self.stdout.flush()

    def tell_accounts(self) -> None:
        self.stdout.write(f"\n{PROVINCE.name}{CITY.name}是虚构的，机关、人员和数字都不存在。")
        for address, what in PLACES:
            self.stdout.write(f"  {address:<9}{what}")
        self.stdout.write(f"\n账号（密码都是 {PASSWORD}，只用于示范）：")
        for account in ACCOUNTS:
            where = seat(account.agency).name if account.agency else "全站"
            hint = f"：{account.hint}" if account.hint else ""
            self.stdout.write(f"  {account.username:<14}{account.role.label} {where}{hint}")
