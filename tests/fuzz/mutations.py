"""MUTATIONS: for each format, what breaks it; each a function of its bytes and of chance."""

from collections.abc import Callable
from random import Random

from .archives import archived, archived_xml, directory
from .pdf import pdf_numbers, pdf_streams, pdf_words
from .plain import (
    cut,
    figures,
    filled_piece,
    flip,
    in_front,
    lines,
    mark_up,
    noise,
    piece_twice,
    recoded,
    spans,
    without_piece,
    words,
)

Mutation = Callable[[bytes, Random], bytes]

ANY: dict[str, Mutation] = {
    "flip": flip, "cut": cut, "without piece": without_piece, "piece twice": piece_twice,
    "filled piece": filled_piece, "noise": noise, "in front": in_front,
}  # fmt: skip
ARCHIVES: dict[str, Mutation] = {
    "flip": flip, "cut": cut, "archive": archived, "xml": archived_xml, "xml again": archived_xml,
    "xml once more": archived_xml, "xml still": archived_xml, "directory": directory,
}  # fmt: skip
MUTATIONS: dict[str, dict[str, Mutation]] = {
    "docx": ARCHIVES,
    "xlsx": ARCHIVES,
    "html": {**ANY, "marks": mark_up, "marks again": mark_up, "marks still": mark_up,
             "spans": spans, "recoded": recoded, "words": words, "figures": figures},
    "txt": {**ANY, "lines": lines, "lines again": lines, "recoded": recoded, "words": words,
            "figures": figures, "figures again": figures},
    "pdf": {**ANY, "numbers": pdf_numbers, "words": pdf_words, "streams": pdf_streams,
            "streams again": pdf_streams},
}  # fmt: skip
