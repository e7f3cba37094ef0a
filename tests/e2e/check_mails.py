"""Reads the mails of a folder as a mail program would and says what is wrong.

usage: check_mails.py FOLDER MAILS DISTINCT
MAILS files must be there, of DISTINCT Message-IDs; each must hold the receipt
as text and as HTML.
"""

import email
import email.policy
import html.parser
import pathlib
import sys


class Tags(html.parser.HTMLParser):
    """Every table, row and cell that is opened is closed."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.faults = []

    def handle_starttag(self, tag, attributes):
        if tag in ("table", "tr", "td"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in ("table", "tr", "td") and (not self.open or self.open.pop() != tag):
            self.faults.append(f"</{tag}> closes nothing")


def faults_of(file):
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    faults = [str(defect) for part in mail.walk() for defect in part.defects]
    faults += [f"no {name}" for name in ("From", "To", "Date", "Subject", "Message-ID")
               if not mail[name]]
    if mail.get_content_type() != "multipart/alternative":
        return mail["Message-ID"], faults + [f"is {mail.get_content_type()}"]
    text, html_part = mail.get_payload()
    if text.get_content_type() != "text/plain" or html_part.get_content_type() != "text/html":
        faults.append("the parts are not text and HTML")
    tags = Tags()
    tags.feed(html_part.get_content())
    faults += tags.faults + [f"<{tag}> is left open" for tag in tags.open]
    code = mail["Subject"].split()[2]
    for part in (text, html_part):
        if code not in part.get_content():
            faults.append(f"{part.get_content_type()} does not name {code}")
    return mail["Message-ID"].strip(), faults


folder, mails, distinct = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
files = sorted(folder.glob("*.eml"))
ids = set()
bad = []
for one in files:
    message_id, faults = faults_of(one)
    ids.add(message_id)
    bad += [f"{one.name}: {fault}" for fault in faults]
if len(files) != mails:
    bad.append(f"{len(files)} mails instead of {mails}")
if len(ids) != distinct:
    bad.append(f"{len(ids)} Message-IDs instead of {distinct}")
print("\n".join(bad), end="\n" if bad else "")
sys.exit(1 if bad else 0)
