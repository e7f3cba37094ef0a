"""usage: check_tar.py FILE [SALES [VERIFIED]]

Reads the TAR of a signing device by itself, and says in a line what it found. Fails where
a transaction is not begun once and ended once, a signature counter comes twice or is
missing, or one of the first VERIFIED (30) signatures does not fit the device's certificate.
"""
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter


def tlv(data, at):
    tag, length, at = data[at], data[at + 1], at + 2
    if length & 0x80:
        size = length & 0x7F
        length, at = int.from_bytes(data[at:at + size], "big"), at + size
    return tag, at, at + length


def parts_of(log):
    """The signed bytes as they lie, and the signature behind them."""
    tag, begin, end = tlv(log, 0)
    assert tag == 0x30 and end == len(log), "no SEQUENCE"
    at = begin
    while True:
        tag, value, after = tlv(log, at)
        if after == end:
            assert tag == 0x04, "no signature at the end"
            return log[begin:at], log[value:after]
        at = after


def der(signature):
    half = len(signature) // 2
    numbers = b""
    for part in (signature[:half], signature[half:]):
        part = part.lstrip(b"\0") or b"\0"
        if part[0] & 0x80:
            part = b"\0" + part
        numbers += bytes([2, len(part)]) + part
    return b"\x30" + (bytes([len(numbers)]) if len(numbers) < 128 else bytes([0x81, len(numbers)])) + numbers


def verifies(key, signed, signature):
    digest = "-sha256" if len(signature) == 64 else "-sha384"
    with tempfile.NamedTemporaryFile() as sig, tempfile.NamedTemporaryFile() as text:
        sig.write(der(signature)), sig.flush()
        text.write(signed), text.flush()
        return subprocess.run(["openssl", "dgst", digest, "-verify", key, "-signature", sig.name, text.name],
                              capture_output=True).returncode == 0


def main():
    sales = int(sys.argv[2]) if len(sys.argv) > 2 else None
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 30
    begun, ended, counters, certificate, logs = Counter(), Counter(), Counter(), None, []
    with tarfile.open(sys.argv[1]) as tar:
        for member in tar:
            body = tar.extractfile(member).read()
            if member.name.endswith("_X509.pem"):
                certificate = body
                serial = member.name[:64]
            found = re.search(r"_Sig-(\d+)_", member.name)
            if not found:
                continue
            counters[int(found.group(1))] += 1
            transaction = re.search(r"_No-(\d+)_(Start|Finish)_", member.name)
            if transaction:
                (begun if transaction.group(2) == "Start" else ended)[int(transaction.group(1))] += 1
            if len(logs) < most:
                logs.append(body)
    assert certificate, "no certificate"
    assert set(counters.values()) == {1}, "a counter comes twice"
    assert len(counters) == max(counters) - min(counters) + 1, "a counter is missing"
    assert set(begun.values()) <= {1} and set(ended.values()) <= {1}, "signed twice"
    assert begun == ended, "begun and not ended: %s" % sorted(set(begun) ^ set(ended))[:9]
    assert sales is None or len(begun) == sales, "%d transactions" % len(begun)
    with tempfile.NamedTemporaryFile() as pem, tempfile.NamedTemporaryFile() as key:
        pem.write(certificate), pem.flush()
        public = subprocess.run(["openssl", "x509", "-in", pem.name, "-pubkey", "-noout"],
                                capture_output=True, check=True).stdout
        key.write(public), key.flush()
        point = subprocess.run(["openssl", "pkey", "-pubin", "-in", key.name, "-outform", "DER"],
                               capture_output=True, check=True).stdout
        point = next(point[-size:] for size in (65, 97) if point[-size - 1:-size + 1] == b"\x00\x04")
        assert hashlib.sha256(point).hexdigest() == serial.lower(), "the serial is not of this key"
        for log in logs:
            assert verifies(key.name, *parts_of(log)), "a signature does not verify"
    print("%d transactions, %d signatures, %d verified" % (len(begun), len(counters), len(logs)))


try:
    main()
except AssertionError as wrong:
    print("wrong: %s" % wrong)
    sys.exit(1)
