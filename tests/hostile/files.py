"""Texts that are no spec, or hardly one: odd bytes, large files, bombs of aliases, depths."""

import os

from briefing_test import SANITIZED, limit_memory, minimal, png, run, yaml
from judge import MIB


def bytes_of_a_file(test):
    spec = yaml(minimal())
    as_bytes = spec.encode()
    for name, data in {
        "an empty file": b"",
        "only a BOM": b"\xef\xbb\xbf",
        "one newline": b"\n",
        "spaces": b" " * 5000,
        "only a comment": b"# nothing\n",
        "one NUL": b"\0",
        "NULs": b"\0" * 100000,
        "a NUL inside": as_bytes.replace(b"One point", b"One\0point"),
        "a NUL at the end": as_bytes + b"\0",
        "UTF-16LE": b"\xff\xfe" + spec.encode("utf-16-le"),
        "UTF-16BE": b"\xfe\xff" + spec.encode("utf-16-be"),
        "UTF-16 without BOM": spec.encode("utf-16-le"),
        "UTF-32": spec.encode("utf-32"),
        "Latin-1": spec.replace("One", "Über").encode("latin-1"),
        "an overlong slash": as_bytes.replace(b"One", b"\xc0\xaf"),
        "a lone surrogate": as_bytes.replace(b"One", b"\xed\xa0\x80"),
        "beyond Unicode": as_bytes.replace(b"One", b"\xf4\x90\x80\x80"),
        "a cut character": as_bytes + b"# \xe2\x82",
        "bytes of every value": bytes(range(256)),
        "invalid bytes only": b"\xff" * 100000,
        "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "a picture": png(9, 9, lambda x, y: (x, y, 0)),
        "an ELF header": b"\x7fELF\x02\x01\x01" + b"\0" * 200,
        "a lone quote": b"'",
        "a lone brace": b"{",
        "tabs": b"\tbriefing:\t1\n",
        "a tag": b"!!python/object/apply:os.system ['true']\n",
        "a control character": as_bytes.replace(b"One", b"O\x01ne"),
        "an escape": as_bytes.replace(b"One", b"\\e[31mOne"),
        "a direction override": spec.replace("One", "\u202eOne").encode(),
        "a direction override by an escape": as_bytes.replace(b"One", b"\\u202eOne"),
        "two documents": as_bytes + b"---\n" + as_bytes,
        "a directive": b"%YAML 9.9\n---\n" + as_bytes,
        "a NEL line end": as_bytes.replace(b"\n", b"\xc2\x85"),
        "CR line ends": as_bytes.replace(b"\n", b"\r"),
    }.items():
        test.try_text(name, data)
    test.ends_well(run("check", test.folder.path), "a folder", (3, 1))
    test.ends_well(run("render", test.folder.path, "-o", "-"), "a folder", (3, 1))
    test.ends_well(run("check", "/dev/null"), "/dev/null", (1, 3))
    with open("/dev/zero", "rb") as zeros:
        test.ends_well(run("check", "-", stdin=zeros, before=limit_memory, timeout=60), "endless zeros", (1,))
    os.symlink("loop", test.folder("loop"))
    test.ends_well(run("check", test.folder("loop")), "a link to itself", (3,))
    test.ends_well(run("check", "/proc/self/mem"), "/proc/self/mem", (1, 3))


def large_files(test):
    head = yaml(minimal()).rstrip()[:-1]
    filler = (1 if SANITIZED else 4) * MIB - 4096
    for name, text in {
        "a comment of 4 MiB": "#" + "x" * filler,
        "a line of 4 MiB in a value": head + ', "deck": "' + "x" * filler + '"}',
        "4 MiB of blanks": " " * filler,
        "4 MiB of newlines": "\n" * filler,
        "a key of 4 MiB": "x" * filler + ": 1",
        "4 MiB of keys": "".join("k%d: 1\n" % n for n in range(filler // 12)),
        "4 MiB of one key": "briefing: 1\n" * (filler // 12),
        "4 MiB of list": "- a\n" * (filler // 4),
        "4 MiB of empty values": "-\n" * (filler // 2),
        "4 MiB of commas": "[" + "," * filler,
        "4 MiB of empty maps": "[" + "{}," * (filler // 3) + "]",
        "4 MiB of colons": ":" * filler,
        "4 MiB of dashes": "- " * (filler // 2),
        "4 MiB of question marks": "? " * (filler // 2),
        "4 MiB of quotes": "'" * filler,
        "4 MiB of double quotes": '"' * filler,
        "4 MiB of backslashes": '"' + "\\" * filler + '"',
        "4 MiB of stars": "*a " * (filler // 3),
        "4 MiB of anchors": "&a " * (filler // 3),
        "4 MiB of exclamation marks": "!" * filler,
        "4 MiB of bars": "|\n" * (filler // 2),
        "4 MiB of documents": "---\n" * (filler // 4),
        "4 MiB of tabs": "\t" * filler,
        "4 MiB of percent signs": "%\n" * (filler // 2),
        "4 MiB of letters é": "é" * (filler // 2),
        "4 MiB of unknown keys inside": head + "," + ",".join('"u%d":"v"' % n for n in range(filler // 16)) + "}",
        "4 MiB of wrong scores": head
        + ', "what_it_does": ['
        + ",".join('{"text":"a","confidence":"9"}' for _ in range(filler // 34))
        + "]}",
        "4 MiB of tags": head + ', "tags": [' + ",".join('"t%d"' % n for n in range(filler // 12)) + "]}",
    }.items():
        test.try_text(name, text, render=False)
    test.try_text("5 MiB", "#" + "x" * (5 * MIB), (1,))
    test.try_text("4 MiB and a byte", head + "}" + " " * (4 * MIB + 1 - len(head.encode()) - 1), (1,), render=False)
    path = test.folder("sparse")
    with open(path, "wb") as file:
        file.truncate(1 << 40)
    test.ends_well(run("check", path, before=limit_memory), "a file of a terabyte", (1,))


def bombs_and_depths(test):
    laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        "%s: &%s [%s]\n" % (chr(98 + n), chr(98 + n), ",".join(["*" + chr(97 + n)] * 9)) for n in range(20)
    )
    quadratic = "a: &a '" + "x" * 100000 + "'\nb: [" + ",".join(["*a"] * 100000) + "]\n"
    keys = "a: &a {" + ",".join("k%d: 1" % n for n in range(2000)) + "}\nb: [" + ",".join(["*a"] * 2000) + "]\n"
    merges = "a: &a {x: 1}\nb:\n" + "".join("  - {<<: *a, y%d: 1}\n" % n for n in range(10000))
    spec = yaml(minimal()).rstrip()[:-1]
    in_spec = (
        spec
        + ',"tags": &t ['
        + ",".join(["x"] * 1000)
        + '], "authors": *t, "about": ['
        + ",".join(['{"name": a, "text": *t}'] * 1000)
        + "]}"
    )
    for name, text in {
        "a billion laughs": laughs,
        "a quadratic bomb": quadratic,
        "a bomb of keys": keys,
        "many merges": merges,
        "aliases in a spec": in_spec,
        "aliases of a long text": "a: &a " + "word *word* " * 3000 + "\nkey_points:\n" + "  - *a\n" * 5000,
        "an alias to itself": "a: &a [*a]",
        "an unknown alias": "a: *b",
        "an alias as key": "? *a\n: b",
        "100,000 anchors": "".join("- &a%d x\n" % n for n in range(100000)),
    }.items():
        test.try_text(name, text, (1,))
    for depth in (31, 32, 33, 1000, 100000, 1000000):
        test.try_text("%d flow lists" % depth, "[" * depth + "]" * depth, (1,), render=False)
        test.try_text("%d flow maps" % depth, "{a: " * depth, (1,), render=False)
        test.try_text("%d block lists" % depth, "- " * depth + "x", (1,), render=False)
    for depth in (33, 1500):
        test.try_text("%d block maps" % depth, "".join(" " * n + "a:\n" for n in range(depth)), (1,), render=False)
    test.try_text("deep in a spec", spec + ',"tags":' + "[" * 500000 + "}", (1,))
    test.try_text("complex keys", "? " * 100000 + "x", (1,), render=False)
