# usage: people.py TRESEN DATA SHOP ORDERS ROUNDS SEED
# Lets a seeded person (the stub's) and a seeded till change the same orders, and compares
# what both say of them whenever nothing is on its way. Differences are printed; the exit
# status is 1 where there are any.
import json
import random
import subprocess
import sys
import urllib.request

tresen, data, shop = sys.argv[1:4]
orders, rounds, seed = map(int, sys.argv[4:7])
chance = random.Random(seed)


def tell(path, wish=None):
    body = None if wish is None else json.dumps(wish).encode()
    with urllib.request.urlopen(f"{shop}/{path}", body, timeout=60) as answer:
        return json.load(answer)


def till(*words):
    done = subprocess.run([tresen, *words, "--data", data], capture_output=True, text=True, timeout=300)
    if done.returncode < 0:
        print(f"the till ended by signal {-done.returncode}: {' '.join(words)}: {done.stderr[-300:]}")
        sys.exit(1)
    return done


def rows(*words):
    out = till(*words, "--json").stdout
    return json.loads(out) if out.strip() else []


def sync():
    till("sync", "--once")


def waiting():
    return [row for row in rows("outbox", "--limit", "100000")
            if row["state"] in ("waiting", "sending") and not row["kind"].startswith("mail")]


# What the platform refused holds up what was asked behind it, until somebody decides.
def give_up():
    for _ in range(10):
        refused = {row["order"] for row in rows("outbox", "--limit", "100000") if row["state"] == "refused"}
        if not refused:
            return
        for number in refused:
            till("order", number, "give-up")
        settle()


def settle():
    for _ in range(12):
        sync()
        if not waiting():
            break
    sync()  # what the answers brought about


# What somebody at the till does to one order; a refusal of it is an answer as well.
def at_the_till(order):
    lines = [line for line in order["lines"] if float(line["quantity"]) > 0 and line["sku"]]
    some = ["--line", f"{chance.choice(lines)['sku']}=1"] if lines else []
    amount = f"{chance.randint(1, 2500) / 100:.2f}"
    acts = [
        ["capture"], ["fulfil"], ["fulfil", *some, "--carrier", "DHL", "--tracking", f"JD{chance.randint(1, 9999)}"],
        ["refund", "--amount", amount, "--tender", "other", "--reason", "Kulanz"],
        ["refund", *some, "--tender", "other", "--restock"], ["refund", "--amount", amount, "--reason", "bar"],
        ["collect"], ["archive"], ["reopen"], ["cancel", "--reason", "Fehler"] if chance.random() < 0.2 else ["fulfil"],
    ]
    act = chance.choice(acts)
    return f"order {order['number']} {' '.join(act)}", till("order", order["number"], *act).returncode


def cents(text):
    return round(float(text) * 100)


def account_here(number):
    order = rows("order", number)
    if not order:
        return None, None
    counts = ("quantity", "fulfilled", "returned", "announced")
    lines = [tuple(round(float(line[key])) for key in counts) for line in order["lines"]]
    money = {key: cents(order[key]) for key in ("total", "owed", "captured", "refunded", "authorized")}
    tracking = sorted(number for parcel in order["parcels"] if parcel["state"] == "done" for number in parcel["tracking"].split(", ") if number)
    return order, money | {"stage": order["status"], "payment": order["payment"], "fulfilment": order["fulfilment"],
                           "note": order["note"], "tracking": tracking, "lines": lines}


def account_there(there):
    lines = [(line["ordered"], line["fulfilled"], line["returned"], line["announced"]) for line in there["lines"]]
    return {key: there[key] for key in ("total", "owed", "captured", "refunded", "authorized", "stage", "payment", "fulfilment",
                                        "note")} | {"tracking": sorted(there["tracking"]), "lines": lines}


# A sentence that says what differs where nothing of it does.
DIFFERENCES = {"other payments": "captured", "other refunds": "refunded", "another amount is owed": "owed",
               "goods as ordered": "lines", "goods as sent": "lines", "goods as returned": "lines"}


def is_untrue(said, ours, theirs):
    return "contradict" in said or any(words in said and ours[key] == theirs[key] for words, key in DIFFERENCES.items())


def same_stock(there):
    here = {row["sku"]: round(float(row["stock"])) for row in rows("products", "--limit", "1000")}
    wrong = [(v["sku"], here.get(v["sku"]), v["stock"]) for v in there if here.get(v["sku"]) != v["stock"]]
    if wrong:
        print(f"  stock (article, here, there): {wrong}")
    return not wrong


def compare(log):
    refused = {row["order"] for row in rows("outbox", "--limit", "100000") if row["state"] == "refused"}
    told = tell("accounts")
    wrong = 0 if same_stock(told["stock"]) else 1
    for there in told["orders"]:
        number = there["name"].lstrip("#")
        order, ours = account_here(number)
        theirs = account_there(there)
        looks[0] += 1
        if order and order["attention"]:
            sentences[order["attention"]] = sentences.get(order["attention"], 0) + 1
        if order and is_untrue(order["attention"], ours, theirs):
            wrong += 1
            print(f"  {number} says what is not so: {order['attention']}")
            continue
        if ours == theirs:
            continue
        # Not in step, and said so.
        if order and (order["attention"] or number in refused):
            attended.add(number)
            continue
        wrong += 1
        differing = [key for key in theirs if not ours or ours[key] != theirs[key]]
        print(f"  {number}: {differing}\n    here {ours}\n    there {theirs}")
        for line in [entry for entry in log if f"{number} " in entry][-12:]:
            print(f"          {line}")
    return wrong


tell("catalogue", {"products": 4})
attended, sentences, looks = set(), {}, [0]
log, differences, refusals = [], 0, 0
for n in range(orders):
    tell("place", {"payment": chance.choice(["paid", "authorized", "pending", "paid"]), "lines": chance.randint(1, 3),
                   "pieces": chance.randint(1, 4), "known": chance.random() < 0.5, "taxesIncluded": chance.random() < 0.8,
                   "delivery": chance.choice(["shipping", "shipping", "pickup"])})
sync()
tell("person", {"seed": seed, "count": 0})
for turn in range(rounds):
    online = chance.random() < 0.5
    for _ in range(max(3, orders // 4)):
        if chance.random() < 0.5:
            log += tell("person", {"count": 1})["did"]
            continue
        number = f"{chance.randint(1001, 1000 + orders)}"
        order = rows("order", number)
        if not order:
            continue
        did, status = at_the_till(order)
        refusals += status != 0
        log.append(f"{did} -> {status}")
        if online and chance.random() < 0.3:
            tell("control", {"random": {"seed": chance.randint(1, 99999), "percent": 15, "how": ["drop_after", "500_after", "drop_before", "503"]}})
            sync()
            tell("control", {"random": None})
    settle()
    differences += compare(log)
give_up()
differences += compare(log)
# A payment or a hand-over of ours that the platform refuses keeps what comes behind it.
refused = {row["order"] for row in rows("outbox", "--limit", "100000") if row["state"] == "refused"}
left = [row for row in waiting() if row["order"] not in refused]
for row in left:
    print(f"  waits: {row}")
for said, times in sorted(sentences.items(), key=lambda one: -one[1]):
    print(f"  {times:4} {said}")
print(f"people: {orders} orders, {len(log)} acts in {rounds} turns, {looks[0]} looks, {refusals} refused at the till, "
      f"{len(attended)} orders needed attention, {differences} differences")
sys.exit(1 if differences or left or len(attended) > max(2, orders // 4) else 0)
