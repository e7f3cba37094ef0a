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


def store(path, body=None):
    return call("/store" + path, body, None, {"x-publishable-api-key": SEED["publishable"]})


def items_of(items):
    return [{"variant_id": SEED["goods"][sku]["variant"], "quantity": n} for sku, n in items]


# --- the shop beside what its seed made ---
def open_austria():
    """A region without tax in its prices."""
    for one in admin("/regions?limit=100")["regions"]:
        if one["name"] == "Austria":
            option = next(o for o in admin("/shipping-options?limit=100")["shipping_options"] if o["name"] == "Paket AT")
            return {"region": one["id"], "option": option["id"], "country": "at"}
    region = admin("/regions", {"name": "Austria", "currency_code": "eur", "countries": ["at"],
                                "payment_providers": ["pp_system_default"], "automatic_taxes": True,
                                "is_tax_inclusive": False})["region"]["id"]
    admin("/tax-regions", {"country_code": "at", "provider_id": "tp_system", "default_tax_rate": {
        "name": "USt 20%", "rate": 20, "code": "AT20", "is_default": True}})
    zones = admin(f"/stock-locations/{SEED['location']}?fields=id,*fulfillment_sets")["stock_location"]
    made = admin(f"/fulfillment-sets/{zones['fulfillment_sets'][0]['id']}/service-zones",
                 {"name": "AT", "geo_zones": [{"type": "country", "country_code": "at"}]})["fulfillment_set"]
    zone = next(one["id"] for one in made["service_zones"] if one["name"] == "AT")
    known = admin("/shipping-options")["shipping_options"][0]
    option = admin("/shipping-options", {
        "name": "Paket AT", "service_zone_id": zone, "shipping_profile_id": known["shipping_profile_id"],
        "provider_id": "manual_manual", "price_type": "flat",
        "type": {"label": "Paket", "description": "Paket", "code": "parcel-at"},
        "prices": [{"currency_code": "eur", "amount": 9.9}]})["shipping_option"]["id"]
    return {"region": region, "option": option, "country": "at"}


def make_promotion():
    if not admin("/promotions?code=TEN")["promotions"]:
        admin("/promotions", {"code": "TEN", "type": "standard", "status": "active", "application_method": {
            "type": "percentage", "value": 10, "target_type": "items", "allocation": "across", "currency_code": "eur"}})


def make_kit():
    """Sold as often as its scarcest part lasts: of one it takes four."""
    GOODS.append("KIT")
    known = admin("/products?handle=kit-of-parts&fields=id,*variants")["products"]
    if known:
        SEED["goods"]["KIT"] = {"product": known[0]["id"], "variant": known[0]["variants"][0]["id"]}
        return
    parts = [admin("/inventory-items", {"sku": sku, "location_levels": [
        {"location_id": SEED["location"], "stocked_quantity": 90000}]})["inventory_item"]["id"]
        for sku in ("TEIL-1", "TEIL-2")]
    profile = admin("/shipping-options")["shipping_options"][0]["shipping_profile_id"]
    made = admin("/products", {
        "title": "Bündel", "handle": "kit-of-parts", "status": "published", "shipping_profile_id": profile,
        "sales_channels": [{"id": SEED["web_channel"]}, {"id": SEED["pos_channel"]}],
        "options": [{"title": "Art", "values": ["Standard"]}],
        "variants": [{"title": "Standard", "sku": "KIT", "options": {"Art": "Standard"},
                      "manage_inventory": True, "allow_backorder": True,
                      "prices": [{"currency_code": "eur", "amount": 9}],
                      "inventory_items": [{"inventory_item_id": parts[0], "required_quantity": 4},
                                          {"inventory_item_id": parts[1], "required_quantity": 1}]}]})["product"]
    SEED["goods"]["KIT"] = {"product": made["id"], "variant": made["variants"][0]["id"]}


# --- a customer ---
GERMANY = {"region": SEED["region"], "option": SEED["shipping_option"], "country": "de"}


def place(items, where=GERMANY, codes=()):
    address = {**ADDRESS, "country_code": where["country"]}
    cart = store("/carts", {
        "region_id": where["region"], "sales_channel_id": SEED["web_channel"],
        "email": "brandt@example.com", "shipping_address": address, "billing_address": address,
        "items": items_of(items)})["cart"]
    if codes:
        store(f"/carts/{cart['id']}/promotions", {"promo_codes": list(codes)})
    store(f"/carts/{cart['id']}/shipping-methods", {"option_id": where["option"]})
    pay = store("/payment-collections", {"cart_id": cart["id"]})["payment_collection"]
    store(f"/payment-collections/{pay['id']}/payment-sessions", {"provider_id": "pp_system_default"})
    return store(f"/carts/{cart['id']}/complete", {})["order"]["id"]


# --- a person in the admin ---
def draft(items, channel="web_channel"):
    """An order that a person writes: goods, and something that is no article."""
    made = admin("/draft-orders", {
        "email": "brandt@example.com", "region_id": SEED["region"], "sales_channel_id": SEED[channel],
        "shipping_address": ADDRESS, "billing_address": ADDRESS,
        "items": items_of(items) + [{"title": "Gravur", "quantity": 1, "unit_price": 12.5}],
        "shipping_methods": [{"shipping_option_id": SEED["shipping_option"], "name": "Paket", "amount": 4.9}]})
    id = made["draft_order"]["id"]
    admin(f"/draft-orders/{id}/convert-to-order", {})
    return id


FIELDS = ("id,display_id,status,total,metadata,canceled_at,*summary,*items,*items.detail,*credit_lines,"
          "*payment_collections,*payment_collections.payments,*payment_collections.payments.captures,"
          "*payment_collections.payments.refunds,*fulfillments,*fulfillments.items,*fulfillments.labels")


def order(id):
    return admin(f"/orders/{id}?fields={FIELDS}")["order"]


def orders_there(ids):
    some = "".join(f"&id[]={id}" for id in ids)
    found = admin(f"/orders?limit={len(ids)}{some}&fields={FIELDS}")["orders"]
    return {one["id"]: one for one in found}


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


def mark_paid(id):
    there = order(id)
    owed = account_there(there)["owed"]
    if owed <= 0 or there["canceled_at"]:
        raise Refused("nothing is owed")
    made = admin("/payment-collections", {"order_id": id, "amount": owed / 100})["payment_collection"]["id"]
    admin(f"/payment-collections/{made}/mark-as-paid", {"order_id": id})


def credit(id, amount):
    admin(f"/orders/{id}/credit-lines", {"amount": amount, "reference": "goodwill", "reference_id": id})


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


def change(id, sku, quantity, confirm=True, **more):
    def one(there):
        for item in there["items"]:
            if item["variant_sku"] == sku:
                return admin(f"/order-edits/{id}/items/item/{item['id']}", {"quantity": quantity, **more})
        raise Refused("no such line")
    edit(id, one, confirm)


def reprice(id, sku, price):
    quantity = next((one["quantity"] for one in order(id)["items"] if one["variant_sku"] == sku), 0)
    change(id, sku, quantity, unit_price=price)


def reship(id, amount):
    body = {"shipping_option_id": SEED["shipping_option"], "custom_amount": amount}
    edit(id, lambda _: admin(f"/order-edits/{id}/shipping-method", body))


def ask_edit(id, sku, quantity):
    change(id, sku, quantity, confirm=False)


def confirm_edit(id):
    admin(f"/order-edits/{id}/confirm", {})


def drop_edit(id):
    admin(f"/order-edits/{id}", method="DELETE")


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


def deliver(id):
    for parcel in order(id)["fulfillments"]:
        if not parcel["canceled_at"] and not parcel["delivered_at"]:
            return admin(f"/orders/{id}/fulfillments/{parcel['id']}/mark-as-delivered", {})
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


def returns_of(id):
    return admin(f"/returns?order_id={id}&limit=100&fields=id,status,*items")["returns"]


def receive(id, dismiss=False, most=99):
    for back in returns_of(id):
        left = [(one["item_id"], min(most, one["quantity"] - (one["received_quantity"] or 0))) for one in back["items"]]
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


def cancel_return(id):
    for back in returns_of(id):
        if back["status"] == "requested":
            return admin(f"/returns/{back['id']}/cancel", {})
    raise Refused("nothing announced")


def cancel_exchange(id):
    for swap in admin(f"/exchanges?order_id={id}&fields=id,canceled_at")["exchanges"]:
        if not swap["canceled_at"]:
            return admin(f"/exchanges/{swap['id']}/cancel", {})
    raise Refused("no exchange")


def claim(id, sku, other=None):
    """Goods that arrived broken: sent again, or their money back."""
    made = admin("/claims", {"order_id": id, "type": "replace" if other else "refund"})["claim"]["id"]
    item = {"id": item_of(id, sku), "quantity": 1}
    try:
        admin(f"/claims/{made}/claim-items", {"items": [{**item, "reason": "production_failure"}]})
        if other:
            admin(f"/claims/{made}/inbound/items", {"items": [item]})
            admin(f"/claims/{made}/outbound/items", {"items": items_of([(other, 1)])})
        admin(f"/claims/{made}/request", {})
    except Refused:
        admin(f"/claims/{made}/request", method="DELETE")
        raise


def cancel_claim(id):
    for one in admin(f"/claims?order_id={id}&fields=id,canceled_at")["claims"]:
        if not one["canceled_at"]:
            return admin(f"/claims/{one['id']}/cancel", {})
    raise Refused("no claim")


def write_note(id, text):
    admin(f"/orders/{id}", {"metadata": {"gift_note": text}})


def move(id, city):
    admin(f"/orders/{id}", {"shipping_address": {**ADDRESS, "city": city}})


def cancel(id):
    admin(f"/orders/{id}/cancel", {})


def complete(id):
    admin(f"/orders/{id}/complete", {})


def close(id):
    admin(f"/orders/{id}/archive", {})


def count_stock(sku, pieces):
    item = next(one for one in admin(f"/inventory-items?sku={sku}&fields=id")["inventory_items"])
    admin(f"/inventory-items/{item['id']}/location-levels/{SEED['location']}", {"stocked_quantity": pieces})


def set_price(sku, price):
    good = SEED["goods"][sku]
    admin(f"/products/{good['product']}/variants/{good['variant']}",
          {"prices": [{"currency_code": "eur", "amount": price}]})


def put_on_sale(sku, price):
    body = {"title": "Sale", "description": "Sale", "type": "sale", "status": "active",
            "prices": [{"amount": price, "currency_code": "eur", "variant_id": SEED["goods"][sku]["variant"]}]}
    SALES.append(admin("/price-lists", body)["price_list"]["id"])


def end_sale():
    if not SALES:
        raise Refused("no sale")
    admin(f"/price-lists/{SALES.pop()}", method="DELETE")


SALES = []


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


def lines_by_sku(lines):
    """Each line for itself, and those of one article in a fixed order."""
    found = {}
    for sku, *counts in lines:
        if any(counts):
            found.setdefault(sku, []).append(counts)
    return {sku: sorted(counts) for sku, counts in sorted(found.items())}


STAGES = {"canceled": "cancelled", "archived": "archived"}


def account_there(there):
    taken = sum(captured_of(one) for one in payments(there))
    back = sum(refunded_of(one) for one in payments(there))
    held = sum(one["amount"] - captured_of(one) for one in payments(there) if not one["canceled_at"])
    lines = [(item["variant_sku"] or "", item["quantity"], item["detail"]["fulfilled_quantity"],
              item["detail"]["return_received_quantity"] + item["detail"]["return_dismissed_quantity"],
              item["detail"]["return_requested_quantity"]) for item in there["items"]]
    return {"status": STAGES.get(there["status"], "open"), "total": cents(there["total"]),
            "authorized": cents(held), "captured": cents(taken), "refunded": cents(back),
            "owed": cents(there["total"] - taken + back), "lines": lines_by_sku(lines),
            "note": (there["metadata"] or {}).get("gift_note", "")}


def account_here(here):
    fields = ("quantity", "fulfilled", "returned", "announced")
    lines = [(item["sku"], *(pieces(item[field]) for field in fields)) for item in here["lines"]]
    money = {key: cents(here[key]) for key in ("total", "authorized", "captured", "refunded", "owed")}
    return {"status": here["status"], **money, "lines": lines_by_sku(lines), "note": here["note"]}


def tracking_there(there):
    """The number of each parcel that was not cancelled."""
    return sorted(", ".join(label["tracking_number"] for label in one["labels"])
                  for one in there["fulfillments"] if not one["canceled_at"])


def tracking_here(here):
    return sorted(parcel["tracking"] for parcel in here["parcels"] if parcel["state"] == "done")


def waits(here):
    """Why the till says that it is not in step; empty: it says that it is."""
    if here["sync"] != "done":
        return f"{here['sync']}: {here['reason']}"
    return here["attention"]


def stock_there():
    """How many of each can be sold: of a kit as many as its scarcest part is enough for."""
    free = {}
    for item in admin("/inventory-items?limit=1000&fields=id,sku,*location_levels")["inventory_items"]:
        for level in item["location_levels"]:
            if level["location_id"] == SEED["location"]:
                free[item["sku"]] = level["stocked_quantity"] - level["reserved_quantity"]
    kits = {"KIT": lambda: min(free["TEIL-1"] // 4, free["TEIL-2"])}
    return {sku: kits[sku]() if sku in kits else free[sku] for sku in GOODS}


def prices_there():
    """What the shop on the web would charge in the till's region now."""
    prices = {}
    for sku in GOODS:
        path = f"/products/{SEED['goods'][sku]['product']}?region_id={SEED['region']}&fields=*variants.calculated_price"
        prices[sku] = cents(store(path)["product"]["variants"][0]["calculated_price"]["calculated_amount"])
    return prices


def goods_here():
    rows = json.loads(till("products", "--json", "--limit", "1000").stdout)
    return {row["sku"]: row for row in rows}


def stock_here():
    rows = goods_here()
    return {sku: pieces(rows[sku]["stock"]) for sku in GOODS}


def prices_here():
    rows = goods_here()
    return {sku: cents(rows[sku]["price"]) for sku in GOODS}


def outbox():
    rows = json.loads(till("outbox", "--json", "--limit", "100000").stdout)
    return [row for row in rows if row["state"] != "done" and not row["kind"].startswith("mail")]
