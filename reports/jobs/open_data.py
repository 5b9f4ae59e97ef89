"""Bulk files of a year, some time after the last publication. The rows say what is to be done."""

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from reports.actions.open_data import build_year
from reports.queries.open_data import due


@task()
def build_files(year: int) -> None:
    """One year's files; nothing while another worker is at it."""
    build_year(year)


def take_up() -> int:
    """Ask for the years that are due and not asked for yet: for the worker's clock."""
    years = due(timezone.now())
    if not years:
        return 0
    rows = DBTaskResult.objects.ready().filter(task_path=build_files.module_path)
    queued = {given["args"][0] for given in rows.values_list("args_kwargs", flat=True)}
    new = [year for year in years if year not in queued]
    for year in new:
        build_files.enqueue(year)
    return len(new)
