"""Lists are read by cursor: signed, opaque, and good for the question it came from alone."""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from reports.queries.keysets import Order

from .problems import wrong_parameter
from .questions import Question

SIGNER = Signer(salt="reports.public.api.cursor")
NO_CURSOR = "不是本站给出的游标，或者已经失效；请从头读起，不带 cursor"
OTHER_QUESTION = "游标属于另一组条件；翻页时其他参数要和第一页相同"


def key_in(asked: Question) -> list[Any] | None:
    """Behind which key the page begins; a problem for a cursor of anybody's making."""
    if not asked.cursor:
        return None
    try:
        said = SIGNER.unsign_object(asked.cursor)
    except (BadSignature, ValueError):
        raise wrong_parameter("cursor", NO_CURSOR) from None
    if said["question"] != fingerprint(asked):
        raise wrong_parameter("cursor", OTHER_QUESTION)
    return [
        datetime.fromisoformat(each[1:]) if str(each).startswith("@") else each
        for each in said["key"]
    ]


def cursor_behind(asked: Question, key: Sequence[Any]) -> str:
    plain = [f"@{each.isoformat()}" if isinstance(each, datetime) else each for each in key]
    return SIGNER.sign_object({"key": plain, "question": fingerprint(asked)})


def fingerprint(asked: Question) -> str:
    """The question without its place: two pages of one question have the same."""
    said = asked.model_dump(mode="json", exclude={"cursor", "limit"}, exclude_defaults=True)
    text = json.dumps([type(asked).__name__, said], sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]


def page(rows: QuerySet[Any], order: Order, asked: Question) -> tuple[list[Any], str]:
    """The page's rows and the cursor of the next, empty after the last."""
    behind = order.behind(rows, key_in(asked))
    found = list(behind[: asked.limit + 1])
    more = len(found) > asked.limit
    return found[: asked.limit], cursor_behind(
        asked, order.key_of(found[asked.limit - 1])
    ) if more else ""


def next_link(request: HttpRequest, response: HttpResponse, cursor: str) -> str | None:
    """The next page's address, which the header ``Link`` says too."""
    if not cursor:
        return None
    query = [(name, value) for name, value in listed(request) if name != "cursor"]
    address = request.build_absolute_uri(
        f"{request.path}?{urlencode([*query, ('cursor', cursor)])}"
    )
    response.headers["Link"] = f'<{address}>; rel="next"'
    return address


def listed(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() for value in values]
