"""The admin's front door: it opens by membership, not by is_staff."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from reports.actions.auditing import note
from reports.models import User
from reports.permissions import (
    is_security_administrator,
    may_enter_admin,
    may_enter_desk,
    may_oversee,
    roles_of,
    sees_log_ins,
)
from reports.queries.people import open_role_requests
from reports.queries.queue import waiting_counts, waiting_for
from reports.workflow import REVIEWERS, State

# What the navigation calls each model, in its order.
ROOMS = {
    "Revision": "审核",
    "Board": "进度",
    "Campaign": "部署",
    "Tally": "汇总",
    "Agency": "机关",
    "Division": "区划",
    "User": "用户",
    "Membership": "角色",
    "RoleRequest": "角色变更",
    "Safety": "登录安全",
    "SiteSettings": "网站设置",
    "WordList": "词表",
    "ListedWord": "词语",
    "Event": "办理记录",
    "AuditEntry": "审计",
}
OURS = "reports.admin."
SHOWN_WAITING = 10


def asker(request: HttpRequest) -> User:
    """Who asks: ``has_permission`` lets in nobody who is not a user."""
    assert isinstance(request.user, User)
    return request.user


class ReportsAdminSite(AdminSite):
    site_header = "年度报告管理"
    site_title = "年度报告管理"
    index_title = "待我办理"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return may_enter_admin(request.user)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"may_enter_desk": may_enter_desk(request.user)}

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only our own pages: groups, permissions and other apps' tables have no place here."""
        if admin_class is not None and admin_class.__module__.startswith(OURS):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self) -> list[Any]:
        """The board is no model's: its pages stand beside the rooms."""
        from .board import board_view, export_view  # it asks this module who asks
        from .safety import safety_view
        from .urging import urge_view

        return [
            path("board/", self.admin_view(board_view), name="board"),
            path("board/board.xlsx", self.admin_view(export_view), name="board_export"),
            path("board/urge/", self.admin_view(urge_view), name="board_urge"),
            path("safety/", self.admin_view(safety_view), name="safety"),
            *super().get_urls(),
        ]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """No field of ours asks for it, and its pages are numbered and counted to their end."""
        raise PermissionDenied

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """One log-in for all of staff; who is in already is told that this is not their room."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied("管理页面只对审核员、主管部门和管理员开放。")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Noted, as the log-out of all of staff is."""
        if request.method == "POST" and isinstance(request.user, User):
            note("log_out", request.user, by=request.user)
        return super().logout(request, extra_context)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """One page for all of staff."""
        return redirect("password_change")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The rooms open to the user as one list, whatever app a model is from."""
        models = [model for app in super().get_app_list(request) for model in app["models"]]
        if may_oversee(request.user):
            models.append({"object_name": "Board", "admin_url": reverse("admin:board")})
        if sees_log_ins(request.user):
            models.append({"object_name": "Safety", "admin_url": reverse("admin:safety")})
        order = list(ROOMS)
        rooms = sorted(
            (model | {"name": ROOMS[model["object_name"]]} for model in models),
            key=lambda model: order.index(model["object_name"]),
        )
        app = {"name": "管理", "app_label": "reports", "app_url": reverse("admin:index")}
        return [app | {"has_module_perms": True, "models": rooms}] if rooms else []

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        return redirect("admin:index")

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """What waits for a reviewer, and the rooms."""
        context, user = dict(extra_context or {}), asker(request)
        if roles_of(user) & REVIEWERS:
            counts = waiting_counts(user)
            context |= {
                "reviewer": True,
                "in_review": counts[State.IN_REVIEW],
                "approved": counts[State.APPROVED],
                "waiting": waiting_for(user)[:SHOWN_WAITING],
            }
        else:
            context["title"] = "管理"
        if is_security_administrator(user):
            context["role_requests"] = open_role_requests(user).count()
        return super().index(request, context)
