"""The guide: the OpenAPI document as a page, with commands to copy. No script is needed.

Commands name a report that is really there, so that they answer when copied.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports.queries.open_reports import NEWEST_FIRST, Wanted, reports

from .examples import INVENTED
from .limiting import MINUTE
from .problems import STATUS, TITLES

Document = dict[str, Any]
TYPES = {"string": "文字", "integer": "整数", "number": "数", "boolean": "是否", "object": "对象",
         "array": "列表", "null": "空"}  # fmt: skip
FORMATS = {"date": "日期", "date-time": "时间", "uri": "网址", "uri-reference": "网址"}
NOWHERE = {"slug": "机关标识", "year": "2024", "number": "1", "code": "区划代码", "edition": "2021"}
MOST_EXAMPLES = 2  # parameters in a command


@dataclass(frozen=True)
class Named:
    """A parameter or a field: its type in words, the models it leads to, its sentence."""

    name: str
    type: str
    models: tuple[str, ...]
    about: str
    choices: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Operation:
    name: str
    path: str
    summary: str
    about: str
    tag: str
    parameters: tuple[Named, ...]
    model: str
    command: str
    example: str


@dataclass(frozen=True)
class Model:
    name: str
    fields: tuple[Named, ...]


def guide(request: HttpRequest, document: Document) -> HttpResponse:
    base = request.build_absolute_uri("/api/v1")
    known = NOWHERE | newest()
    found = list(operations(document, base, known))
    context = {
        "document": document,
        "base": base,
        "known": known,
        "tags": [
            (tag, [each for each in found if each.tag == tag])
            for tag in dict.fromkeys(each.tag for each in found)
        ],
        "models": list(models(document)),
        "problems": [(kind, STATUS[kind], title) for kind, title in TITLES.items()],
        "allowed": settings.API_REQUESTS_A_MINUTE,
        "minute": MINUTE,
    }
    return render(request, "public/api/guide.html", context)


def newest() -> dict[str, str]:
    """A report that is there, for the commands."""
    text = NEWEST_FIRST.behind(reports(Wanted()), None).first()
    if text is None:
        return {}
    agency = text.report.agency
    found = {"slug": agency.slug, "year": str(text.report.year), "number": str(text.number)}
    return found | ({"code": agency.division.code} if agency.division else {})


def operations(document: Document, base: str, known: dict[str, str]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for said in methods.values():
            found = said["responses"]["200"]["content"]["application/json"]
            shown = found["examples"][INVENTED]["value"]
            yield Operation(
                said["operationId"],
                f"/api/v1{path}",
                said["summary"],
                said["description"],
                said["tags"][0],
                tuple(
                    named(each["name"], each["schema"], each["description"], each["in"])
                    for each in said["parameters"]
                ),
                found["schema"]["$ref"].rsplit("/", 1)[-1],
                command(base, path, said["parameters"], known),
                json.dumps(shown, ensure_ascii=False, indent=2),
            )


def command(base: str, path: str, parameters: list[Document], known: dict[str, str]) -> str:
    for name, value in known.items():
        path = path.replace(f"{{{name}}}", value)
    asked = [
        (each["name"], value)
        for each in parameters
        if each["in"] == "query" and (value := example_of(each))
    ][:MOST_EXAMPLES]
    query = f"?{urlencode(asked)}" if asked else ""
    return f"curl --compressed '{base}{path}{query}'"


def example_of(parameter: Document) -> str:
    said = parameter.get("example")
    one = said[0] if isinstance(said, list) else said
    return str(one).lower() if isinstance(one, bool) else str(one or "")


def models(document: Document) -> Iterator[Model]:
    for name, schema in sorted(document["components"]["schemas"].items()):
        fields = (
            named(key, each, each.get("description", ""))
            for key, each in schema["properties"].items()
        )
        yield Model(name, tuple(fields))


def named(name: str, schema: Document, about: str, place: str = "") -> Named:
    choices = schema.get("enum") or schema.get("items", {}).get("enum") or ()
    kinds = list(dict.fromkeys(kinds_of(schema)))
    return Named(
        name,
        "或".join(kinds),
        tuple(leads_to(schema)),
        about + bounds_of(schema),
        tuple(map(str, choices)),
        place,
    )


def bounds_of(schema: Document) -> str:
    said = []
    if "minimum" in schema and "maximum" in schema:
        said.append(f"{schema['minimum']} 至 {schema['maximum']}")
    if schema.get("default"):
        said.append(f"不写时是 {schema['default']}")
    return f"（{'，'.join(said)}）" if said else ""


def kinds_of(schema: Document) -> Iterator[str]:
    for each in schema.get("anyOf") or schema.get("oneOf") or ():
        yield from kinds_of({"type": schema.get("type", "object"), **each})
    if "anyOf" in schema or "oneOf" in schema:
        return
    if "const" in schema:
        yield str(schema["const"])
    elif "format" in schema:
        yield FORMATS.get(str(schema["format"]), str(schema["format"]))
    elif isinstance(schema.get("type"), list):
        yield from (TYPES[each] for each in schema["type"])
    else:
        yield TYPES[schema.get("type", "object")]


def leads_to(schema: Any) -> Iterator[str]:
    """The models that a schema speaks of, wherever in it."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rsplit("/", 1)[-1]
        for each in ("items", "additionalProperties"):
            yield from leads_to(schema.get(each))
        for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
            yield from leads_to(each)
