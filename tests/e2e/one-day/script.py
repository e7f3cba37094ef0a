#!/usr/bin/env python3
"""Makes the script of a day for one language: script.py DAY.day PO en|de > DAY.drive

A {word} of the day is the screen's English; in German it is looked up in the catalogue of
translations, and {12.34} is an amount as that language writes it. Lines "task NAME: N" begin a
task that may take N taps, "end" ends it: `tap`, `hold` and `key` count; what is keyed as digits
or scanned does not, nor what a line begins with "customer" (at the terminal) or "counting" (the
drawer's coins, which are no more a task than digits are).
"""
import re
import sys

def catalogue(path):
    """The translations, by their English; of a word with a context the first."""
    text = open(path, encoding="utf-8").read()
    words = {}
    for entry in text.split("\n\n"):
        parts = dict.fromkeys(("msgid", "msgstr"), "")
        name = None
        for line in entry.splitlines():
            found = re.match(r'(msgctxt|msgid|msgstr)\s+"(.*)"$', line)
            if found:
                name = found.group(1)
                parts[name] = found.group(2)
            elif line.startswith('"') and name:
                parts[name] += line[1:-1]
        if parts["msgid"]:
            words.setdefault(parts["msgid"], parts["msgstr"])
    return words


def amount(number, language):
    sign, number = ("−", number[1:]) if number.startswith("-") else ("", number)
    if language == "en":
        return f"{sign}€{number}"
    return f"{sign}{number.replace('.', ',')} €"


def main():
    day, po, language = sys.argv[1:4]
    words = catalogue(po)

    def say(found):
        word = found.group(1)
        if re.fullmatch(r"-?\d+(\.\d\d)?", word):
            return amount(word, language)
        if word == "point":
            return "." if language == "en" else ","
        if language == "en":
            return word
        if not words.get(word):
            raise SystemExit(f"no translation of \"{word}\"")
        return words[word]

    task, most, taps, faults = None, 0, 0, 0
    for line in open(day, encoding="utf-8"):
        line = re.sub(r"\{([^}]*)\}", say, line.rstrip("\n"))
        begun = re.match(r"task (.*): (\d+)$", line)
        if begun or line == "end":
            if task is not None and taps > most:
                print(f"{task}: {taps} taps, {most} are allowed", file=sys.stderr)
                faults += 1
            task, most, taps = (begun.group(1), int(begun.group(2)), 0) if begun else (None, 0, 0)
            print(f"# {line}")
            continue
        if line.startswith(("customer ", "counting ")):
            print(line.split(" ", 1)[1])
            continue
        verb = line.split(" ")[0]
        if verb in ("tap", "hold", "key") and task is not None:
            taps += 1
        print(line)
    return 1 if faults else 0


sys.exit(main())
