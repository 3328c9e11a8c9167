"""Glyphs of a font program in the Compact Font Format: which glyph a code shows, its width and the box of its ink (Adobe
Technical Notes 5176 and 5177)."""

import struct


def index(data, at):
    """The entries of an INDEX, and where it ends (5176, 5)."""
    (count,) = struct.unpack_from(">H", data, at)
    if not count:
        return [], at + 2
    size = data[at + 2]
    offsets = [int.from_bytes(data[at + 3 + n * size : at + 3 + (n + 1) * size], "big") for n in range(count + 1)]
    base = at + 2 + (count + 1) * size
    return [data[base + a : base + b] for a, b in zip(offsets, offsets[1:])], base + offsets[-1]


def number(data, at):
    """A number of a charstring or dictionary, and where it ends (5176, 4; 5177, 3.2)."""
    first = data[at]
    if first == 28:
        return struct.unpack_from(">h", data, at + 1)[0], at + 3
    if first <= 246:
        return first - 139, at + 1
    if first <= 250:
        return (first - 247) * 256 + data[at + 1] + 108, at + 2
    return -(first - 251) * 256 - data[at + 1] - 108, at + 2


def dictionary(data):
    entries, operands, at = {}, [], 0
    while at < len(data):
        first = data[at]
        if first <= 21:
            operator = first if first != 12 else 1200 + data[at + 1]
            at += 2 if first == 12 else 1
            entries[operator], operands = operands, []
        elif first == 29:
            operands.append(struct.unpack_from(">i", data, at + 1)[0])
            at += 5
        elif first == 30:
            at += 1
            while data[at] & 15 != 15:
                at += 1
            at += 1
            operands.append(None)  # a real number: none of those that are asked for
        else:
            value, at = number(data, at)
            operands.append(value)
    return entries


def curve_extremes(a, b, c, d):
    """The least and the largest value of a cubic of Bézier in one direction."""
    values = [a, d]
    # its slope is p t² + q t + r
    p, q, r = 3 * (d - 3 * c + 3 * b - a), 6 * (c - 2 * b + a), 3 * (b - a)
    roots = []
    if p:
        square = q * q - 4 * p * r
        if square >= 0:
            roots = [(-q + sign * square**0.5) / (2 * p) for sign in (1, -1)]
    elif q:
        roots = [-r / q]
    for t in roots:
        if 0 < t < 1:
            u = 1 - t
            values.append(u**3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t**3 * d)
    return min(values), max(values)


class Charstring:
    """Draws a charstring: `box` is that of its ink, None for a blank; `width` what stands before its first operator."""

    def __init__(self, program, data):
        self.program = program
        self.stack = []
        self.x = self.y = 0
        self.xs, self.ys = [], []
        self.hints = 0
        self.width = None
        self.begun = False
        self.done = False
        self.run(data, 0)
        self.box = (min(self.xs), min(self.ys), max(self.xs), max(self.ys)) if self.xs else None

    def begin(self, needed):
        """Takes the width away from the first operator's operands (5177, 4.1)."""
        if not self.begun and len(self.stack) > needed:
            self.width = self.stack.pop(0)
        self.begun = True

    def move(self, dx, dy):
        self.x, self.y = self.x + dx, self.y + dy
        self.stack.clear()

    def line(self, dx, dy):
        self.xs += [self.x, self.x + dx]
        self.ys += [self.y, self.y + dy]
        self.x, self.y = self.x + dx, self.y + dy

    def curve(self, *steps):
        points = [(self.x, self.y)]
        for dx, dy in zip(steps[::2], steps[1::2]):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        self.xs += curve_extremes(*(point[0] for point in points))
        self.ys += curve_extremes(*(point[1] for point in points))
        self.x, self.y = points[3]

    def run(self, data, depth):
        assert depth < 10
        at = 0
        while at < len(data) and not self.done:
            first = data[at]
            if first == 255:
                self.stack.append(struct.unpack_from(">i", data, at + 1)[0] / 65536)
                at += 5
            elif first >= 32 or first == 28:
                value, at = number(data, at)
                self.stack.append(value)
            else:
                at += 1
                if first == 12:
                    first = 1200 + data[at]
                    at += 1
                if first == 11:
                    return
                at = self.act(first, at, depth)

    def act(self, operator, at, depth):
        stack = self.stack
        if operator in (10, 29):
            routines = self.program.local if operator == 10 else self.program.all
            bias = 107 if len(routines) < 1240 else 1131 if len(routines) < 33900 else 32768
            self.run(routines[stack.pop() + bias], depth + 1)
        elif operator in (1, 3, 18, 23, 19, 20):
            self.begin(len(stack) // 2 * 2)
            self.hints += len(stack) // 2
            stack.clear()
            if operator in (19, 20):
                at += (self.hints + 7) // 8
        elif operator == 14:
            self.begin(0)
            self.done = True
        elif operator == 21:
            self.begin(2)
            self.move(*stack)
        elif operator == 22:
            self.begin(1)
            self.move(stack[0], 0)
        elif operator == 4:
            self.begin(1)
            self.move(0, stack[0])
        else:
            getattr(self, "do_%d" % operator)(stack)
            stack.clear()
        return at

    # ---- lines and curves (5177, 4.1)

    def do_5(self, s):
        for n in range(0, len(s), 2):
            self.line(s[n], s[n + 1])

    def alternate(self, s, vertical):
        for value in s:
            self.line(0 if vertical else value, value if vertical else 0)
            vertical = not vertical

    def do_6(self, s):
        self.alternate(s, False)

    def do_7(self, s):
        self.alternate(s, True)

    def do_8(self, s):
        for n in range(0, len(s), 6):
            self.curve(*s[n : n + 6])

    def do_24(self, s):
        self.do_8(s[:-2])
        self.line(*s[-2:])

    def do_25(self, s):
        self.do_5(s[:-6])
        self.curve(*s[-6:])

    def do_26(self, s):
        aside = s.pop(0) if len(s) % 4 else 0
        for n in range(0, len(s), 4):
            self.curve(aside, s[n], s[n + 1], s[n + 2], 0, s[n + 3])
            aside = 0

    def do_27(self, s):
        aside = s.pop(0) if len(s) % 4 else 0
        for n in range(0, len(s), 4):
            self.curve(s[n], aside, s[n + 1], s[n + 2], s[n + 3], 0)
            aside = 0

    def turn(self, s, vertical):
        for n in range(0, len(s) // 4 * 4, 4):
            last = s[n + 4] if len(s) - n == 5 else 0
            if vertical:
                self.curve(0, s[n], s[n + 1], s[n + 2], s[n + 3], last)
            else:
                self.curve(s[n], 0, s[n + 1], s[n + 2], last, s[n + 3])
            vertical = not vertical

    def do_30(self, s):
        self.turn(s, True)

    def do_31(self, s):
        self.turn(s, False)

    def do_1235(self, s):
        self.do_8(s[:12])

    def do_1234(self, s):
        self.curve(s[0], 0, s[1], s[2], s[3], 0)
        self.curve(s[4], 0, s[5], -s[2], s[6], 0)

    def do_1236(self, s):
        self.curve(*s[:5], 0)
        self.curve(s[5], 0, *s[6:8], s[8], -(s[1] + s[3] + s[7]))

    def do_1237(self, s):
        dx, dy = sum(s[0:10:2]), sum(s[1:10:2])
        self.curve(*s[:6])
        self.curve(*s[6:10], *((s[10], -dy) if abs(dx) > abs(dy) else (-dx, s[10])))


class Program:
    """`codes`: the glyph that each code of a simple font shows."""

    def __init__(self, data):
        _, at = index(data, data[2])
        tops, at = index(data, at)
        _, at = index(data, at)
        self.all, at = index(data, at)
        top = dictionary(tops[0])
        assert 1230 not in top, "a program that is keyed by CIDs is not read here"
        assert 1207 not in top, "a matrix: an em of other than 1000 units"
        self.glyphs, _ = index(data, top[17][0])
        size, start = top[18]
        private = dictionary(data[start : start + size])
        self.local = index(data, start + private[19][0])[0] if 19 in private else []
        self.default_width = private.get(20, [0])[0]
        self.nominal_width = private.get(21, [0])[0]
        self.names = self.read_names(data, top.get(15, [0])[0])
        self.codes = self.read_codes(data, top.get(16, [0])[0])
        assert len(set(self.names)) == len(self.names), "a name stands twice"
        self.known = {}

    def read_names(self, data, at):
        """Numbers of strings (5176, 13)."""
        names = [0]
        if at <= 2:
            return list(range(len(self.glyphs)))
        form, at = data[at], at + 1
        while len(names) < len(self.glyphs):
            (first,) = struct.unpack_from(">H", data, at)
            at += 2
            more = 0
            if form:
                more = int.from_bytes(data[at : at + form], "big")
                at += form
            names += range(first, first + more + 1)
        return names

    def read_codes(self, data, at):
        """5176, 12."""
        codes = {}
        if at <= 1:
            return codes
        form, count, at, glyph = data[at], data[at + 1], at + 2, 1
        for _ in range(count):
            first, more, at = data[at], data[at + 1] if form & 1 else 0, at + (2 if form & 1 else 1)
            for code in range(first, first + more + 1):
                codes[code] = glyph
                glyph += 1
        if form & 0x80:
            for n in range(data[at]):
                code, name = struct.unpack_from(">BH", data, at + 1 + 3 * n)
                codes[code] = self.names.index(name)
        return codes

    def glyph(self, number_of_glyph):
        """Its width, and the box of its ink or None."""
        if number_of_glyph not in self.known:
            drawn = Charstring(self, self.glyphs[number_of_glyph])
            width = self.default_width if drawn.width is None else self.nominal_width + drawn.width
            self.known[number_of_glyph] = (width, drawn.box)
        return self.known[number_of_glyph]
