"""usage: days.py ORDERS STEPS SEED. A random person and a random till."""
import random
import re
import sys
import time
from collections import Counter

from shop import *

count, steps, seed = (int(word) for word in sys.argv[1:4])
chance = random.Random(seed)
began = time.monotonic()
print(f"platform-people: {count} orders, seed {seed}")


def some_sku():
    return chance.choice(GOODS)


def some_amount():
    return chance.choice([1, 2.5, 5, 9.99, 20])


def numbers():
    return [f"TR{chance.randint(1, 999)}" for _ in range(chance.randint(1, 2))]


# What a person does to an order, how often, and what it needs to be said of it.
PERSON = [
    (capture, 2, lambda: ()), (capture, 2, lambda: (some_amount(),)), (mark_paid, 1, lambda: ()),
    (refund, 3, lambda: (some_amount(),)), (credit, 1, lambda: (some_amount(),)),
    (add, 2, lambda: (some_sku(),)), (change, 3, lambda: (some_sku(), chance.randint(0, 3))),
    (reprice, 1, lambda: (some_sku(), some_amount())), (reship, 1, lambda: (some_amount(),)),
    (ask_edit, 1, lambda: (some_sku(), chance.randint(0, 3))), (confirm_edit, 2, lambda: ()), (drop_edit, 2, lambda: ()),
    (fulfil, 3, lambda: (some_sku(),)), (fulfil, 2, lambda: (some_sku(), 2)), (cancel_parcel, 2, lambda: ()),
    (ship, 2, lambda: numbers()), (deliver, 1, lambda: ()),
    (announce, 3, lambda: (some_sku(), chance.randint(1, 2))), (cancel_return, 1, lambda: ()),
    (receive, 3, lambda: ()), (receive, 1, lambda: (False, 1)), (receive, 1, lambda: (True,)),
    (exchange, 1, lambda: (some_sku(), some_sku())), (cancel_exchange, 0.5, lambda: ()),
    (claim, 0.5, lambda: (some_sku(),)), (claim, 0.5, lambda: (some_sku(), some_sku())), (cancel_claim, 0.5, lambda: ()),
    (write_note, 1, lambda: (f"Alles Gute, Nr. {chance.randint(1, 99)}!",)), (move, 0.5, lambda: ("Ulm",)),
    (complete, 0.3, lambda: ()), (close, 0.3, lambda: ()), (cancel, 0.3, lambda: ()),
]
# And to the shop.
SHOPKEEPER = [
    (count_stock, lambda: (chance.choice(["TEE", "BUCH", "TEIL-1"]), chance.randint(50000, 99999))),
    (set_price, lambda: (some_sku(), chance.randint(100, 9999) / 100)),
    (put_on_sale, lambda: (some_sku(), chance.randint(100, 9999) / 100)), (end_sale, lambda: ()),
]


def line():
    return ("--line", f"{some_sku()}={chance.randint(1, 2)}")


COUNTER = [
    (2, lambda: ("capture",)), (2, lambda: ("capture", "--amount", str(some_amount()))),
    (2, lambda: ("fulfil",)), (2, lambda: ("fulfil", *line())),
    (2, lambda: ("fulfil", *line(), "--tracking", f"X{chance.randint(1, 999)}", "--carrier", "DHL")),
    (2, lambda: ("refund", "--amount", str(some_amount()), "--reason", "Kulanz")),
    (2, lambda: ("refund", "--amount", str(some_amount()), "--tender", "other", "--reason", "Kulanz")),
    (2, lambda: ("refund", *line(), "--restock", "--reason", "Umtausch")),
    (2, lambda: ("refund", *line(), "--restock", "--tender", "other", "--reason", "Umtausch")),
    (1, lambda: ("refund", *line(), "--reason", "Bruch")),
    (0.5, lambda: ("refund", "--restock", "--reason", "Alles zurück")),
    (2, lambda: ("collect", "--tender", "cash")), (0.5, lambda: ("collect", "--tender", "other")),
    (0.5, lambda: ("archive",)), (0.2, lambda: ("cancel", "--reason", "Fehler", "--restock")),
    (0.5, lambda: ("give-up",)), (0.5, lambda: ("ask-again",)),
]


def pick(choices, weight):
    return chance.choices(choices, [weight(one) for one in choices])[0]


def a_person_acts(id, did):
    what, _, needs = pick(PERSON, lambda one: one[1])
    words = needs()
    try:
        what(id, *words)
        did.append(f"a person: {what.__name__} {words}")
    except Refused as no:
        refusals[what.__name__] += 1
        if "500" in str(no):
            did.append(f"a person could not: {what.__name__} {words}: {no}")


def the_till_acts(number, did):
    if chance.random() < 0.05:
        words = ("--line", some_sku(), "--new", some_sku(), "--reason", "Umtausch")
        done, words = till("return", number, *words).returncode == 0, ("exchange", *words)
    else:
        words = pick(COUNTER, lambda one: one[0])[1]()
        done = at_till(number, *words)
    if done:
        did.append(" ".join(words))


# --- what the till says where it is not in step, and whether that is so ---
DIFFERENCES = {
    "The platform counts other payments than the till.": "captured",
    "The platform counts other refunds than the till.": "refunded",
    "The platform counts other goods as ordered than the till.": "lines",
    "The platform counts other goods as sent than the till.": "lines",
    "The platform counts other goods as returned than the till.": "lines",
}


def euros(text):
    return [cents(one) for one in re.findall(r"-?\d+\.\d\d", text)]


def is_true(said, here, there, medusa):
    """Nothing where it cannot be told from both accounts."""
    if said in DIFFERENCES:
        return here[DIFFERENCES[said]] != there[DIFFERENCES[said]]
    if said == "The platform says that another amount is owed.":
        own = cents(medusa["summary"]["pending_difference"]) if medusa["summary"] else there["owed"]
        return here["owed"] != there["owed"] or own != there["owed"]
    if "were given back, and only" in said:
        return euros(said) == [here["refunded"], here["captured"]] and here["refunded"] > here["captured"]
    if "contradict" in said or "does not come to an end" in said:
        return False
    return None


def is_true_refusal(said, there):
    """Of what was refused a moment ago."""
    if "holds no authorized payment" in said:
        return euros(said)[1:] == [there["captured"], there["total"]] and there["authorized"] == 0
    if "has nothing left that was received" in said:
        return euros(said)[1:] == [there["refunded"], there["captured"]]
    if "was cancelled at Medusa" in said:
        return there["status"] == "cancelled"
    return None


def is_alike(number, here, medusa, did):
    if here is None:
        print(f"FAILED: order {number} is at the till after {did[-6:]}")
        return False
    mine, there, said = account_here(here), account_there(medusa), waits(here)
    is_true_there = is_true(here["attention"], mine, there, medusa) if here["attention"] else None
    is_new = (number, here["reason"]) not in refused_before
    if here["sync"] == "refused" and is_new:
        refused_before.add((number, here["reason"]))
        if is_true_refusal(here["reason"], there) is False:
            is_true_there = False
    if said:
        sentences[re.sub(r"-?\d+(\.\d+)?", "N", said)[:110]] += 1
    if is_true_there is False:
        print(f"  order {number} says what is not so: {said!r} {here['attention']!r} after {did[-8:]}")
    elif mine == there:
        if not said and tracking_here(here) != tracking_there(medusa):
            print(f"  order {number}: the parcels are {tracking_here(here)}, not {tracking_there(medusa)} after {did[-8:]}")
            return False
        return True
    elif said:
        return None
    print(f"  order {number} after {did[-8:]}\n  the till {mine}\n  Medusa   {there}")
    return False


def look(names):
    """Both accounts of each, a pull being over."""
    there = orders_there([id for id, _ in names])
    return [is_alike(number, order_at_till(number), there[id], log[id]) for id, number in names]


def same_goods():
    """The catalogue: what everything costs, and of how much there is how much."""
    wrong = 0
    for what, mine, theirs in (("stock", stock_here(), stock_there()), ("prices", prices_here(), prices_there())):
        if mine != theirs:
            print(f"  the {what} at the till {mine}\n  at Medusa {theirs}")
            wrong += 1
    return wrong == 0


def settle():
    """What is to be told has been told, or waits for somebody."""
    for _ in range(6):
        sync()
        if not any(row["state"] == "waiting" for row in outbox()):
            return


def day(names, events):
    """Some events on both sides of some orders, a pull, and both accounts."""
    for _ in range(events):
        id, number = chance.choice(names)
        if chance.random() < 0.02:
            what, needs = chance.choice(SHOPKEEPER)
            try:
                what(*needs())
            except Refused as no:
                refusals[f"{what.__name__}: {no}"] += 1
        elif chance.random() < 0.5:
            a_person_acts(id, log[id])
        else:
            the_till_acts(number, log[id])
        done[0] += 1
    sync()
    if not all(row["state"] == "refused" for row in outbox()):
        sync()
    if not same_goods() and not any(row["state"] == "waiting" for row in outbox()):
        goods.append(False)
    return look(names)


def make_order():
    items = [(sku, chance.randint(1, 3)) for sku in chance.sample(GOODS, chance.randint(1, 3))]
    how = chance.random()
    if how < 0.1:
        return draft(items)
    if how < 0.15:
        return draft(items, "pos_channel")
    if how < 0.25:
        return place(items, austria)
    return place(items, codes=["TEN"] if how < 0.35 else [])


def end_what_waits(names):
    """Somebody decides whatever was left open, on both sides."""
    for id, _ in names:
        for end in (confirm_edit, drop_edit):
            try:
                end(id)
            except Refused:
                pass
    settle()
    for _ in range(12):
        open_rows = outbox()
        for number in {row["order"] for row in open_rows if row["state"] in ("refused", "unclear")}:
            at_till(number, "give-up")
        if not open_rows:
            return
        settle()


def own_sales_are_alike():
    """What was bought in exchange is a sale of the till's."""
    there = {}
    for one in admin(f"/orders?limit=1000&sales_channel_id[]={SEED['pos_channel']}&fields={FIELDS}")["orders"]:
        number = (one["metadata"] or {}).get("pos_number")
        if number:
            there[number] = account_there(one)
    rows = [row["number"] for row in json.loads(till("orders", "--json", "--limit", "100000").stdout) if row["channel"] == "till"]
    wrong = 0
    for number in rows:
        mine, theirs = account_here(order_at_till(number)), there.get(number)
        if theirs is None or any(mine[key] != theirs[key] for key in ("captured", "refunded", "owed")):
            print(f"  sale {number}\n  the till {mine}\n  Medusa   {theirs}")
            wrong += 1
    return len(rows), wrong


log, told, orders, goods, done = {}, [], [], [], [0]
refusals, sentences, refused_before = Counter(), Counter(), set()
make_kit()
austria = open_austria()
make_promotion()
sync()
while len(orders) < count:
    group = []
    for _ in range(min(8, count - len(orders))):
        id = make_order()
        log[id] = []
        group.append((id, str(order(id)["display_id"])))
    sync()
    orders += group
    left = steps * len(group)
    while left > 0:
        events = min(left, chance.choice([1, 2, 5, 15]))
        left -= events
        told += day(group, events)
    end_what_waits(group)
    told += look(group)
    print(f"  {len(orders)} orders, {done[0]} events, {time.monotonic() - began:.0f} s: {told.count(True)} looks alike, "
          f"{told.count(None)} said to wait, {told.count(False)} different")
end_what_waits(orders)
last = look(orders)
print("what the till said:")
for said, times in sentences.most_common():
    print(f"  {times:4} {said}")
print(f"what Medusa did not allow: {dict(refusals)}")
wrong, waiting = (told + last).count(False), told.count(None)
name = f"{len(told)} looks at {count} orders, {done[0]} events: both accounts are the same ({waiting} were said to wait)"
print(f"ok: {name}" if wrong == 0 else f"FAILED: {name}, {wrong} were not")
name = f"in the end {last.count(None)} of {count} orders need attention"
print(f"ok: {name}" if last.count(None) <= max(2, count // 10) else f"FAILED: {name}")
left = outbox()
print("ok: nothing waits" if not left else f"FAILED: nothing waits\n  {left}")
sales, wrong = own_sales_are_alike()
print(f"ok: {sales} sales in exchange are the same" if not wrong else f"FAILED: {wrong} of {sales} sales in exchange are not")
print("ok: stock and prices are the same" if same_goods() and not goods else "FAILED: stock and prices are the same")
