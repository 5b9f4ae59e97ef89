"""What stands between a person who is logged in and their work, and the door that says so.

``OBSTACLES`` is the one list of it: each asks one thing of a user and, where it
stands in the way, names the page that removes it. Another demand is another
line of the list. The first that stands
is shown, at every page of the desk and the admin; logging out and the page
itself stay open. What a person was just sending is not lost: the answer is a
page that holds it and sends it once the way is free.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from reports.models import User
from reports.queries.password_age import days_left
from reports.queries.second_factor import lacks_one

DOORS = frozenset({"desk", "admin"})
STAYS_OPEN = frozenset({"logout", "jsi18n"})
NOT_SENT_AGAIN = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True)
class Obstacle:
    """What is asked of the person, and the name of the page where they do it."""

    words: str
    page: str
    deed: str = "修改密码"


def initial_password(user: User) -> Obstacle | None:
    if user.password_issued_at is None:
        return None
    return Obstacle("您的密码是别人设置的，请先改成自己的密码，然后继续。", "password_change")


def old_password(user: User) -> Obstacle | None:
    left = days_left(user)
    if left is None or left > 0:
        return None
    words = f"您的密码已经用了 {settings.PASSWORD_DAYS} 天，按规定要换一个，换好之后继续。"
    return Obstacle(words, "password_change")


def no_second_factor(user: User) -> Obstacle | None:
    if not lacks_one(user):
        return None
    words = "您的角色要使用第二重验证，请先设置，只要几分钟，然后继续。"
    return Obstacle(words, "second_factor_setup", "设置第二重验证")


OBSTACLES: list[Callable[[User], Obstacle | None]] = [
    initial_password,
    old_password,
    no_second_factor,
]


def obstacles_of(user: User) -> Iterator[Obstacle]:
    return (found for each in OBSTACLES if (found := each(user)) is not None)


class StandsBetween:
    """After AuthenticationMiddleware and that of messages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        at = request.resolver_match
        if at is None or not set(at.namespaces) & DOORS or at.url_name in STAYS_OPEN:
            return None
        if not isinstance(request.user, User):
            return None
        obstacle = next(obstacles_of(request.user), None)
        return answer(request, obstacle) if obstacle else None


def answer(request: HttpRequest, obstacle: Obstacle) -> HttpResponse:
    """The page that removes the obstacle; what was being sent is kept in a page of its own."""
    if request.method in ("GET", "HEAD"):
        where = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse(obstacle.page)}?{where}")
    if request.headers.get("Sec-Fetch-Dest") == "empty":  # a script asks, and says it to the person
        return JsonResponse({"refused": obstacle.words}, status=403)
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_SENT_AGAIN
        for value in values
    ]
    context = {
        "obstacle": obstacle,
        "page": reverse(obstacle.page),
        "typed": typed,
        "files": [each.name for _, files in request.FILES.lists() for each in files],
        "where": request.get_full_path(),
    }
    return render(request, "registration/stands_between.html", context, status=403)
