"""Changes of roles: proposed on one page, decided by a second person on another."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from reports.actions.people import (
    confirm_role,
    objection_to_proposal,
    propose_role,
    refuse_role,
    withdraw_role,
)
from reports.actions.refusals import Refused
from reports.models import RoleRequest, User
from reports.permissions import is_security_administrator
from reports.queries.people import open_role_requests
from reports.workflow import SITE_ROLES, Role

from .access import RoleAdmin
from .confirming import confirming_view
from .site import asker

PROPOSING = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR})
DECIDED = {"confirm": "已确认，现在生效。", "refuse": "已记下不同意。", "withdraw": "已撤回。"}


class ProposalForm(forms.ModelForm):
    """Says why a change cannot be proposed, before the action would refuse it."""

    asked_by: User

    class Meta:
        model = RoleRequest
        fields = ["kind", "user", "role", "agency", "reason"]
        help_texts = {
            "agency": "系统管理员、安全管理员、审计员管全站，不选机关。",
            "reason": "例如岗位调整的依据，确认的人据此判断。",
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "user" in given and given.get("role") and given.get("kind"):
            against = objection_to_proposal(
                given["user"], Role(given["role"]), given.get("agency"),
                by=self.asked_by, kind=RoleRequest.Kind(given["kind"]),
            )  # fmt: skip
            if against:
                raise ValidationError(against)
        return given

    def validate_constraints(self) -> None:
        """Every constraint has its sentence in ``objection_to_proposal`` already."""


@admin.register(RoleRequest)
class RoleRequestAdmin(RoleAdmin):
    """Proposed by a system or a security administrator, decided by another security one."""

    notes_itself = True
    form = ProposalForm
    seen_by = SITE_ROLES
    kept_by = PROPOSING
    list_display = ["kind", "user", "role", "agency_or_site", "state", "proposed_by", "proposed_at"]
    list_filter = ["state", "kind", "role"]
    list_select_related = ["user", "agency", "proposed_by"]
    list_display_links = ["kind", "user"]
    search_fields = ["user__display_name", "user__username", "agency__name"]
    search_help_text = "姓名、用户名或机关名称"
    ordering = ["-state", "-pk"]  # what waits comes first

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="机关", ordering="agency__path", empty_value="全站")
    def agency_or_site(self, asked: RoleRequest) -> str | None:
        return asked.agency.name if asked.agency else None

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.asked_by = request.user
        return form

    def save_model(self, request: HttpRequest, obj: RoleRequest, form: Any, change: bool) -> None:
        proposed = propose_role(
            obj.user, Role(obj.role), obj.agency,
            reason=obj.reason, by=asker(request), kind=RoleRequest.Kind(obj.kind),
        )  # fmt: skip
        obj.pk = proposed.pk

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One button: afterwards the list says what waits."""
        one = {"show_save_and_continue": False, "show_save_and_add_another": False}
        return super().add_view(request, form_url, (extra_context or {}) | one)

    def response_add(
        self, request: HttpRequest, obj: RoleRequest, post_url_continue: Any = None
    ) -> HttpResponse:
        messages.success(request, f"已提出：{obj}。由另一名安全管理员确认之后生效。")
        return redirect("admin:reports_rolerequest_changelist")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.decide_view))
        where = "<int:pk>/<str:verb>/decide/"

        def many(request: HttpRequest) -> HttpResponse:
            return confirming_view(request, self)

        confirm_many = self.admin_site.admin_view(many)
        return [
            path("confirm/", confirm_many, name="reports_rolerequest_confirm"),
            path(where, view, name="reports_rolerequest_decide"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        user = asker(request)
        may = is_security_administrator(user) and open_role_requests(user).exists()
        return super().changelist_view(request, (extra_context or {}) | {"confirms_many": may})

    def asked(self, request: HttpRequest, pk: str | int) -> RoleRequest:
        if not self.has_view_permission(request):
            raise Http404
        found: QuerySet[RoleRequest] = RoleRequest.objects.select_related(
            "user", "agency", "proposed_by", "decided_by"
        )
        return get_object_or_404(found, pk=pk if str(pk).isdecimal() else 0)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What is asked, and what this person may do about it."""
        if not self.has_view_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        return self.draw(request, self.asked(request, object_id))

    def draw(
        self, request: HttpRequest, asked: RoleRequest, refused: str = "", answer: str = ""
    ) -> HttpResponse:
        user = asker(request)
        waits = asked.state == RoleRequest.State.WAITING
        context = {
            **self.admin_site.each_context(request),
            "title": str(asked),
            "opts": self.opts,
            "asked": asked,
            "waits": waits,
            "may_decide": is_security_administrator(user)
            and open_role_requests(user).filter(pk=asked.pk).exists(),
            "may_withdraw": waits and asked.proposed_by_id == user.pk,
            "refused": refused,
            "answer": answer,
        }
        response = TemplateResponse(request, "admin/reports/rolerequest/request.html", context)
        response.status_code = 409 if refused else 200
        return response

    def decide_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        asked, by = self.asked(request, pk), asker(request)
        answer = request.POST.get("answer", "")
        try:
            if verb == "confirm":
                confirm_role(asked, by=by)
            elif verb == "refuse":
                refuse_role(asked, answer, by=by)
            elif verb == "withdraw":
                withdraw_role(asked, by=by)
            else:
                raise Http404
        except Refused as refused:
            return self.draw(request, self.asked(request, pk), str(refused), answer)
        messages.success(request, f"{asked}：{DECIDED[verb]}")
        return redirect("admin:reports_rolerequest_changelist")
