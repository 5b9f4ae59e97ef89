"""Measuring: several works interleaved, so that a noisy machine is noisy to all alike."""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter


def medians(
    title: str, works: Mapping[str, Callable[[], object]], rounds: int = 25
) -> dict[str, float]:
    """Milliseconds of each work, printed with its ratio to the first; the first round warms up."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            begun = perf_counter()
            work()
            if number:
                taken[name].append((perf_counter() - begun) * 1000)
    result = {name: median(times) for name, times in taken.items()}
    first = next(iter(result.values()))
    print(f"\n{title}")
    for name, milliseconds in result.items():
        print(f"  {name:<44}{milliseconds:9.2f} ms {milliseconds / first:8.2f} x")
    return result


def spreads(title: str, works: Mapping[str, Callable[[], object]], rounds: int = 100) -> None:
    """Median and 99th percentile of each work in milliseconds, interleaved as above."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            begun = perf_counter()
            work()
            if number:
                taken[name].append((perf_counter() - begun) * 1000)
    print(f"\n{title}")
    for name, times in taken.items():
        p99 = sorted(times)[max(0, round(len(times) * 0.99) - 1)]
        print(f"  {name:<44}{median(times):9.2f} ms median {p99:9.2f} ms p99")
