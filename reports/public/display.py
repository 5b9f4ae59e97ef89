"""显示设置: 长者模式, 字号, light or dark, remembered in one cookie, with scripts and without.

Published pages are files that are the same for everybody. With scripts
``static/js/public.js`` reads the cookie and sets classes before anything is
painted; without, the browser asks for ``/display.css`` (it stands within
``noscript``), and only that answer follows from the cookie.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from . import kept

COOKIE = "display"
YEAR = 365 * 24 * 3600  # seconds
STYLESHEET = Path(settings.BASE_DIR) / "static/css/display.css"


@dataclass(frozen=True)
class Setting:
    """One thing to choose; a choice is a class of ``display.css``, empty for the usual."""

    name: str
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...]


SETTINGS = (
    Setting(
        "mode", "长者模式", "全站的字放大到一倍半，按钮也大一些，各栏依次排成一列。",
        (("", "不用"), ("elder", "使用")),
    ),
    Setting(
        "size", "报告正文的字号", "只改变报告的文字和表格。",
        (("type-large", "大"), ("", "中"), ("type-small", "小")),
    ),
    Setting(
        "scheme", "颜色", "打印时总是白底黑字。",
        (("", "跟随设备"), ("light", "浅色"), ("dark", "深色")),
    ),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponseBase:
    """The page of settings; what is sent is remembered, and leads back to where one was."""
    if request.method == "POST":
        back = within_the_site(request, request.POST.get("back", ""))
        answer = HttpResponseRedirect(back)  # redirect() would take a word for the name of a view
        said = {setting.name: request.POST.get(setting.name, "") for setting in SETTINGS}
        answer.set_cookie(
            COOKIE, ".".join(known(said.values())), max_age=YEAR,
            secure=request.is_secure(), httponly=False, samesite="Lax",
        )  # fmt: skip
        return answer
    now = chosen(request)
    fields = [
        (setting, next((value for value, _ in setting.choices if value in now), ""))
        for setting in SETTINGS
    ]
    back = within_the_site(request, request.headers.get("Referer", ""))
    return render(request, "public/display.html", {"fields": fields, "back": back})


@require_safe
def style(request: HttpRequest) -> HttpResponseBase:
    """The rules for what the reader chose, for who reads without scripts."""
    rules = applied(tuple(sorted(chosen(request))))
    answer = kept.answer(request, HttpResponse(rules, content_type="text/css; charset=utf-8"))
    answer.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Cookie"])
    return answer


@cache
def applied(classes: tuple[str, ...]) -> str:
    """``display.css`` as if the root had these classes; there are 18 sets of them."""
    rules = STYLESHEET.read_text(encoding="utf-8")
    for each in classes:
        rules = rules.replace(f"html.{each}", "html:root")
    return rules if classes else ""


def chosen(request: HttpRequest) -> list[str]:
    return known(request.COOKIES.get(COOKIE, "").split("."))


def known(said: Iterable[str]) -> list[str]:
    """Of what was said, at most one choice of each setting."""
    words = set(said)
    found = (
        next((value for value, _ in setting.choices if value and value in words), "")
        for setting in SETTINGS
    )
    return [each for each in found if each]


def within_the_site(request: HttpRequest, address: str) -> str:
    """Where to lead back to: never to another host, nor to this very page."""
    own = reverse("public:display")
    safe = address.startswith(("/", "http")) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe and not address.split("?")[0].endswith(own) else reverse("public:home")
