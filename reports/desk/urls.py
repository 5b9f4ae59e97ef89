"""The desk's addresses."""

from django.urls import path

from . import (
    checking,
    commenting,
    correcting,
    hub,
    importing,
    importing_batch,
    importing_one,
    keeping,
    moving,
    notices,
    parts,
    previewing,
    shelf,
    urging,
)

app_name = "desk"
urlpatterns = [
    path("", shelf.shelf, name="shelf"),
    path("start/", shelf.start, name="start"),
    path("import/", importing.imports, name="imports"),
    path("import/new/", importing.import_new, name="import_new"),
    path("import/store/", importing_batch.import_store, name="import_store"),
    path("import/publish/", importing_batch.import_publish, name="import_publish"),
    path("import/<int:pk>/", importing_one.import_one, name="import_one"),
    path("import/<int:pk>/again/", importing.import_again, name="import_again"),
    path("import/<int:pk>/discard/", importing.import_discard, name="import_discard"),
    path("import/<int:pk>/into/", importing_one.import_into, name="import_into"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/settings/", notices.notice_settings, name="notice_settings"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("remind/<int:pk>/<int:year>/", urging.remind, name="remind"),
    path("<int:pk>/", hub.hub, name="hub"),
    path("<int:pk>/correct/", correcting.correct, name="correct"),
    path("<int:pk>/changes/", correcting.changes, name="changes"),
    path("<int:pk>/check/", checking.check, name="check"),
    path("<int:pk>/findings.<str:extension>", checking.listing, name="findings"),
    path("<int:pk>/explain/", checking.explain, name="explain"),
    path("<int:pk>/comment/<int:comment>/", commenting.comment, name="comment"),
    path("<int:pk>/preview/", previewing.preview, name="preview"),
    path("<int:pk>/draft.pdf", previewing.draft_pdf, name="draft_pdf"),
    path("<int:pk>/history/", previewing.history, name="history"),
    path("<int:pk>/receipt/", moving.receipt, name="receipt"),
    path("<int:pk>/move/<str:verb>/", moving.move, name="move"),
    path("<int:pk>/<str:part>/", parts.part, name="part"),
    path("<int:pk>/<str:part>/input/", keeping.keep, name="keep"),
    path("<int:pk>/<str:part>/discard/", keeping.discard, name="discard"),
]
