"""The links and forms of a page, and a form filled anew."""

from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html

from . import hostile

MOST_FIELDS = 40  # changed in one form


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    value: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    action: str
    method: str
    fields: tuple[Field, ...]
    buttons: tuple[Field, ...]


def parsed(content: bytes) -> Any:
    return html.fromstring(content.decode("utf-8", "replace") or "<html></html>")


def links(page: Any, address: str) -> list[str]:
    found = [urljoin(address, each) for each in page.xpath("//a/@href")]
    return [each for each in found if each.startswith("/") and not each.startswith("//")]


def forms(page: Any, address: str) -> list[Form]:
    return [
        Form(
            urljoin(address, form.get("action") or address),
            (form.get("method") or "get").lower(),
            tuple(fields_of(form)),
            tuple(Field(b.get("name"), "button", b.get("value") or "")
                  for b in form.iter("button") if b.get("name")),
        )
        for form in page.iter("form")
        if not urlsplit(form.get("action") or "").netloc
    ]  # fmt: skip


def fields_of(form: Any) -> list[Field]:
    found = []
    for each in form.iter("input", "select", "textarea"):
        name, kind = each.get("name"), each.get("type") or each.tag
        if not name:
            continue
        if each.tag == "select":
            options = tuple(option.get("value") or "" for option in each.iter("option"))
            chosen = each.xpath("./option[@selected]/@value") or list(options[:1])
            found.append(Field(name, "select", chosen[0] if chosen else "", options))
        else:
            found.append(Field(name, kind, each.get("value") or each.text or ""))
    return found


def filled(form: Form, chance: Random) -> dict[str, Any]:
    """Mostly as it was, some fields hostile, some gone, some twice."""
    share = chance.choice([0, 0.1, 0.3, 0.9]) if len(form.fields) < MOST_FIELDS else 0.05
    said: dict[str, Any] = {}
    for field in form.fields:
        text = answer(field, share, chance)
        if text is not None:
            said.setdefault(field.name, []).append(text)
    if form.buttons and chance.random() < 0.9:
        button = chance.choice(form.buttons)
        said[button.name] = [button.value]
    if chance.random() < 0.1:
        said[chance.choice(hostile.NAMES)] = [hostile.value(chance)]
    return said


def answer(field: Field, share: float, chance: Random) -> Any:
    if field.kind == "file":
        return hostile.file(chance) if chance.random() < 0.8 else None
    drawn = chance.random()
    if drawn < share * 0.15:
        return None
    if drawn < share and field.name != "csrfmiddlewaretoken":
        return hostile.value(chance)
    if field.kind == "select" and chance.random() < 0.4:
        return chance.choice(field.options or ("",))
    if field.kind in ("checkbox", "radio"):
        return field.value or "on" if chance.random() < 0.5 else None
    return field.value
