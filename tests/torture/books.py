"""The till's own store, read by nothing of the till's: a copy of its files, and SQL."""
from __future__ import annotations

import pathlib
import shutil
import sqlite3
from collections import Counter

# What errands count by: names and how many there are.
COUNTS = {
    "sale": "SELECT count(*) FROM receipts WHERE kind IN (0, 10)",
    # With goods that come back in the cart it is an exchange, whatever is paid of it.
    "sale or part": "SELECT count(*) FROM receipts WHERE kind IN (0, 1, 2, 10)",
    "balance": "SELECT count(*) FROM receipts WHERE kind = 2",
    "refund": "SELECT count(*) FROM refunds",
    "back": "SELECT count(*) FROM order_returns JOIN orders ON orders.row = order_row WHERE version > 0",
    "moved": "SELECT count(*) FROM receipts WHERE kind = 4",
    "z": "SELECT count(*) FROM receipts WHERE kind = 6",
    "shift": "SELECT count(*) FROM shifts",
    "parked": "SELECT count(*) FROM orders WHERE stage = 'parked'",
    "voucher": "SELECT count(*) FROM vouchers",
    "topped up": "SELECT count(*) FROM voucher_entries WHERE event = 2",
    "redeemed": "SELECT count(*) FROM voucher_entries WHERE event = 1",
    "article": "SELECT count(*) FROM variants",
    "stock move": "SELECT count(*) FROM stock_moves",
    "customer": "SELECT count(*) FROM customers WHERE name LIKE 'Customer %'",
    "captured": "SELECT count(*) FROM transactions WHERE kind = 2",
    "parcel": "SELECT count(*) FROM fulfilments",
    "archived": "SELECT count(*) FROM orders WHERE stage = 'archived' AND channel = 'online'",
}


class Store:
    """As it lies on the disk now; the till may have died over it."""

    def __init__(self, data: pathlib.Path, copy: pathlib.Path) -> None:
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for name in ("till.db", "till.db-wal", "till.db-journal"):
            if (data / name).exists():
                shutil.copy(data / name, copy / name)
        self.database = sqlite3.connect(copy / "till.db")

    def rows(self, query: str, *values: object) -> list[tuple]:
        return self.database.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> object:
        return self.rows(query, *values)[0][0]

    def counts(self) -> Counter[str]:
        return Counter({name: self.one(query) for name, query in COUNTS.items()})

    def open_cards(self) -> int:
        return int(self.one("SELECT count(*) FROM card_attempts WHERE phase IN (0, 4)"))
