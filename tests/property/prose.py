"""Random prose: CommonMark, and what a reader is to see of it."""

import re


class Text(str):
    """What stands in a spec. `seen`: its paragraphs as plain text."""

    def __new__(cls, value, seen=None):
        text = super().__new__(cls, value)
        text.seen = [str(value)] if seen is None else seen
        return text


SPECIAL = re.compile(r"([\\`*_\[\]<>#&~|!])")


class Prose:
    def __init__(self, rng, writer):
        self.rng, self.writer = rng, writer

    def stretch(self, text):
        """A paragraph's markup and plain text."""
        rng = self.rng
        marked, plain = [], []
        for word in text.split(" "):
            chance = rng.random()
            simple = word.isalpha()
            if chance < 0.02 and simple:
                marked.append("**%s**" % word)
            elif chance < 0.04 and simple:
                marked.append("*%s*" % word)
            elif chance < 0.05 and simple:
                marked.append("***%s***" % word)
            elif chance < 0.06:
                code = "".join(letter for letter in word if letter not in "`\u00ad") or "x"
                marked.append("`%s`" % code)
                word = code
            elif chance < 0.08 and simple:
                marked.append("[%s](https://example.org/%d)" % (word, rng.randrange(1000)))
            else:
                marked.append(self.escape_word(word))
            plain.append(word)
        return self.broken(marked), " ".join(plain)

    def escape_word(self, word):
        return re.sub(r"^([-+]|\d+[.)])", lambda m: m.group(1)[:-1] + "\\" + m.group(1)[-1], SPECIAL.sub(r"\\\1", word))

    def broken(self, words):
        """On lines of some length, as people type; now and then a break that is meant."""
        lines, line = [], ""
        for word in words:
            if len(line) > 90:
                lines.append(line + ("\\" if self.rng.random() < 0.02 else ""))
                line = word
            else:
                line += (" " if line else "") + word
        lines.append(line)
        return lines

    def blocks(self, depth, most):
        """Lines and paragraphs of a few blocks."""
        lines, seen = [], []
        kinds = ["paragraph"] * 6 + (["list", "ordered", "quote", "code"] if depth < 8 else [])
        last = ""
        for _ in range(self.rng.randint(1, most)):
            kind = self.rng.choice(kinds)
            if kind == last and kind in ("list", "ordered", "quote"):
                kind = "paragraph"  # two lists in a row would be one
            last = kind
            inner, paragraphs = getattr(self, kind)(depth)
            lines += ([""] if lines else []) + inner
            seen += paragraphs
        return lines, seen

    def paragraph(self, _depth):
        lines, plain = self.stretch(self.writer.paragraph())
        return lines, [plain]

    def list(self, depth, mark=lambda _: "- "):
        lines, seen = [], []
        tight = self.rng.random() < 0.5
        for n in range(self.rng.randint(1, 5)):
            if tight and self.rng.random() < 0.8:
                inner, plain = self.stretch(self.writer.sentence())
                paragraphs = [plain]
            elif tight:
                inner, plain = self.stretch(self.writer.sentence())
                more, paragraphs = self.list(depth + 1) if depth < 7 else ([], [])
                inner, paragraphs = inner + more, [plain, *paragraphs]
            else:
                inner, paragraphs = self.blocks(depth + 1, 2)
            sign = mark(n)
            if lines and not tight:
                lines.append("")
            lines += [(sign if i == 0 else " " * len(sign)) + line if line else "" for i, line in enumerate(inner)]
            seen += paragraphs
        return lines, seen

    def ordered(self, depth):
        first = self.rng.choice([1, 1, 7, 98])
        return self.list(depth, lambda n: "%d. " % (first + n))

    def quote(self, depth):
        lines, seen = self.blocks(depth + 1, 2)
        return ["> " + line if line else ">" for line in lines], seen

    def code(self, _depth):
        lines = [self.writer.sentence(most=8).replace("\u00ad", "") for _ in range(self.rng.randint(1, 4))]
        return ["```", *lines, "```"], ["\n".join(lines)]

    def text(self, most=3):
        lines, seen = self.blocks(0, most)
        return Text("\n".join(lines), seen)

    def short(self):
        """A paragraph, or now and then more."""
        if self.rng.random() < 0.1:
            return self.text(2)
        lines, plain = self.stretch(self.writer.sentence())
        return Text("\n".join(lines), [plain])
