"""Specs that are as awkward for a page as they can be, each made on purpose: what chance would seldom make."""

import briefing_test
from briefing_test import png
from prose import Text


def text(value):
    return Text(value)


def minimal(**more):
    def read(value, key=""):
        if isinstance(value, dict):
            return {name: read(one, name) for name, one in value.items()}
        if isinstance(value, list):
            return [read(one, key) for one in value]
        return Text(value) if key in ("text", "name", "title", "profile") and not isinstance(value, Text) else value

    return read(briefing_test.minimal(**more))


WORD = "abcdefghij"


def table(columns, rows, head=lambda n: "Column %d" % n, align=None, caption="A table"):
    value = {
        "caption": text(caption),
        "columns": [text(head(n)) for n in range(columns)],
        "rows": [[text(cell) for cell in row] for row in rows],
    }
    return {**value, **({"align": align} if align else {})}


def section(heading="Heading", body="Text.", **more):
    return {"heading": text(heading), "text": text(body), **more}


def nested(depth):
    """Lists in lists, and their paragraphs."""
    lines = ["%s- level %d of the list, with a few words to break" % ("  " * n, n) for n in range(depth)]
    return Text("\n".join(lines), ["level %d of the list, with a few words to break" % n for n in range(depth)])


def mixed(depth):
    """Lists in quotes in numbered lists, the numbers long."""
    marks = ["1234567. ", "> ", "- ", "> "]
    line = "".join(marks[n % 4] for n in range(depth)) + "deep down stands a sentence that is long enough to be broken"
    return Text(line, ["deep down stands a sentence that is long enough to be broken"])


def name(n):
    return "%s Society for the %s of Registries number %d" % ("Royal" * (n % 4), "Advancement" * (n % 3 + 1), n)


def relations(count, label=name, relation="works together with, and is paid by"):
    return [
        {
            "name": text(label(n)),
            "relation": text("%s %d" % (relation, n)),
            "direction": ("to", "from", "both")[n % 3],
            "strength": "0.%02d" % (n * 7 % 90 + 10),
        }
        for n in range(count)
    ]


def house(**more):
    return {"house": "1", **more}


def tall(folder):
    folder.write("tall.png", png(4, 900, lambda x, y: (x * 50, y % 256, 90)))
    folder.write("wide.png", png(900, 2, lambda x, y: (x % 256, y * 90, 90)))
    figure = {"alt": "A picture", "caption": text("A caption " * 30), "credit": text(WORD * 20)}
    return minimal(
        entity={"name": text("Tall"), "kind": "place", "image": {"file": "tall.png", "alt": "A tower"}},
        sections=[
            section(figure={"file": "tall.png", **figure}),
            section(figure={"file": "wide.png", **figure}),
            section("H " * 60, figure={"file": "tall.png", **figure}),
        ],
    )


def specs(folder):
    """(what, spec, house or None)"""
    long_house = house(
        product=text("A product of a publisher of members' briefings " * 4),
        publisher={
            "name": text(WORD * 12),
            "legal_name": text("Legal " * 40),
            "address": text("Street " * 60),
            "phone": text("+49 123 " * 20),
        },
        copyright=text(WORD * 30),
        words={
            "page_of": "This is page number {page} of altogether {pages} pages of this very briefing",
            "continued": "continued from the page before this one " * 3,
            "key_points": "The points that we would like you to remember " * 3,
            "at_a_glance": WORD * 8,
            "draft": "D" * 80,
        },
        tiers=[
            {"id": "open", "label": text(WORD * 25)},
            {
                "id": "b",
                "label": text("A tier of readers " * 12),
                "eligibility": text(WORD * 30),
                "invitation": {"text": text(WORD * 20), "url": "https://example.org/" + WORD * 20},
            },
        ],
    )
    yield "a table of one column with a word of 5,000 letters", minimal(
        sections=[section(table=table(1, [[WORD * 500], ["short"]]))]
    ), None
    for columns in (8, 12, 30):
        cells = [["%s %d" % (WORD[: 1 + n % 9], n) for n in range(columns)] for _ in range(30)]
        yield "%d columns" % columns, minimal(sections=[section(table=table(columns, cells))]), None
        cells = [[WORD * 2 for _ in range(columns)] for _ in range(4)]
        align = ["right", "centre"] * (columns // 2)
        yield "%d columns of long words" % columns, minimal(
            sections=[section(table=table(columns, cells, lambda n: WORD * 3, align, WORD * 40))]
        ), None
    cells = [["%d,%03d,%03d.%02d" % (n, n * 7 % 999, n * 31 % 999, m) for m in range(9)] for n in range(90)]
    yield "9 columns of figures", minimal(sections=[section(table=table(9, cells, align=["right"] * 9))]), None
    cells = [["word " * (900 if n == m else 3) for m in range(3)] for n in range(3)]
    yield "a cell that is longer than a page", minimal(sections=[section(table=table(3, cells))]), None
    figures = [{"label": text("label " * n), "value": text("9" * 40)} for n in range(1, 9)]
    yield "key figures of 40 characters", minimal(key_figures=figures), None
    figures = [{"label": text(WORD * 9), "value": text("1,234,567,890 units of a kind")} for n in range(5)]
    yield "key figures with long labels", minimal(key_figures=figures), None
    for letters in (WORD * 30, "name " * 60):
        yield "a name of 300 characters", minimal(
            entity={
                "name": text(letters.strip()),
                "kind": "organisation",
                "native_name": text(letters.strip()),
                "type": text(letters.strip()),
                "base": text(letters.strip()),
                "also_known_as": [text(letters.strip())],
                "identifiers": [{"scheme": text(letters.strip()), "value": text(letters.strip())}],
                "roles": [{"title": text(letters.strip()), "at": text(letters.strip()), "from": "1999"}],
                "url": "https://example.org/" + WORD * 30,
            },
            headline=text(letters.strip()),
            deck=text(letters.strip()),
            authors=[text(letters.strip())] * 3,
            marking={"tlp": "AMBER+STRICT"},
        ), None
    for count in (1, 2, 13, 60):
        yield "%d relations" % count, minimal(relationships=relations(count)), None
    yield "60 relations of short names", minimal(relationships=relations(60, lambda n: "N%d" % n, "r")), None
    yield "40 relations of long words", minimal(
        relationships=relations(40, lambda n: WORD * 6 + str(n), WORD * 5)
    ), None
    yield "relations without a relation", minimal(
        relationships=[{"name": text(name(n)), "direction": "both"} for n in range(25)]
    ), None
    yield "lists as deep as can be", minimal(profile=nested(8), sections=[section(), section(text=nested(8))]), None
    yield "lists and quotes as deep as can be", minimal(
        profile=mixed(8), relevance=mixed(7), sections=[section(text=mixed(8))], key_points=[{"text": mixed(8)}]
    ), None
    yield "headings of many lines", minimal(
        sections=[section("A heading that goes on and on " * n, "Text %d." % n) for n in (3, 6, 12, 25)]
        + [section(WORD * n, "Words %d." % n) for n in (9, 30)]
    ), None
    for tlp in ("CLEAR", "AMBER+STRICT"):
        yield "a house of long words", minimal(
            marking={"tlp": tlp}, sections=[section("Only for some", "Not for all.", audience="b")]
        ), long_house
    yield "pictures high and wide", tall(folder), None
    history = [
        {"edition": "%d-Q%d" % (2000 + n // 4, n % 4 + 1), "score": "0.%02d" % (n * 37 % 90 + 10)} for n in range(90)
    ]
    for score in ("0.10", "0.34", "0.35", "0.89", "0.90", "1.00"):
        yield "a history of 90 editions, %s" % score, minimal(confidence={"score": score, "history": history}), None
    yield "events of long dates and texts", minimal(
        timeline=[{"date": "2026-%02d-28" % n, "text": text(WORD * n * 5)} for n in range(1, 13)],
        abbreviations=[{"short": text(WORD * 4), "long": text(WORD * 9)}],
        tags=[text(WORD * 9)] * 4,
    ), None
    yield "quotes of one long word", minimal(
        quotes=[{"text": text(WORD * 20), "by": text(WORD * 12), "roles": [text(WORD * 14)] * 3}],
        sections=[section(quote={"text": text("Said " * 200), "by": text(WORD * 12)})],
    ), None
