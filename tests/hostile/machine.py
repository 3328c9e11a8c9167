"""A machine that fails: a full disk, little memory, damaged fonts."""

import os
import random
import resource
import signal
import struct
import subprocess
from collections import Counter

from briefing_test import (
    EXAMPLES,
    HOUSE,
    PROGRAM,
    SANITIZED,
    as_nobody,
    clean_environment,
    copy_program,
    limit_memory,
    minimal,
    part_skipped,
    png,
    read,
    run,
    yaml,
)
from judge import MIB, SECONDS, SEED, TIMES


def full_disk(test):
    mount = test.folder("small-disk")
    os.mkdir(mount)
    mounted = (
        os.geteuid() == 0
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", mount], stderr=subprocess.DEVNULL, check=False
        ).returncode
        == 0
    )
    if not mounted:
        part_skipped("a full disk: cannot mount a small one")
        return
    try:
        old = os.path.join(mount, "old.pdf")
        with open(old, "wb") as file:
            file.write(b"an older one")
        with open(os.path.join(mount, "filler"), "wb") as file:
            file.write(bytes(40 * 1024))
        long = os.path.join(EXAMPLES, "northwind-transit-exchange.yaml")
        result = run("render", long, "--house", HOUSE, "--tier", "leadership-alliance", "-o", old)
        test.ends_well(result, "a full disk", (3,))
        test.check("no space left" in result.err, "a full disk: %s", result)
        test.check(
            read(old) == b"an older one" and sorted(os.listdir(mount)) == ["filler", "old.pdf"],
            "a full disk: %s",
            os.listdir(mount),
        )
    finally:
        subprocess.run(["umount", mount], check=False)


def extent_of(program):
    """How much address space the program's file takes, in bytes: to the end of its last segment (gABI, Program Header)."""
    with open(program, "rb") as file:
        head = file.read(4096)
    at, size, count = *struct.unpack_from("<Q", head, 32), *struct.unpack_from("<HH", head, 54)
    headers = [struct.unpack_from("<IIQQQQQQ", head, at + size * i) for i in range(count)]
    return max(header[3] + header[6] for header in headers if header[0] == 1)


def little_memory(test):
    """Too little memory ends the program with a word, never with half a page. fontconfig has faults of its own then,
    and leaves half a cache behind: the example needs only our fonts, and fontconfig finds no configuration."""
    environment = clean_environment(FONTCONFIG_FILE="/dev/null")
    if SANITIZED:
        part_skipped("little memory: sanitizers need a lot of address space")
        return
    spec = os.path.join(EXAMPLES, "larus-limited.yaml")
    expected = run("render", spec, "--house", HOUSE, "-o", "-").out
    ended, extent = Counter(), extent_of(PROGRAM)
    for megabytes in [*range(10, 40), *range(40, 200, 20)]:
        limit = megabytes * MIB
        result = run(
            "render",
            spec,
            "--house",
            HOUSE,
            "-o",
            "-",
            environment=environment,
            before=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        )
        if result.status == 127 or (result.status == -signal.SIGSEGV and limit < extent):
            continue  # the libraries alone are larger, or the program, which the kernel then ends before it begins
        test.sane(result, SECONDS, "%d MiB" % megabytes)
        test.check(result.status in (0, 3) and (result.err or not result.status), "%d MiB: %s", megabytes, result)
        test.check(result.status != 0 or result.out == expected, "%d MiB: another PDF than with more memory", megabytes)
        ended[result.status] += 1
    test.check(ended[0] and ended[3], "all runs ended alike: nothing was tried: %s", ended)


def broken_fonts(test):
    program = copy_program(test.folder)
    fonts = os.path.join(os.path.dirname(program), "fonts")
    spec = test.folder.write(
        "plain.yaml", yaml(minimal(profile="Some *words* of **text**, `code` and fine office ligatures."))
    )
    rng = random.Random(SEED)

    def attempt(name, wanted):
        result = run("render", spec, "-o", "-", program=program, before=limit_memory, timeout=2 * SECONDS)
        test.ends_well(result, "fonts: " + name, wanted)

    attempt("sound", (0,))
    faces = sorted(name for name in os.listdir(fonts) if name.endswith((".otf", ".ttf")))
    face = os.path.join(fonts, "SourceSerif4-Regular.otf")
    sound = read(face)
    plain = {
        "empty": b"",
        "text": b"no font\n" * 100,
        "zeros": bytes(1000),
        "cut at 12": sound[:12],
        "cut at 1000": sound[:1000],
        "cut at half": sound[: len(sound) // 2],
        "cut before the end": sound[:-100],
        "a picture": png(4, 4, lambda x, y: (0, 0, 0)),
        "no tables": sound[:4] + b"\0\0" + sound[6:],
    }
    for name, data in plain.items():
        test.folder.write(face, data)
        attempt(name, (0, 3) if name == "cut before the end" else (3,))
    os.unlink(face)
    attempt("missing", (3,))
    os.mkdir(face)
    attempt("a folder", (3,))
    os.rmdir(face)
    os.symlink("SourceSerif4-Regular.otf", face)
    attempt("a link to itself", (3,))
    os.unlink(face)
    for n in range(TIMES * (30 if SANITIZED else 60)):
        data = bytearray(sound)
        for _ in range(rng.choice([1, 5, 50, 500])):
            place = rng.randrange(400) if rng.random() < 0.3 else rng.randrange(len(data))
            data[place] = rng.randrange(256)
        test.folder.write(face, bytes(data))
        attempt("mutation %d" % n, (0, 1, 3))
    test.folder.write(face, sound)
    nobody = as_nobody()
    if nobody is not None:
        os.chmod(face, 0)
        result = run("render", spec, "-o", "-", program=program, prefix=nobody, environment={})
        test.ends_well(result, "fonts: unreadable", (3,))
        os.chmod(face, 0o644)
    listing = os.path.join(fonts, "fonts.yaml")
    text = read(listing)
    for name, data in {
        "an empty list": b"",
        "a list of text": b"x",
        "a list cut": text[: len(text) // 3],
        "a wrong list": b"fonts: 1\nfamilies: 3\n",
        "a family without faces": text.replace(b"faces:", b"faced:"),
        "a huge list": b"#" * (5 * MIB),
        "no defaults": text.replace(b"defaults:", b"defaulted:"),
    }.items():
        test.folder.write(listing, data)
        attempt(name, (1, 3))
    test.folder.write(listing, text)
    attempt("%d faces sound again" % len(faces), (0,))
