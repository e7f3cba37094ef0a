"""What a disk holds after the power went: from the shim's log of all that a till did to its files,
the folder as it may lie there. What was synced stays; of the rest any part may be missing, by
sectors of 512 bytes, and names (created, renamed, removed) from some moment on."""
from __future__ import annotations

import os
import pathlib
import random
from dataclasses import dataclass, field
from typing import Iterator, NamedTuple

SECTOR = 512
# SQLite shares these between processes by memory, and makes them anew.
NEVER_ON_DISK = "-shm"


class Call(NamedTuple):
    number: int
    op: str
    path: str
    other: str
    offset: int
    size: int
    data: bytes


def read_log(file: pathlib.Path) -> Iterator[Call]:
    with open(file, "rb") as log:
        while head := log.readline():
            number, op, path, other, offset, size = head.decode().rstrip("\n").split("\t")
            data = log.read(int(size)) if op == "write" else b""
            yield Call(int(number), op, path, other, int(offset), int(size), data)


@dataclass(eq=False)
class Node:
    """A file or a folder, whatever it is called."""
    is_folder: bool = False
    durable: bytes = b""
    # Not synced yet: (offset, bytes), or (size, None) where it was cut to that size.
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        self.durable = self.after(self.pending)
        self.pending = []

    def after(self, writes: list[tuple[int, bytes | None]]) -> bytes:
        content = bytearray(self.durable)
        for offset, data in writes:
            if data is None:
                content = content[:offset] + bytes(max(0, offset - len(content)))
                continue
            content += bytes(max(0, offset - len(content)))
            content[offset:offset + len(data)] = data
        return bytes(content)


@dataclass
class Naming:
    """One change of names: all of it happened, or nothing."""
    removes: str
    adds: str
    node: Node

    def folders(self) -> set[str]:
        return {os.path.dirname(path) for path in (self.removes, self.adds) if path}

    def apply(self, names: dict[str, Node]) -> None:
        names.pop(self.removes, None)
        if self.adds:
            names[self.adds] = self.node


class Disk:
    def __init__(self, folders: list[pathlib.Path]) -> None:
        self.seen: dict[str, Node] = {}      # as the till sees it
        self.names: dict[str, Node] = {}     # as it is on the disk
        self.namings: list[Naming] = []      # on their way there
        self.roots = folders
        for root in folders:
            for path in [root, *root.rglob("*")]:
                node = Node(path.is_dir(), b"" if path.is_dir() else path.read_bytes())
                self.seen[str(path)] = self.names[str(path)] = node

    def follow(self, call: Call) -> None:
        if call.op in ("create", "mkdir"):
            self._name("", call.path, Node(call.op == "mkdir"))
        elif call.op == "rename" and call.path in self.seen:
            self._name(call.path, call.other, self.seen[call.path])
        elif call.op == "unlink" and call.path in self.seen:
            self._name(call.path, "", self.seen[call.path])
        elif call.op == "fsync" and call.path in self.seen:
            node = self.seen[call.path]
            if node.is_folder:
                self._sync_names(call.path)
            else:
                node.sync()
        elif call.op == "syncfs":
            for node in [*self.seen.values(), *self.names.values()]:
                node.sync()
            self.names, self.namings = dict(self.seen), []
        elif call.op in ("write", "truncate") and call.path in self.seen:
            write = (call.offset, call.data if call.op == "write" else None)
            self.seen[call.path].pending.append(write)

    def _name(self, removes: str, adds: str, node: Node) -> None:
        naming = Naming(removes, adds, node)
        naming.apply(self.seen)
        self.namings.append(naming)

    def _sync_names(self, folder: str) -> None:
        nodes = {naming.node for naming in self.namings if folder in naming.folders()}
        for naming in self.namings:
            if naming.node in nodes:
                naming.apply(self.names)
        self.namings = [naming for naming in self.namings if naming.node not in nodes]

    def after_power_loss(self, how: str, dice: random.Random) -> dict[str, bytes | None]:
        """Paths with their bytes, None for a folder. `how`: "synced" keeps nothing that was not
        synced, "named" only the names, "torn" any part of it."""
        names = dict(self.names)
        kept = {"synced": 0, "named": len(self.namings)}.get(how, dice.randint(0, len(self.namings)))
        for naming in self.namings[:kept]:
            naming.apply(names)
        image: dict[str, bytes | None] = {}
        for path, node in names.items():
            if path.endswith(NEVER_ON_DISK) or not self._is_reachable(path, names):
                continue
            torn = _torn(node.pending, dice) if how == "torn" else []
            image[path] = None if node.is_folder else node.after(torn)
        return image

    def _is_reachable(self, path: str, names: dict[str, Node]) -> bool:
        above = os.path.dirname(path)
        return any(path == str(root) for root in self.roots) or (
            above in names and self._is_reachable(above, names))


def _torn(writes: list[tuple[int, bytes | None]],
          dice: random.Random) -> list[tuple[int, bytes | None]]:
    luck = dice.choice([0.1, 0.5, 0.9])
    some: list[tuple[int, bytes | None]] = []
    for offset, data in writes:
        if data is None:
            if dice.random() < luck:
                some.append((offset, None))
            continue
        at = 0
        while at < len(data):
            end = min(len(data), at + SECTOR - (offset + at) % SECTOR)
            if dice.random() < luck:
                some.append((offset + at, data[at:end]))
            at = end
    return some


def lay_down(image: dict[str, bytes | None], instead: dict[str, str]) -> None:
    """Writes an image as folders elsewhere: `instead` tells for each root where."""
    for path in sorted(image):
        root = next(root for root in instead if path == root or path.startswith(root + "/"))
        target = pathlib.Path(instead[root] + path[len(root):])
        content = image[path]
        if content is None:
            target.mkdir(mode=0o700, exist_ok=True)
        else:
            target.write_bytes(content)
            target.chmod(0o600)
