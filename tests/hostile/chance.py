"""Chance: changed bytes of examples and pictures, random YAML; and a public corpus of YAML."""

import json
import os
import random
import re
import struct
import zlib

from briefing_test import (
    EXAMPLES,
    HOUSE,
    SANITIZED,
    SRC,
    examples,
    have,
    jpeg,
    limit_memory,
    minimal,
    png,
    read,
    run,
    yaml,
)
from judge import MIB, SECONDS, SEED, TIMES

HERE = os.path.dirname(os.path.abspath(__file__))


def pictures(test):
    rng = random.Random(SEED)
    sound = png(40, 30, lambda x, y: (x * 6, y * 8, 99))

    def header(width, height, depth=8, kind=2):
        body = b"IHDR" + struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))

    def bomb(width, height):
        data = zlib.compress(b"\0" * min(width * height * 3 + height, 64 * MIB), 9)
        body = b"IDAT" + data
        return (
            header(width, height)
            + struct.pack(">I", len(data))
            + body
            + struct.pack(">I", zlib.crc32(body))
            + sound[-12:]
        )

    photo = jpeg()
    cases = {
        "empty": b"",
        "of text": b"not a picture",
        "cut": sound[:60],
        "only a signature": sound[:8],
        "of no width": header(0, 10) + sound[33:],
        "of 2^31 width": header(0x7FFFFFFF, 0x7FFFFFFF) + sound[33:],
        "a bomb": bomb(30000, 30000),
        "a large bomb": bomb(65535, 65535),
        "of depth 3": header(9, 9, 3) + sound[33:],
        "of kind 7": header(9, 9, 8, 7) + sound[33:],
        "without data": header(9, 9) + sound[-12:],
        "a palette without one": header(40, 30, 8, 3) + sound[33:],
        "JPEG, cut": photo[: len(photo) // 2],
        "JPEG, head only": photo[:4],
        "JPEG, endless markers": b"\xff\xd8" + b"\xff" * 100000,
        "JPEG, no frame": b"\xff\xd8\xff\xd9",
        "JPEG, wrong lengths": b"\xff\xd8" + b"\xff\xe0\xff\xff" + b"x" * 100,
        "JPEG, length 0": b"\xff\xd8\xff\xe0\0\0" + photo[20:],
        "a GIF": b"GIF89a" + b"\1" * 50,
        "a WebP": b"RIFF\x10\0\0\0WEBPVP8 ",
        "an SVG": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "zeros": bytes(100000),
    }
    frame = re.search(rb"\xff[\xc0\xc1\xc2]..", photo, re.S)
    for width, height in ((0, 0), (65535, 65535), (1, 65535)):
        cases["JPEG of %d x %d" % (width, height)] = (
            photo[: frame.start() + 5] + struct.pack(">HH", height, width) + photo[frame.start() + 9 :]
        )
    for n in range(TIMES * (60 if SANITIZED else 150)):
        for name, data in (("PNG", sound), ("JPEG", photo)):
            changed = bytearray(data)
            for _ in range(rng.randint(1, 6)):
                changed[rng.randrange(len(changed))] = rng.randrange(256)
            if rng.random() < 0.2:
                changed = changed[: rng.randrange(len(changed))]
            cases["%s, mutation %d" % (name, n)] = bytes(changed)
    spec = test.folder.write(
        "pictured.yaml",
        yaml(minimal(entity={"name": "A", "kind": "network", "image": {"file": "picture.png", "alt": "A picture"}})),
    )
    for name, data in cases.items():
        test.folder.write("picture.png", data)
        target = test.folder("pictured.pdf")
        result = run("render", spec, "-o", target, before=limit_memory, timeout=2 * SECONDS)
        if (
            test.ends_well(result, "a picture: " + name)
            and "mutation" not in name
            and have("qpdf")
            and have("pdftotext")
        ):
            test.judge("a picture: " + name, target)
    test.folder.write("picture.png", sound)
    test.ends_well(run("render", spec, "-o", "-"), "a sound picture", (0,))
    os.unlink(test.folder("picture.png"))
    os.mkfifo(test.folder("picture.png"))
    test.ends_well(run("render", spec, "-o", "-"), "a picture that is a pipe", (1, 3))
    os.unlink(test.folder("picture.png"))
    os.symlink("/dev/zero", test.folder("picture.png"))
    test.ends_well(run("render", spec, "-o", "-"), "a picture that is /dev/zero", (1, 3))
    os.unlink(test.folder("picture.png"))
    os.mkdir(test.folder("picture.png"))
    test.ends_well(run("render", spec, "-o", "-"), "a picture that is a folder", (1, 3))


def mutations(test):
    """Bytes changed, taken out, doubled or moved in the examples."""
    rng = random.Random(SEED)
    sources = [read(path) for path in examples()]
    tokens = [
        b"\0",
        b"\xff",
        b"&a ",
        b"*a",
        b"!!x ",
        b"{",
        b"}",
        b"[",
        b"]",
        b"- ",
        b"|\n",
        b">\n",
        b"\t",
        b"#",
        b'"',
        b"'",
        b"\\",
        b"<<: ",
        b"? ",
        b": ",
        b"\n---\n",
        b"%",
        b"@",
        b"`",
        "\u202e".encode(),
        "\u0301".encode() * 50,
        b"9" * 400,
        b" " * 60,
        b"audience: open\n",
        b"\xf0\x9f",
        b"0.895",
        b"2026-02-30",
    ]
    for n in range(TIMES * (150 if SANITIZED else 300)):
        data = bytearray(rng.choice(sources))
        for _ in range(rng.choice([1, 1, 2, 5, 30])):
            at = rng.randrange(len(data))
            kind = rng.randrange(5)
            if kind == 0:
                data[at] = rng.randrange(256)
            elif kind == 1:
                del data[at : at + rng.choice([1, 2, 40, 400])]
            elif kind == 2:
                data[at:at] = rng.choice(tokens)
            elif kind == 3:
                end = at + rng.randrange(300)
                data[at:at] = data[at:end]
            else:
                lines = bytes(data).split(b"\n")
                (
                    rng.shuffle(lines)
                    if rng.random() < 0.05
                    else lines.insert(rng.randrange(len(lines)), lines.pop(rng.randrange(len(lines))))
                )
                data = bytearray(b"\n".join(lines))
            data = data or bytearray(b"\n")
        name = "mutation %d" % n
        if n % 2:
            result = run("check", "-", "--base", EXAMPLES, stdin=bytes(data), before=limit_memory, timeout=2 * SECONDS)
        else:
            result = run(
                "render",
                "-",
                "--base",
                EXAMPLES,
                "-o",
                "/dev/null",
                "--tier",
                "leadership-alliance",
                stdin=bytes(data),
                before=limit_memory,
                timeout=2 * SECONDS,
            )
        test.ends_well(result, name)
    house, members = read(HOUSE), read(os.path.join(SRC, "specs", "members.csv"))
    spec = test.folder.write("plain.yaml", yaml(minimal()))
    for n in range(TIMES * (60 if SANITIZED else 120)):
        data = bytearray(rng.choice([house, members]) if n % 2 else house)
        for _ in range(rng.choice([1, 2, 6])):
            data[rng.randrange(len(data))] = rng.randrange(256)
        path = test.folder.write("house-mutated", bytes(data))
        os.makedirs(test.folder("entities", "images"), exist_ok=True)
        test.folder.write("entities/images/house-mark.png", png(9, 9, lambda x, y: (x, y, 0)))
        arguments = ["check", path] if n % 2 else ["render", spec, "--house", path, "-o", "/dev/null"]
        test.ends_well(run(*arguments, before=limit_memory), "mutated house or roster %d" % n)


def random_yaml(test):
    rng = random.Random(SEED)
    schema_keys = sorted(set(re.findall(rb"^\s*-?\s*([a-z_]+):", b"\n".join(read(path) for path in examples()), re.M)))

    def value(depth):
        kind = rng.randrange(10 if depth < 6 else 4)
        if kind < 4:
            return rng.choice(
                [
                    "x",
                    "1",
                    "0.50",
                    "2026-Q4",
                    "",
                    "~",
                    "a: b",
                    "open",
                    "https://a.b",
                    "2026-11-21",
                    "*em*",
                    "-",
                    "né",
                    "s1",
                    "high",
                    "0.005",
                    "x" * 300,
                ]
            )
        if kind < 7:
            return [value(depth + 1) for _ in range(rng.randrange(5))]
        return {rng.choice(schema_keys).decode(): value(depth + 1) for _ in range(rng.randrange(6))}

    for n in range(TIMES * (60 if SANITIZED else 150)):
        spec = minimal()
        for _ in range(rng.randrange(1, 8)):
            spec[rng.choice(schema_keys).decode()] = value(0)
        result = run(
            "render", "-", "-o", "/dev/null", stdin=yaml(spec).encode(), before=limit_memory, timeout=2 * SECONDS
        )
        test.ends_well(result, "random YAML %d" % n)
    for n in range(TIMES * 60):
        text = "".join(
            rng.choice(
                [
                    "- ",
                    "a",
                    ": ",
                    "\n",
                    "  ",
                    "[",
                    "]",
                    "{",
                    "}",
                    ",",
                    "'",
                    '"',
                    "|",
                    ">",
                    "&a",
                    "*a",
                    "!!str ",
                    "#",
                    "? ",
                    "%",
                    "---",
                    "\t",
                    "é",
                    "0",
                ]
            )
            for _ in range(rng.randrange(400))
        )
        test.ends_well(run("check", "-", stdin=text.encode(), before=limit_memory), "random tokens %d" % n, (1,))


def yaml_corpus(test):
    with open(os.path.join(HERE, "corpus", "yaml-test-suite.json"), encoding="utf-8") as file:
        cases = json.load(file)
    for case in cases:
        data = case["yaml"].encode("utf-8", "surrogatepass")
        test.ends_well(run("check", "-", stdin=data, before=limit_memory), "YAML Test Suite, " + case["id"], (1,))
