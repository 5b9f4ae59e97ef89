"""The addresses of the person's own pages; without a namespace, as Django's log-in has them."""

from django.contrib.auth.views import PasswordChangeDoneView
from django.urls import path

from . import account, second_factor, sign_on, staying, views

urlpatterns = [
    path("", account.account_view, name="account"),
    path("login/", views.LoginView.as_view(), name="login"),
    path("login/second/", second_factor.challenge_view, name="second_factor"),
    path("logout/", views.LogoutView.as_view(), name="logout"),
    path("password/", views.PasswordChangeView.as_view(), name="password_change"),
    path("password/done/", PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("second/", second_factor.own_view, name="second_factor_setup"),
    path("sso/", sign_on.begin_view, name="sso"),
    path("sso/callback/", sign_on.callback_view, name="sso_callback"),
    path("sso/out/", sign_on.out_view, name="sso_out"),
    path("held/", staying.held_view, name="held"),
    path("stay/", staying.stay_view, name="stay"),
]
