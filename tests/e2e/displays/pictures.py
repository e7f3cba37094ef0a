#!/usr/bin/env python3
"""Pictures of a screen, as grim (PPM), xwd and the till itself (PNG) write them.

pictures.py plain FILE                  the same as PPM, which is read at once
pictures.py colours FILE [WxH+X+Y]      how many there are
pictures.py same FILE FILE [WxH+X+Y]    percent of the pixels that are alike; the
                                        second picture lies at X, Y of the first
"""
import re
import struct
import sys
import zlib


def ppm(data):
    header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    return int(header[1]), int(header[2]), data[header.end():]


def xwd(data):
    words = struct.unpack(">25I", data[:100])
    size, width, height, row, colours = words[0], words[4], words[5], words[12], words[19]
    assert words[7] == 0, "the lowest byte first"
    step = words[11] // 8  # four bytes a pixel, or three where windows differ in their visual
    first = size + colours * 12
    pixels = bytearray()
    for y in range(height):
        line = data[first + y * row:first + y * row + width * step]
        rgb = bytearray(width * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = line[2::step], line[1::step], line[0::step]
        pixels += rgb
    return width, height, bytes(pixels)


def png(data):
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert (depth, colour) == (8, 2), "eight bits of red, green and blue"
        if kind == b"IDAT":
            packed += body
        at += 12 + length
    raw, row, pixels, above = zlib.decompress(packed), width * 3, bytearray(), bytearray(width * 3)
    for y in range(height):
        how, line = raw[y * (row + 1)], bytearray(raw[y * (row + 1) + 1:(y + 1) * (row + 1)])
        for i in range(row):
            left, up = line[i - 3] if i > 2 else 0, above[i]
            corner = above[i - 3] if i > 2 else 0
            near = min((abs(up - corner), 0, left), (abs(left - corner), 1, up),
                       (abs(left + up - 2 * corner), 2, corner))[2]
            line[i] = line[i] + (0, left, up, (left + up) // 2, near)[how] & 255
        pixels += line
        above = line
    return width, height, bytes(pixels)


def read(path):
    data = open(path, "rb").read()
    return png(data) if data[:4] == b"\x89PNG" else ppm(data) if data[:2] == b"P6" else xwd(data)


def part(picture, place):
    width, height, pixels = picture
    if not place:
        return picture
    w, h, x, y = map(int, re.fullmatch(r"(\d+)x(\d+)\+(\d+)\+(\d+)", place).groups())
    rows = [pixels[(line * width + x) * 3:(line * width + min(x + w, width)) * 3]
            for line in range(y, min(y + h, height))]
    return min(w, width - x), len(rows), b"".join(rows)


def points(pixels):
    return [pixels[i:i + 3] for i in range(0, len(pixels), 3)]


def main(verb, first, *rest):
    if verb == "plain":
        width, height, pixels = read(first)
        sys.stdout.buffer.write(b"P6 %d %d 255\n" % (width, height) + pixels)
        return
    if verb == "colours":
        print(len(set(points(part(read(first), *rest[:1] or [""])[2]))))
        return
    one, other = part(read(first), rest[1] if len(rest) > 1 else ""), read(rest[0])
    if one[:2] != other[:2]:
        print(0)
        return
    alike = sum(a == b for a, b in zip(points(one[2]), points(other[2])))
    print(alike * 100 // (one[0] * one[1]))


main(*sys.argv[1:])
