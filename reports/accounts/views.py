"""Logging in and out, and one's own password: Django's views, noted in the audit trail."""

from typing import Any

from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from reports.actions.auditing import Result, note
from reports.models import User


class LoginView(views.LoginView):
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        note("log_in", form.get_user(), by=form.get_user())
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        typed = str(form.data.get("username", ""))
        if typed:
            known = User.objects.filter(username=typed).first()
            note("log_in", known or nobody_called(typed), result=Result.REFUSED)
        return super().form_invalid(form)


def nobody_called(typed: str) -> str:
    """A name nobody has may be a password in the wrong box: only its keyed hash is kept."""
    digest = salted_hmac("reports.accounts.views", typed).hexdigest()[:12]
    return f"没有的用户名（{digest}）"


class LogoutView(views.LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User):
            note("log_out", request.user, by=request.user)
        return super().post(request, *args, **kwargs)


class PasswordChangeView(views.PasswordChangeView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        note("change_own_password", form.user, by=form.user)
        return response
