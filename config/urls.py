"""The doors: admin, desk, accounts, operations, and everything else is public."""

from django.contrib import admin
from django.urls import include, path

handler400 = "reports.operations.refusing.bad_request"
handler500 = "reports.operations.away.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("desk/", include("reports.desk.urls")),
    path("accounts/", include("reports.accounts.urls")),
    path("", include("reports.operations.urls")),
    path("", include("reports.public.urls")),
]
