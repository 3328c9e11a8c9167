"""Runs made for tests: folders with specs, a roster, a key and a run file; and what a batch left in them."""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from briefing_test import HOUSE, TIERS, minimal, read, run, yaml

KEY = bytes(range(64, 128))


def entity(number):
    return "entity-%03d" % number


def spec(number, **more):
    """A small spec; each has other words, and watches its neighbour."""
    name = "Entity number %d" % number
    points = [{"text": "Point %d of %s stands here." % (n, name), "sources": ["only"]} for n in range(3)]
    return minimal(
        id=entity(number),
        entity={"name": name, "kind": "network"},
        profile="%s was made for a test." % name,
        confidence={"score": "0.%02d" % (40 + number % 50)},
        key_points=points,
        relationships=[{"name": "Its neighbour", "id": entity(max(0, number - 1)), "relation": "neighbour of"}],
        sections=[
            {"heading": "For all", "text": "Text of %s for all." % name},
            {"heading": "For members", "text": "Text of %s for members." % name, "audience": "strategy-circle"},
        ],
        **more
    )


class Batch:
    """A run in a folder of its own."""

    def __init__(self, folder, name="run", specs=6, members=0, watched=2, tiers=2, **fields):
        self.folder = folder
        self.name = name
        self.count = specs
        for number in range(specs):
            self.write_spec(spec(number))
        lines = ["id,name,email,tier,organisation,entities,language,password,copy,unsubscribed"]
        for n in range(members):
            ids = " ".join(entity((n + i) % specs) for i in range(watched)) if watched else "*"
            lines.append("M-%04d,Member %d,m%d@example.org,%s,,%s,,,personal," % (n, n, n, TIERS[n % tiers], ids))
        self.roster = folder.write(name + "/members.csv", "\n".join(lines) + "\n")
        self.key = folder.write(name + "/key", KEY)
        self.run = folder(name, "quarter.yaml")
        self.fields = {
            "run": "1",
            "edition": "2026-Q4",
            "house": HOUSE,
            "specs": ["specs/*.yaml"],
            "tiers": TIERS[:tiers],
            "output": "out",
        }
        if members:
            self.fields["roster"] = "members.csv"
        self.fields.update(fields)
        self.write_run()

    def write_run(self, **fields):
        self.fields.update(fields)
        lines = ["%s: %s\n" % (k, json.dumps(v)) for k, v in self.fields.items() if v is not None]
        self.folder.write(self.name + "/quarter.yaml", "".join(lines))

    def write_spec(self, value, name=None):
        return self.folder.write("%s/specs/%s.yaml" % (self.name, name or value["id"]), yaml(value))

    def spec_path(self, number):
        return self.folder(self.name, "specs", entity(number) + ".yaml")

    def arguments(self, *more, out=None):
        out = out or "out"
        return [
            "batch",
            self.run,
            "--key-file",
            self.key,
            "--no-thumbnails",
            "-o",
            self.out(out),
            "--ledger",
            os.path.join(self.out(out), "ledger.db"),
            *more,
        ]

    def out(self, name="out"):
        return self.folder(self.name, name)

    def make(self, *more, out=None, **how):
        return run(*self.arguments(*more, out=out), **how)


def pdfs(folder):
    """Path → bytes of every PDF beneath a folder."""
    found = {}
    for root, _, files in os.walk(folder):
        for name in files:
            if name.endswith(".pdf"):
                path = os.path.join(root, name)
                found[os.path.relpath(path, folder)] = read(path)
    return found


def left_overs(folder):
    """Temporary files, wherever."""
    return [os.path.join(root, name) for root, _, files in os.walk(folder) for name in files if ".briefing-" in name and not name.endswith(".lock")]


def manifest(folder, name="manifest.json"):
    return json.loads(read(os.path.join(folder, name)))


def events(path):
    """The lines of a log; the last one of a killed run may be cut."""
    found = []
    for line in read(path).split(b"\n"):
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def counts(result):
    """made, kept, failed of the summary."""
    for line in result.err.splitlines():
        words = line.replace(",", "").replace(";", "").split()
        if "made" in words and "kept" in words and "failed" in words:
            return tuple(int(words[words.index(w) - 1]) for w in ("made", "kept", "failed"))
    return None


def count_lines(path, word):
    """Lines of a file with a word in them."""
    with open(path, encoding="utf-8") as file:
        return sum(word in line for line in file)
