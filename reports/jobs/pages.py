"""Drawing public pages outside of a request."""

from django.core.management import call_command
from django_tasks import task

from reports.actions.publishing import draw_pages


@task()
def draw_report_pages(report_pk: int) -> None:
    """One report's pages: after the drawing at publication was cut off."""
    draw_pages(report_pk)


@task()
def redraw_all_pages() -> None:
    """Every page: after a change of the site's settings, which stand on each."""
    call_command("redraw_pages", if_stale=True)
