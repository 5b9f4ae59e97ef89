"""What holds for every address of the API: methods, limit, ETag, compression, CORS.

The ETag is the answer's own hash: it costs the answer, saves the way, and
cannot be wrong about what changed. It is weak, as the same answer goes out
compressed and plain.
"""

import gzip
from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from reports.public.kept import REVALIDATE, accepted

from . import limiting
from .problems import TYPE, Problem, answer, problem_of

View = Callable[..., HttpResponseBase]
READING = "GET, HEAD, OPTIONS"
WORTH_PACKING = 1_000  # bytes
ANYONE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": READING,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": READING,
}


def answering(view: View, *, json_only: bool = True) -> View:
    """The view for GET, HEAD and OPTIONS alone, with everything that every answer has."""

    @wraps(view)
    def answered(request: HttpRequest, **where: object) -> HttpResponseBase:
        try:
            response = answer_to(view, request, json_only, where)
        except Exception as raised:  # outside of an operation, as when the common count fails
            if not json_only:
                raise
            response = answer(request, problem_of(request, raised))
        for name, value in ANYONE.items():
            response.headers[name] = value
        if response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response

    answered.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is ever changed here
    return answered


def answer_to(
    view: View, request: HttpRequest, json_only: bool, where: dict[str, object]
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    if request.method not in ("GET", "HEAD"):
        refusal = Problem("method-not-allowed", "数据只能读取，请用 GET。")
        response = answer(request, refusal)
        response.headers["Allow"] = READING
        return response
    seconds = limiting.wait(request)
    if seconds:
        told = f"同一地址的请求过多，请 {seconds} 秒后再试。要全部数据的，请下载批量文件。"
        response = answer(request, Problem("too-many-requests", told))
        response.headers["Retry-After"] = str(seconds)
        return response
    if json_only and not any(map(request.accepts, ("application/json", TYPE))):
        told = "这里只提供 application/json，请去掉请求头 Accept 或改成它。"
        return answer(request, Problem("not-acceptable", told))
    return kept(request, read(view, request, where))


def read(view: View, request: HttpRequest, where: dict[str, object]) -> HttpResponseBase:
    """HEAD is answered as GET; the server leaves the body out."""
    asked, request.method = request.method, "GET"
    try:
        return view(request, **where)
    finally:
        request.method = asked


def kept(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with its ETag and packed, or 304 where the reader has it already."""
    if response.status_code != 200 or not isinstance(response, HttpResponse):
        return response
    etag = f'W/"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = REVALIDATE
    patch_vary_headers(response, ["Accept-Encoding"])
    unchanged = get_conditional_response(request, etag=etag, response=response)
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    if "gzip" in accepted(request) and len(response.content) > WORTH_PACKING:
        response.content = gzip.compress(response.content, 5, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return response
