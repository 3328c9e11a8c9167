"""What holds of every page, whatever stands on it: all ink lies on the paper, running text keeps to its margins, no two
texts overlap, none lies under a picture or is struck by a rule, and no line of a justified paragraph is longer than the
others. Faults are told as (page from 1, what)."""

import re

from pdf_boxes import shared

INK = 0.35  # points that two inks may share: less than anybody sees
WIDE = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]")
BLOCKS = {"P", "H1", "H2", "H3", "TH", "TD", "Caption", "Lbl", "LBody", "TOCI", "Figure", "BlockQuote", "Note"}


def margin(width):
    """The program's own (src/layout/layout.c)."""
    return min(width / 11, 55)


class Places:
    def __init__(self, tree):
        self.tree = tree
        self.faults = []
        self.blocks = {}  # (page, mcid): the element of a block around it
        for element in tree.document.walk():
            for kid in element.kids:
                if isinstance(kid, tuple):
                    block = element
                    while block.role not in BLOCKS and block.parent:
                        block = block.parent
                    self.blocks[kid] = block

    def fault(self, number, what, *arguments):
        self.faults.append((number + 1, what % arguments))

    def block(self, number, line):
        kind, mark = line.owner
        return self.blocks.get((number, mark)) if kind == "mark" else None

    def said(self, number, line):
        """What stands there, for messages."""
        kind, mark = line.owner
        if kind == "mark":
            return "%s '%s'" % (self.blocks[(number, mark)].role, self.tree.content[(number, mark)][:40])
        if kind == "artifact":
            return "artifact '%s'" % self.tree.artifacts[mark][2][:40]
        return "loose text"

    def check(self, overfull_told=False):
        for number, page in enumerate(self.tree.places):
            lines = [(line, line.box) for line in page.lines]
            self.on_paper(number, page, lines)
            if not overfull_told:
                self.in_margins(number, page, lines)
            self.apart(number, lines)
            self.not_covered(number, page, lines)
            self.not_struck(number, page, lines)
        if not overfull_told:
            self.even()
        return self.faults

    def on_paper(self, number, page, lines):
        for line, box in lines:
            if box[0] < 0 or box[1] < 0 or box[2] > page.width or box[3] > page.height:
                self.fault(number, "off the paper: %s", self.said(number, line))
        for things in (page.fills, page.paths, page.pictures):
            for box, *_ in things:
                if box[0] < -0.01 or box[1] < -0.01 or box[2] > page.width + 0.01 or box[3] > page.height + 0.01:
                    self.fault(number, "a drawing off the paper: %s", box)

    def in_margins(self, number, page, lines):
        """Optical margins let a line reach out by a part of a letter."""
        left, right = margin(page.width), page.width - margin(page.width)
        for line, _ in lines:
            if line.left < left - line.size or line.right > right + line.size:
                self.fault(number, "in the margin: %s", self.said(number, line))

    def apart(self, number, lines):
        order = sorted(lines, key=lambda entry: entry[1][1])
        for i, (line, box) in enumerate(order):
            for other, other_box in order[i + 1 :]:
                if other_box[1] > box[3] - INK:
                    break
                if min(shared(box, other_box)) > INK:
                    self.two_apart(number, line, other)

    def two_apart(self, number, line, other):
        size = max(line.size, other.size)
        wide = high = INK
        if abs(line.y - other.y) < 0.6 * size and (
            abs(line.y - other.y) < 0.05 * size or self.block(number, line) is self.block(number, other)
        ):
            wide = 0.25 * size  # neighbours on a line: a slanted letter leans over, an accent stands out
        for a in line.glyphs:
            for b in other.glyphs:
                x, y = shared(a, b)
                if x > wide and y > high:
                    said = self.said(number, line), self.said(number, other)
                    self.fault(number, "%s and %s share %.1f x %.1f pt", *said, x, y)
                    return

    def not_covered(self, number, page, lines):
        for picture, _ in page.pictures:
            for line, box in lines:
                if min(shared(picture, box)) > INK:
                    self.fault(number, "a picture lies over %s", self.said(number, line))
        for i, (picture, _) in enumerate(page.pictures):
            for other, _ in page.pictures[i + 1 :]:
                if min(shared(picture, other)) > INK:
                    self.fault(number, "two pictures overlap")

    def not_struck(self, number, page, lines):
        """No rule runs through text; those under links may touch what hangs below the line."""
        rules = [box for box, _ in page.fills if min(box[2] - box[0], box[3] - box[1]) < 1.6]
        for rule in rules:
            for line, box in lines:
                if min(shared(rule, box)) <= 0.25 or line.y - 0.3 * line.size < rule[1] < line.y:
                    continue
                if any(min(shared(rule, glyph)) > 0.25 and glyph[1] + 0.2 < rule[1] for glyph in line.glyphs):
                    self.fault(number, "a rule at %.1f strikes %s", rule[1], self.said(number, line))

    @staticmethod
    def is_varied(text):
        return not WIDE.search(text) and len(set(text.split())) > 12

    def even(self):
        """In a justified paragraph, which has most of its lines of one length, no line is longer. Letters that are all
        of one width, as in Chinese, and a few words again and again make even lines of ragged text, too."""
        found = {}
        for number, page in enumerate(self.tree.places):
            for line in page.lines:
                block = self.block(number, line)
                if block is not None and block.role == "P" and self.is_varied(block.text):
                    rows = found.setdefault((id(block), number), {})
                    row = rows.setdefault(round(line.y), [line, 0.0])
                    row[1] = max(row[1], line.right)
        for (_, number), rows in found.items():
            ends = sorted(right for _, right in rows.values())
            middle = ends[len(ends) // 2]
            same = [right for right in ends if abs(right - middle) < 0.2]
            if len(ends) >= 4 and len(same) * 2 > len(ends):
                for line, right in rows.values():
                    if right > middle + line.size:
                        self.fault(number, "overfull by %.1f pt: %s", right - middle, self.said(number, line))
