"""A shop's year in minutes: opened, sold in and closed day by day, over the change to summer time and
back and a leap day, by clocks that are wrong now and then. usage: year.py PROGRAM SHIM FOLDER DAYS SEED"""
from __future__ import annotations

import datetime
import json
import pathlib
import random
import sys
import time
import zoneinfo
from collections import defaultdict
from decimal import Decimal

import audit
from books import Store
from till import Outcome, Plan, Till

HERE = pathlib.Path(__file__).resolve().parent
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
PRICES = {"9783000101373": 1400, "4000001000265": 380, "9783000106859": 2200}
FIRST = datetime.date(2027, 6, 1)
# Days that a selection never leaves out: summer time ends, the year does, a leap day, it begins.
SPECIAL = [datetime.date(2027, 10, 31), datetime.date(2027, 12, 31), datetime.date(2028, 1, 1),
           datetime.date(2028, 2, 29), datetime.date(2028, 3, 1), datetime.date(2028, 3, 26)]


class Year:
    def __init__(self, program: str, shim: str, work: pathlib.Path, seed: int) -> None:
        self.dice = random.Random(seed)
        self.work, self.data = work, work / "till"
        self.data.mkdir(mode=0o700)
        self.till = Till(program, self.data, shim, work)
        self.sold: dict[datetime.date, int] = defaultdict(int)
        self.faults: list[str] = []
        self.wrong_clocks = self.sales = 0

    def at(self, day: datetime.date, hour: int, minute: int = 0, fold: int = 0) -> int:
        return int(datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN,
                                     fold=fold).timestamp())

    def must(self, now: int, *words: str) -> Outcome:
        said = self.till.run(*words, plan=Plan(time=now))
        if not said.is_done:
            self.faults.append(f"{datetime.datetime.fromtimestamp(now, BERLIN)}: {' '.join(words)} says {said.err or said.out}")
            print(f"FAILED: {self.faults[-1]}", flush=True)
        return said

    def sell(self, now: int) -> None:
        """What goes over the counter; a clock that was wrong before may have to be called right."""
        day = datetime.datetime.fromtimestamp(now, BERLIN).date()
        codes = [self.dice.choice(list(PRICES)) for _ in range(self.dice.randint(1, 3))]
        steps = ["screen sell", *(f"scan {code}" for code in codes), "key F9", "wait-idle", "expect Saved"]
        said = self.till.drive(steps, Plan(time=now))
        if "clock" in said.err.lower():
            said = self.till.drive(["screen sell", "tap The clock is right", "key F9", "wait-idle",
                                    "expect Saved"], Plan(time=now))
        if not said.is_done:
            self.faults.append(f"{datetime.datetime.fromtimestamp(now, BERLIN)}: nothing can be sold: {said.err[:600]}")
            print(f"FAILED: {self.faults[-1]}", flush=True)
            return
        self.sold[day] += sum(PRICES[code] for code in codes)
        self.sales += 1

    def with_a_wrong_clock(self, right: int) -> None:
        """An empty battery: 1970. It is said, and nothing is sold by it."""
        self.wrong_clocks += 1
        before = self.store().counts()
        said = self.till.drive(["screen sell", "expect clock says", "key F9", "wait-idle"], Plan(time=30))
        if not said.is_done or self.store().counts() != before:
            self.faults.append(f"in 1970: {said.err[:300]}")

    def store(self) -> Store:
        return Store(self.data, self.work / "copy")

    def day(self, day: datetime.date) -> None:
        is_night = day in SPECIAL  # the shop is open over the hour that comes twice, or not at all
        self.must(self.at(day, 1 if is_night else 8), "shift", "open", "100")
        if is_night:
            for fold in (0, 1):
                self.sell(self.at(day, 2, 30, fold))
        if self.dice.random() < 0.05:
            self.with_a_wrong_clock(self.at(day, 8))
        hours = sorted(self.dice.sample(range(9, 18), self.dice.randint(1, 2)))
        for hour in hours:
            self.sell(self.at(day, hour, self.dice.randint(0, 59)))
        expected = 100 + self.sold[day] / 100
        self.must(self.at(day, 18), "shift", "close", "--counted", f"{expected:.2f}", "--drop",
                  f"{expected - 100:.2f}")
        self.must(self.at(day, 18, 1), "sync", "--once")
        self.count(day)

    def count(self, day: datetime.date) -> None:
        said = self.must(self.at(day, 18, 2), "report", "--day", str(day), "--json")
        if said.is_done:
            turnover = Decimal(json.loads(said.out)["turnover"])
            if turnover * 100 != self.sold[day]:
                self.faults.append(f"{day}: the report says {turnover}, {self.sold[day]} was sold")
        for fault in audit.at_any_time(self.store()):
            if fault not in self.faults:
                self.faults.append(fault)
                print(f"FAILED: {day}: {fault}", flush=True)


def main() -> int:
    program, shim, folder, days, seed = sys.argv[1:6]
    year = Year(program, shim, pathlib.Path(folder), int(seed))
    begun = time.monotonic()
    now = year.at(FIRST, 7)
    year.must(now, "fiscal", "setup", "--country", "DE", "--device", "software")
    year.must(now, "import", str(HERE.parent.parent / "assets" / "demo" / "catalogue.csv"))
    every = [FIRST + datetime.timedelta(days=n) for n in range(366)]
    some = sorted({*SPECIAL, *year.dice.sample(every, min(int(days), len(every)))})
    for day in some:
        year.day(day)
    end = year.at(some[-1], 20)
    year.must(end, "journal", "verify", "--all")
    year.must(end, "fiscal", "verify")
    closings = year.store().one("SELECT count(*) FROM shifts WHERE state = 2")
    if closings != len(some):
        year.faults.append(f"{len(some)} days were closed, there are {closings} Z reports")
    for fault in year.faults:
        print(f"  {fault}")
    print(f"seed {seed}: {len(some)} days, {year.sales} sales, {year.wrong_clocks} wrong clocks, "
          f"{time.monotonic() - begun:.0f} s, {len(year.faults)} faults")
    return int(bool(year.faults))


if __name__ == "__main__":
    sys.exit(main())
