"""The worker that works off tasks, with a clock for what is to be done at a time."""

import logging
from argparse import ArgumentParser
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Thread
from time import sleep
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from reports.actions import sweeping
from reports.actions.asking import PATIENCE
from reports.jobs import backing_up, importing, notifying, open_data, pages, publishing, verifying

BEAT = 5  # seconds
AWAY = (OperationalError, InterfaceError)
logger = logging.getLogger(__name__)


class Command(db_worker.Command):
    help = "办理后台任务，并按设定的时间公布报告、每天提醒期限、核验审计记录、备份、发送邮件、生成批量数据；处理进程中途退出而没有办完的，重新办理。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--patience", type=int, default=int(PATIENCE.total_seconds()),
            help="一份报告多少秒没有办完就重新办理（默认 %(default)s）",
        )  # fmt: skip
        parser.add_argument(
            "--silence", type=int, default=int(sweeping.SILENCE.total_seconds()),
            help="别的处理进程多少秒没有动静就算已经退出（默认 %(default)s）",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        patience = timedelta(seconds=options.pop("patience"))
        silence = timedelta(seconds=options.pop("silence"))
        clock = Clock(options["worker_id"], patience, sweeping.Watch(silence))
        # Ends with the process, however that ends; any number of them may run beside each other.
        thread = Thread(target=clock.run, name="clock", daemon=True)
        while True:
            try:
                sweeping.beat(clock.worker_id)
                if thread.ident is None:
                    thread.start()
                return super().handle(*args, **options | {"worker_id": clock.worker_id})
            except AWAY:
                logger.exception("The database is away; the worker tries again")
            # What it had in hand could not be ended: under another name it does not vouch for that.
            clock.worker_id = get_random_string(32)
            close_old_connections()
            sleep(BEAT)


@dataclass
class Clock:
    """It only asks for tasks; a fault is logged, and the next beat tries again."""

    worker_id: str
    patience: timedelta
    watch: sweeping.Watch = field(default_factory=sweeping.Watch)
    round: pages.Round = field(default_factory=pages.Round)
    forgot: date | None = None

    def run(self) -> None:
        while True:
            try:
                self.tick()
            except Exception:
                logger.exception("The clock could not ask for what is due")
            finally:
                close_old_connections()
            sleep(BEAT)

    def tick(self) -> None:
        sweeping.beat(self.worker_id)
        if gone := self.watch.gone():
            sweeping.sweep_gone(gone)
        if sweeping.long_running().exists():
            sweeping.sweep_unheard()
        publishing.take_up(self.patience)
        importing.take_up(self.patience)
        notifying.take_up()
        backing_up.take_up()
        verifying.take_up()
        open_data.take_up()
        self.round.take_up()
        self.forget_ended_tasks()

    def forget_ended_tasks(self) -> None:
        """Once a day; what they did stands in tables of its own."""
        today = timezone.localdate()
        if self.forgot != today:
            sweeping.forget_ended()
            self.forgot = today
