"""What stands around the till: card terminal, printer, security device, mail server, platform;
each a program of its own that keeps a book of its own."""
from __future__ import annotations

import collections
import email
import email.policy
import json
import pathlib
import re
import socket
import subprocess
import sys
import tarfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PINS = ["--puk", "123456", "--admin-pin", "12345", "--time-admin-pin", "54321"]
# A booking in the terminal's book of before; a till that finds none cannot say "not this one".
EARLIER = 700


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class World:
    def __init__(self, program: str, work: pathlib.Path) -> None:
        self.program, self.work = program, work
        self.servers: list[subprocess.Popen[str]] = []
        self.book = work / "terminal.book"
        self.book.write_text(f"0 {EARLIER} 1 0 1 0\n")
        self.paper = work / "slips.log"
        self.paper.touch()
        self.terminal_port = self._listening("terminal-sim", "--zvt", "--book", str(self.book))
        self.records = work / "tse" / "records.tar"  # of the security device
        self.tse_port = self._listening("tse-sim", "epson", "--curve", "p256", "--state",
                                        str(work / "tse"), "--client", "T1", *PINS)
        self.printer_port, self.printer_control = free_port(), free_port()
        printer = self._start(program, "printer-sim", "--port", str(self.printer_port), "--control",
                              str(self.printer_control), "--log", str(self.paper), "--profile",
                              "epson-tm-t20", "--data", str(work / "nobody"))
        printer.stdout.readline()
        post = self._start(sys.executable, str(HERE.parent / "e2e" / "mail_server.py"), str(work / "post"))
        while not (work / "post" / "port").exists():
            assert post.poll() is None, (work / "servers.err").read_text()
            time.sleep(0.02)
        self.mail_port = int((work / "post" / "port").read_text())

    def _start(self, *command: str) -> subprocess.Popen[str]:
        with open(self.work / "servers.err", "a") as err:
            server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=err, text=True)
        self.servers.append(server)
        return server

    def _listening(self, *words: str) -> int:
        server = self._start(self.program, *words)
        while line := server.stdout.readline():
            if found := re.match(r"listening on 127.0.0.1:(\d+)", line):
                return int(found.group(1))
        raise SystemExit(f"{words[0]} did not start")

    def stop(self) -> None:
        for server in self.servers:
            server.kill()
            server.wait()

    def tell_printer(self, *commands: str) -> None:
        with socket.create_connection(("127.0.0.1", self.printer_control)) as line:
            talk = line.makefile("rw")
            for command in commands:
                talk.write(command + "\n")
                talk.flush()
                assert talk.readline().strip() == "ok", command

    # --- the books ---
    def bookings(self) -> list[tuple[int, int]]:
        """Of the terminal, without the earlier one: what stands, as kind (0 a sale, 1 money
        given back) and amount."""
        rows = [tuple(map(int, line.split())) for line in self.book.read_text().splitlines()]
        return [(kind, amount) for kind, amount, trace, _, is_booked, is_reversed in rows
                if is_booked and not is_reversed and kind < 2 and trace > 1]

    def slips(self) -> list[dict]:
        return [json.loads(line) for line in self.paper.read_text().splitlines()]

    def mails(self) -> collections.Counter[str]:
        """How often each Message-ID came."""
        ids = (email.message_from_bytes(file.read_bytes(), policy=email.policy.default)["Message-ID"]
               for file in (self.work / "post" / "mails").glob("*.eml"))
        return collections.Counter(ids)

    def signed(self) -> tuple[dict[int, collections.Counter[str]], collections.Counter[int]]:
        """Of the security device: what was done with each transaction, and its counters."""
        deeds: dict[int, collections.Counter[str]] = collections.defaultdict(collections.Counter)
        counters: collections.Counter[int] = collections.Counter()
        for name in _members(self.records):
            if found := re.search(r"_Sig-(\d+)_", name):
                counters[int(found.group(1))] += 1
            if found := re.search(r"_No-(\d+)_(Start|Finish)_", name):
                deeds[int(found.group(1))][found.group(2)] += 1
        return deeds, counters


def _members(file: pathlib.Path) -> list[str]:
    """Whole ones of a TAR; a device that died may have written half of the last one."""
    names: list[str] = []
    if file.exists() and file.stat().st_size > 0:
        with tarfile.open(file) as tar:
            try:
                for member in tar:
                    if member.offset_data + member.size <= file.stat().st_size:
                        names.append(member.name)
            except tarfile.ReadError:
                pass
    return names
