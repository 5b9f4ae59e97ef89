"""The doors: admin, desk, accounts, operations, and everything else is public."""

from django.contrib import admin
from django.contrib.auth.views import PasswordChangeDoneView
from django.urls import include, path

from reports.accounts import views as accounts

handler400 = "reports.operations.refusing.bad_request"
handler500 = "reports.operations.away.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("desk/", include("reports.desk.urls")),
    path("accounts/login/", accounts.LoginView.as_view(), name="login"),
    path("accounts/logout/", accounts.LogoutView.as_view(), name="logout"),
    path(
        "accounts/password/",
        accounts.PasswordChangeView.as_view(),
        name="password_change",
    ),
    path(
        "accounts/password/done/",
        PasswordChangeDoneView.as_view(),
        name="password_change_done",
    ),
    path("", include("reports.operations.urls")),
    path("", include("reports.public.urls")),
]
