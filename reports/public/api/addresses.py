"""The API put together, and its addresses below ``/api/``."""

import json
from collections.abc import Iterator
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, re_path
from ninja.renderers import BaseRenderer

from ..asked_once import site_of
from . import agencies, editions, figures, problems, reports, search, series
from .answering import View, answering
from .document import ABOUT, VERSION, OpenData
from .guide import guide

TITLE = "政府信息公开工作年度报告开放数据接口"


class PlainJSON(BaseRenderer):
    """Chinese as itself: a third of the bytes of escapes."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)


api = OpenData(
    title=TITLE,
    version=VERSION,
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    renderer=PlainJSON(),
    servers=[{"url": "/api/v1", "description": "本站"}],
)
problems.handled_by(api)
for each in (agencies, reports, figures, series, search, editions):
    api.add_router("", each.router)


def openapi(request: HttpRequest) -> HttpResponse:
    content = json.dumps(licensed(request), ensure_ascii=False, indent=1)
    return HttpResponse(content, content_type="application/json")


def elsewhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    if rest in ("", "v1"):  # what a person types who was told of the interface
        return redirect("public:api:guide")
    return problems.answer(request, problems.nowhere(request))


def the_guide(request: HttpRequest) -> HttpResponse:
    return guide(request, licensed(request))


def licensed(request: HttpRequest) -> dict[str, Any]:
    """The document with the license of this site's data, which its settings name."""
    site, said = site_of(request), api.document()
    license = {"name": site.license_name}
    if site.license_address:
        license["url"] = site.license_address
    return said | {"info": said["info"] | {"license": license}}


def refuse_strangers(view: View, name: str) -> View:
    """Before the operation: a parameter it does not have would be passed over in silence."""

    @wraps(view)
    def asked(request: HttpRequest, **where: object) -> HttpResponseBase:
        known = api.query_of(name)
        errors = [
            {"parameter": given, "in": "query", "detail": why}
            for given, values in request.GET.lists()
            if (why := objection(given, len(values), known))
        ]
        if errors:
            return problems.answer(request, problems.wrong_parameters(errors))
        return view(request, **where)

    return asked


def objection(given: str, times: int, known: dict[str, bool]) -> str:
    if given not in known:
        return f"没有这个参数；可以用的有：{'、'.join(known)}" if known else "这里没有参数"
    return "只能写一次" if times > 1 and not known[given] else ""


def operations() -> Iterator[URLPattern]:
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            view = answering(refuse_strangers(pattern.callback, str(pattern.name)))
            yield URLPattern(pattern.pattern, view, name=pattern.name)


def patterns() -> list[URLPattern]:
    """Below ``api/``; whatever is no address there is told as a problem too."""
    return [
        path("v1/", answering(the_guide, json_only=False), name="guide"),
        path("v1/openapi.json", answering(openapi), name="openapi"),
        *below("v1/", operations()),
        # ``path`` stops at a line break, and Django's own page would answer.
        re_path(r"^(?P<rest>[\s\S]+)$", answering(elsewhere, json_only=False), name="elsewhere"),
        path("", answering(elsewhere, json_only=False), name="root"),
    ]


def below(prefix: str, found: Iterator[URLPattern]) -> Iterator[URLPattern]:
    for pattern in found:
        yield path(f"{prefix}{pattern.pattern}", pattern.callback, name=str(pattern.name))
