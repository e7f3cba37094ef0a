"""What a person does in Medusa's admin, what a till is told to do, and both accounts
of an order, field by field."""
import base64
import json
import os
import subprocess
import urllib.error
import urllib.request

URL = os.environ["MEDUSA_URL"]
TILL = os.environ["TILL"]
TRESEN = os.environ["TRESEN"]
SEED = json.load(open(os.environ["MEDUSA_SEED"]))
GOODS = ["TEE", "BUCH", "KORB"]
KEY = "Basic " + base64.b64encode((SEED["key"] + ":").encode()).decode()
ADDRESS = {"first_name": "Marlene", "last_name": "Brandt", "address_1": "Hauptstr. 1",
           "city": "Berlin", "postal_code": "10115", "country_code": "de"}


class Refused(Exception):
    """Medusa does not allow it now."""


def call(path, body=None, method=None, headers=None):
    head = {"content-type": "application/json", **(headers or {"authorization": KEY})}
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(URL + path, data=data, headers=head,
                                     method=method or ("GET" if body is None else "POST"))
    try:
        return json.loads(urllib.request.urlopen(request, timeout=120).read() or b"{}")
    except urllib.error.HTTPError as error:
        raise Refused(f"{path}: {error.code} {error.read().decode()[:300]}") from error


def admin(path, body=None, method=None):
    return call("/admin" + path, body, method)


def store(path, body):
    return call("/store" + path, body, None, {"x-publishable-api-key": SEED["publishable"]})


# --- a customer ---
def place(items):
    cart = store("/carts", {
        "region_id": SEED["region"], "sales_channel_id": SEED["web_channel"],
        "email": "brandt@example.com", "shipping_address": ADDRESS, "billing_address": ADDRESS,
        "items": [{"variant_id": SEED["goods"][sku]["variant"], "quantity": n} for sku, n in items]})["cart"]
    store(f"/carts/{cart['id']}/shipping-methods", {"option_id": SEED["shipping_option"]})
    pay = store("/payment-collections", {"cart_id": cart["id"]})["payment_collection"]
    store(f"/payment-collections/{pay['id']}/payment-sessions", {"provider_id": "pp_system_default"})
    return store(f"/carts/{cart['id']}/complete", {})["order"]["id"]


# --- a person in the admin ---
FIELDS = ("id,display_id,status,total,canceled_at,*summary,*items,*items.detail,*credit_lines,"
          "*payment_collections,*payment_collections.payments,*payment_collections.payments.captures,"
          "*payment_collections.payments.refunds,*fulfillments,*fulfillments.items,*fulfillments.labels")


def order(id):
    return admin(f"/orders/{id}?fields={FIELDS}")["order"]


def payments(there):
    return [one for collection in there["payment_collections"] for one in collection.get("payments") or []]


def captured_of(payment):
    return sum(one["amount"] for one in payment["captures"] or [])


def refunded_of(payment):
    return sum(one["amount"] for one in payment["refunds"] or [])


def capture(id, amount=None):
    for payment in payments(order(id)):
        left = payment["amount"] - captured_of(payment)
        if left > 0.004 and not payment["canceled_at"]:
            return admin(f"/payments/{payment['id']}/capture", {"amount": round(min(left, amount or left), 2)})
    raise Refused("nothing to capture")


def refund(id, amount, note="Kulanz"):
    for payment in payments(order(id)):
        left = captured_of(payment) - refunded_of(payment)
        if left > 0.004:
            return admin(f"/payments/{payment['id']}/refund", {"amount": round(min(left, amount), 2), "note": note})
    raise Refused("nothing to give back")


def edit(id, change, confirm=True):
    """change(ORDER) does what the edit is about."""
    admin("/order-edits", {"order_id": id})
    try:
        change(order(id))
        admin(f"/order-edits/{id}/request", {})
        if confirm:
            admin(f"/order-edits/{id}/confirm", {})
    except Refused:
        admin(f"/order-edits/{id}", method="DELETE")
        raise


def add(id, sku, quantity=1, confirm=True):
    body = {"items": [{"variant_id": SEED["goods"][sku]["variant"], "quantity": quantity}]}
    edit(id, lambda _: admin(f"/order-edits/{id}/items", body), confirm)


def change(id, sku, quantity, confirm=True):
    def one(there):
        for item in there["items"]:
            if item["variant_sku"] == sku:
                return admin(f"/order-edits/{id}/items/item/{item['id']}", {"quantity": quantity})
        raise Refused("no such line")
    edit(id, one, confirm)


def confirm_edit(id):
    admin(f"/order-edits/{id}/confirm", {})


def item_of(id, sku):
    for item in order(id)["items"]:
        if item["variant_sku"] == sku:
            return item["id"]
    raise Refused("no such line")


def fulfil(id, sku, quantity=1):
    return admin(f"/orders/{id}/fulfillments",
                 {"items": [{"id": item_of(id, sku), "quantity": quantity}], "location_id": SEED["location"]})


def cancel_parcel(id):
    for parcel in order(id)["fulfillments"]:
        if not parcel["canceled_at"] and not parcel["shipped_at"] and not parcel["delivered_at"]:
            return admin(f"/orders/{id}/fulfillments/{parcel['id']}/cancel", {})
    raise Refused("no parcel")


def ship(id, *numbers):
    for parcel in order(id)["fulfillments"]:
        if not parcel["canceled_at"] and not parcel["shipped_at"]:
            items = [{"id": one["line_item_id"], "quantity": one["quantity"]} for one in parcel["items"]]
            labels = [{"tracking_number": n, "tracking_url": f"https://track.example/{n}", "label_url": "#"} for n in numbers]
            return admin(f"/orders/{id}/fulfillments/{parcel['id']}/shipments", {"items": items, "labels": labels})
    raise Refused("no parcel")


def announce(id, sku, quantity=1):
    back = admin("/returns", {"order_id": id, "location_id": SEED["location"]})["return"]["id"]
    try:
        admin(f"/returns/{back}/request-items", {"items": [{"id": item_of(id, sku), "quantity": quantity}]})
        admin(f"/returns/{back}/request", {})
    except Refused:
        admin(f"/returns/{back}/request", method="DELETE")
        raise
    return back


def receive(id, dismiss=False):
    for back in admin(f"/returns?order_id={id}&fields=id,status,*items")["returns"]:
        left = [(one["item_id"], one["quantity"] - (one["received_quantity"] or 0)) for one in back["items"]]
        items = [{"id": item, "quantity": n} for item, n in left if n > 0]
        if back["status"] not in ("requested", "partially_received") or not items:
            continue
        admin(f"/returns/{back['id']}/receive", {})
        admin(f"/returns/{back['id']}/{'dismiss' if dismiss else 'receive'}-items", {"items": items})
        return admin(f"/returns/{back['id']}/receive/confirm", {})
    raise Refused("nothing announced")


def exchange(id, sku, other):
    swap = admin("/exchanges", {"order_id": id})["exchange"]["id"]
    try:
        admin(f"/exchanges/{swap}/inbound/items", {"items": [{"id": item_of(id, sku), "quantity": 1}]})
        admin(f"/exchanges/{swap}/outbound/items", {"items": [{"variant_id": SEED["goods"][other]["variant"], "quantity": 1}]})
        admin(f"/exchanges/{swap}/request", {})
    except Refused:
        admin(f"/exchanges/{swap}/request", method="DELETE")
        raise


def cancel(id):
    admin(f"/orders/{id}/cancel", {})


def close(id):
    admin(f"/orders/{id}/complete", {})
    admin(f"/orders/{id}/archive", {})


# --- a till ---
def till(*words):
    done = subprocess.run([TRESEN, *words, "--data", TILL], capture_output=True, text=True, timeout=300, check=False)
    if done.returncode < 0 or done.returncode > 100:
        print(f"FAILED: the till lives through {' '.join(words)}: {done.returncode} {done.stderr[-300:]}")
    return done


def at_till(number, *words):
    """A command about an order; False: the till does not allow it now."""
    return till("order", number, *words).returncode == 0


def sync():
    return till("sync", "--once")


def order_at_till(number):
    said = till("order", number, "--json").stdout
    return json.loads(said) if said.strip() else None


# --- both accounts ---
def cents(amount):
    return round(float(amount) * 100)


def pieces(quantity):
    return round(float(quantity))


def account_there(there):
    taken = sum(captured_of(one) for one in payments(there))
    back = sum(refunded_of(one) for one in payments(there))
    lines = {}
    for item in there["items"]:
        detail = item["detail"]
        line = lines.setdefault(item["variant_sku"], [0, 0, 0])
        line[0] += item["quantity"]
        line[1] += detail["fulfilled_quantity"]
        line[2] += detail["return_received_quantity"] + detail["return_dismissed_quantity"]
    return {"total": cents(there["total"]), "captured": cents(taken), "refunded": cents(back),
            "owed": cents(there["total"] - taken + back), "lines": lines}


def account_here(here):
    lines = {}
    for item in here["lines"]:
        line = lines.setdefault(item["sku"], [0, 0, 0])
        for i, field in enumerate(("quantity", "fulfilled", "returned")):
            line[i] += pieces(item[field])
    lines = {sku: line for sku, line in lines.items() if any(line)}
    return {"total": cents(here["total"]), "captured": cents(here["captured"]),
            "refunded": cents(here["refunded"]), "owed": cents(here["owed"]), "lines": lines}


def waits(here):
    """Why the till says that it is not in step; empty: it says that it is."""
    if here["sync"] != "done":
        return f"{here['sync']}: {here['reason']}"
    return here["attention"]


def stock_there():
    stock = {}
    for item in admin("/inventory-items?limit=1000&fields=id,sku,*location_levels")["inventory_items"]:
        for level in item["location_levels"]:
            stock[item["sku"]] = level["stocked_quantity"] - level["reserved_quantity"]
    return {sku: stock[sku] for sku in GOODS}


def stock_here():
    rows = json.loads(till("products", "--json", "--limit", "1000").stdout)
    stock = {row["sku"]: row["stock"] for row in rows}
    return {sku: pieces(stock[sku]) for sku in GOODS}
