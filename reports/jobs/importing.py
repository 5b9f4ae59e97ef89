"""Reading documents outside of a request: a PDF may take seconds, a batch minutes."""

from django_tasks import task

from reports.actions import importing
from reports.actions.auditing import by_task


@task()
def read_upload(upload_pk: int) -> None:
    """One document; again where its worker died over it."""
    with by_task():
        importing.read_upload(upload_pk)


@task()
def remove_old() -> None:
    """Keep the promise of thirty days wherever documents still arrive."""
    importing.let_go_of_old()
