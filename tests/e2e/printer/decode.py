# Reads the bytes of a slip with nothing of ours: python's own code pages, a
# command table written from Epson's reference. usage:
#   decode.py FILE text NUMBER=CODEC...    the text, lines as lines
#   decode.py FILE qr                      the payload of each native QR code
#   decode.py FILE picture OUT.pgm         all strips below each other
import re
import sys


def commands(data):
    at = 0
    while at < len(data):
        byte = data[at]
        if byte not in (0x1B, 0x1C, 0x1D):
            yield "text", data[at:at + 1]
            at += 1
            continue
        name = data[at:at + 2]
        if name == b"\x1b@" or name == b"\x1c.":
            size = 2
        elif name == b"\x1bp":
            size = 5
        elif name == b"\x1dV":
            size = 4 if data[at + 2] >= 65 else 3
        elif name == b"\x1dk":
            assert data[at + 2] >= 65, "a barcode of form A"
            size = 4 + data[at + 3]
        elif name == b"\x1d(":
            size = 5 + data[at + 3] + 256 * data[at + 4]
        elif name == b"\x1dv":
            wide, high = data[at + 4] + 256 * data[at + 5], data[at + 6] + 256 * data[at + 7]
            size = 8 + wide * high
        elif name[1:] in b"tRaE-d!hwHfMJ3":
            size = 3
        else:
            raise SystemExit("unknown command %r at %d" % (name, at))
        assert at + size <= len(data), "cut short at %d" % at
        yield name.decode("latin-1"), data[at:at + size]
        at += size


def main():
    data, what = open(sys.argv[1], "rb").read(), sys.argv[2]
    assert not re.search(rb"\x10[\x04\x05\x14]", data), "a real-time command in the slip"
    codecs = dict(pair.split("=") for pair in sys.argv[3:]) if what == "text" else {}
    codec, text, rows, wide = "cp437", "", [], 0
    for name, command in commands(data):
        if name == "text":
            assert command == b"\n" or command[0] >= 0x20, command
            text += command.decode(codec)
        elif name == "\x1bt" and what == "text":
            codec = codecs[str(command[2])]
        elif name == "\x1b@":
            codec = "cp437"
        elif name == "\x1d(" and what == "qr" and command[6] == 80:
            sys.stdout.write(command[8:].decode("ascii") + "\n")
        elif name == "\x1dv":
            stride = command[4] + 256 * command[5]
            if stride != wide:
                rows += [b""] * 20
            wide = stride
            rows += [command[i:i + stride] for i in range(8, len(command), stride)]
    if what == "text":
        sys.stdout.write(text)
    if what == "picture":
        rows = [b""] * 40 + rows + [b""] * 40
        wide = max(map(len, rows)) + 10
        with open(sys.argv[3], "wb") as out:
            out.write(b"P5\n%d %d\n255\n" % (8 * wide, len(rows)))
            for row in rows:
                padded = b"\0" * 5 + row.ljust(wide - 5, b"\0")
                out.write(bytes(0 if byte >> (7 - bit) & 1 else 255
                                for byte in padded for bit in range(8)))


main()
