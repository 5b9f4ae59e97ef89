"""Reading documents outside of a request: a PDF may take seconds, a batch minutes."""

from django_tasks import task

from reports.actions import importing


@task()
def read_upload(upload_pk: int) -> None:
    """One document; again where its worker died over it."""
    importing.read_upload(upload_pk)
