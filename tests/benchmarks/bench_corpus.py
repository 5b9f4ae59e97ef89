"""The whole corpus: editions x variations x formats, cells compared and wrong."""

from collections import Counter
from time import perf_counter

from tests.importers.corpus.test_corpus import ALL, FORMATS, able, plain, wrong_cells
from tests.importers.corpus.writers import READERS, WRITERS, understand


def test_every_variation_in_every_format(capsys):
    documents, cells, wrong = Counter(), Counter(), Counter()
    seconds: Counter[str] = Counter()
    for name, (change, editions, _) in ALL.items():
        for form in (form for form in FORMATS if able(name, form)):
            for edition in editions:
                report = change(plain(edition))
                data = WRITERS[form](report.blocks)
                begun = perf_counter()
                reading = understand(READERS[form](data))
                seconds[form] += perf_counter() - begun
                documents[form] += 1
                cells[form] += len(report.sheet.edition.places())
                wrong[form] += len(wrong_cells(report, reading))
    with capsys.disabled():
        print(f"\n{len(ALL)} variations")
        for form in FORMATS:
            speed = documents[form] / seconds[form]
            print(
                f"{form:6}{documents[form]:5} documents {cells[form]:7} cells "
                f"{wrong[form]:3} wrong {speed:4.0f} documents a second"
            )
    assert not any(wrong.values())
