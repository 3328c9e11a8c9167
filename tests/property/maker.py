"""Random specs and houses over the whole language: made from the JSON Schemas that the program prints, so that a new
field is tried as soon as there is one, and from the rules that no schema tells."""

import json
import os

from briefing_test import jpeg, png, run
from prose import Prose, Text
from words import LANGUAGES, RIGHT_TO_LEFT, Writer

# How many things stand in a list; else up to 3.
MOST = {
    "key_points": 7,
    "key_figures": 7,
    "sections": 6,
    "relationships": 14,
    "timeline": 9,
    "sources": 12,
    "what_it_does": 5,
    "what_to_watch": 5,
    "history": 6,
    "tags": 8,
    "abbreviations": 6,
}
FAMILIES = ["Source Serif 4", "Source Sans 3", "IBM Plex Serif", "IBM Plex Sans"]


def schema_of(kind):
    made = run("schema", kind)
    assert made.status == 0, made
    return json.loads(made.out)


class Maker:
    """One spec with its house, in a folder of their own."""

    def __init__(self, rng, schemas, folder, languages, big=1.0):
        self.rng, self.folder, self.big = rng, folder, big
        self.schemas = schemas
        known = [name for name in LANGUAGES if name in languages]
        self.language = rng.choice(known)
        self.known = [self.language] * rng.choice([1, 3, 9])
        self.known += rng.sample(known, rng.randint(0, min(5, len(known))))
        self.fill = rng.choice([0.15, 0.5, 0.85, 1.0])  # how many of the optional fields are there
        self.use(self.known)
        self.tokens = 0
        self.pictures = 0
        self.house = self.make_house() if rng.random() < 0.7 else None
        self.tiers = self.tiers_of_house()
        self.spec = self.make_spec()

    def use(self, languages):
        self.writer = Writer(self.rng, languages, self.rng.choice([0, 0.03, 0.3]))
        self.prose = Prose(self.rng, self.writer)

    # ---- by the schema

    def make(self, schema, key, root):
        """A value of a schema; key: the field it is for."""
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            made = getattr(self, "make_" + name.replace("-", "_"), None)
            return made(key, root) if made else self.make(root["$defs"][name], key, root)
        if "anyOf" in schema:
            choices = [one for one in schema["anyOf"] if one.get("type") != "null"]
            choices = [one for one in choices if "enum" in one] or choices  # not the same words with other capitals
            return self.make(self.rng.choice(choices), key, root)
        if "enum" in schema:
            return self.rng.choice(schema["enum"])
        if schema["type"] == "array":
            most = max(1, round(MOST.get(key, 3) * self.big))
            return [self.make(schema["items"], key, root) for _ in range(self.rng.randint(1, most))]
        if schema["type"] == "object":
            return {
                name: self.make(one, name, root)
                for name, one in schema["properties"].items()
                if name in schema.get("required", ()) or self.rng.random() < self.fill
            }
        raise ValueError("a schema that the generator does not know: %s of %s" % (schema, key))

    # ---- kinds of value, by their names in the schemas

    def make_one_line(self, key, _root):
        return Text(self.writer.line(MOST_WORDS.get(key, 8)))

    def make_prose(self, key, _root):
        most = round(self.rng.choice([1, 2, 3, 6]) * self.big) or 1
        return (
            self.prose.text(most)
            if key in ("text", "profile", "short", "medium", "long", "legal")
            else self.prose.short()
        )

    def make_slug(self, _key, _root):
        return "-".join("%x" % self.rng.randrange(16**8) for _ in range(self.rng.randint(1, 7)))

    def make_language_tag(self, _key, _root):
        return self.rng.choice(self.writer.languages)

    def make_edition(self, _key, _root):
        year = self.rng.randint(1990, 2030)
        return self.rng.choice(
            ["%d" % year, "%d-Q%d" % (year, self.rng.randint(1, 4)), "%d-%02d" % (year, self.rng.randint(1, 12))]
        )

    def make_full_date(self, _key, _root):
        return "%d-%02d-%02d" % (self.rng.randint(2000, 2030), self.rng.randint(1, 12), self.rng.randint(1, 28))

    def make_loose_date(self, key, root):
        return self.make_full_date(key, root)[: self.rng.choice([4, 7, 10])]

    def make_web_address(self, _key, _root):
        path = "/".join(self.writer.word("en-GB") for _ in range(self.rng.randint(1, 12)))
        return (
            self.rng.choice(["https://example.org/", "http://www.example.net/", "https://xn--bcher-kva.example/"])
            + path
        )

    def make_mail_address(self, _key, _root):
        return "%s@example.org" % self.writer.word("it-IT").encode("ascii", "ignore").decode().lower().strip("-")

    def make_score(self, _key, _root):
        return "0.%02d" % self.rng.randint(10, 99) if self.rng.random() < 0.97 else "1"

    def make_picture_file(self, _key, _root):
        self.pictures += 1
        if self.rng.random() < 0.2:
            return os.path.basename(self.folder.write("p%d.jpg" % self.pictures, jpeg()))
        width, height = self.rng.choice([(60, 40), (20, 120), (300, 7), (4, 4), (90, 90), (1, 200)])
        shade = self.rng.randrange(256)
        data = png(width, height, lambda x, y: ((x * 5) % 256, (y * 5) % 256, shade))
        return os.path.basename(self.folder.write("p%d.png" % self.pictures, data))

    def make_source_id(self, _key, _root):
        return self.rng.choice(self.source_ids)

    def make_any_id(self, _key, _root):
        return "x"  # its owner puts its own there

    def make_tier_id(self, _key, _root):
        return self.rng.choice(list(self.tiers))

    def make_colour(self, _key, _root):
        return "#%06x" % self.rng.randrange(1 << 24)

    def make_hyphenated_word(self, _key, _root):
        return "-".join(self.rng.choice(["inter", "net", "work", "Glas", "faser", "ring"]) for _ in range(3))

    # ---- what schemas do not tell

    def in_order(self, value, first, last):
        if first in value and last in value and value[first] > value[last][: len(value[first])]:
            del value[last]
        elif first in value and last in value and value[first][: len(value[last])] > value[last]:
            del value[last]
        return value

    def make_role(self, _key, root):
        role = self.in_order(self.make(root["$defs"]["role"], "role", root), "from", "to")
        return role if role else {"title": Text("Chair")}

    def make_relationship(self, _key, root):
        return self.in_order(self.make(root["$defs"]["relationship"], "relationship", root), "since", "until")

    def make_table(self, _key, root):
        rng = self.rng
        table = self.make(root["$defs"]["table"], "table", root)
        columns = rng.choice([1, 2, 2, 3, 3, 4, 5, 6, 8, 12])
        kinds = [rng.choice(["word", "line", "number", "number", "empty", "sentence"]) for _ in range(columns)]

        def cell(kind):
            if kind == "number":
                return Text(
                    "%s%d.%d" % (rng.choice(["", "−"]), rng.randrange(10 ** rng.randint(1, 7)), rng.randrange(10))
                )
            if kind == "empty" or rng.random() < 0.05:
                return ""
            if kind == "word":
                return Text(self.writer.word(self.writer.language()))
            return Text(self.writer.line(3) if kind == "line" else self.writer.sentence(most=20))

        table["columns"] = [Text(self.writer.line(2)) for _ in range(columns)]
        table["rows"] = [
            [cell(kind) for kind in kinds] for _ in range(rng.choice([1, 2, 4, 9, 40 if self.big >= 1 else 9]))
        ]
        if "align" in table:
            table["align"] = [rng.choice(["left", "right", "centre"]) for _ in range(columns)]
        return table

    def make_section(self, _key, root):
        before = self.writer, self.prose
        language = None
        if self.rng.random() < 0.2:
            language = self.rng.choice(self.known)
            self.use([language])
        section = self.make(root["$defs"]["section"], "section", root)
        section.pop("language", None)
        if language:
            section["language"] = language
        self.writer, self.prose = before
        return section

    def make_source(self, _key, root):
        source = self.make(root["$defs"]["source"], "source", root)
        source["id"] = self.source_ids[self.sources_made]
        self.sources_made += 1
        if source.get("repeats") == source["id"]:
            del source["repeats"]
        return source

    def mark_withheld(self, value):
        """A word of its own in every text that an audience is put on, so that it can be looked for."""
        if isinstance(value, list):
            return [self.mark_withheld(one) for one in value]
        if not isinstance(value, dict):
            return value
        value = {key: self.mark_withheld(one) for key, one in value.items()}
        if "audience" in value:
            for key in ("text", "heading", "name", "title", "label"):
                if key in value:
                    self.tokens += 1
                    token = "zq%sqz" % "".join("bcdghkmnpr"[int(digit)] for digit in "%05d" % self.tokens)
                    text = value[key]
                    value[key] = Text("%s %s" % (token, text), ["%s %s" % (token, text.seen[0]), *text.seen[1:]])
                    if key == "text" and (
                        "`" == text[:1] or text[:2] in ("- ", "> ") or text[:1].isdigit() or text[:3] == "```"
                    ):
                        value[key] = Text("%s\n\n%s" % (token, text), [token, *text.seen])
                    break
        return value

    def make_spec(self):
        root = self.schemas["spec"]
        self.source_ids = ["s%d" % n for n in range(self.rng.randint(1, max(1, round(MOST["sources"] * self.big))))]
        self.sources_made = 0
        properties = {key: one for key, one in root["properties"].items() if key != "sources"}
        spec = self.make({**root, "properties": properties}, "", root)
        spec["sources"] = [self.make({"$ref": "#/$defs/source"}, "source", root) for _ in self.source_ids]
        spec["briefing"] = "1"
        spec["language"] = self.language
        spec["confidence"]["score"] = "0.%02d" % self.rng.randint(10, 99)
        seen = {}
        for entry in spec["confidence"].get("history", []):
            seen[entry["edition"]] = entry
        if seen:
            spec["confidence"]["history"] = list(seen.values())
        shorts = {}
        for entry in spec.get("abbreviations", []):
            shorts[entry["short"]] = entry
        if shorts:
            spec["abbreviations"] = list(shorts.values())
        return self.mark_withheld(spec)

    # ---- houses

    def make_scale(self, _key, root):
        cuts = sorted(self.rng.sample(range(10, 99), self.rng.randint(0, 6)))
        ends = [0, 10, *[cut for cut in cuts if cut > 10], 101]
        bands = []
        for low, high in zip(ends, ends[1:]):
            band = self.make(root["$defs"]["band"], "band", root)
            band["from"], band["to"] = ("%.2f" % (low / 100), "%.2f" % ((high - 1) / 100))
            band["publish"] = "true" if low else "false"
            band["grade"] = self.rng.choice(["A", "B/C", "IV", "AAA+"])
            bands.append(band)
        scale = {"bands": bands[::-1]}
        if self.rng.random() < 0.5:
            scale["title"] = Text(self.writer.line())
        return scale

    def make_theme(self, _key, root):
        theme = self.make(root["$defs"]["theme"], "theme", root)
        for key in ("body", "heading"):
            if key in theme:
                theme[key] = self.rng.choice(FAMILIES)
        if "mono" in theme:
            theme["mono"] = "Source Code Pro"
        return theme

    def make_house(self):
        root = self.schemas["house"]
        rng = self.rng
        names = ["tier-%d" % n for n in range(1, rng.randint(2, 5))]
        self.tiers = dict.fromkeys(names)
        properties = {k: v for k, v in root["properties"].items() if k not in ("words", "tiers")}
        house = self.make({**root, "properties": properties}, "", root)
        house["house"] = "1"
        house["language"] = self.language
        house["tiers"] = []
        for n, name in enumerate(names):
            tier = self.make({"$ref": "#/$defs/tier"}, "tier", root)
            tier["id"] = name
            tier["includes"] = rng.sample(names[:n], rng.randint(0, n))
            house["tiers"].append(tier)
        house["default_tier"] = rng.choice(names)
        if rng.random() < 0.4:
            house["words"] = self.make_words(root["properties"]["words"])
        return house

    def make_words(self, schema):
        """Some fixed words in other words; what is filled in stays."""
        if "anyOf" in schema:
            schema = schema["anyOf"][0]
        found = {}
        for key, one in schema["properties"].items():
            if self.rng.random() < 0.3 and not key.startswith(("quote_", "decimal", "month", "date", "edition_")):
                slots = [part.split("}")[0] for part in one["description"].split("{")[1:]]
                words = [self.writer.word(self.writer.language()) for _ in range(self.rng.choice([1, 1, 2, 6]))]
                for slot in slots:
                    words.insert(self.rng.randint(0, len(words)), "{%s}" % slot)
                found[key] = Text(" ".join(words))
        return found

    def tiers_of_house(self):
        """Each tier, and whose texts it may read."""
        if self.house is None:
            return {
                "open": {"open"},
                "strategy-circle": {"open", "strategy-circle"},
                "leadership-alliance": {"open", "strategy-circle", "leadership-alliance"},
            }
        includes = {tier["id"]: tier["includes"] for tier in self.house["tiers"]}
        readable = {}
        for name, inner in includes.items():  # only earlier tiers are included
            readable[name] = {name}.union(*(readable[one] for one in inner)) if inner else {name}
        return readable

    @property
    def default_tier(self):
        return self.house["default_tier"] if self.house else "open"

    @property
    def mirrored(self):
        return self.language in RIGHT_TO_LEFT

    def reads(self, tier, item):
        audience = item.get("audience", self.default_tier) if isinstance(item, dict) else self.default_tier
        return bool(self.tiers[tier] & set([audience] if isinstance(audience, str) else audience))


MOST_WORDS = {"name": 5, "value": 2, "label": 5, "scheme": 1, "short": 1, "columns": 2, "trigger": 10, "teaser": 16}
