"""What reports are found by, after more of it changed than a request can wait for."""

from django_tasks import task

from reports.actions.indexing import index_region


@task()
def index_reports_of_region(division_pk: int) -> None:
    """After a region was renamed or put elsewhere: the reports of the agencies in it and below."""
    index_region(division_pk)
