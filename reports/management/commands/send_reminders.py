"""The day's reminders and the mail that waits: for cron, or by hand."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from reports.actions.mailing import send_waiting_mail
from reports.actions.reminding import remind_due


class Command(BaseCommand):
    help = "生成今天应有的期限提醒，发送等待发送的邮件。可以重复执行，不会重复提醒。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today", type=date.fromisoformat, default=None, help="按这一天（YYYY-MM-DD）计算期限"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = remind_due(options["today"])
        sent = send_waiting_mail()
        self.stdout.write(f"新提醒 {made} 条，发出邮件 {sent} 封。")
