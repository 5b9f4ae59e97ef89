"""Readers of large foreign libraries, each document in a process of its own.

A damaged or hostile file may take all memory, never end, or bring the process
down; then only this one goes, and the person gets a sentence. The process gets
bounded memory and time, and nothing of the environment's secrets.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from .document import Block, Document, Paragraph, RawCell, TableGrid, grid_of
from .reading import UnreadableDocument
from .spans import TOO_MANY

SECONDS = 9  # of the processor; a report of ten pages takes less than two
PATIENCE = 60  # seconds in which even a busy machine gives it those
LARGEST_MEMORY = 220 * 1024 * 1024  # of its own; the libraries' code comes on top
ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")  # of the environment
TOO_LONG = "读取文件用时过长，没有读完；请改用报告的 .docx 原件。"
FAILED = "文件已损坏或者过于复杂，不能读取；请重新保存后再试，或者改用报告的 .docx 原件。"


def apart(reader: str, data: bytes) -> Document:
    """What the reader of that name makes of the bytes; it runs in a process of its own."""
    environment = {key: os.environ[key] for key in KEPT if key in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__, reader],
            input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT,
            env={**environment, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=PATIENCE, check=False,
        )  # fmt: skip
        said = json.loads(done.stdout) if done.returncode == 0 else {"refused": FAILED}
    except subprocess.TimeoutExpired as problem:
        raise UnreadableDocument(TOO_LONG) from problem
    except (OSError, ValueError) as problem:
        raise UnreadableDocument(FAILED) from problem
    return document_from(said)


def blocks_from(listed: Iterable[Any]) -> Iterable[Block]:
    tables = 0
    for each in listed:
        if isinstance(each, str):
            yield Paragraph(each)
        else:
            tables += 1
            yield grid_of(tables, [[RawCell(*cell) for cell in row] for row in each])


def plain(block: Block) -> Any:
    """A block as JSON can carry it: a paragraph's text, or a table's rows."""
    if isinstance(block, TableGrid):
        return [[(c.text, c.columns, c.merged, c.line) for c in row] for row in block.rows]
    return block.text


def limit() -> None:
    """This process may take no more memory and time than a report needs."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (LARGEST_MEMORY, LARGEST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def said_of(reader: str, data: bytes) -> dict[str, Any]:
    """What the process apart says of the bytes: blocks and notes, or why it refuses."""
    try:
        read = getattr(import_module(f"{__package__}.{reader}"), f"read_{reader}")
        document = read(data)
        if document.too_large:
            raise UnreadableDocument(TOO_MANY)
    except UnreadableDocument as problem:
        return {"refused": str(problem)}
    return {"blocks": [plain(block) for block in document.blocks], "notes": document.notes}


def document_from(said: Any) -> Document:
    if "refused" in said:
        raise UnreadableDocument(said["refused"])
    return Document(tuple(blocks_from(said["blocks"])), tuple(said["notes"]))


def main(reader: str) -> None:
    """In the process apart: bytes come in, JSON goes out."""
    limit()
    sys.stdout.buffer.write(json.dumps(said_of(reader, sys.stdin.buffer.read())).encode())


if __name__ == "__main__":
    main(sys.argv[1])
