"""Specs that are right and hard to set: long texts, many things, wide tables, odd markup, all scripts."""

import os
import random

from briefing_test import SRC, limit_memory, minimal, run, yaml
from judge import MIB


def long_texts(test):
    word = "abcdefghij" * 500
    test.try_spec("a word of 5,000 letters", minimal(profile="Before " + word + " after."), (0,), needs=word)
    for key, value in {
        "headline": word,
        "deck": word,
        "tracked_as": word,
        "authors": [word],
        "tags": [word],
        "entity": {
            "name": word,
            "kind": "network",
            "native_name": word,
            "type": word,
            "base": word,
            "focus": word,
            "also_known_as": [word],
            "identifiers": [{"scheme": word, "value": word}],
            "url": "https://example.org/" + word,
        },
        "key_figures": [{"label": word, "value": word}],
        "quotes": [{"text": word, "by": word, "roles": [word]}],
        "what_to_watch": [{"text": word, "trigger": word}],
        "sections": [{"heading": word, "text": word}],
        "relationships": [{"name": word, "relation": word, "direction": "to"}],
        "timeline": [{"date": "2026", "text": word}],
        "sources": [
            {
                "id": "s1",
                "title": word,
                "kind": "news",
                "publisher": word,
                "author": word,
                "url": "https://example.org/" + word,
            }
        ],
        "contact": {"name": word, "phone": word},
        "about": [{"name": word, "text": word}],
        "also_read": [{"title": word}],
        "abbreviations": [{"short": word, "long": word}],
        "release": {"distributor": word, "dateline": word, "number": word},
        "confidence": {"score": "0.8", "basis": word},
        "corrections": [{"date": "2026-01-01", "text": word}],
    }.items():
        test.try_spec("5,000 letters in " + key, minimal(**{key: value}), needs=word)
    sentence = "Nothing is known of this, and that is all that is known. "
    test.try_spec("a paragraph of a megabyte", minimal(profile=sentence * (MIB // len(sentence))))
    test.try_spec("a headline of 5,000 words", minimal(headline="word " * 5000))
    test.try_spec("a wrong article at every word", minimal(profile="a apple " * 60000))
    test.try_spec("two grades in every sentence", minimal(profile="We have high confidence it is likely. " * 20000))
    test.try_spec("a house of long words", minimal())
    house = test.folder.write(
        "long-house.yaml",
        yaml(
            {
                "house": "1",
                "product": word,
                "publisher": {"name": word, "address": word},
                "copyright": word,
                "legal": word,
                "tiers": [
                    {"id": "open", "label": word},
                    {"id": "b", "label": word, "eligibility": word, "invitation": {"text": word}},
                ],
            }
        ),
    )
    test.try_spec(
        "a house of long words",
        minimal(sections=[{"heading": "a", "text": "b", "audience": "b"}]),
        extra=("--house", house),
    )


def many_things(test):
    points = [{"text": "Point number %d of very many." % n, "confidence": "0.80"} for n in range(10000)]
    test.try_spec("10,000 key points", minimal(key_points=points), (0,), needs="Point number 9999 of very many.")
    test.try_spec(
        "200 sections",
        minimal(sections=[{"heading": "Heading %d" % n, "text": "Text %d." % n} for n in range(200)]),
        (0,),
        needs="Heading 199",
    )
    test.try_spec(
        "5,000 sections for other tiers",
        minimal(
            sections=[
                {"heading": "Secret %d" % n, "text": "T.", "audience": TIER, "teaser": "Teaser %d" % n}
                for n in range(2500)
                for TIER in ("strategy-circle", "leadership-alliance")
            ]
        ),
    )
    test.try_spec(
        "1,000 relationships",
        minimal(
            relationships=[
                {"name": "Partner %d" % n, "relation": "knows", "direction": "both", "strength": "0.50"}
                for n in range(1000)
            ]
        ),
        needs="Partner 999",
    )
    test.try_spec(
        "3,000 sources",
        minimal(
            sources=[
                {"id": "s%d" % n, "title": "Source %d" % n, "kind": "news", "repeats": "s%d" % (n - 1) if n else "s1"}
                for n in range(3000)
            ],
            what_it_does=[{"text": "All.", "sources": ["s%d" % n for n in range(3000)]}],
        ),
    )
    test.try_spec(
        "3,000 events",
        minimal(
            timeline=[{"date": "20%02d-%02d" % (n % 90 + 10, n % 12 + 1), "text": "Event %d." % n} for n in range(3000)]
        ),
    )
    test.try_spec(
        "1,000 key figures", minimal(key_figures=[{"label": "Figure %d" % n, "value": str(n)} for n in range(1000)])
    )
    test.try_spec(
        "3,000 abbreviations",
        minimal(
            abbreviations=[{"short": "AB%d" % n, "long": "abbreviation %d" % n} for n in range(3000)],
            profile=" ".join("AB%d" % n for n in range(3000)),
        ),
    )
    test.try_spec(
        "1,000 editions in history",
        minimal(
            confidence={
                "score": "0.8",
                "history": [
                    {"edition": "%d-Q%d" % (1900 + n // 4, n % 4 + 1), "score": "0.%02d" % (n % 90 + 10)}
                    for n in range(400)
                ],
            }
        ),
    )
    test.try_spec(
        "300 authors and 2,000 tags",
        minimal(authors=["Author %d" % n for n in range(300)], tags=["tag %d" % n for n in range(2000)]),
    )
    test.try_spec(
        "500 quotes with 50 roles",
        minimal(quotes=[{"text": "Said %d." % n, "by": "One", "roles": ["role"] * 50} for n in range(500)]),
    )
    tiers = [
        {"id": "t%d" % n, "label": "Tier %d" % n, "includes": ["t%d" % m for m in range(max(0, n - 30), n)]}
        for n in range(500)
    ]
    house = test.folder.write("many.yaml", yaml({"house": "1", "default_tier": "t0", "tiers": tiers}))
    path = test.folder.write("input.yaml", yaml(minimal()))
    test.ends_well(
        run("render", path, "--house", house, "--tier", "t499", "-o", "-", before=limit_memory), "500 tiers", (0, 1)
    )
    circle = test.folder.write(
        "circle.yaml",
        yaml(
            {
                "house": "1",
                "default_tier": "t0",
                "tiers": [{"id": "t%d" % n, "label": "T", "includes": ["t%d" % ((n + 1) % 5000)]} for n in range(5000)],
            }
        ),
    )
    test.ends_well(run("check", circle, before=limit_memory), "a circle of 5,000 tiers", (1,))


def tables(test):
    def table(columns, rows, cell):
        return minimal(
            sections=[
                {
                    "heading": "Table",
                    "text": "Below.",
                    "table": {
                        "caption": "Many",
                        "columns": ["c%d" % n for n in range(columns)],
                        "rows": [[cell(x, y) for x in range(columns)] for y in range(rows)],
                    },
                }
            ]
        )

    test.try_spec("200 columns", table(200, 3, lambda x, y: "v%d" % x))
    test.try_spec("5,000 rows", table(3, 5000, lambda x, y: "cell %d %d" % (x, y)), needs="cell 2 4999")
    test.try_spec("a cell of 20,000 words", table(3, 2, lambda x, y: "word " * 20000 if x == y else "small"))
    test.try_spec("a cell of 50,000 letters", table(2, 1, lambda x, y: "x" * 50000))
    test.try_spec(
        "rows too short and too long",
        minimal(
            sections=[
                {"heading": "T", "text": "T.", "table": {"columns": ["a", "b"], "rows": [["1"], ["1", "2", "3"], []]}}
            ]
        ),
    )
    test.try_spec("60 columns of long words", table(60, 2, lambda x, y: "abcdefghij" * 10))


def markup(test):
    pieces = {
        "[": "[",
        "![": "![",
        "*": "*",
        "**a": "**a ",
        "_a_": "_a ",
        "<": "<",
        "<a": "<a ",
        "`": "`",
        "`` ` ``": "`` ` ",
        "nested links": "[a](",
        "references": "[a]: b\n",
        "quotes": "> ",
        "lists": "- ",
        "ordered": "1. ",
        "backslashes": "\\",
        "entities": "&amp;",
        "half entities": "&a",
        "numeric entities": "&#x10FFFF;",
        "null entities": "&#0;",
        "bars": "|",
        "hashes": "# ",
        "rules": "---\n",
        "hard breaks": "a  \n",
        "tildes": "~~",
        "auto-links": "<http://a>",
        "www": "www.a ",
        "e-mail": "a@b.c ",
        "brackets": "[]",
        "nested brackets": "[[a]",
        "emphasis mix": "*a_ ",
        "CDATA": "<![CDATA[",
        "comments": "<!--",
        "html": "<div>",
        "tab stops": "\t",
        "dollars": "$a$ ",
    }
    for name, piece in pieces.items():
        test.try_spec("100,000 of %s" % name, minimal(profile="a " + piece * (100000 // len(piece) + 1)))
    test.try_spec("nested quotes", minimal(profile=">" * 5000 + " a"))
    test.try_spec("nested lists", minimal(profile="\n".join("  " * n + "- a" for n in range(400))))
    test.try_spec("nested lists on a line", minimal(profile="- " * 3000 + "a"))
    test.try_spec("nested emphasis", minimal(profile="*a **b " * 3000 + "c" + "** *" * 3000))
    test.try_spec("nested links", minimal(profile="[" * 5000 + "a" + "](https://example.org)" * 5000))
    test.try_spec(
        "a link to a script",
        minimal(profile="[a](javascript:alert(1)) [b](file:///etc/passwd) [c](data:text/html,x) ![d](x.png)"),
        (1,),
    )
    test.try_spec("raw HTML", minimal(profile="<script>alert(1)</script>"), (1,))
    test.try_spec("20,000 links", minimal(profile="[a](https://example.org/b) " * 20000))
    test.try_spec("a link of 60,000 letters", minimal(profile="[a](https://example.org/" + "b" * 60000 + ")"))
    test.try_spec("10,000 list items", minimal(profile="\n".join("- item %d" % n for n in range(10000))))
    test.try_spec("a huge list number", minimal(profile="999999999. a\n1000000000. b"))
    test.try_spec("long code", minimal(profile="```\n" + "x" * 20000 + "\n" + "y\n" * 2000 + "```"))


def scripts(test):
    rng = random.Random(3)
    allow = ("--allow", "missing-glyph")
    texts = {
        "zalgo": "".join(c + "".join(chr(rng.randrange(0x300, 0x36F)) for _ in range(50)) for c in "zalgo text " * 20),
        "10,000 marks on a letter": "a" + "\u0301" * 10000,
        "only marks": "\u0300\u0301\u20dd" * 100,
        "both directions": "abc עברית def العربية 123 (فارسی) xyz " * 200,
        "isolates": "\u2067abc\u2069 \u2066עברית\u2069 " * 100,
        "open isolates": "\u2067" * 5000 + "abc",
        "marks of direction": "\u200f\u200e" * 5000 + "abc",
        "joiners": "\u200d\u200c" * 5000 + "a",
        "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 🇬🇧🇺🇳 👍🏽 " * 100,
        "flags": "🇦" * 2001,
        "a long family": "👩" + "\u200d👩" * 2000,
        "tags": "🏴\U000e0067\U000e0062\U000e007f" * 100,
        "unassigned": "\u0378\u2fe0\U0003fffd\U000e0080" * 20,
        "of private use": "\ue000\uf8ff\U000f0000\U0010fffd" * 20,
        "no characters": "\ufdd0\ufffe\uffff\U0001ffff",
        "a replacement character": "\ufffd" * 50,
        "Hangul parts": "\u1112\u1161\u11ab" * 500,
        "long Hangul": "\u1112" * 3000,
        "Indic": "क्षत्रियाणां " * 300,
        "viramas": "क्" * 3000,
        "Thai": "สวัสดีชาวโลก" * 300,
        "Khmer": "ខ្មែរ" * 300,
        "Tibetan": "བོད་ཡིག་" * 300,
        "Chinese": "漢字假名交じり文" * 1000,
        "Chinese beyond the BMP": "𠀀𠀁𪚥" * 50,
        "Arabic of one word": "ﷺ" + "لا" * 3000,
        "soft hyphens": "a\u00ad" * 5000,
        "zero-width spaces": "a\u200b" * 5000,
        "places to break without a width": "the quick brown fox jumps over the lazy dog " * 2 + "\u0301\u200b" * 60000,
        "two lacking by turns": "\U000f0000\U000f0040" * 40000,
        "no-break spaces": "a\u00a0" * 5000,
        "line separators": "a\u2028b\u2029c" * 500,
        "fixed spaces": "a\u2003b\u3000c" * 500,
        "form feeds": "a\fb",
        "variation selectors": "a\ufe0f\U000e0100" * 500,
        "mathematical letters": "𝔘𝔫𝔦𝔠𝔬𝔡𝔢" * 100,
        "every letter of Latin": "".join(chr(n) for n in range(0xA0, 0x250)),
        "music": "𝄞𝅘𝅥𝅮" * 30,
        "braille": "⠓⠑⠇⠇⠕" * 100,
        "cuneiform": "𒀀𒁀" * 30,
        "combining Greek": "ᾧ" * 1000,
        "decomposed": "ΐ" * 1000,
        "dotless": "İıŞş" * 100,
        "ligatures": "ffi fl ﬃ" * 500,
        "all the BMP's first half": "".join(chr(n) for n in range(0x20, 0x8000, 7) if chr(n).isprintable()),
    }
    for name, text in texts.items():
        test.try_spec(
            name,
            minimal(profile=text, headline=text[:200], entity={"name": text[:100].strip() or "x", "kind": "network"}),
            extra=allow,
        )
        test.try_spec(name + ", not allowed", minimal(deck=text[:200]))
    # In a face without this space and the joiner, where no other space gave the space's glyph a text before.
    test.try_spec(
        "a mark on a space that is joined",
        minimal(profile="Before *a\u202f\u200d\u0301b* after."),
        (0,),
        extra=("--house", os.path.join(SRC, "specs", "houses", "sprotte.yaml")),
    )
    for language in (
        "ar",
        "zh-Hant",
        "x-nothing",
        "en-" + "a" * 200,
        "../../etc/passwd",
        "%s%n",
        "de-1996",
        "tlh",
        "EN_gb",
        "\u0645",
    ):
        test.try_spec(
            "the language " + language[:20],
            minimal(language=language, profile="Some words to be hyphenated if there are patterns. " * 20),
        )
