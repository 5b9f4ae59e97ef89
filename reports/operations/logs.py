"""The log's lines as JSON: time, level, logger, message, the request's number, the user's key."""

import logging
from contextvars import ContextVar

from pythonjsonlogger.json import JsonFormatter

request_id: ContextVar[str] = ContextVar("request_id", default="")
user_id: ContextVar[int | None] = ContextVar("user_id", default=None)

FIELDS = ("asctime", "levelname", "name", "message")
NAMES = {"asctime": "time", "levelname": "level", "name": "logger"}


class Context(logging.Filter):
    """Adds to each record in which request, and for whom, it was written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        record.user_id = user_id.get()
        # Django hangs the whole request on a record: headers, cookies and all.
        record.__dict__.pop("request", None)
        return True


class Lines(JsonFormatter):
    """One JSON object a line; Chinese stays readable."""

    def __init__(self) -> None:
        super().__init__(
            " ".join(f"%({field})s" for field in (*FIELDS, "request_id", "user_id")),
            rename_fields=NAMES,
            json_ensure_ascii=False,
        )
