"""The power goes, or the disk fails, at every call of a command. usage: power.py PROGRAM SHIM
FOLDER CUTS FAULTS SEED; so many of each, spread over the commands.

Cut: of what was not synced any part is missing; the till starts on what is left. Fault: a call
fails, once or from then on; the command says so and ends by its own words, then works again."""
from __future__ import annotations

import errno
import json
import pathlib
import random
import shutil
import sys
import time
import uuid
import zipfile
from collections import Counter
from dataclasses import dataclass, field

import audit
from books import Store
from storage import Call, Disk, lay_down, read_log
from till import SAID, Outcome, Plan, Till

HERE = pathlib.Path(__file__).resolve().parent
CASH = ["screen sell", "scan 9783000101373", "key F9", "wait-idle", "expect Saved", "mark sold"]
# What stood in a file before it was written anew.
OLD = b"the report of yesterday\n"
# Of the cuts and faults, after which the till also goes on with its work; it is slow.
THOROUGHLY = 0.25
FAULTS = [(errno.ENOSPC, "write,create,mkdir"), (errno.EIO, "fsync"), (errno.EIO, "write"),
          (errno.EIO, "read"), (errno.EIO, "rename,unlink,truncate")]


@dataclass
class Command:
    name: str
    words: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    brings: dict[str, int] = field(default_factory=dict)
    # The second time it has other words, where it cannot do the same again.
    again: list[str] = field(default_factory=list)

    def run(self, till: Till, plan: Plan, is_again: bool = False) -> Outcome:
        if self.steps:
            return till.drive(self.steps, plan)
        return till.run(*(self.again if is_again and self.again else self.words), plan=plan)


def commands(stick: pathlib.Path) -> list[Command]:
    return [
        Command("sale", steps=CASH, brings={"sale": 1}),
        Command("voucher", ["voucher", "issue", "50"], brings={"sale": 1, "voucher": 1}),
        Command("refund", ["order", "T1-000001", "refund", "--amount", "1.00", "--reason", "scratched"],
                brings={"refund": 1}),
        Command("return", ["return", "T1-R000003", "--line", "BU-101=1", "--reason", "unread"],
                brings={"back": 1}, again=["order", "T1-000001"]),
        Command("cash in", ["shift", "in", "5", "--reason", "change"], brings={"moved": 1}),
        Command("close shift", ["shift", "close", "--counted", "150"], brings={"z": 1},
                again=["shift", "list"]),
        Command("article", ["articles", "add", "Quince", "--price", "2.00"], brings={"article": 1},
                again=["articles", "list"]),
        Command("setting", ["settings", "shop.footer", "Danke"]),
        Command("secret", ["backup", "--new-code"]),
        Command("backup", ["backup", str(stick)]),
        Command("export", ["export", "dsfinvk", "--from-z", "1", "--to-z", "1", "--force", "--out",
                           str(stick / "export.zip")]),
        Command("report", ["report", "--day", "today", "--csv", str(stick / "report.csv")]),
        Command("outbox and mails", ["sync", "--once"]),
    ]


class Bench:
    def __init__(self, program: str, shim: str, work: pathlib.Path, seed: int) -> None:
        self.program, self.shim, self.work = program, shim, work
        self.dice = random.Random(seed)
        self.base, self.now = work / "base", work / "now"
        self.faults: list[str] = []
        self.tried: Counter[str] = Counter()
        self._set_up()

    def till_in(self, place: pathlib.Path) -> Till:
        till = Till(self.program, place / "till", self.shim, self.work)
        till.roots = [place / "till", place / "stick"]
        return till

    def _set_up(self) -> None:
        """A shop with a closed day, an open one, and an order of the platform to be told about."""
        (self.base / "till").mkdir(parents=True, mode=0o700)
        (self.base / "stick").mkdir()
        (self.base / "stick" / "report.csv").write_bytes(OLD)
        till = self.till_in(self.base)
        secrets = self.base / "till" / "secrets.toml"
        secrets.write_text("")
        secrets.chmod(0o600)
        for words in (["fiscal", "setup", "--country", "DE", "--device", "software"],
                      ["import", str(HERE.parent.parent / "assets" / "demo" / "catalogue.csv")],
                      ["settings", "mails.to", "laden@example.de"], ["backup", "--new-code"],
                      ["shift", "open", "100"]):
            assert (said := till.run(*words)).is_done, (words, said)
        for _ in range(2):
            assert (said := till.drive(CASH)).is_done, said
        assert (said := till.run("shift", "close", "--counted", "128")).is_done, said
        inbox = self.base / "till" / "upstream" / "inbox"
        inbox.mkdir(parents=True, exist_ok=True)
        order = {"format": "tresen-order/1", "number": "#1", "channel": "online",
                 "placed": "2026-11-21T10:05:00Z", "currency": "EUR",
                 "customer": {"name": "Henrike Vogt", "email": "vogt@example.de"},
                 "lines": [{"title": "Olivenöl", "unit_price": "12.90", "tax_rate": "7"}],
                 "payments": [{"kind": "sale", "tender": "card", "amount": "12.90"}]}
        (inbox / "1.json").write_text(json.dumps(order))
        assert (said := till.run("sync", "--once")).is_done, said
        assert (said := till.run("shift", "open", "100")).is_done, said
        # Told to nobody yet: what the outbox command works on.
        assert (said := till.run("order", "#1", "fulfil", "--notify")).is_done, said
        assert (said := till.run("order", "T1-000001", "refund", "--amount", "2.00", "--reason", "torn")).is_done, said
        (inbox / "2.json").write_text(json.dumps(order | {"number": "#2"}))

    def store(self, place: pathlib.Path) -> Store:
        return Store(place / "till", self.work / "copy")

    def fresh(self) -> Till:
        shutil.rmtree(self.now, ignore_errors=True)
        shutil.copytree(self.base, self.now)
        return self.till_in(self.now)

    def command(self, name: str) -> Command:
        return next(each for each in commands(self.now / "stick") if each.name == name)

    # --- the power goes ---
    def cut(self, name: str, count: int) -> None:
        till, command = self.fresh(), self.command(name)
        before = self.store(self.now).counts()
        disk = Disk(till.roots)
        log = self.work / "log"
        log.unlink(missing_ok=True)
        said = command.run(till, Plan(log=log))
        if not said.is_done:
            return self._found(name, "left alone", [f"it does not go at all: {said.err}"])
        calls = list(read_log(log))
        told = next((at for at, call in enumerate(calls, 1) if call.op == "mark"), len(calls))
        wanted = sorted({self.dice.randint(1, len(calls)) for _ in range(count)} | {told, len(calls)})
        for at, call in enumerate(calls, 1):
            disk.follow(call)
            if at in wanted:
                for how in ("synced", "named", "torn", "torn"):
                    self._start_after(command, disk, how, before, at, at >= told, call)

    def _start_after(self, command: Command, disk: Disk, how: str, before: Counter[str], at: int,
                     is_told: bool, call: Call) -> None:
        self.tried["cuts"] += 1
        shutil.rmtree(self.now, ignore_errors=True)
        self.now.mkdir()
        lay_down(disk.after_power_loss(how, self.dice), {str(root): str(root) for root in disk.roots})
        where = f"power lost behind call {at} ({call.op} {pathlib.Path(call.path).name}), {how}"
        self._found(command.name, where, self._judge(command, before, is_told))

    def _judge(self, command: Command, before: Counter[str], is_told: bool) -> list[str]:
        """The till starts and has what it said; now and then it also tells the platform, signs, and
        does the same once more."""
        till = self.till_in(self.now)
        wrong = []
        if not (said := till.run("journal", "verify", "--all")).is_done:
            return [f"the journal is not whole: {said.out} {said.err}"]
        store = self.store(self.now)
        wrong += audit.at_any_time(store) + _what_is_done_lies_there(store, self.now / "till")
        wrong += self._files_are_whole(till, command.name == "report" and is_told)
        gained = {name: store.counts()[name] - before[name] for name in command.brings}
        if gained != command.brings and (is_told or any(gained.values())):
            wrong.append(f"{'it was confirmed' if is_told else 'half done'}, and the store has {gained} more")
        if self.dice.random() < THOROUGHLY:
            wrong += self._go_on(command, till, any(gained.values()))
        return wrong

    def _go_on(self, command: Command, till: Till, is_there: bool) -> list[str]:
        wrong = []
        for words in (["sync", "--once"], ["fiscal", "test"]):
            if not (said := till.run(*words)).is_done:
                wrong.append(f"then {' '.join(words)} says {said.status}: {said.out} {said.err}")
        wrong += _what_is_done_lies_there(self.store(self.now), self.now / "till")
        wrong += audit.nothing_waits(self.store(self.now))
        said = command.run(till, Plan(), is_again=is_there)
        if "a cart is open" in said.err:
            till.drive(["screen sell", "key F9", "wait-idle", "expect Saved"])
            said = command.run(till, Plan(), is_again=True)
        if not said.is_done:
            wrong.append(f"afterwards it does not go: {said.status} {said.out} {said.err}")
        return wrong + audit.at_any_time(self.store(self.now))

    def _files_are_whole(self, till: Till, has_report: bool) -> list[str]:
        """What has a name can be used, whenever the power went."""
        report = self.now / "stick" / "report.csv"
        content = report.read_bytes() if report.exists() else b""
        is_new = content.startswith(b"\xef\xbb\xbffrom,") and content.endswith(b"\r\n")
        wrong = [] if is_new or content == OLD and not has_report else [f"the report is {content[:60]!r}"]
        for file in (self.now / "stick").glob("*.tresen"):
            if not (said := till.run("backup", "--check", str(file))).is_done:
                wrong.append(f"the backup {file.name} is not whole: {said.err}")
        for file in (self.now / "stick").glob("*.zip"):
            if not zipfile.is_zipfile(file) or zipfile.ZipFile(file).testzip():
                wrong.append(f"the export {file.name} is not whole")
        return wrong

    # --- a call fails ---
    def fail(self, name: str, count: int) -> None:
        till, command = self.fresh(), self.command(name)
        for _ in range(count):
            error, calls = self.dice.choice(FAULTS)
            many = self.dice.choice([1, 0])
            most = {"read": 60, "fsync": 12}.get(calls, 40 if command.words else 90)
            self._fail_at(name, f"{self.dice.randint(1, most)}:{many}:{error}:{calls}")

    def _fail_at(self, name: str, fault: str) -> None:
        till, command = self.fresh(), self.command(name)
        before = self.store(self.now).counts()
        log = self.work / "log"
        log.unlink(missing_ok=True)
        said = command.run(till, Plan(fail=fault, log=log))
        if not any(call.op == "failed" for call in read_log(log)):
            return  # it does not make so many calls
        self.tried["faults"] += 1
        wrong = []
        if said.status not in SAID:
            wrong.append(f"it ended with the status {said.status}: {said.err}")
        if not said.is_done and not (said.out + said.err).strip():
            wrong.append("it failed without a word")
        store = self.store(self.now)
        gained = {each: store.counts()[each] - before[each] for each in command.brings}
        is_told = said.is_done or bool(said.passed)
        if gained != (command.brings if is_told else dict.fromkeys(command.brings, 0)):
            wrong.append(f"status {said.status} {said.err.strip()[:200]}, and the store has {gained} more")
        wrong += self._judge(command, before, is_told)
        self._found(name, f"fault {fault}", wrong)

    def _found(self, name: str, where: str, wrong: list[str]) -> None:
        for fault in dict.fromkeys(wrong):
            key = f"{name}: {fault}"
            if key not in self.faults:
                print(f"FAILED: {name}, {where}:\n  {fault}", flush=True)
                self.faults.append(key)
        self.tried["bad"] += bool(wrong)


def _what_is_done_lies_there(store: Store, data: pathlib.Path) -> list[str]:
    """What the till takes for told is a file with that in it."""
    wrong = []
    told = {}
    for file in (data / "upstream" / "outbox").glob("*.json"):
        try:
            order = json.loads(file.read_text())
        except ValueError:
            wrong.append(f"the file {file.name} of the outbox is not whole")
            continue
        told[order["channel"], order["number"], order["version"]] = order
    for kind, key, channel, number, version in store.rows(
            "SELECT kind, key, channel, number, outbox.version FROM outbox LEFT JOIN orders "
            "ON orders.row = order_row WHERE state = 2"):
        if kind == 1 or kind >= 11:
            mail = data / "mail" / f"{uuid.UUID(bytes=key)}.eml"
            if not mail.exists() or not mail.read_bytes().endswith(b"\n"):
                wrong.append(f"the mail {mail.name} is done, and is not whole in its folder")
        elif kind == 0 and not any(key[:2] == (channel, number) and key[2] >= version for key in told):
            wrong.append(f"version {version} of {number} is done, and is not in the outbox folder")
    return wrong


def main() -> int:
    program, shim, folder, cuts, faults, seed = sys.argv[1:7]
    begun = time.monotonic()
    bench = Bench(program, shim, pathlib.Path(folder), int(seed))
    names = [command.name for command in commands(bench.now)]
    for name in names:
        bench.cut(name, max(1, int(cuts) // len(names) // 4))
        bench.fail(name, max(1, int(faults) // len(names)))
        print(f"  {name}: {bench.tried['cuts']} cuts, {bench.tried['faults']} faults so far", flush=True)
    print(f"seed {seed}: {bench.tried['cuts']} cuts, {bench.tried['faults']} faults, {bench.tried['bad']} "
          f"of them with {len(bench.faults)} findings, {time.monotonic() - begun:.0f} s")
    tries = bench.tried["cuts"] + bench.tried["faults"]
    print(f"power: {tries - bench.tried['bad']} passed, {bench.tried['bad']} failed")
    return int(bool(bench.faults))


if __name__ == "__main__":
    sys.exit(main())
