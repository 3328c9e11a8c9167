"""The lines of a PDF: every glyph with its place, by `mutool trace`, and the paragraphs of a document found again in them.

A line knows the characters that stand in it as the source has them, so that a hyphen that a program has put there is
told from one of the text, and a gap between words from one within a number."""

import html
import re
import subprocess
import unicodedata

TAG = re.compile(r'<(page|fill_text|span|g|fill_image)\b([^>]*)>')
ATTRIBUTE = re.compile(r'([\w]+)="([^"]*)"')
HYPHENS = "-\u2010"


class Glyph:
    """One glyph in points from the page's left top corner; width is its advance, natural that of the font as designed."""
    __slots__ = ("text", "x", "y", "width", "natural", "size", "font")

    def __init__(self, text, x, y, width, natural, size, font):
        self.text, self.x, self.y, self.width, self.natural, self.size, self.font = text, x, y, width, natural, size, font


class Page:
    def __init__(self, number):
        self.number, self.glyphs, self.images = number, [], []


class Line:
    """Glyphs without the spaces, from left to right; spaces[i]: the source has a space between glyphs i and i + 1."""

    def __init__(self, page, glyphs):
        self.page, self.glyphs = page, glyphs
        self.y = glyphs[0].y
        self.spaces, self.hyphen, self.last, self.paragraph, self.number = [], False, False, None, 0

    def left(self):
        return self.glyphs[0].x

    def right(self):
        return self.glyphs[-1].x + self.glyphs[-1].width

    def gaps(self):
        """Left and right edge of each word space."""
        return [(a.x + a.width, b.x) for a, b, space in zip(self.glyphs, self.glyphs[1:], self.spaces) if space]


def fold(text):
    """Characters as they are compared: compatibility forms apart, no spaces, no soft hyphens."""
    folded = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return "".join(c for c in folded if not c.isspace())


def numbers(text):
    return [float(n) for n in text.split()]


def read_pages(path):
    """All pages of a PDF. Text that is turned or leaning is left out."""
    trace = subprocess.run(["mutool", "trace", path], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    pages, matrix, font, size, stretch = [], None, "", 0, 0
    for tag, rest in TAG.findall(trace.stdout.decode("utf-8", "replace")):
        values = dict(ATTRIBUTE.findall(rest))
        if tag == "page":
            pages.append(Page(int(values["number"])))
        elif tag == "fill_text":
            matrix = numbers(values["transform"])
        elif tag == "fill_image":
            a, b, c, d, e, f = numbers(values["transform"])
            pages[-1].images.append((min(e, e + a), min(f, f + d), max(e, e + a), max(f, f + d)))
        elif tag == "span":
            trm = numbers(values["trm"])
            font = values["font"].split("+")[-1]
            level = abs(matrix[1]) + abs(matrix[2]) + abs(trm[1]) + abs(trm[2]) < 1e-6
            size = abs(trm[3] * matrix[3]) if level else 0
            stretch = trm[0] * matrix[0]
        elif tag == "g" and size:
            text = html.unescape(values.get("unicode", "")).replace("\u00ad", "-")  # a hyphen, whatever it was for
            if "glyph" not in values:  # the rest of a ligature
                if pages[-1].glyphs:
                    pages[-1].glyphs[-1].text += text
                continue
            x = float(values["x"]) * matrix[0] + matrix[4]
            y = float(values["y"]) * matrix[3] + matrix[5]
            advance = float(values["adv"])
            pages[-1].glyphs.append(Glyph(text, x, y, advance * stretch, advance * size, size, font))
    return pages


def gather_lines(page, wanted):
    """The glyphs for which wanted(glyph) is true as lines from top to bottom."""
    rows = []
    glyphs = [g for g in page.glyphs if wanted(g) and fold(g.text)]
    for glyph in sorted(glyphs, key=lambda g: (g.y, g.x)):
        if rows and abs(rows[-1][0].y - glyph.y) < 1.5:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [Line(page.number, sorted(row, key=lambda g: g.x)) for row in rows]


class Source:
    """A paragraph's characters, and which of them follow a space."""

    def __init__(self, text, kind):
        self.text, self.kind, self.after_space = "", kind, []
        space = False
        for character in text:
            if character in " \n":
                space = True
            for part in fold(character):
                self.text += part
                self.after_space.append(space)
                space = False


def take_line(source, at, line):
    """Tries the line as what stands in source from at on; the place behind it, or None."""
    start, spaces = at, []
    for i, glyph in enumerate(line.glyphs):
        text = fold(glyph.text)
        if not i and at and text in HYPHENS and source.text[at - 1] in HYPHENS and source.text[at] not in HYPHENS:
            continue  # Portuguese says the hyphen of the line's end again
        if source.text.startswith(text, at):
            if i:
                spaces.append(source.after_space[at])
            at += len(text)
        elif i == len(line.glyphs) - 1 and i and glyph.text in HYPHENS and at < len(source.text):
            spaces.append(False)
            line.hyphen = True
        else:
            return None
    if line.hyphen and source.after_space[at]:
        return None
    line.spaces, line.last = spaces, at == len(source.text)
    return at if at > start else None


def without_mark(line):
    """The line without the sign before a list's item."""
    other = Line(line.page, line.glyphs[1:]) if len(line.glyphs) > 1 else None
    return other


def find_paragraphs(pages, sources, wanted):
    """The lines of each source, in order, each line once. Lines of nothing looked for are passed over; a source whose
    lines are not all there is an error."""
    lines = [line for page in pages for line in gather_lines(page, wanted)]
    found, next_line = [], 0
    for source in sources:
        mine, at = [], 0
        search = next_line
        while at < len(source.text) and search < len(lines):
            line = lines[search]
            search += 1
            options = [line] if mine else [line, without_mark(line)]
            for option in options:
                if option:
                    option.hyphen = False
                    to = take_line(source, at, option)
                    if to:
                        option.paragraph, option.number = source, len(mine)
                        mine.append(option)
                        at = to
                        break
            else:
                if mine and at < 12:  # began like it, and was another
                    mine, at = [], 0
        if at < len(source.text):
            raise ValueError(f"paragraph not found whole: {source.text[:50]}… stops before …{source.text[at:at + 30]}")
        next_line = search
        found.append(mine)
    return found
