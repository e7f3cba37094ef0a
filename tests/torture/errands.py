"""What a cashier, an owner and people at the platform do in a day, drawn at random. Each errand
says what it brings into the store once it was confirmed; killed on the way it brought all of a
part or nothing of it."""
from __future__ import annotations

import json
import pathlib
import random
from collections import Counter
from dataclasses import dataclass, field

from books import Store
from till import Outcome, Plan, Till

BOOK = "BU-101"
SCANS = ["9783000101373", "4000001000265", "9783000106859", "4000001019892", "4000001019762"]


@dataclass
class Part:
    """One thing that is whole or was never begun: what is done, and what it brings."""
    steps: list[str]
    brings: dict[str, int] = field(default_factory=dict)


@dataclass
class Errand:
    name: str
    words: list[str] = field(default_factory=list)   # by the command line, or
    parts: list[Part] = field(default_factory=list)  # by the screens
    brings: dict[str, int] = field(default_factory=dict)
    said: str = ""

    def run(self, till: Till, plan: Plan) -> tuple[Outcome, int]:
        """With how many parts were confirmed."""
        if self.words:
            outcome = till.run(*self.words, plan=plan, said=self.said)
            return outcome, int(outcome.is_done)
        steps = []
        for number, part in enumerate(self.parts):
            steps += [*part.steps, f"mark {number:02}"]
        outcome = till.drive(steps, plan)
        return outcome, len(outcome.passed)

    def all_parts(self) -> list[dict[str, int]]:
        return [self.brings] if self.words else [part.brings for part in self.parts]


class People:
    """Who comes into the shop; the same seed, the same people."""

    def __init__(self, dice: random.Random, inbox: pathlib.Path, sticks: pathlib.Path) -> None:
        self.dice, self.inbox, self.sticks = dice, inbox, sticks
        self.placed = 0

    def next(self, store: Store) -> Errand:
        if not store.rows("SELECT 1 FROM shifts WHERE state < 2"):
            return self.open_shift(store)
        choices = [(self.sales, 8), (self.card_sale, 5), (self.parked, 2), (self.discounted, 2),
                   (self.partly_paid, 2), (self.collect, 2), (self.by_voucher, 2),
                   (self.voucher, 3), (self.top_up, 1), (self.give_back, 3), (self.exchange, 2),
                   (self.refund, 2), (self.cash_move, 3), (self.report, 1), (self.close_shift, 1),
                   (self.article, 2), (self.receive, 2), (self.customer, 1), (self.place, 3),
                   (self.sync, 5), (self.next_phase, 5), (self.setting, 1), (self.backup, 1),
                   (self.print, 3), (self.look, 2)]
        todo, weights = zip(*choices)
        while True:
            if errand := self.dice.choices(todo, weights)[0](store):
                return errand

    # --- the cashier ---
    def _scans(self) -> list[str]:
        return [f"scan {self.dice.choice(SCANS)}" for _ in range(self.dice.randint(1, 3))]

    def sales(self, store: Store) -> Errand:
        parts = []
        for _ in range(self.dice.randint(1, 3)):
            parts.append(Part(["screen sell", *self._scans(), "key F9", "wait-idle",
                               "expect Saved"], {"sale": 1}))
        return Errand("cash sales", parts=parts)

    def card_sale(self, store: Store) -> Errand:
        return Errand("card sale", parts=[Part(
            ["screen sell", *self._scans(), "key F10", "wait-idle", "expect Saved"], {"sale": 1})])

    def parked(self, store: Store) -> Errand:
        return Errand("park", parts=[Part(["screen sell", *self._scans(), "tap Park", "wait-idle",
                                           "expect Ready for the next sale"],
                                          {"parked": 1})])

    def discounted(self, store: Store) -> Errand:
        steps = ["screen sell", *self._scans(), "tap More for this cart", "tap Discount on the cart",
                 "tap 10%", "tap Goodwill", "key Enter", "wait-idle", "key F9", "wait-idle", "expect Saved"]
        return Errand("discount", parts=[Part(steps, {"sale": 1})])

    def partly_paid(self, store: Store) -> Errand:
        steps = ["screen sell", f"scan {SCANS[0]}", "tap More…", "type 400", "key Enter",
                 "tap Leave partially paid", "wait-idle", "tap The goods stay here", "wait-idle",
                 "expect Saved"]
        return Errand("part payment", parts=[Part(steps, {"sale or part": 1})])

    def collect(self, store: Store) -> Errand | None:
        number = self._one(store, "SELECT number FROM orders WHERE payment = 'partially_paid' "
                                  "AND channel = 'till' AND version > 0 AND stage = 'open'")
        return number and Errand("collect", ["order", number, "collect"], brings={"balance": 1})

    def by_voucher(self, store: Store) -> Errand | None:
        number = self._one(store, "SELECT number FROM vouchers WHERE balance - held > 6000 AND blocked = 0")
        return number and Errand("paid by voucher", parts=[Part(
            ["screen sell", *self._scans(), f"scan {number}", "wait-idle", "expect Saved"],
            {"sale": 1, "redeemed": 1})])

    def voucher(self, store: Store) -> Errand:
        return Errand("voucher", ["voucher", "issue", str(self.dice.randint(20, 200))],
                      brings={"sale": 1, "voucher": 1})

    def top_up(self, store: Store) -> Errand | None:
        number = self._one(store, "SELECT number FROM vouchers WHERE kind = 0 AND blocked = 0")
        return number and Errand("top up", ["voucher", "topup", number, "10"],
                                 brings={"sale": 1, "topped up": 1})

    def _sold(self, store: Store) -> tuple[str, str] | None:
        """A receipt and an article of it that is not back yet."""
        rows = store.rows(
            "SELECT code, sku FROM receipts JOIN order_lines USING (order_row) "
            "JOIN orders ON orders.row = receipts.order_row "
            "WHERE receipts.kind = 0 AND channel = 'till' AND sku <> '' AND quantity = 1000 AND "
            "voucher = '' AND order_row NOT IN (SELECT order_row FROM refunds) AND orders.id NOT IN "
            "(SELECT sold_order FROM order_returns WHERE sold_order IS NOT NULL)")
        return self.dice.choice(rows) if rows else None

    def give_back(self, store: Store) -> Errand | None:
        sold = self._sold(store)
        return sold and Errand("return", ["return", sold[0], "--line", f"{sold[1]}=1", "--reason",
                                          "does not fit"], brings={"back": 1})

    def exchange(self, store: Store) -> Errand | None:
        sold = self._sold(store)
        return sold and Errand("exchange", ["return", sold[0], "--line", f"{sold[1]}=1", "--new",
                                            BOOK, "--reason", "another one"], brings={"back": 1})

    def refund(self, store: Store) -> Errand | None:
        number = self._one(store, "SELECT number FROM orders WHERE channel = 'till' AND payment = 'paid' "
                                  "AND row NOT IN (SELECT order_row FROM refunds) AND row NOT IN "
                                  "(SELECT order_row FROM order_returns) AND row NOT IN (SELECT "
                                  "order_row FROM order_lines WHERE voucher <> '')")
        return number and Errand("refund", ["order", number, "refund", "--amount", "1.00",
                                            "--reason", "scratched"], brings={"refund": 1})

    # --- the drawer ---
    def open_shift(self, store: Store) -> Errand:
        return Errand("open shift", ["shift", "open", "150"], brings={"shift": 1})

    def cash_move(self, store: Store) -> Errand:
        way = self.dice.choice(["in", "out"])
        amount = f"{self.dice.randint(1, 9)}.{self.dice.randint(0, 99):02}"
        return Errand(f"cash {way}", ["shift", way, amount, "--reason", "stamps"],
                      brings={"moved": 1})

    def report(self, store: Store) -> Errand:
        return Errand("X report", ["shift", "x"])

    def close_shift(self, store: Store) -> Errand:
        return Errand("close shift", ["shift", "close", "--counted", str(self.dice.randint(100, 900)),
                                      "--note", "miscounted"], brings={"z": 1})

    # --- the owner ---
    def article(self, store: Store) -> Errand:
        name = f"Article {self.dice.randrange(10**9)}"
        return Errand("article", ["articles", "add", name, "--price", "3.20", "--stock", "5"],
                      brings={"article": 1})

    def receive(self, store: Store) -> Errand:
        return Errand("goods come in", ["articles", "receive", BOOK, "10", "--reason", "delivery"],
                      brings={"stock move": 1})

    def customer(self, store: Store) -> Errand:
        name = f"Customer {self.dice.randrange(10**9)}"
        return Errand("customer", ["customers", "add", name], brings={"customer": 1})

    def setting(self, store: Store) -> Errand:
        return Errand("setting", ["settings", "shop.footer", f"Danke {self.dice.randrange(10**6)}"])

    def backup(self, store: Store) -> Errand:
        return Errand("backup", ["backup", str(self.sticks)])

    def print(self, store: Store) -> Errand | None:
        if not store.rows("SELECT 1 FROM print_jobs WHERE state IN (0, 2, 5)"):
            return None
        return Errand("print", ["print", "--waiting", "--for", "5"])

    def look(self, store: Store) -> Errand:
        return Errand("look", ["journal", "verify", "--all"])

    # --- the platform ---
    def place(self, store: Store) -> Errand:
        """Somebody orders in the online shop; the till takes it in with its next sync."""
        self.placed += 1
        order = {"format": "tresen-order/1", "number": f"#{self.placed}", "channel": "online",
                 "placed": "2026-11-21T10:05:00Z", "currency": "EUR",
                 "customer": {"name": "Henrike Vogt", "email": f"vogt{self.placed}@example.de"},
                 "payment_status": "authorized", "fulfilment_status": "unfulfilled",
                 "lines": [{"title": "Olivenöl", "sku": "OE-1", "unit_price": "12.90", "quantity": "2",
                            "tax_rate": "7"}],
                 "payments": [{"kind": "authorization", "tender": "card", "amount": "25.80",
                               "reference": "Visa •••• 4242"}]}
        self.inbox.mkdir(parents=True, exist_ok=True)
        hidden = self.inbox / ".new"
        hidden.write_text(json.dumps(order))
        hidden.rename(self.inbox / f"{self.placed}.json")
        return self.sync(store)

    def sync(self, store: Store) -> Errand:
        return Errand("sync", ["sync", "--once"])

    def next_phase(self, store: Store) -> Errand | None:
        for verb, where, brings in (
                ("archive", "payment = 'paid' AND fulfilment = 'fulfilled'", "archived"),
                ("fulfil", "payment = 'paid' AND fulfilment = 'unfulfilled'", "parcel"),
                ("capture", "payment = 'authorized'", "captured")):
            number = self._one(store, "SELECT number FROM orders WHERE channel = 'online' AND "
                                      f"stage = 'open' AND {where}")
            if number:
                return Errand(verb, ["order", number, verb], brings={brings: 1})
        return None

    def _one(self, store: Store, query: str) -> str | None:
        rows = store.rows(query)
        return self.dice.choice(rows)[0] if rows else None


def fits(before: Counter[str], after: Counter[str], errand: Errand, confirmed: int,
         slack: int) -> str:
    """What is wrong with what the store has more than before; empty: nothing. `slack`: card
    payments whose answer may have come meanwhile, each a sale."""
    parts = errand.all_parts()
    names = {name for part in parts for name in part}
    gained = {name: after[name] - before[name] for name in names}
    # What was not confirmed may be there all the same, and only the one on the way.
    last = min(len(parts), confirmed + 1)
    for count in range(confirmed, last + 1):
        wanted: Counter[str] = Counter()
        for part in parts[:count]:
            wanted.update(part)
        if all(wanted[name] <= gained[name] <= wanted[name] + (slack if name.startswith("sale") else 0)
               for name in names):
            return ""
    return f"{errand.name}: {confirmed} of {len(parts)} parts were confirmed, and the store has {gained} more"
