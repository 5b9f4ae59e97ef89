"""Documents of the desk's agency, and how a person hands them in and corrects them."""

from dataclasses import replace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from reports.editions import EDITIONS
from reports.models import Agency, Upload
from reports.sheet import filled
from tests.importers.documents import as_lines, parts_of, refigured, tables_of
from tests.public.sent import sound

from .conftest import YEAR, Desk


def named(sheet, agency: Agency, year: int = 0):
    """The sheet as the agency's."""
    year = year or sheet.year
    texts = {
        key: getattr(sheet, key).replace(sheet.agency, agency.name)
        for key in ("title", "preface", "overview", "problems", "other_matters", "signed_by")
    }
    return replace(sheet, agency=agency.name, year=year, **texts)


def filled_2019(sheet):
    return replace(filled(EDITIONS[2019], sheet.agency, sheet.year), title=sheet.title)


def send(client: Client, *contents: bytes | tuple[str, bytes], follow: bool = True):
    files = [
        SimpleUploadedFile(*(each if isinstance(each, tuple) else (f"报告{n}.txt", each)))
        for n, each in enumerate(contents, 1)
    ]
    return client.post(reverse("desk:import_new"), {"documents": files}, follow=follow)


def words(response) -> str:
    return " ".join("".join(html.fromstring(response.text).find(".//main").itertext()).split())


def read_one(desk: Desk, content: bytes, name: str = "报告.txt") -> Upload:
    send(desk.client, (name, content))
    return Upload.objects.latest("pk")


def url(upload: Upload, name: str = "import_one") -> str:
    return reverse(f"desk:{name}", args=[upload.pk])


def boxes(client: Client, upload: Upload) -> dict[str, str]:
    """Everything that the form of a document's page would send."""
    page = html.fromstring(client.get(url(upload)).content)
    form = page.find(".//form[@data-corrections]")
    return {name: value or "" for name, value in form.form_values()}


def press(client: Client, upload: Upload, store: str = "", **typed: str):
    sent = boxes(client, upload) | {name.replace("__", "."): text for name, text in typed.items()}
    return client.post(url(upload), sent | ({"store": store} if store else {}), follow=True)


def doubtful(desk: Desk) -> bytes:
    """A document of the desk's agency in which two cells are not simply numbers."""
    sheet = named(sound(YEAR), desk.agency)
    tables = tables_of(sheet)
    turn = iter(["减3", "/"])
    odd = refigured(tables["applications"], lambda text: next(turn, text))
    return as_lines(parts_of(sheet, {**tables, "applications": odd}))
