"""The guide: the OpenAPI document as a page, with commands to copy. No script is needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def guide(request: HttpRequest, document: dict) -> HttpResponse:
    return render(request, "public/api/guide.html", {"document": document})
