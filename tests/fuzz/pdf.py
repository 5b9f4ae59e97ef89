"""What breaks a PDF: its numbers, its words, what its pages draw."""

import re
import zlib
from random import Random

from .plain import flip

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)


def pdf_numbers(data: bytes, chance: Random) -> bytes:
    """Numbers of objects, offsets, lengths, boxes."""
    found = [m.span() for m in re.finditer(rb"(?<=[ \[\n])-?[0-9]{1,10}(?=[ \]\n/>])", data)]
    changed = data
    for start, end in sorted(chance.sample(found, min(len(found), chance.choice([1, 20, 200]))))[
        ::-1
    ]:
        number = chance.choice([b"0", b"-1", b"3", b"12", b"99999999", b"1e9", b"4 0 R"])
        changed = changed[:start] + number + changed[end:]
    return changed


def pdf_words(data: bytes, chance: Random) -> bytes:
    """Keys and keywords taken for others."""
    found = [
        m.span() for m in re.finditer(rb"/[A-Z][A-Za-z0-9]+|endobj|endstream|xref|trailer", data)
    ]
    others = [
        b"/Kids",
        b"/Parent",
        b"/Type",
        b"/Filter /LZWDecode",
        b"/Length",
        b"/Prev",
        b"obj",
        b"",
    ]
    changed = data
    for start, end in sorted(chance.sample(found, min(len(found), chance.choice([1, 10, 100]))))[
        ::-1
    ]:
        changed = changed[:start] + chance.choice(others) + changed[end:]
    return changed


def pdf_streams(data: bytes, chance: Random) -> bytes:
    """What pages draw: their operators broken, and packed again, or wrongly packed."""
    found = [m for m in STREAM.finditer(data) if len(m[1]) < 60_000]
    if not found:
        return flip(data, chance)
    stream = chance.choice(found)
    try:
        plain = zlib.decompress(stream[1])
    except zlib.error:
        plain = stream[1]
    tokens = plain.split(b" ")
    for _ in range(chance.choice([1, 20, 300])):
        other = chance.choice(
            [b"q", b"Q", b"Tj", b"BT", b"ET", b"cm", b"re", b"-1e30", b"0", b"[", b"<"]
        )
        tokens[chance.randrange(len(tokens))] = other
    packed = zlib.compress(b" ".join(tokens))
    packed = chance.choice([packed, packed, packed[: len(packed) // 2], plain])
    return data[: stream.start(1)] + packed + data[stream.end(1) :]
