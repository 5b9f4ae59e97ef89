"""Whatever goes wrong, as problem details (RFC 9457) in plain Chinese.

``type`` leads to the guide's paragraph on it. Nothing of the inside is told: a
fault of ours is logged, and the reader learns only that it is ours.
"""

import json
import logging
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

TYPE = "application/problem+json"
GUIDE = "/api/v1/"
TITLES = {
    "bad-request": "请求不能识别",
    "not-found": "没有这项资源",
    "method-not-allowed": "只能读取",
    "not-acceptable": "只有 JSON",
    "withdrawn": "报告已撤回公布",
    "invalid-parameters": "参数有错误",
    "too-many-requests": "请求过于频繁",
    "internal-error": "本站出错",
}
STATUS = {
    "bad-request": 400,
    "not-found": 404,
    "method-not-allowed": 405,
    "not-acceptable": 406,
    "withdrawn": 410,
    "invalid-parameters": 422,
    "too-many-requests": 429,
    "internal-error": 500,
}
PYDANTIC = {  # what pydantic finds wrong, in words; its figures in braces
    "missing": "必须填写",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "string_too_short": "不能少于 {min_length} 个字",
    "string_too_long": "不能多于 {max_length} 个字",
    "string_pattern_mismatch": "写法不对",
    "too_long": "不能多于 {max_length} 个",
}
log = logging.getLogger(__name__)


class Problem(Exception):
    """Answered as it says; ``kind`` is one of TITLES, ``more`` the problem's own members."""

    def __init__(self, kind: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.more = kind, detail, more


def unknown(what: str, name: object) -> Problem:
    """「没有……」 for something that was named and is not there."""
    return Problem("not-found", f"没有{what}“{name}”。请核对网址和参数中的标识。")


def wrong_parameter(name: str, detail: str) -> Problem:
    return wrong_parameters([{"parameter": name, "in": "query", "detail": detail}])


def wrong_parameters(errors: list[dict[str, str]]) -> Problem:
    said = "；".join(f"{each['parameter']}：{each['detail']}" for each in errors)
    return Problem("invalid-parameters", f"{said}。请改正后再请求，写法见 {GUIDE}。", errors=errors)


def body_of(problem: Problem, address: str) -> dict[str, Any]:
    """What is said of a problem at an address."""
    return {
        "type": f"{GUIDE}#problem-{problem.kind}",
        "title": TITLES[problem.kind],
        "status": STATUS[problem.kind],
        "detail": problem.detail,
        "instance": address,
        **problem.more,
    }


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    said = body_of(problem, request.get_full_path())
    content = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    return HttpResponse(content, status=STATUS[problem.kind], content_type=TYPE)


def from_pydantic(errors: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Per parameter: its name, whether it stands in the path or the query, what is wrong."""
    found = []
    for each in errors:
        where, *inner = each["loc"]
        names = [part for part in inner if isinstance(part, str) and part != "asked"]
        words = PYDANTIC.get(each["type"])
        said = words.format(**each.get("ctx", {})) if words else own_words(each)
        found.append({"parameter": ".".join(names), "in": str(where), "detail": said})
    return found


def own_words(error: dict[str, Any]) -> str:
    """Our validators speak Chinese themselves; of pydantic's other findings the kind is enough."""
    return str(error["msg"]) if error["type"] in OWN else "写法不对"


OWN = {"one_of", "whole", "flag", "moment"}


def handled_by(api: NinjaAPI) -> None:
    """Let the API answer every exception of an operation with its problem."""

    def handle(request: HttpRequest, raised: Any) -> HttpResponse:
        return answer(request, problem_of(request, raised))

    for kind in (Problem, ValidationError, Http404, SuspiciousOperation, Exception):
        api.add_exception_handler(kind, handle)


def problem_of(request: HttpRequest, raised: Exception) -> Problem:
    if isinstance(raised, Problem):
        return raised
    if isinstance(raised, ValidationError):
        return wrong_parameters(from_pydantic(raised.errors))
    if isinstance(raised, Http404):
        return nowhere(request)
    if isinstance(raised, SuspiciousOperation):
        return Problem("bad-request", "请求的内容不能识别，请核对网址。")
    log.error("%s %s", request.method, request.path, exc_info=raised)
    return Problem("internal-error", "本站处理时出错，已经记录。请稍后再试。")


def nowhere(request: HttpRequest) -> Problem:
    return Problem("not-found", f"没有这个地址：{request.path}。全部地址见 {GUIDE}。")
