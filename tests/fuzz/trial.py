"""One broken file read and checked in a process of its own, with time and memory measured.

A reader which the product runs apart runs here in the same process as the rest,
under its own limits; every twentieth such file takes the product's whole way.
"""

import json
import os
import pickle
import re
import resource
import signal
import traceback
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO

from reports.checker import check
from reports.checker.finding import Sister, SiteWord, Vocabulary
from reports.editions.bodies import Body
from reports.importers import Reading, UnreadableDocument, confined, read
from reports.importers.opening import KINDS
from reports.importers.recognition import understand
from reports.sheet import from_json, to_json

SENTENCE = re.compile(r"^[^a-z]*[\u4e00-\u9fff].*。$", re.DOTALL)
SURE = 20  # seconds of the processor after which a file hangs
PATIENCE = 300  # seconds, on a machine however busy
APART = ("xlsx", "pdf")  # where an end of the process is foreseen: the person gets a sentence
LARGEST = 2 * 1024**3  # bytes; so that a fault of ours does not take the machine
WHOLE_WAY = 20
TODAY = date(2025, 3, 1)
WORDS = Vocabulary((SiteWord("内部"),))


@dataclass(frozen=True)
class Outcome:
    """What became of a file: "reading", "refusal", "stopped" by its limits, or "crash"."""

    number: int
    format: str
    broken: str
    what: str
    seconds: float = 0.0  # of the processor
    megabytes: float = 0.0  # at the highest, with the Python and the libraries themselves
    detail: str = ""


class Stopped(Exception):
    """A reader which runs apart let an exception through; the person gets a sentence."""


def is_apart(reader: object) -> bool:
    return isinstance(reader, partial) and reader.func is confined.apart


def reading_of(data: bytes, name: str, whole: bool) -> Reading:
    """By the product's own door, or by its parts with the reader in this process."""
    empty = not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe")
    kind = None if empty else next((kind for kind in KINDS if kind.told(data)), None)
    if whole or kind is None or not is_apart(kind.read):
        return read(BytesIO(data), name)
    try:
        said = json.loads(json.dumps(confined.said_of(kind.read.args[0], data)))
    except Exception as problem:
        raise Stopped(f"{type(problem).__name__}: {str(problem)[:200]}") from problem
    return understand(confined.document_from(said))


def judged(data: bytes, name: str, whole: bool = True) -> str:
    """What became of the file; any exception is a defect of ours."""
    try:
        reading = reading_of(data, name, whole)
    except UnreadableDocument as problem:
        if not SENTENCE.match(str(problem)):
            raise AssertionError(f"no Chinese sentence: {problem}") from problem
        return "refusal"
    except Stopped as problem:
        return f"stopped {problem}"
    assert isinstance(reading, Reading)
    examine(reading)
    return "reading"


def examine(reading: Reading) -> None:
    """The checker takes whatever the sheet holds, and says the same twice; all of it can be stored."""
    sheet = reading.sheet
    beside = {"body": Body(sheet.agency), "today": TODAY, "words": WORDS}
    found = check(sheet, sheet, sisters=(Sister(sheet),), **beside)
    assert found == check(sheet, sheet, sisters=(Sister(sheet),), **beside)
    stored = json.dumps(to_json(sheet), ensure_ascii=False, allow_nan=False)
    said = json.dumps([each.to_json() for each in found], ensure_ascii=False, allow_nan=False)
    "".join([stored, said, *reading.notes, *map(repr, reading.cells.values())]).encode()
    assert "\0" not in stored  # PostgreSQL keeps none
    assert to_json(from_json(json.loads(stored))) == to_json(sheet)


def tried(
    number: int, format: str, broken: str, data: bytes, name: str, whole: bool = False
) -> Outcome:
    """The outcome of a file in a process of its own; the whole way where the parts end that process."""
    whole = whole or number % WHOLE_WAY == 0
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        try:
            resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))
            resource.setrlimit(resource.RLIMIT_CPU, (SURE, SURE))
            signal.alarm(PATIENCE)
            if format in APART and not whole:
                confined.limit()
            said = (judged(data, name, whole), "")
        except BaseException:
            said = ("crash", traceback.format_exc())
        os.write(sending, pickle.dumps((said[0], said[1][-3000:])))
        os._exit(0)
    os.close(sending)
    with os.fdopen(receiving, "rb") as pipe:
        said = pipe.read()
    _, status, usage = os.wait4(child, 0)
    taken = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    if said:
        what, detail = pickle.loads(said)
        if what.startswith("stopped"):
            what, detail = "stopped", what
        return Outcome(number, format, broken, what, *taken, detail)
    if format in APART and not whole:
        return tried(number, format, broken, data, name, whole=True)
    ended = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else str(status)
    return Outcome(number, format, broken, "crash", *taken, f"ended by {ended}")
