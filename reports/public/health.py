"""For those who run the site: is the process alive, and can it do its work."""

import ctypes
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

FONTS = ("serif.otf", "serif-bold.otf", "sans.otf", "kai.ttf", "fangsong.otf")
SUBSETTER = "libharfbuzz-subset.so.0"


class NotReady(Exception):
    """What is missing, in words for the operator."""


def database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise NotReady("数据库不能连接") from error


def migrations() -> None:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise NotReady("数据库不能连接") from error
    if waiting:
        raise NotReady(f"有 {len(waiting)} 项数据库迁移还没有执行")


def storage() -> None:
    root = Path(settings.PUBLISHED_ROOT)
    nearest = next((each for each in (root, *root.parents) if each.exists()), root)
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise NotReady("公布文件的目录不能写入")


def fonts() -> None:
    missing = [name for name in FONTS if not (Path(settings.FONT_ROOT) / name).is_file()]
    if missing:
        raise NotReady(f"缺少字体文件：{'、'.join(missing)}")


def subsetter() -> None:
    try:
        ctypes.CDLL(SUBSETTER)
    except OSError as error:
        raise NotReady("缺少 libharfbuzz-subset，生成 PDF 会慢十倍") from error


CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "migrations": migrations,
    "storage": storage,
    "fonts": fonts,
    "libharfbuzz-subset": subsetter,
}


def verdict(check: Callable[[], None]) -> str:
    try:
        check()
    except NotReady as reason:
        return str(reason)
    return "ok"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    checks = {name: verdict(check) for name, check in CHECKS.items()}
    ready = all(said == "ok" for said in checks.values())
    return JsonResponse(
        {"status": "ok" if ready else "not ready", "checks": checks},
        status=200 if ready else 503,
        json_dumps_params={"ensure_ascii": False},
    )
