"""Runs the program on hostile input and judges how it ended: every run must end within seconds with one of our exit
statuses, a refused input must say where it is wrong, and a PDF that is made must be sound and hold its text."""

import os
import re
import subprocess
from collections import Counter


from briefing_test import SANITIZED, Checks, have, limit_memory, run, text_of, yaml

SECONDS = 60 if SANITIZED else 30
MIB = 1024 * 1024
TIMES = int(os.environ.get("TIMES", "1"))
SEED = int(os.environ.get("SEED", "2026"))


class Hostile(Checks):
    def __init__(self, folder):
        super().__init__()
        self.folder = folder
        self.slowest = (0, "")
        self.largest = (0, "")

    def note(self, result, name):
        self.slowest = max(self.slowest, (result.seconds, name))
        self.largest = max(self.largest, (result.memory, name))

    def ends_well(self, result, name, wanted=(0, 1)):
        self.note(result, name)
        self.sane(result, SECONDS, name)
        self.check(result.status in wanted, "%s: status %d, not one of %s\n%s", name, result.status, wanted, result)
        if result.status in (1, 3):
            told = result.err + result.out.decode("utf-8", "replace")
            self.check("error[" in told, "%s: status %d without an error", name, result.status)
            if result.status == 1:
                self.check(re.search(r":\d+:\d+: error\[", told), "%s: no position: %s", name, told[:600])
            self.check(len(told) < 4 * MIB, "%s: %d bytes of diagnostics", name, len(told))
        return result.status == 0

    def try_text(self, name, text, wanted=(0, 1), render=True, extra=()):
        """check and, unless told otherwise, render of a text."""
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        path = self.folder.write("input.yaml", data)
        result = run("check", *extra, path, timeout=2 * SECONDS, before=limit_memory)
        self.ends_well(result, "check: " + name, wanted)
        if not render:
            return None
        target = self.folder("output.pdf")
        if os.path.exists(target):
            os.unlink(target)
        result = run("render", *extra, path, "-o", target, timeout=2 * SECONDS, before=limit_memory)
        fine = self.ends_well(result, "render: " + name, wanted)
        self.check(
            os.path.exists(target) == fine, "%s: status %d and %s PDF", name, result.status, "no" if fine else "a"
        )
        return target if fine else None

    def try_spec(self, name, spec, wanted=(0, 1), needs=None, extra=()):
        """A spec whose PDF, if it is made, must be sound and hold the words that it needs."""
        target = self.try_text(name, yaml(spec), wanted, extra=extra)
        if target and os.path.getsize(target) < 30 * MIB and have("qpdf") and have("pdftotext"):
            self.judge(name, target)
            if needs:
                text = re.sub(r"\s", "", text_of(target, "-raw"))
                if len(needs) > 1000:
                    # A page may end within a long word, and other words stand there: its letters are counted.
                    missing = Counter(needs) - Counter(text)
                    self.check(not missing, "%s: letters are missing from the page: %s", name, missing)
                else:
                    self.check(re.sub(r"\s", "", needs) in text, "%s: text is missing from the page", name)
        return target

    def judge(self, name, target):
        """The PDF is sound, and no word runs off its page."""
        judge = subprocess.run(
            ["qpdf", "--check", target], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        self.check(judge.returncode == 0, "%s: qpdf: %s", name, judge.stdout.decode()[-400:])
        page, off = (0.0, 0.0), []
        for line in text_of(target, "-bbox").splitlines():
            numbers = [float(value) for value in re.findall(r'"(-?[0-9.]+)"', line)]
            if "<page " in line:
                page = numbers
            elif "<word " in line and len(numbers) == 4:
                wide = numbers[2] - numbers[0] > 0.01  # a mark alone may be stacked as high as its letter has marks
                if wide and (
                    numbers[0] < -1 or numbers[1] < -1 or numbers[2] > page[0] + 1 or numbers[3] > page[1] + 1
                ):
                    off.append(line.strip())
        self.check(not off, "%s: %d words run off the page: %s", name, len(off), off[:3])
