"""The desk's addresses."""

from django.urls import path

from . import checking, hub, keeping, moving, parts, previewing, shelf

app_name = "desk"
urlpatterns = [
    path("", shelf.shelf, name="shelf"),
    path("start/", shelf.start, name="start"),
    path("<int:pk>/", hub.hub, name="hub"),
    path("<int:pk>/check/", checking.check, name="check"),
    path("<int:pk>/findings.<str:extension>", checking.listing, name="findings"),
    path("<int:pk>/explain/", checking.explain, name="explain"),
    path("<int:pk>/preview/", previewing.preview, name="preview"),
    path("<int:pk>/draft.pdf", previewing.draft_pdf, name="draft_pdf"),
    path("<int:pk>/history/", previewing.history, name="history"),
    path("<int:pk>/receipt/", moving.receipt, name="receipt"),
    path("<int:pk>/move/<str:verb>/", moving.move, name="move"),
    path("<int:pk>/<str:part>/", parts.part, name="part"),
    path("<int:pk>/<str:part>/input/", keeping.keep, name="keep"),
    path("<int:pk>/<str:part>/discard/", keeping.discard, name="discard"),
]
