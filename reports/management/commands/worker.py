"""The worker that works off tasks, with a clock for what is to be done at a time."""

import logging
from threading import Thread
from time import sleep
from typing import Any

from django.db import close_old_connections
from django_tasks_db.management.commands import db_worker

from reports.jobs.publishing import take_up

BEAT = 5  # seconds
logger = logging.getLogger(__name__)


class Command(db_worker.Command):
    help = "办理后台任务，并按设定的时间公布报告；处理进程中途退出而没有办完的，重新办理。"

    def handle(self, *args: Any, **options: Any) -> None:
        # Ends with the process, however that ends; any number of them may run beside each other.
        Thread(target=beat, name="clock", daemon=True).start()
        super().handle(*args, **options)


def beat() -> None:
    """The clock only asks for tasks; a fault is logged, and the next beat tries again."""
    while True:
        try:
            take_up()
        except Exception:
            logger.exception("The clock could not ask for what is due")
        finally:
            close_old_connections()
        sleep(BEAT)
