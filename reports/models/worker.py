"""Signs of life of the workers, by which the others know whose tasks are left behind."""

from django.db import models


class Heartbeat(models.Model):
    """A worker that takes tasks, and how often it has said that it lives.

    A count and no time: whoever watches it measures by a clock of their own, so that a
    clock which jumps makes nobody dead.
    """

    worker_id = models.CharField("处理进程", max_length=64, unique=True)
    count = models.PositiveBigIntegerField("次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "处理进程"

    def __str__(self) -> str:
        return self.worker_id
