"""The OpenAPI 3.1 document: what django-ninja makes of the operations, and what holds for all.

Errors, headers and the answers to them are the same everywhere and are added
here once; so is what ninja writes otherwise than OpenAPI wants it (examples
of parameters, optional ones as nullable). Each answer has an invented example.
"""

from collections.abc import Iterator
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from . import examples
from .problems import GUIDE, TITLES, TYPE, Problem, body_of, unknown, wrong_parameter

VERSION = "1.0.0"
ABOUT = f"""各机关依法公布的政府信息公开工作年度报告，供程序读取。只读，不需要账号。

使用说明见 {GUIDE} 。v1 的地址、参数和字段不会改名、不会改变含义，只会增加；不兼容的改动另立 v2。
读取的一方应当忽略不认识的字段。"""
PROBLEM_STATUS = {
    400: "请求不能识别",
    404: "没有这项资源",
    406: "请求头 Accept 不要 JSON",
    422: "参数有错误，errors 逐个说明",
    429: "请求过于频繁，Retry-After 说明等几秒",
    500: "本站出错",
}
EXAMPLES: dict[int, tuple[str, Problem]] = {  # what was asked for, and what went wrong
    400: ("/api/v1/reports?agency=%00", Problem("bad-request", "请求的内容不能识别，请核对网址。")),
    404: ("/api/v1/agencies/nobody", unknown("机关", "nobody")),
    406: ("/api/v1/reports", Problem("not-acceptable", "这里只提供 application/json。")),
    410: (
        "/api/v1/reports/archives/2022",
        Problem(
            "withdrawn",
            "虚构市档案局的这份报告已撤回公布。理由：含有个人信息。",
            withdrawn_at="2023-03-01T10:00:00.000+08:00",
            reason="含有个人信息。",
        ),
    ),
    422: ("/api/v1/reports?year=20x4", wrong_parameter("year", "应当是整数，只写数字")),
    429: ("/api/v1/reports", Problem("too-many-requests", "同一地址的请求过多，请 20 秒后再试。")),
    500: ("/api/v1/reports", Problem("internal-error", "本站处理时出错，已经记录。请稍后再试。")),
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "出错时的回答（RFC 9457）",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "问题的种类",
                 "enum": [f"{GUIDE}#problem-{kind}" for kind in TITLES]},
        "title": {"type": "string", "description": "问题的名称", "enum": list(TITLES.values())},
        "status": {"type": "integer", "description": "HTTP 状态码"},
        "detail": {"type": "string", "description": "哪里不对，怎么办"},
        "instance": {"type": "string", "description": "所请求的地址"},
        "errors": {"type": "array", "description": "逐个参数的错误", "items": {
            "type": "object", "required": ["parameter", "in", "detail"], "properties": {
                "parameter": {"type": "string", "description": "参数名"},
                "in": {"type": "string", "enum": ["query", "path"], "description": "所在"},
                "detail": {"type": "string", "description": "错在哪里"}}}},
        "withdrawn_at": {"type": ["string", "null"], "format": "date-time", "description": "撤回时间"},
        "reason": {"type": "string", "description": "撤回理由"},
    },
}  # fmt: skip
HEADERS: dict[str, Any] = {
    "ETag": {"description": "内容的标记；下次带在 If-None-Match 里，没有变化时回答 304",
             "schema": {"type": "string"}},
    "Link": {"description": "下一页的地址（rel=\"next\"）", "schema": {"type": "string"}},
    "Retry-After": {"description": "等几秒再请求", "schema": {"type": "integer", "minimum": 1}},
}  # fmt: skip


BOUNDS = {"ge": "minimum", "le": "maximum"}  # as pydantic names them behind our own validators


class OpenData(NinjaAPI):
    """The API with its document: paths below ``/api/v1``, errors as problems."""

    _document: dict[str, Any] | None = None

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return str(operation.view_func.__name__)

    def get_content_type(self) -> str:
        return str(self.renderer.media_type)  # JSON is UTF-8 and names no charset (RFC 8259)

    def document(self) -> dict[str, Any]:
        """The same for every process: it depends on the source alone."""
        if self._document is None:
            made = dict(self.get_openapi_schema(path_prefix=""))
            self._document = completed(made)
        return self._document

    def query_of(self, name: str) -> dict[str, bool]:
        """An operation's parameters in the query, and whether each may be given often."""
        for operation in operations(self.document()):
            if operation["operationId"] == name:
                return {
                    each["name"]: each["schema"].get("type") == "array"
                    for each in operation["parameters"]
                    if each["in"] == "query"
                }
        return {}


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (each for path in document["paths"].values() for each in path.values())


def completed(document: dict[str, Any]) -> dict[str, Any]:
    components = document["components"]
    components["schemas"]["Problem"] = PROBLEM
    components["headers"] = HEADERS
    components["responses"] = {
        f"Problem{status}": problem_response(status, words)
        for status, words in {**PROBLEM_STATUS, 410: "报告已撤回公布"}.items()
    }
    for operation in operations(document):
        complete(operation)
    return document


def problem_response(status: int, words: str) -> dict[str, Any]:
    address, problem = EXAMPLES[status]
    shown = {"summary": examples.SUMMARY, "value": body_of(problem, address)}
    content = {
        "schema": {"$ref": "#/components/schemas/Problem"},
        "examples": {examples.INVENTED: shown},
    }
    response: dict[str, Any] = {"description": words, "content": {TYPE: content}}
    if status == 429:
        response["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    return response


def complete(operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    found = answers.pop(200)
    names = [each["name"] for each in operation["parameters"]]
    headers = ["ETag", "Link"] if "cursor" in names else ["ETag"]
    found["description"] = "找到了"
    shown = {"summary": examples.SUMMARY, "value": examples.example_of(operation["operationId"])}
    found["content"]["application/json"]["examples"] = {examples.INVENTED: shown}
    found["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    answers["200"] = found
    answers["304"] = {"description": "没有变化（If-None-Match 与 ETag 相同）"}
    for status in PROBLEM_STATUS:
        answers[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    if operation["operationId"].startswith("report") and "cursor" not in names:
        answers["410"] = {"$ref": "#/components/responses/Problem410"}
    for parameter in operation["parameters"]:
        parameter["schema"] = plain(parameter["schema"])
        parameter.pop("examples", None)
        given = parameter["schema"].pop("examples", None)
        if given:
            parameter["example"] = given[0]


def plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter's schema: one that may be left out is not one that may be null."""
    told = {key: value for key, value in schema.items() if key not in ("title", "description")}
    choices = [each for each in told.get("anyOf", ()) if each != {"type": "null"}]
    if len(choices) == 1:
        told.pop("anyOf")
        told |= choices[0]
    if told.get("default", 0) in (None, "", []):
        told.pop("default")
    if "items" in told:
        told["items"] = plain(told["items"])
    return {BOUNDS.get(key, key): value for key, value in told.items()}
