#!/usr/bin/env python3
"""Counts a day again from its exported receipts: recount.py EXPORT.zip Z.json

Line by line and payment by payment of the one closing in the export, and nothing of its sums;
says where the Z report (`tresen shift show --z N --json`) says something else, and fails then.
"""
import csv
import io
import json
import sys
import zipfile
from collections import defaultdict
from decimal import Decimal

TURNOVER = ("Umsatz", "Rabatt", "Aufschlag", "Pfand", "PfandRueckzahlung",
            "Anzahlungseinstellung", "Anzahlungsaufloesung", "EinzweckgutscheinKauf",
            "EinzweckgutscheinEinloesung")
faults = []


def rows(archive, name):
    text = archive.read(name + ".csv").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def number(text):
    return Decimal(text.replace(",", "."))


def same(what, said, counted):
    if Decimal(said) != counted:
        faults.append(f"{what}: the Z says {said}, the receipts {counted}")


def main():
    archive = zipfile.ZipFile(sys.argv[1])
    z = json.load(open(sys.argv[2], encoding="utf-8"))
    heads = rows(archive, "transactions")
    counts = {row["BON_ID"] for row in heads if row["BON_TYP"] == "Beleg"}
    numbers = [int(row["BON_NR"]) for row in heads]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        faults.append("the receipts' numbers have a gap")

    case_of = {(row["BON_ID"], row["POS_ZEILE"]): row["GV_TYP"] for row in rows(archive, "lines")}
    cases, keys = defaultdict(Decimal), defaultdict(Decimal)
    for row in rows(archive, "lines_vat"):
        if row["BON_ID"] not in counts:
            continue
        case, gross = case_of[row["BON_ID"], row["POS_ZEILE"]], number(row["POS_BRUTTO"])
        cases[case] += gross
        if case in TURNOVER:
            keys[int(row["UST_SCHLUESSEL"])] += gross
    cash = card = other = Decimal(0)
    for row in rows(archive, "datapayment"):
        if row["BON_ID"] not in counts:
            continue
        amount = number(row["BASISWAEH_BETRAG"])
        if row["ZAHLART_TYP"] == "Bar":
            cash += amount
        elif row["ZAHLART_NAME"] == "Karte":
            card += amount
        else:
            other += amount

    drawer, vouchers = z["drawer"], z["vouchers"]
    same("turnover", z["turnover"], sum(cases[case] for case in TURNOVER))
    for tax in z["taxes"]:
        same(f"turnover of tax key {tax['key']}", tax["gross"], keys.pop(tax["key"]))
    for key, gross in keys.items():
        same(f"turnover of tax key {key}", "0", gross)
    same("cash that is left", drawer["left"], cash)
    same("cash expected", drawer["expected"],
         cash - cases["DifferenzSollIst"] + Decimal(drawer["dropped"]))
    same("difference", drawer["closing_difference"], cases["DifferenzSollIst"])
    same("float", drawer["opening"], cases["Anfangsbestand"])
    net = defaultdict(Decimal)
    for tender in z["tenders"]:
        net[tender["tender"]] += Decimal(tender["net"])
    same("card", net["card"], card)
    same("other tenders", net["other"], other)
    moves = sum(cases[case] for case in ("Anfangsbestand", "Auszahlung", "Einzahlung",
                                         "Geldtransit", "DifferenzSollIst"))
    same("cash of sales", net["cash"], cash - moves)
    of = {name: Decimal(amount) for name, amount in vouchers.items()}
    same("vouchers sold, less those taken back", of["sold"] - of["taken_back"] + of["credit_issued"],
         cases["MehrzweckgutscheinKauf"])
    same("vouchers redeemed, less what went back onto them", of["redeemed"] - of["refunded"],
         -cases["MehrzweckgutscheinEinloesung"] - cases["EinzweckgutscheinEinloesung"])
    for fault in faults:
        print(f"  {fault}")
    print(f"  {len(heads)} receipts, {len(counts)} of them count")
    return 1 if faults else 0


sys.exit(main())
