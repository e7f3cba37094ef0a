#!/usr/bin/env python3
"""Counts the instructions of the hot paths and holds them to tests/bench/instructions.tsv.

    count.py HOT_PATHS           compares; exit status 1 where a path costs over 3 % more
    count.py HOT_PATHS --keep    writes the counts seen
    count.py HOT_PATHS --json    prints them

The counts belong to g++ 12 on x86-64 and its C library (the first line of the file says
what they were made with). On another machine they are printed, and nothing is compared.
"""
import concurrent.futures
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

KEPT = Path(__file__).with_name("instructions.tsv")
MAY_GROW = 0.03


def machine() -> str:
    """What the counts depend on beside our code."""
    compiler = subprocess.run(["g++", "-dumpversion"], capture_output=True, text=True, check=True)
    # Its libraries choose by this what they run; valgrind knows nothing newer.
    vectors = " with avx2" if " avx2 " in Path("/proc/cpuinfo").read_text() else ""
    return (f"g++ {compiler.stdout.strip()}, {' '.join(platform.libc_ver())}, "
            f"{platform.machine()}{vectors}")


def count(program: str, name: str) -> int:
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no",
         "--toggle-collect=counted", program, name],
        capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not found:
        sys.exit(f"error: {name} cannot be counted:\n{run.stderr}")
    return int(found[1])


def kept() -> tuple[str, dict[str, int]]:
    lines = KEPT.read_text().splitlines()
    counts = (line.split("\t") for line in lines[1:])
    return lines[0].removeprefix("# "), {name: int(number) for name, number in counts}


def main() -> int:
    program, options = sys.argv[1], sys.argv[2:]
    names = subprocess.run([program], capture_output=True, text=True, check=True).stdout.split()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        seen = dict(zip(names, pool.map(lambda name: count(program, name), names)))
    if "--keep" in options:
        lines = [f"# {machine()}"] + [f"{name}\t{number}" for name, number in seen.items()]
        KEPT.write_text("\n".join(lines) + "\n")
        return 0
    made_with, before = kept()
    if "--json" in options:
        print(json.dumps([{"path": name, "instructions": number, "kept": before.get(name)}
                          for name, number in seen.items()]))
        return 0
    is_comparable = made_with == machine()
    if not is_comparable:
        print(f"the counts were made with {made_with}; here is {machine()}: not compared")
    worse = 0
    for name, number in seen.items():
        change = number / before[name] - 1 if name in before else 0
        is_worse = is_comparable and (name not in before or change > MAY_GROW)
        worse += is_worse
        print(f"{name:15} {number:13,} {change:+7.1%} {'FAILED: more than is kept' if is_worse else 'ok'}")
    print(f"instructions: {len(seen) - worse} passed, {worse} failed")
    return int(worse > 0)


sys.exit(main())
