"""Users, kept by the system administrator, and who holds which role."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.actions.passwords import keep_present, mark_issued
from reports.actions.people import may_propose
from reports.models import Intake, Membership, User
from reports.workflow import SITE_ROLES, Role

from . import intake, passwords
from .access import Audited, ByRole, ReadOnlyAdmin, Titled
from .keyed import Keyed
from .site import asker

SYSTEM = frozenset({Role.SYSTEM_ADMINISTRATOR})


class NewUserForm(UserCreationForm):
    class Meta:
        model = User
        fields = ["username", "display_name", "email"]


class UserForm(forms.ModelForm):
    """Nobody shuts themselves out."""

    asked_by: User

    class Meta:
        model = User
        fields = ["username", "display_name", "email", "is_active"]
        labels = {"is_active": "可以登录"}
        help_texts = {"is_active": "离岗的人员请取消勾选，不要删除：办理记录里还有他们的名字。"}

    def clean_is_active(self) -> bool:
        active: bool = self.cleaned_data["is_active"]
        if not active and self.instance.pk == self.asked_by.pk:
            raise ValidationError("不能停用自己的账号，请由另一名系统管理员办理。")
        return active


@admin.register(User)
class PersonAdmin(ByRole, Audited, Titled, Keyed, UserAdmin):
    """Users are made and deactivated, never removed; what they may do is in their roles."""

    seen_by = SITE_ROLES
    kept_by = SYSTEM
    actions = None
    form = UserForm
    add_form = NewUserForm
    add_form_template = None  # Django's own speaks of permissions that do not exist here
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_display = ["display_name", "username", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "memberships__role"]
    search_fields = ["display_name", "username", "memberships__agency__name"]
    search_help_text = "姓名、用户名或所在机关"
    ordering = ["username"]
    filter_horizontal = ()
    readonly_fields = ["roles", "last_login"]
    fieldsets = [
        (None, {"fields": ["username", "display_name", "email", "is_active"]}),
        ("角色与登录", {"fields": ["roles", "last_login"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["username", "display_name", "email", "password1", "password2"]},
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("memberships__agency")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.asked_by = request.user
        return form

    def get_urls(self) -> list[URLPattern]:
        def issue(request: HttpRequest) -> HttpResponse:
            return passwords.passwords_view(request, self)

        view = self.admin_site.admin_view(issue)
        return [
            path("passwords/", view, name="reports_user_passwords"),
            *intake.pages(self, Intake.Kind.PEOPLE),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            mark_issued(obj)

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """A password set by another person is to be replaced at the next log-in."""
        known = User.objects.filter(pk=id).first() if id.isdecimal() else None
        if request.method == "POST" and known and self.has_change_permission(request, known):
            keep_present(known)
        response: HttpResponse = super().user_change_password(request, id, form_url)
        set_now = request.method == "POST" and response.status_code == HTTPStatus.FOUND
        if set_now and id != str(asker(request).pk):
            mark_issued(User.objects.get(pk=id))
        return response

    @admin.display(description="角色")
    def roles(self, user: User) -> str:
        held = [
            f"{each.agency.name if each.agency else '全站'}{each.get_role_display()}"
            for each in user.memberships.all()
        ]
        return "；".join(held) or "还没有角色"


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Who holds which role; changes are proposed and confirmed in ``role_requests``."""

    seen_by = SITE_ROLES
    list_display = ["user", "role", "agency_or_site", "propose"]
    list_filter = ["role"]
    list_select_related = ["user", "agency"]
    search_fields = ["user__display_name", "user__username", "agency__name"]
    search_help_text = "姓名、用户名或机关名称"
    ordering = ["user__username", "agency__path"]

    @admin.display(description="机关", ordering="agency__path", empty_value="全站")
    def agency_or_site(self, membership: Membership) -> str | None:
        return membership.agency.name if membership.agency else None

    @admin.display(description="变更")
    def propose(self, membership: Membership) -> SafeString:
        asked = {"kind": "revoke", "user": membership.user_id, "role": membership.role}
        if membership.agency_id:
            asked["agency"] = membership.agency_id
        where = reverse("admin:reports_rolerequest_add")
        return format_html('<a href="{}?{}">提出收回</a>', where, urlencode(asked))

    def get_list_display(self, request: HttpRequest) -> Any:
        proposes = may_propose(asker(request))
        return [each for each in self.list_display if proposes or each != "propose"]
