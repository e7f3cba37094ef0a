"""The auditor. It shares no code with the till: what holds at every instant, however the till
died (`at_any_time`), and what holds when all that waited was done (`at_the_end`)."""
from __future__ import annotations

import hashlib
import json
import pathlib
import re
import sqlite3
import uuid
from collections import Counter, defaultdict
from decimal import Decimal

from books import Store
from world import World


def at_any_time(store: Store, world: World | None = None) -> list[str]:
    try:
        faults = _store_is_whole(store) + _journal_is_chained(store) + _receipts_have_no_gap(store)
        faults += _money_adds_up(store) + _vouchers_conserve(store)
        return faults + (_cards_fit(store, world) + _signatures_fit(store, world) if world else [])
    except sqlite3.DatabaseError as damage:
        return [f"the store cannot be read: {damage}"]


def _store_is_whole(store: Store) -> list[str]:
    said = store.one("PRAGMA integrity_check")
    faults = [] if said == "ok" else [f"the store is damaged: {said}"]
    return faults + [f"a row of {row[0]} leads to nothing" for row in store.rows("PRAGMA foreign_key_check")]


def _journal_is_chained(store: Store) -> list[str]:
    before, wanted = "", 1
    for seq, at, actor, kind, subject, content, said in store.rows(
            "SELECT seq, at, actor, kind, subject, content, hash FROM journal ORDER BY seq"):
        if seq != wanted:
            return [f"entry {wanted} of the journal is missing"]
        fields = "".join(f"{len(text.encode())}:{text}\n" for text in (actor, kind, subject, content))
        if hashlib.sha256(f"{before}\n{seq}\n{at}\n{fields}".encode()).hexdigest() != said:
            return [f"entry {seq} of the journal breaks the chain"]
        before, wanted = said, wanted + 1
    return []


def _receipts_have_no_gap(store: Store) -> list[str]:
    faults = []
    numbers = [int(code.rsplit("R", 1)[1]) for (code,) in store.rows("SELECT code FROM receipts ORDER BY row")]
    if numbers != list(range(1, len(numbers) + 1)):
        faults.append(f"the receipts have a gap: {numbers}")
    told = Counter(code for (code,) in store.rows("SELECT subject FROM journal WHERE kind = 'receipt'"))
    codes = Counter(code for (code,) in store.rows("SELECT code FROM receipts"))
    if told != codes:
        faults.append(f"receipts and journal differ: {(told - codes) + (codes - told)}")
    z_numbers = [z for (z,) in store.rows("SELECT z_number FROM shifts WHERE state = 2 ORDER BY row")]
    if z_numbers != list(range(1, len(z_numbers) + 1)):
        faults.append(f"the Z reports have a gap: {z_numbers}")
    return faults


# What a payment does to the money that the shop has, by its kind: a sale and a capture bring it,
# a refund and a payout give it back.
SIGNS = {0: 1, 2: 1, 4: -1, 5: -1}


def _money_adds_up(store: Store) -> list[str]:
    paid: dict[int, int] = defaultdict(int)
    for order, kind, amount in store.rows("SELECT order_row, kind, amount FROM transactions WHERE state = 0"):
        paid[order] += SIGNS.get(kind, 0) * amount
    # Goods that came back pay for what was bought instead. The order that had sold them gives that
    # money, which stands on the receipt of the new one.
    traded = dict(store.rows("SELECT order_row, sum(amount) FROM order_returns GROUP BY order_row"))
    moved = dict(store.rows(
        "SELECT sold.row, sum(amount) FROM order_returns JOIN orders AS sold ON sold.id = sold_order "
        "JOIN orders AS new ON new.row = order_row WHERE new.version > 0 AND kind = 0 GROUP BY sold.row"))
    faults = [f"order {number}: {paid[row]} was paid, and it says {said}" for row, number, said in store.rows(
        "SELECT row, number, paid FROM orders WHERE version > 0") if paid[row] + traded.get(row, 0) != said]
    # Of a till's order everything that was paid stands on its receipts.
    receipts = dict(store.rows("SELECT order_row, sum(amount) FROM receipts WHERE kind IN (0, 1, 2, 3, 10) "
                               "AND order_row IS NOT NULL GROUP BY order_row"))
    faults += [f"order {number}: its receipts say {receipts.get(row, 0)}, its payments {paid[row] + moved.get(row, 0)}"
               for row, number in store.rows("SELECT row, number FROM orders WHERE version > 0 AND channel = 'till'")
               if receipts.get(row, 0) != paid[row] + moved.get(row, 0)]
    return faults


def _vouchers_conserve(store: Store) -> list[str]:
    return [f"voucher {number}: {balance} on it, {held} held, its history says {said}, holds {holds}"
            for number, balance, held, said, holds in store.rows(
                "SELECT number, balance, held, "
                "(SELECT coalesce(sum(amount), 0) FROM voucher_entries WHERE voucher = vouchers.row), "
                "(SELECT coalesce(sum(amount), 0) FROM voucher_holds WHERE voucher = vouchers.row) "
                "FROM vouchers") if balance != said or held != holds or held > balance]


def _cards_fit(store: Store, world: World) -> list[str]:
    """Each booking of the terminal is a payment here, or a question that is still open; and each
    payment here is a booking there."""
    booked = Counter(world.bookings())
    ours = Counter((int(kind == 4), amount) for kind, amount in store.rows(
        "SELECT kind, amount FROM transactions WHERE tender = 1 AND outside = 0 AND state = 0"))
    asked = Counter((int(kind > 0), amount) for kind, amount in store.rows(
        "SELECT kind, amount FROM card_attempts WHERE phase IN (0, 4)"))
    faults = [f"{amount} was booked at the terminal, and nobody here asks about it"
              for (_, amount) in (booked - ours - asked).elements()]
    return faults + [f"{amount} is paid by card here, and was never booked"
                     for (_, amount) in (ours - booked).elements()]


def _signatures_fit(store: Store, world: World) -> list[str]:
    deeds, counters = world.signed()
    faults = [f"the device signed {number} {deed} {count} times"
              for number, done in deeds.items() for deed, count in done.items() if count > 1]
    if any(count > 1 for count in counters.values()):
        faults.append("the device gave a counter twice")
    verbs = {0: "Start", 1: "Finish"}
    for verb, number in store.rows("SELECT verb, number FROM signatures WHERE verb < 2"):
        if not deeds[number][verbs[verb]]:
            faults.append(f"a signature of {number} is here, and the device knows nothing of it")
    # Training and aborted carts are signed as well; an X report is not.
    faults += [f"receipt {code} is neither signed, nor waits for it, nor fell into an outage"
               for (code,) in store.rows(
                   "SELECT code FROM receipts WHERE kind NOT IN (5, 6) AND row NOT IN "
                   "(SELECT receipt_row FROM signing_transactions WHERE receipt_row IS NOT NULL "
                   " AND (is_open = 1 OR outage_row IS NOT NULL OR row IN "
                   "      (SELECT transaction_row FROM signatures WHERE verb = 1)))")]
    return faults


def at_the_end(store: Store, world: World, data: pathlib.Path, kills: int, placed: int,
               shelf: dict[int, int]) -> list[str]:
    return (at_any_time(store, world) + nothing_waits(store) + no_slip_waits(store) + _all_is_signed(store, world) +
            _platform_is_told(store, data, placed) + _mails_came(store, world, kills) +
            _paper_fits(store, world) + _shelf_fits(store, shelf))


def nothing_waits(store: Store) -> list[str]:
    return [f"outbox row {row} of kind {kind} is in state {state}: {reason}" for row, kind, state, reason in
            store.rows("SELECT row, kind, state, reason FROM outbox WHERE state <> 2")]


def no_slip_waits(store: Store) -> list[str]:
    """Each is printed, or dropped by somebody who has it on paper."""
    return [f"slip {row} of {code} is in state {state}: {reason}" for row, code, state, reason in
            store.rows("SELECT print_jobs.row, code, state, reason FROM print_jobs JOIN receipts "
                       "ON receipts.row = receipt_row WHERE state NOT IN (1, 4)")]


def _all_is_signed(store: Store, world: World) -> list[str]:
    waiting = store.one("SELECT count(*) FROM signing_transactions WHERE is_open = 1 AND receipt_row IS NOT NULL")
    faults = [f"{waiting} receipts still wait for their signature"] if waiting else []
    deeds, _ = world.signed()
    ended = {number for number, done in deeds.items() if done["Finish"]}
    ours = {number for (number,) in store.rows("SELECT number FROM signatures WHERE verb > 0")}
    return faults + [f"the device ended {number}, and the till has no signature of it" for number in ended - ours]


def _platform_is_told(store: Store, data: pathlib.Path, placed: int) -> list[str]:
    only_back = {number for (number,) in store.rows(
        "SELECT number FROM orders WHERE row NOT IN (SELECT order_row FROM order_lines)")}
    told: dict[str, dict] = {}
    numbers: dict[str, str] = {}
    faults = []
    for file in (data / "upstream" / "outbox").glob("*.json"):
        order = json.loads(file.read_text())
        key = f"{order['channel']} {order['number']}"
        if numbers.setdefault(order["id"], key) != key:
            faults.append(f"the platform has {key} twice")
        if key not in told or told[key]["version"] < order["version"]:
            told[key] = order
    for number, channel, version, total, paid in store.rows(
            "SELECT number, channel, version, total, paid FROM orders WHERE version > 0"):
        there = told.pop(f"{channel} {number}", None)
        if there is None and (channel == "online" and version == 1 or number in only_back):
            continue  # nothing was done with it; what only came back is told with what was sold
        if there is None:
            faults.append(f"the platform was never told of {number}")
        elif there["version"] != version or Decimal(there["totals"]["paid"]) * 100 != paid:
            faults.append(f"the platform has {number} in version {there['version']} with "
                          f"{there['totals']['paid']} paid, the till in version {version} with {paid}")
    faults += [f"the platform has {key}, the till not" for key in told]
    online = [number for (number,) in store.rows("SELECT number FROM orders WHERE channel = 'online'")]
    if sorted(online) != sorted(f"#{n}" for n in range(1, placed + 1)):
        faults.append(f"{placed} orders were placed online, {len(online)} came")
    left = [file.name for file in (data / "upstream" / "inbox").glob("*.json")]
    refused = [file.name for file in (data / "upstream" / "inbox" / "refused").glob("*")]
    return faults + [f"{name} lies in the inbox or was refused" for name in left + refused]


def _mails_came(store: Store, world: World, kills: int) -> list[str]:
    came = world.mails()
    names = Counter({re.sub(r"[<>]|@.*", "", str(name).strip()): count for name, count in came.items()})
    sent = {str(uuid.UUID(bytes=key)) for (key,) in store.rows(
        "SELECT key FROM outbox WHERE state = 2 AND (kind = 1 OR kind >= 11)")}
    faults = [f"the mail {name} is done, and never came" for name in sent - names.keys()]
    faults += [f"the mail {name} came, and the till knows nothing of it" for name in names.keys() - sent]
    again = sum(count - 1 for count in names.values())
    if again > kills:
        faults.append(f"{again} mails came again, and the till was killed {kills} times")
    return faults


def _paper_fits(store: Store, world: World) -> list[str]:
    slips = world.slips()
    faults = []
    for code, state in store.rows("SELECT code, state FROM print_jobs JOIN receipts ON "
                                  "receipts.row = receipt_row WHERE form = 0"):
        found = [slip for slip in slips if slip["whole"] and code in slip["text"]]
        originals = sum(code in _own_code(slip["text"]) and "***" not in slip["text"] for slip in found)
        if originals > 1:
            faults.append(f"{code} is on paper {originals} times without a mark")
        if state == 1 and not found:
            faults.append(f"{code} is said to be printed, and is not on paper")
    return faults


def _own_code(text: str) -> str:
    """The number in the head of a receipt; others may be named on it, and a voucher names its own."""
    found = re.search(r"Beleg\s+(T1-R\d+)\n(?:Bestellung|Kasse)\s", text)
    return found.group(1) if found else ""


def _shelf_fits(store: Store, shelf: dict[int, int]) -> list[str]:
    """Stock: what lay there, less what was sold, and what came back and came in."""
    due = dict(shelf)
    for variant, before, after in store.rows("SELECT variant_id, before, after FROM stock_moves ORDER BY row"):
        if variant in due and before is not None:
            due[variant] += after - before
    for variant, sold in store.rows(
            "SELECT variant, sum(quantity) FROM order_lines JOIN orders ON orders.row = order_row "
            "WHERE version > 0 AND channel = 'till' AND stage <> 'cancelled' GROUP BY variant"):
        if variant in due:
            due[variant] -= sold
    for variant, back in store.rows(
            "SELECT variant, sum(quantity) FROM order_returns JOIN orders ON orders.row = order_row "
            "WHERE version > 0 AND shelf = 1 GROUP BY variant"):
        if variant in due:
            due[variant] += back
    now = dict(store.rows("SELECT id, stock FROM variants WHERE stock IS NOT NULL"))
    return [f"article {variant}: {now.get(variant)} lie on the shelf, {count} should"
            for variant, count in due.items() if now.get(variant) != count]
