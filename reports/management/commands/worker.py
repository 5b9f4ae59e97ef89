"""The worker that works off tasks, with a clock for what is to be done at a time."""

import logging
from argparse import ArgumentParser
from datetime import timedelta
from threading import Thread
from time import sleep
from typing import Any

from django.db import close_old_connections
from django_tasks_db.management.commands import db_worker

from reports.actions.asking import PATIENCE
from reports.jobs import backing_up, notifying, open_data, publishing, verifying

BEAT = 5  # seconds
logger = logging.getLogger(__name__)


class Command(db_worker.Command):
    help = "办理后台任务，并按设定的时间公布报告、每天提醒期限、核验审计记录、备份、发送邮件、生成批量数据；处理进程中途退出而没有办完的，重新办理。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--patience", type=int, default=int(PATIENCE.total_seconds()),
            help="一份报告多少秒没有办完就重新办理（默认 %(default)s）",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        patience = timedelta(seconds=options.pop("patience"))
        # Ends with the process, however that ends; any number of them may run beside each other.
        Thread(target=beat, args=[patience], name="clock", daemon=True).start()
        super().handle(*args, **options)


def beat(patience: timedelta) -> None:
    """The clock only asks for tasks; a fault is logged, and the next beat tries again."""
    while True:
        try:
            publishing.take_up(patience)
            notifying.take_up()
            backing_up.take_up()
            verifying.take_up()
            open_data.take_up()
        except Exception:
            logger.exception("The clock could not ask for what is due")
        finally:
            close_old_connections()
        sleep(BEAT)
