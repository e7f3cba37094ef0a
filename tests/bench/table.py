#!/usr/bin/env python3
"""Puts what a run of tests/bench/run.sh has measured into one table.

    table.py FOLDER      reads benchmarks.json, replay.json, replay_old.json, instructions.json
                         and, where it is there, outside.tsv; writes numbers.md and numbers.json beside them

A number's budget is an upper limit; a yardstick's is how many times it the number may be.
Exit status 1: one is over its budget.
"""
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass
class Number:
    what: str
    unit: str
    seen: float
    budget: float | None = None
    yardstick: str = ""
    beside: float | None = None  # what the yardstick measured
    may_be: float | None = None  # times the yardstick

    @property
    def times(self) -> float | None:
        return self.seen / self.beside if self.beside else None

    @property
    def is_over(self) -> bool:
        return (self.budget is not None and self.seen > self.budget) or (
            self.may_be is not None and self.times is not None and self.times > self.may_be)


class Run:
    """The benchmarks of one run, by name."""

    def __init__(self, file: Path):
        benchmarks = json.loads(file.read_text())["benchmarks"]
        self.by_name = {self.short(one["name"]): one for one in benchmarks}

    @staticmethod
    def short(name: str) -> str:
        parts = name.split("/")
        return "/".join(part for part in parts if ":" not in part and part not in ("real_time", "manual_time"))

    def value(self, name: str, counter: str = "real_time") -> float | None:
        one = self.by_name.get(name)
        return one.get(counter) if one and not one.get("error_occurred") else None

    def names(self, beginning: str) -> list[str]:
        return [name for name in self.by_name if name.startswith(beginning)]


# What, unit, benchmark, counter, budget, yardstick, its benchmark, its counter, times at most.
ROWS = [
    ("barcode to article", "µs", "look_up_barcode", "p50_us", None, "plain SELECT", "baseline_barcode", "p50_us", None),
    ("key to hits, p50", "µs", "search_keystrokes", "p50_us", 12000, "plain LIKE", "baseline_like", "p50_us", None),
    ("key to hits, p99", "µs", "search_keystrokes", "p99_us", 25000, "plain LIKE", "baseline_like", "p99_us", None),
    ("key to hits inside words, p99", "µs", "search_inside_words", "p99_us", 25000, "plain LIKE", "baseline_like", "p99_us", None),
    ("a line changed to pixels", "ms", "change_one_line", "real_time", 2, "empty frame", "empty_frame", "real_time", None),
    ("whole frame painted", "ms", "paint_full_frame", "real_time", 7, "empty frame", "empty_frame", "real_time", None),
    ("first frame of the process", "ms", "first_frame", "real_time", 150, "empty frame", "empty_frame", "real_time", None),
    ("card: tap to first byte", "µs", "tap_to_first_byte", "real_time", 5000, "raw sync", "raw_fsync", "real_time", None),
    ("slip: printed to first byte, p99", "ms", "first_byte", "p99_ms", 100, "", "", "", None),
    ("drawer: asked to pulse, p99", "ms", "drawer_pulse", "p99_ms", 100, "", "", "", None),
    ("sale told to Medusa, processor", "ms", "sales_pushed", "cpu_ms_an_order", None, "plain libcurl", "plain_requests", "cpu_ms_an_order", 1.5),
    ("orders page, first", "ms", "orders/all/first", "p99_ms", 20, "", "", "", None),
    ("report of today", "ms", "reports/today", "p50_ms", 50, "", "", "", None),
    ("report of a year", "ms", "reports/year", "p50_ms", 50, "", "", "", None),
    ("scan to line, a TSE of 500 ms, p50", "ms", "slow_tse_sale", "line_p50_ms", 10, "", "", "", None),
    ("scan to line, a TSE of 500 ms, p99", "ms", "slow_tse_sale", "line_p99_ms", 25, "", "", "", None),
    ("paid to drawer, a TSE of 500 ms, p99", "ms", "slow_tse_sale", "drawer_p99_ms", 100, "", "", "", None),
    ("paid to paper beyond the TSE's own time, p99", "ms", "slow_tse_sale", "slip_over_p99_ms", 100, "", "", "", None),
    ("closing 500 receipts of 1,000,000", "ms", "day_closed/1000000", "real_time", 2000, "of 100,000", "day_closed/100000", "real_time", 1.5),
    ("closing 10,000 receipts of 1,000,000", "ms", "long_shift_closed/1000000", "real_time", 2000, "of 100,000", "long_shift_closed/100000", "real_time", 1.5),
    ("opening 1,000,000 orders that wait", "ms", "store_opened/1000000", "real_time", 150, "100,000", "store_opened/100000", "real_time", None),
    ("journal verify of 1,000,000 orders", "ms", "latest_journal_verified/1000000", "real_time", 1000, "of 100,000", "latest_journal_verified/100000", "real_time", None),
    ("DSFinV-K of 300,000 receipts", "s", "year_written", "real_time", 60, "", "", "", None),
    ("  memory at most", "MiB", "year_written", "peak_MiB", None, "", "", "", None),
]


def numbers_of(folder: Path) -> list[Number]:
    run = Run(folder / "benchmarks.json")
    numbers = []
    for what, unit, name, counter, budget, yardstick, beside, beside_counter, may_be in ROWS:
        seen = run.value(name, counter)
        if seen is None:
            sys.exit(f"error: the benchmark {name} gave no {counter}; it has {run.by_name.get(name)}")
        numbers.append(Number(what, unit, seen, budget, yardstick, run.value(beside, beside_counter), may_be))
    plain = run.value("plain_requests", "cpu_ms_an_order")
    told = {int(name.split("/")[1]): run.value(name, "cpu_ms_an_order") or 0 for name in run.names("sales_drained/")}
    for waiting, seen in told.items():
        numbers.append(Number(f"sale told, {waiting:,} waiting, processor", "ms", seen, None, "plain libcurl", plain))
    fewest, most = min(told), max(told)
    numbers.append(Number("  of the most that wait", "ms", told[most], None, f"of {fewest:,}", told[fewest], 1.25))
    for store, file in (("fresh store", "replay.json"), ("1,000,000 waiting", "replay_old.json")):
        replay = json.loads((folder / file).read_text())
        for share in ("p50", "p99"):
            numbers.append(Number(f"sale committed, {store}, {share}", "ms", replay[f"commit_{share}_ms"],
                                  {"p50": 15, "p99": 40}[share], "bare SQLite",
                                  replay[f"baseline_{share}_ms"], 1.25 if share == "p50" else None))
    outside = folder / "outside.tsv"
    if outside.exists():
        for line in outside.read_text().splitlines():
            what, seen, budget = line.split("\t")
            numbers.append(Number(what, "ms", float(seen), float(budget) if budget != "-" else None))
    for path in json.loads((folder / "instructions.json").read_text()):
        numbers.append(Number(f"instructions: {path['path']}", "", path["instructions"], None,
                              "kept", path["kept"], 1.03))
    return numbers


def written(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def main() -> int:
    folder = Path(sys.argv[1])
    numbers = numbers_of(folder)
    lines = ["| number | seen | budget | yardstick | measured | times | |", "|---|---|---|---|---|---|---|"]
    for one in numbers:
        unit = f" {one.unit}" if one.unit else ""
        times = f"{one.times:.2f}" + (f" (of {one.may_be})" if one.may_be else "") if one.times else "-"
        lines.append(f"| {one.what} | {written(one.seen)}{unit} | {written(one.budget)} | "
                     f"{one.yardstick or '-'} | {written(one.beside)} | {times} | {'OVER' if one.is_over else 'ok'} |")
    (folder / "numbers.md").write_text("\n".join(lines) + "\n")
    (folder / "numbers.json").write_text(json.dumps(
        [asdict(one) | {"times": one.times, "is_over": one.is_over} for one in numbers], indent=1))
    print("\n".join(lines))
    return int(any(one.is_over for one in numbers))


sys.exit(main())
