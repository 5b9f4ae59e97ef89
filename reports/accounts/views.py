"""Logging in and out, and one's own password: Django's views, noted in the audit trail."""

from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from reports.actions.auditing import Result, note
from reports.actions.passwords import keep_present, mark_own
from reports.models import User
from reports.queries.locks import nobody_called

from .entering import SIGNED_ON, come_in
from .standing_between import obstacles_of
from .staying import ENDED


class LoginView(views.LoginView):
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Why the last session ended is said once."""
        ended = self.request.session.pop(ENDED, "")
        return super().get_context_data(**kwargs) | {"ended": ended, "sso": settings.OIDC_ISSUER}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        assert isinstance(user, User)
        return come_in(self.request, user, self.get_success_url())

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        typed = str(form.data.get("username", "")).replace("\0", "")
        if typed:
            known = User.objects.filter(username=typed).first()
            locked = getattr(self.request, "axes_locked_out", False)
            why = "登录已锁定" if locked else ""
            note("log_in", known or nobody_called(typed), result=Result.REFUSED, why=why)
        return super().form_invalid(form)


class LogoutView(views.LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User):
            note("log_out", request.user, by=request.user)
        signed_on = request.session.get(SIGNED_ON) and settings.OIDC_ISSUER
        response = super().post(request, *args, **kwargs)
        return redirect("sso_out") if signed_on else response


class PasswordChangeView(views.PasswordChangeView):
    """Leads on to where the person was kept from, if the address is one of ours."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        obstacle = next(obstacles_of(user), None) if isinstance(user, User) else None
        if obstacle and obstacle.page != "password_change":
            obstacle = None
        return super().get_context_data(**kwargs) | {"obstacle": obstacle}

    def get_success_url(self) -> str:
        where = self.request.GET.get("next", "")
        ours = url_has_allowed_host_and_scheme(
            where, {self.request.get_host()}, require_https=self.request.is_secure()
        )
        return where if ours else super().get_success_url()

    def form_valid(self, form: Any) -> HttpResponse:
        keep_present(User.objects.get(pk=form.user.pk))
        response = super().form_valid(form)
        mark_own(form.user)
        note("change_own_password", form.user, by=form.user)
        return response
