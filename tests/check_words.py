#!/usr/bin/env python3
"""Fails, naming file and line, where a literal that can reach a person has no German.

Looks at every folder of the program but the command line, which speaks English.
A literal counts where it is handed to the translation (words, with, fill) or to a
refusal, and where it reads like a sentence: a capital or a gap, then words. What
reads so and is shown to nobody, or is the same in every language, stands in
words_not_shown.txt, one on a line.
"""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
literal = r'"(?:[^"\\\n]|\\.)*"'
# Names of protocols, queries and brands: nothing that is read as a sentence.
wire = re.compile(r"pos/backup/|terminal/nexo/|mail/message|terminal/zvt/|simulator|shift/export_record|store/export_closings|shopify/operations|profiles\.cpp|/cli/|/tools/|"
                  r"fiscal/dsfinvk/|fiscal/tax_keys|store/database\.cpp|_store\.cpp|drive\.cpp|fonts\.cpp|sdl_|http\.cpp|https\.cpp|transport/web\.cpp|demo\.cpp|app\.cpp")
sentence = re.compile(r"^(?:[A-Z]|\{\d?\})[^\n]*[a-zäöüß]{2,}[,.:]? [^\n]*[a-zäöüß]{2,}")
query = re.compile(r"^(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|PRAGMA|VALUES)\b")
handed = re.compile(r'(?<![a-z_])(words|with|fill|refuse)\(\s*(?:"[^"]*",\s*)?'
                    r'(?:[\w.!&|>\-<= ():]*\?\s*(?:"[^"]*"\s*:\s*)?)?$')
context = re.compile(r'with\(\s*"([^"]*)",[^"]*$|with\(\s*"([^"]*)",.*"\s*:\s*$')


def joined(quoted):
    return "".join(part[1:-1] for part in re.findall(literal, quoted))


def translated():
    entries = set()
    for block in (root / "assets/locale/de.po").read_text().split("\n\n"):
        found = {key: joined(value) for key, value in
                 re.findall(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[0\])?) ((?:%s\n?)+)' % literal,
                            block, re.M)}
        if not found.get("msgstr", found.get("msgstr[0]")):
            continue
        for key in ("msgid", "msgid_plural"):
            if key in found:
                entries.add((found.get("msgctxt", ""), found[key]))
    return entries


def code_of(file):
    text = re.sub(r"^\s*#(?!define).*$", "", file.read_text(), flags=re.M)
    return re.sub(r"(%s|R\"\(.*?\)\")|//[^\n]*" % literal, lambda m: m.group(1) or "", text,
                  flags=re.S)


def missing_in(file, known, silent):
    texts = {text for _, text in known}
    code = code_of(file)
    for found in re.finditer(r"%s(?:\s*%s)*" % (literal, literal), code):
        text = joined(found.group(0))
        before = code[max(0, found.start() - 120):found.start()]
        is_handed = handed.search(before)
        named = context.search(before)
        if is_handed and re.search(r"[A-Za-z]{2}", text):
            name = (named.group(1) or named.group(2)) if named else ""
            if (name, text) in known or text in silent:
                continue
            if is_handed.group(1) == "with" and re.search(r"with\(\s*$", before):
                continue  # the context itself
        elif not sentence.match(text) or query.match(text) or text in texts or text in silent:
            continue
        elif text.rstrip(" ") + " {}" in texts or text.rstrip(": ") + ": {}" in texts:
            continue  # the beginning of a sentence that goes on
        yield code[:found.start()].count("\n") + 1, text


# The kinds of the journal's entries are names of its page.
noted = re.compile(r'work\.note\(\s*(?:[\w.]+(?:\(\))?\s*\?\s*)?(%s)(?:\s*:\s*(%s))?\s*,' % (literal, literal))


def kinds_without_name(file, known):
    code = code_of(file)
    for found in noted.finditer(code):
        for kind in filter(None, found.groups()):
            if ("journal", kind[1:-1]) not in known:
                yield code[:found.start()].count("\n") + 1, kind[1:-1]


def main():
    known = translated()
    silent = set((root / "tests/words_not_shown.txt").read_text().split("\n"))
    faults = []
    for folder in ("core", "drivers", "sync", "pos"):
        for file in sorted((root / folder).rglob("*")):
            name = str(file.relative_to(root))
            if file.suffix in (".cpp", ".h") and not wire.search(name):
                faults += [f"{name}:{line}: {text}" for line, text in missing_in(file, known, silent)]
                faults += [f"{name}:{line}: {kind} (of the journal)"
                           for line, kind in kinds_without_name(file, known)]
    if faults:
        print("not in assets/locale/de.po:", *faults, sep="\n", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
