"""Each kind of change once: what a person does, what the till has its own part in."""
from shop import *


def check(what, mine, theirs):
    print(f"ok: {what}" if mine == theirs else f"FAILED: {what}\n  the till {mine}\n  Medusa {theirs}")


def both(what, id, number, in_step=True):
    here, there = order_at_till(number), account_there(order(id))
    check(f"{what}: both accounts are the same", account_here(here), there)
    if in_step:
        check(f"{what}: and the till is in step", waits(here), "")
    return here


def fresh(*items):
    id = place(items)
    sync()
    return id, str(order(id)["display_id"])


def refunds():
    id, n = fresh(("TEE", 2))
    at_till(n, "capture")
    sync()
    for amount in (5, 5, 7):
        refund(id, amount)
        sync()
    both("three refunds there, one a pull", id, n)
    fulfil(id, "TEE", 2)
    sync()
    check("news after a refund arrive", both("a parcel after them", id, n)["fulfilment"], "fulfilled")
    at_till(n, "refund", "--amount", "5", "--reason", "Kulanz")
    refund(id, 5)
    sync()
    both("equal refunds at the till and there", id, n)


def lines():
    id, n = fresh(("TEE", 1), ("BUCH", 1), ("KORB", 1))
    at_till(n, "capture")
    sync()
    at_till(n, "fulfil", "--line", "BUCH=1")
    change(id, "TEE", 0)
    sync()
    both("a parcel of another line than the one that was taken out", id, n)
    add(id, "TEE", 1)
    sync()
    both("a line that was added", id, n)
    at_till(n, "fulfil")
    sync()
    both("the rest is sent", id, n)


def counter():
    id, n = fresh(("TEE", 2))
    at_till(n, "capture")
    sync()
    add(id, "BUCH", 1)
    sync()
    check("the rest is collected", at_till(n, "collect", "--tender", "cash"), True)
    sync()
    here = both("the rest of an edited order, in cash", id, n)
    check("nothing is owed", here["due"], "0.00")
    change(id, "BUCH", 0)
    sync()
    both("a line that was paid for is taken out", id, n)
    check("the journal is sound after it", till("journal", "verify").returncode, 0)


def parcels():
    id, n = fresh(("TEE", 2), ("BUCH", 1))
    capture(id)
    fulfil(id, "TEE", 1)
    sync()
    at_till(n, "fulfil", "--line", "BUCH=1", "--tracking", "X9", "--carrier", "DHL")
    sync()
    both("a parcel of each", id, n)
    there = order(id)["fulfillments"]
    numbers = sorted([label["tracking_number"] for label in one["labels"]] for one in there)
    check("the tracking number is at its own parcel", numbers, [[], ["X9"]])
    cancel_parcel(id)
    sync()
    both("one is cancelled there", id, n)
    at_till(n, "fulfil", "--line", "TEE=2")
    sync()
    both("and sent again from here", id, n)
    fulfil_again = order(id)["fulfillments"]
    standing = [one for one in order(id)["fulfillments"] if not one["canceled_at"]]
    check("nothing is sent twice", len(standing), 2)
    ship(id, "TR1", "TR2")
    sync()
    numbers = sorted(parcel["tracking"] for parcel in order_at_till(n)["parcels"] if parcel["state"] == "done")
    check("both numbers of one parcel are kept, each at its own", numbers, ["TR1, TR2", "X9"])


def returns():
    id, n = fresh(("TEE", 3))
    at_till(n, "capture")
    at_till(n, "fulfil")
    sync()
    announce(id, "TEE", 2)
    at_till(n, "refund", "--line", "TEE=1", "--restock", "--reason", "Umtausch")
    sync()
    here = both("one of three comes back while two others are announced", id, n)
    check("one has come back", pieces(here["lines"][0]["returned"]), 1)
    receive(id)
    sync()
    both("a person receives the two", id, n)
    id, n = fresh(("TEE", 3))
    at_till(n, "capture")
    at_till(n, "fulfil")
    sync()
    announce(id, "TEE", 3)
    at_till(n, "refund", "--line", "TEE=1", "--restock", "--reason", "Umtausch")
    sync()
    both("one of three that were announced comes back", id, n)
    id, n = fresh(("TEE", 3))
    at_till(n, "capture")
    at_till(n, "fulfil")
    sync()
    announce(id, "TEE", 1)
    receive(id)
    at_till(n, "refund", "--line", "TEE=1", "--restock", "--reason", "Umtausch")
    sync()
    here = both("one came back there, and another one here", id, n)
    check("two have come back", pieces(here["lines"][0]["returned"]), 2)
    announce(id, "TEE", 1)
    receive(id, dismiss=True)
    sync()
    both("a damaged one is dismissed", id, n)


def exchanged():
    id, n = fresh(("TEE", 1))
    at_till(n, "capture")
    at_till(n, "fulfil")
    sync()
    exchange(id, "TEE", "BUCH")
    receive(id)
    sync()
    both("an exchange that came back", id, n)


def waiting():
    id, n = fresh(("TEE", 2), ("BUCH", 1))
    change(id, "BUCH", 0, confirm=False)
    at_till(n, "fulfil", "--line", "TEE=1")
    sync()
    check("an edit that nobody confirmed makes the parcel wait", order_at_till(n)["sync"], "waiting")
    confirm_edit(id)
    # Before the till hears that the edit released what was authorized.
    check("a capture is asked for", at_till(n, "capture"), True)
    for _ in range(60):
        sync()
        if order_at_till(n)["sync"] != "waiting":
            break
    check("what an edit made impossible is put to a person", order_at_till(n)["sync"], "refused")


def taken_out():
    id, n = fresh(("TEE", 2), ("BUCH", 1))
    at_till(n, "fulfil", "--line", "TEE=2", "--tracking", "X7")
    change(id, "TEE", 0)
    sync()
    here = both("a parcel whose goods were taken out there", id, n, in_step=False)
    check("and it is put to a person", here["sync"], "refused")
    check("what was authorized was let go by the edit: it waits to be paid", here["payment"], "pending")


def kits():
    id, n = fresh(("KIT", 2), ("TEE", 1))
    capture(id)
    fulfil(id, "KIT", 1)
    sync()
    here = both("a parcel with a kit, whose parts it names", id, n)
    check("one of two kits has left", [pieces(line["fulfilled"]) for line in here["lines"] if line["sku"] == "KIT"], [1])
    at_till(n, "fulfil", "--tracking", "K1")
    sync()
    both("the other kit, from here", id, n)
    cancel_parcel(id)
    sync()
    both("the first one is cancelled there", id, n)


def discounts():
    for where in (GERMANY, AUSTRIA):
        id = place([("TEE", 3)], where, ["TEN"])
        sync()
        n = str(order(id)["display_id"])
        at_till(n, "capture")
        at_till(n, "fulfil")
        sync()
        for _ in range(3):
            announce(id, "TEE", 1)
            receive(id)
            sync()
            both(f"goods with a discount come back, {where['country']}", id, n)


make_kit()
AUSTRIA = open_austria()
make_promotion()
sync()
for case in (kits, discounts, refunds, lines, counter, parcels, returns, exchanged, waiting, taken_out):
    try:
        case()
    except Exception as error:
        print(f"FAILED: {case.__name__}: {error!r}")
check("the stock is the same", stock_here(), stock_there())
