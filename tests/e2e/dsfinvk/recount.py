#!/usr/bin/env python3
"""Counts an export (DSFinV-K 2.4) again, by itself: recount.py EXPORT.zip [--value turnover]

Receipts against their lines, tax sums, payments and what was signed; closings against their
receipts. Says each difference, and fails where there is one.
"""
import csv
import io
import sys
import zipfile
from collections import defaultdict
from decimal import Decimal

CONTAINER = {1: 0, 2: 1, 3: 2, 4: 3, 5: 4, 6: 4, 7: 4, 8: 4}
faults = []


def read(archive, name):
    text = archive.read(name).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def number(text):
    return Decimal(text.replace(",", ".")) if text else Decimal(0)


def same(what, said, found):
    if said != found:
        faults.append(f"{what}: {said} is said, {found} is found")


def main():
    archive = zipfile.ZipFile(sys.argv[1])
    table = {name[:-4]: read(archive, name) for name in archive.namelist() if name.endswith(".csv")}
    heads = {row["BON_ID"]: row for row in table["transactions"]}
    same("receipts by their ids", len(table["transactions"]), len(heads))
    counts = {bon for bon, row in heads.items() if row["BON_TYP"] == "Beleg"}
    what = {(row["BON_ID"], row["POS_ZEILE"]): row["GV_TYP"] for row in table["lines"]}

    lines, taxes, paid, keys = (defaultdict(Decimal) for _ in range(4))
    cases, kinds, cash, currencies = (defaultdict(Decimal) for _ in range(4))
    for row in table["lines_vat"]:
        gross, bon = number(row["POS_BRUTTO"]), row["BON_ID"]
        same(f"line {row['POS_ZEILE']} of {bon}", gross, number(row["POS_NETTO"]) + number(row["POS_UST"]))
        lines[bon] += gross
        if bon in counts:
            cases[row["Z_NR"], what[bon, row["POS_ZEILE"]], row["UST_SCHLUESSEL"]] += gross
    for row in table["transactions_vat"]:
        gross = number(row["BON_BRUTTO"])
        same(f"a tax sum of {row['BON_ID']}", gross, number(row["BON_NETTO"]) + number(row["BON_UST"]))
        taxes[row["BON_ID"]] += gross
        keys[row["BON_ID"], CONTAINER[int(row["UST_SCHLUESSEL"]) % 10]] += gross
    for row in table["datapayment"]:
        amount, bon = number(row["BASISWAEH_BETRAG"]), row["BON_ID"]
        paid[bon] += amount
        if bon in counts:
            kinds[row["Z_NR"], row["ZAHLART_TYP"], row["ZAHLART_NAME"]] += amount
            if row["ZAHLART_TYP"] == "Bar":
                cash[row["Z_NR"]] += amount
                currencies[row["Z_NR"], row["ZAHLWAEH_CODE"]] += amount
    for bon in counts:
        total = number(heads[bon]["UMS_BRUTTO"])
        same(f"lines of {bon}", total, lines[bon])
        same(f"taxes of {bon}", total, taxes[bon])
        same(f"payments of {bon}", total, paid[bon])

    signed = {row["BON_ID"]: row for row in table["transactions_tse"]}
    devices = {row["TSE_ID"] for row in table["tse"]}
    for bon, row in signed.items():
        if not row["TSE_TA_SIG"]:
            if not row["TSE_TA_FEHLER"]:
                faults.append(f"{bon} has neither a signature nor a reason")
            continue
        if row["TSE_ID"] not in devices:
            faults.append(f"{bon} was signed by no device of tse.csv")
        if row["TSE_TA_VORGANGSART"] == "Kassenbeleg-V1" and bon in counts:
            kind, sums, _ = row["TSE_VORGANGSDATEN"].split("^")
            same(f"kind of {bon}", kind, heads[bon]["BON_TYP"])
            for i, amount in enumerate(sums.split("_")):
                same(f"sum {i + 1} signed of {bon}", Decimal(amount), keys[bon, i])
    for bon in counts - signed.keys():
        faults.append(f"{bon} is not in transactions_tse.csv")

    def compare(name, said, found):
        for key in sorted(said.keys() | found.keys()):
            same(f"{name} {key}", said.get(key, Decimal(0)), found.get(key, Decimal(0)))

    said = defaultdict(Decimal)
    for row in table["businesscases"]:
        said[row["Z_NR"], row["GV_TYP"], row["UST_SCHLUESSEL"]] += number(row["Z_UMS_BRUTTO"])
    compare("businesscases", said, cases)
    compare("payment", {(row["Z_NR"], row["ZAHLART_TYP"], row["ZAHLART_NAME"]): number(row["Z_ZAHLART_BETRAG"])
                        for row in table["payment"]}, kinds)
    compare("cash_per_currency", {(row["Z_NR"], row["ZAHLART_WAEH"]): number(row["ZAHLART_BETRAG_WAEH"])
                                  for row in table["cash_per_currency"]}, currencies)
    compare("cash of closing", {row["Z_NR"]: number(row["Z_SE_BARZAHLUNGEN"])
                                for row in table["cashpointclosing"]}, cash)
    for row in table["cashpointclosing"]:
        same(f"payments of closing {row['Z_NR']}", number(row["Z_SE_ZAHLUNGEN"]),
             sum((sum_ for key, sum_ in kinds.items() if key[0] == row["Z_NR"]), Decimal(0)))
    numbers = [int(row["BON_NR"]) for row in table["transactions"]]
    same("numbers without a gap", numbers, list(range(numbers[0], numbers[0] + len(numbers))))

    if sys.argv[2:] == ["--value", "turnover"]:
        turnover = sum(amount for key, amount in cases.items()
                       if key[1] in ("Umsatz", "Rabatt", "Aufschlag", "Anzahlungseinstellung",
                                     "Anzahlungsaufloesung"))
        print(turnover.quantize(Decimal("0.01")))
        return 0
    for fault in faults[:20]:
        print(f"  {fault}")
    print(f"  {len(heads)} receipts, {len(counts)} of them count, {len(signed)} in transactions_tse.csv")
    return 1 if faults else 0


sys.exit(main())
