"""usage: days.py ORDERS STEPS SEED. A random person and a random till."""
import random
import sys

from shop import *

count, steps, seed = (int(word) for word in sys.argv[1:4])
chance = random.Random(seed)
print(f"platform-people: {count} orders, seed {seed}")


def some_sku():
    return chance.choice(GOODS)


def some_amount():
    return chance.choice([1, 2.5, 5, 9.99, 20])


# What a person does, and what it needs to be said of it.
PERSON = [
    (capture, lambda: ()), (capture, lambda: (some_amount(),)),
    (refund, lambda: (some_amount(),)), (refund, lambda: (some_amount(),)),
    (add, lambda: (some_sku(),)), (change, lambda: (some_sku(), chance.randint(0, 3))),
    (change, lambda: (some_sku(), chance.randint(0, 3))), (fulfil, lambda: (some_sku(),)),
    (fulfil, lambda: (some_sku(), 2)), (cancel_parcel, lambda: ()),
    (ship, lambda: ("TR1", "TR2")), (announce, lambda: (some_sku(),)), (receive, lambda: ()),
    (receive, lambda: ()), (receive, lambda: (True,)), (exchange, lambda: (some_sku(), some_sku())),
]
# What ends an order, now and then.
SELDOM = [(close, lambda: ()), (cancel, lambda: ())]


def line():
    return ("--line", f"{some_sku()}={chance.randint(1, 2)}")


COUNTER = [
    lambda: ("capture",), lambda: ("capture", "--amount", str(some_amount())),
    lambda: ("fulfil",), lambda: ("fulfil", *line()),
    lambda: ("fulfil", *line(), "--tracking", "X1"),
    lambda: ("refund", "--amount", str(some_amount()), "--reason", "Kulanz"),
    lambda: ("refund", *line(), "--restock", "--reason", "Umtausch"),
    lambda: ("refund", *line(), "--reason", "Bruch"),
    lambda: ("collect", "--tender", "cash"),
]


def is_alike(id, number, done):
    here, there = order_at_till(number), account_there(order(id))
    if here is None:
        print(f"FAILED: order {number} is at the till after {done[-6:]}")
        return False
    if account_here(here) == there:
        return True
    if waits(here):
        return None
    print(f"  order {number} after {done[-8:]}\n  the till {account_here(here)}\n  Medusa   {there}")
    return False


def day(names, events):
    """Some events on both sides of some orders, a pull, and both accounts."""
    for _ in range(events):
        id, number = chance.choice(names)
        if chance.random() < 0.5:
            what, needs = chance.choice(SELDOM if chance.random() < 0.02 else PERSON)
            words = needs()
            try:
                what(id, *words)
                log[id].append(f"a person: {what.__name__} {words}")
            except Refused:
                log[id].append(f"a person could not: {what.__name__} {words}")
        else:
            words = chance.choice(COUNTER)()
            if at_till(number, *words):
                log[id].append(" ".join(words))
    sync()
    told = [is_alike(id, number, log[id]) for id, number in names]
    if not events:
        sync()
    return told


log, told, orders = {}, [], []
while len(orders) < count:
    group = []
    for _ in range(min(8, count - len(orders))):
        id = place([(sku, chance.randint(1, 3)) for sku in chance.sample(GOODS, chance.randint(1, 3))])
        log[id] = []
        group.append((id, str(order(id)["display_id"])))
    sync()
    orders += group
    left = steps * len(group)
    while left > 0:
        events = min(left, chance.choice([1, 2, 5, 15]))
        left -= events
        told += day(group, events)
    print(f"  {len(orders)} orders: {told.count(True)} looks alike, {told.count(None)} said to wait, "
          f"{told.count(False)} different")
told += day(orders, 0)
wrong, waiting = told.count(False), told.count(None)
name = f"{len(told)} looks at {count} orders: both accounts are the same ({waiting} were said to wait)"
print(f"ok: {name}" if wrong == 0 else f"FAILED: {name}, {wrong} were not")
mine, theirs = stock_here(), stock_there()
print("ok: the stock is the same" if mine == theirs else f"FAILED: the stock is the same\n  {mine}\n  {theirs}")
