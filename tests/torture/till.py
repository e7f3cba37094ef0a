"""The real program, asked like a person asks it: by its command line and by its screens. A
plan says how it is killed or what fails on the way."""
from __future__ import annotations

import os
import pathlib
import signal
import subprocess
import threading
from dataclasses import dataclass, field

# What a person may be told: it is done, it did not go, it was asked for wrongly.
SAID = (0, 1, 2, 64)


@dataclass
class Plan:
    """How one run ends before it is over; nothing is set: it is left alone."""
    kill: str = ""            # "N:before|after|half", at the n-th call; see shim.cpp
    seconds: float = 0.0      # or after so long
    fail: str = ""            # "N:MANY:ERRNO:OPS"
    log: pathlib.Path | None = None
    time: int = 0             # what the till takes for now, in Unix time

    def __str__(self) -> str:
        if self.kill:
            return f"killed at call {self.kill}"
        if self.seconds:
            return f"killed after {self.seconds:.3f} s"
        return f"failing {self.fail}" if self.fail else "left alone"


@dataclass
class Outcome:
    status: int
    out: str
    err: str
    passed: list[str] = field(default_factory=list)  # marks of the script

    @property
    def is_killed(self) -> bool:
        return self.status == -signal.SIGKILL

    @property
    def is_done(self) -> bool:
        return self.status == 0


class Till:
    def __init__(self, program: str, data: pathlib.Path, shim: str, work: pathlib.Path) -> None:
        self.program, self.data, self.shim = program, data, shim
        self.marks = work / "marks"
        self.script = work / "steps.drive"
        self.roots = [data]
        self.marks.mkdir(exist_ok=True)

    def run(self, *words: str, plan: Plan = Plan(), said: str = "", patience: float = 120) -> Outcome:
        """One command. `said` is what it reads from stdin."""
        command = [self.program, *words, "--data", str(self.data)]
        environment = dict(os.environ, LANG="C.UTF-8")
        if plan.kill or plan.fail or plan.log or plan.time:
            environment |= {"LD_PRELOAD": self.shim, "TORTURE_KILL": plan.kill,
                            "TORTURE_FAIL": plan.fail, "TORTURE_MARKS": str(self.marks),
                            "TORTURE_ROOTS": ":".join(map(str, self.roots)),
                            "TORTURE_LOG": str(plan.log or ""),
                            "TORTURE_TIME": str(plan.time or "")}
        process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        killer = threading.Timer(plan.seconds or patience, process.kill)
        killer.start()
        out, err = process.communicate(said)
        killer.cancel()
        if process.returncode == -signal.SIGKILL and not plan.kill and not plan.seconds:
            raise SystemExit(f"it hung: {' '.join(command)}\n{err}")
        return Outcome(process.returncode, out, err)

    def drive(self, steps: list[str], plan: Plan = Plan(), language: str = "en") -> Outcome:
        """By the screens. A step "mark NAME" is passed when all before it was."""
        for old in self.marks.iterdir():
            old.unlink()
        lines = [f"shot {self.marks}/{step[5:]}.png" if step.startswith("mark ") else step
                 for step in steps]
        self.script.write_text("\n".join(lines) + "\n")
        outcome = self.run("drive", "--headless", "--lang", language, str(self.script), plan=plan)
        outcome.passed = sorted(mark.stem for mark in self.marks.iterdir())
        return outcome
