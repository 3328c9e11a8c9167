"""Where everything stands on the pages of a PDF, by a reader that shares no code with the program: glyphs with the ink
of their outlines as the embedded fonts have it, fills, strokes and pictures (ISO 32000-1, 8.4, 8.5, 9.4).
Lengths are points; the origin is the page's lower left corner, y grows upwards. A box is (left, bottom, right, top)."""

import json
import re
import struct

from cff_program import Program
from pdf_tree import Tree

IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(a, b):
    """a, then b (8.3.4)."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def union(boxes):
    boxes = list(boxes)
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def shared(a, b):
    """Width and height of what two boxes have in common; not positive where they have nothing."""
    return min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])


class TrueType:
    """The glyphs of a font program in TrueType (OpenType 1.9, glyf)."""

    def __init__(self, data, simple):
        self.data = data
        self.tables = {}
        for n in range(struct.unpack_from(">H", data, 4)[0]):
            name, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * n)
            self.tables[name] = (offset, length)
        head = self.tables[b"head"][0]
        self.em = struct.unpack_from(">H", data, head + 18)[0]
        self.long = struct.unpack_from(">h", data, head + 50)[0] == 1
        self.count = struct.unpack_from(">H", data, self.tables[b"maxp"][0] + 4)[0]
        self.codes = self.read_cmap() if simple else None

    def read_cmap(self):
        """Of a simple font that is symbolic, without /Encoding: the one subtable, for Macintosh Roman (9.6.6.4; ISO
        19005-3, 6.2.11.6)."""
        start = self.tables[b"cmap"][0]
        _, count, platform, encoding, offset = struct.unpack_from(">HHHHI", self.data, start)
        assert (count, platform, encoding) == (1, 1, 0)
        form, _, _ = struct.unpack_from(">HHH", self.data, start + offset)
        if form == 0:
            return dict(enumerate(self.data[start + offset + 6 : start + offset + 262]))
        assert form == 6
        first, count = struct.unpack_from(">HH", self.data, start + offset + 6)
        return dict(enumerate(struct.unpack_from(">%dH" % count, self.data, start + offset + 10), first))

    def ink(self, glyph):
        assert 0 < glyph < self.count, "glyph %d is none" % glyph
        loca = self.tables[b"loca"][0]
        if self.long:
            start, end = struct.unpack_from(">II", self.data, loca + 4 * glyph)
        else:
            start, end = (2 * n for n in struct.unpack_from(">HH", self.data, loca + 2 * glyph))
        if end <= start:
            return None
        _, *box = struct.unpack_from(">hhhhh", self.data, self.tables[b"glyf"][0] + start)
        return None if box[0] >= box[2] else tuple(value * 1000 / self.em for value in box)


class Compact:
    """The same of one in CFF."""

    def __init__(self, data, simple):
        self.program = Program(data)
        self.codes = self.program.codes if simple else None

    def ink(self, glyph):
        assert 0 < glyph < len(self.program.glyphs), "glyph %d is none" % glyph
        box = self.program.glyph(glyph)[1]
        return None if box is None or box[0] >= box[2] else box


class Face:
    """A font as its glyphs are drawn: advances from the PDF, ink from the outlines. Both in thousandths of its size."""

    def __init__(self, tree, reference):
        whole = tree.get(reference)
        simple = whole["/Subtype"] in ("/TrueType", "/Type1")
        self.bytes = 1 if simple else 2  # of a code
        self.widths = {}
        font = whole
        if simple:
            assert "/Encoding" not in whole
            self.default = 0
            for n, width in enumerate(tree.get(whole["/Widths"])):
                self.widths[whole["/FirstChar"] + n] = width
        else:
            assert whole["/Encoding"] == "/Identity-H"
            font = tree.get(tree.as_list(whole["/DescendantFonts"])[0])
            assert font.get("/CIDToGIDMap", "/Identity") == "/Identity"
            self.default = font.get("/DW", 1000)
            self.read_wide(tree.get(font.get("/W") or []))
        descriptor = tree.get(font["/FontDescriptor"])
        if "/FontFile3" in descriptor:
            self.program = Compact(tree.stream(descriptor["/FontFile3"]), simple)
        else:
            self.program = TrueType(tree.stream(descriptor["/FontFile2"]), simple)
        self.known = {}

    def read_wide(self, widths):
        at = 0
        while at < len(widths):
            if isinstance(widths[at + 1], list):
                for n, width in enumerate(widths[at + 1]):
                    self.widths[widths[at] + n] = width
                at += 2
            else:
                for code in range(widths[at], widths[at + 1] + 1):
                    self.widths[code] = widths[at + 2]
                at += 3

    def advance(self, code):
        return self.widths.get(code, self.default)

    def ink(self, code):
        """Its box, or None for a blank."""
        if code not in self.known:
            self.known[code] = self.measure(code)
        return self.known[code]

    def measure(self, code):
        codes = self.program.codes
        return self.program.ink(code if codes is None else codes[code])


class Line:
    """Glyphs of one marked content that stand in a row. owner: ("mark", mcid) or ("artifact", number)."""

    def __init__(self, owner, y, size):
        self.owner = owner
        self.start = y
        self.size = size
        self.origins = []
        self.pens = []  # where each glyph is drawn from
        self.glyphs = []  # boxes of the ink
        self.left, self.right = 1e9, -1e9  # by the advances, blanks left out

    def is_left(self, origin, tall):
        """Whether a glyph that is drawn next belongs to another line."""
        rise, x = abs(origin[1] - self.start), origin[0]
        size = max(tall, self.size)
        away = max(x - self.right, self.left - x)
        return rise > 0.9 * size or (rise > 0.2 * size and away > 3 * size)

    @property
    def box(self):
        return union(self.glyphs)

    @property
    def y(self):
        """The baseline: where most of its glyphs stand, marks standing above and below."""
        return max(self.origins, key=self.origins.count)


class Page:
    def __init__(self, width, height):
        self.width, self.height = width, height
        self.lines = []
        self.fills = []  # (box, owner) of filled rectangles
        self.paths = []  # (box, owner, points, stroke width or 0)
        self.pictures = []  # (box, owner)


class Boxes(Tree):
    """A tree whose pages are told by place as well. `places`: a Page for each."""

    def __init__(self, path, password=""):
        self.places = []
        self.faces = {}
        self.state = None
        self.everything = None
        super().__init__(path, password)

    def read_page(self, number, page):
        box = page.get("/MediaBox") or self.get(page["/Parent"])["/MediaBox"]
        self.places.append(Page(box[2] - box[0], box[3] - box[1]))
        self.state = {"ctm": IDENTITY, "Tc": 0.0, "Tw": 0.0, "Tz": 1.0, "Ts": 0.0, "Tr": 0, "w": 1.0}
        self.saved = []
        self.line = None
        self.points, self.rectangles = [], []
        self.resources = page["/Resources"]
        self.artifact = -1
        super().read_page(number, page)

    def holds(self, word):
        """A word of plain letters is somewhere in the file: in its text, its strings and names, or any stream."""
        if self.everything is None:
            streams = [self.stream(name) for name, value in self.objects.items() if "stream" in value]
            parts = [
                json.dumps({name: value.get("value", value.get("stream", {}).get("dict"))})
                for name, value in self.objects.items()
            ]
            parts += ["".join(self.content.values()), "".join(self.mapped.values())]
            parts += [text for _, _, text in self.artifacts]
            self.everything = b"\n".join(streams) + "\n".join(parts).encode()
            self.everything += self.everything.replace(b"\0", b"")
        return word.encode() in self.everything or word.encode().hex().encode() in self.everything

    def face(self, name):
        reference = self.get(self.get(self.resources)["/Font"])[name]
        if reference not in self.faces:
            self.faces[reference] = Face(self, reference)
        return self.faces[reference]

    def owner(self, marks):
        for mcid, artifact, _ in reversed(marks):
            if artifact:
                return ("artifact", len(self.artifacts) - 1)
            if mcid is not None:
                return ("mark", mcid)
        return ("none", 0)

    def look(self, number, operands, operator, marks):
        act = self.ACTIONS.get(operator)
        if act:
            act(self, self.places[number], operands, marks)

    # ---- graphics state

    def save(self, _page, _operands, _marks):
        self.saved.append(dict(self.state))

    def restore(self, _page, _operands, _marks):
        self.state = self.saved.pop()

    def concatenate(self, _page, operands, _marks):
        self.state["ctm"] = times(tuple(operands), self.state["ctm"])

    def set_number(name, scale=1.0):  # pylint: disable=no-self-argument
        def act(self, _page, operands, _marks):
            self.state[name] = operands[0] * scale

        return act

    # ---- paths

    def move(self, _page, operands, _marks):
        for at in range(0, len(operands), 2):
            self.points.append(self.place(operands[at], operands[at + 1]))

    def rectangle(self, _page, operands, _marks):
        x, y, width, height = operands
        a, b = self.place(x, y), self.place(x + width, y + height)
        self.rectangles.append((min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))

    def place(self, x, y):
        m = self.state["ctm"]
        return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]

    def paint(stroke):  # pylint: disable=no-self-argument
        def act(self, page, _operands, marks):
            owner = self.owner(marks)
            for box in self.rectangles:
                page.fills.append((box, owner))
            if self.points:
                width = self.state["w"] * abs(self.state["ctm"][0]) if stroke else 0
                box = union((x - width / 2, y - width / 2, x + width / 2, y + width / 2) for x, y in self.points)
                page.paths.append((box, owner, self.points, width))
            self.points, self.rectangles = [], []

        return act

    def forget(self, _page, _operands, _marks):
        self.points, self.rectangles = [], []

    def picture(self, page, _operands, marks):
        a, b = self.place(0, 0), self.place(1, 1)
        page.pictures.append(((min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])), self.owner(marks)))

    # ---- text

    def begin_text(self, _page, _operands, _marks):
        self.state["Tm"] = self.state["Tlm"] = IDENTITY

    def font_size(self, _page, operands, _marks):
        self.state["face"], self.state["size"] = self.face(operands[0]), operands[1]

    def next_line(self, _page, operands, _marks):
        self.state["Tm"] = self.state["Tlm"] = times((1, 0, 0, 1, *operands), self.state["Tlm"])

    def matrix(self, _page, operands, _marks):
        self.state["Tm"] = self.state["Tlm"] = tuple(operands)

    def show(self, page, operands, marks):
        state = self.state
        face, size, scale = state["face"], state["size"], state["Tz"]
        owner = self.owner(marks)
        m = times(state["Tm"], state["ctm"])
        x = 0.0  # in text space, before Tm
        for part in operands[0] if isinstance(operands[0], list) else operands:
            if not isinstance(part, bytes):
                x -= part / 1000 * size * scale
                continue
            for at in range(0, len(part), face.bytes):
                code = int.from_bytes(part[at : at + face.bytes], "big")
                word = state["Tw"] if face.bytes == 1 and code == 32 else 0.0
                advance = (face.advance(code) / 1000 * size + state["Tc"] + word) * scale
                self.glyph(page, owner, face, code, m, x, advance)
                x += advance
        state["Tm"] = times((1, 0, 0, 1, x, 0), state["Tm"])

    def glyph(self, page, owner, face, code, m, x, advance):
        ink = face.ink(code)
        if ink is None or self.state["Tr"] == 3:
            return
        size, scale, rise = self.state["size"], self.state["Tz"], self.state["Ts"]
        left, right = x + ink[0] / 1000 * size * scale, x + ink[2] / 1000 * size * scale
        low, high = rise + ink[1] / 1000 * size, rise + ink[3] / 1000 * size
        xs = [m[0] * a + m[2] * b + m[4] for a in (left, right) for b in (low, high)]
        ys = [m[1] * a + m[3] * b + m[5] for a in (left, right) for b in (low, high)]
        origin = (m[0] * x + m[2] * rise + m[4], m[1] * x + m[3] * rise + m[5])
        tall = size * abs(m[3] or m[1])
        line = self.line
        # A mark may stand above or below its letter; what stands elsewhere as well is another line, however near.
        if line is None or line.owner != owner or line.is_left(origin, tall):
            line = self.line = Line(owner, origin[1], tall)
            page.lines.append(line)
        line.glyphs.append((min(xs), min(ys), max(xs), max(ys)))
        line.origins.append(round(origin[1], 2))
        line.pens.append(origin)
        line.left = min(line.left, origin[0])
        line.right = max(line.right, origin[0] + advance * m[0])

    ACTIONS = {
        "q": save,
        "Q": restore,
        "cm": concatenate,
        "w": set_number("w"),
        "Tc": set_number("Tc"),
        "Tw": set_number("Tw"),
        "Tz": set_number("Tz", 0.01),
        "Ts": set_number("Ts"),
        "Tr": set_number("Tr"),
        "m": move,
        "l": move,
        "c": move,
        "re": rectangle,
        "S": paint(True),
        "s": paint(True),
        "f": paint(False),
        "f*": paint(False),
        "B": paint(True),
        "b": paint(True),
        "B*": paint(True),
        "n": forget,
        "Do": picture,
        "BT": begin_text,
        "Tf": font_size,
        "Td": next_line,
        "Tm": matrix,
        "TJ": show,
        "Tj": show,
    }
    set_number = staticmethod(set_number)
    paint = staticmethod(paint)
