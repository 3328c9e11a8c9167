"""Random houses and specs that carry a word of their own in every field that an audience can be put on."""

from briefing_test import AUDIENCE_LISTS, jpeg, png

BUILT_IN = {
    "default": "open",
    "includes": {"open": [], "strategy-circle": ["open"], "leadership-alliance": ["open", "strategy-circle"]},
}

# Letters that neither join to ligatures nor make words that hyphenate.
LETTERS = "bcdghkmnprsvwxz"
SHOWN, HELD, OPTIONAL = "shown", "held", "optional"
CLAIMS = ("key_points", "what_it_does", "why_it_matters")


class Words:
    """Words that occur nowhere else, and who may read each."""

    def __init__(self, rng):
        self.rng = rng
        self.used = set()

    def __call__(self):
        while True:
            word = "zq" + "".join(self.rng.choice(LETTERS) for _ in range(7))
            if word not in self.used:
                self.used.add(word)
                return word


class House:
    """Tiers and what each may read, as the language defines it: its own and what it includes, and so on."""

    def __init__(self, rng, words):
        self.file = None
        if rng.random() < 0.4:
            self.default, includes = BUILT_IN["default"], BUILT_IN["includes"]
        else:
            names = ["tier-" + str(n) for n in range(1, rng.randint(3, 6))]
            includes = {name: rng.sample(names[:i], rng.randint(0, min(i, 2))) for i, name in enumerate(names)}
            self.default = rng.choice(names)
            order = names[:]
            rng.shuffle(order)
            self.file = {
                "house": "1",
                "product": "Test Briefing",
                "default_tier": self.default,
                "tiers": [
                    {
                        "id": name,
                        "label": "Label " + words(),
                        "eligibility": "Those of " + words(),
                        "invitation": {"text": "Join " + words(), "url": "https://example.org/" + name},
                        "includes": includes[name],
                    }
                    for name in order
                ],
            }
        self.tiers = list(includes)
        self.readable = {name: self.close(name, includes) for name in includes}

    def close(self, name, includes):
        found, waiting = set(), [name]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += includes[name]
        return found

    def reads(self, tier, item):
        audience = item.get("audience", self.default) if isinstance(item, dict) else self.default
        audience = [audience] if isinstance(audience, str) else audience
        return any(name in self.readable[tier] for name in audience)


class Maker:
    """One spec: what it says, and each word's place in it."""

    def __init__(self, rng, words, house, folder):
        self.rng, self.words, self.house, self.folder = rng, words, house, folder
        self.pictures = {}
        self.source_ids = ["s-" + words() for _ in range(rng.randint(6, 9))]
        self.spec = self.make()

    # A word is written as it is; what it must be to a reader who may read it stands in `marks`.

    def audience(self, item, often=0.75):
        if self.rng.random() < often:
            tiers = self.rng.sample(self.house.tiers, self.rng.choice([1, 1, 1, 2]))
            item["audience"] = tiers if len(tiers) > 1 or self.rng.random() < 0.3 else tiers[0]
        return item

    def prose(self):
        word = self.words
        forms = [
            lambda: "Text %s ends here." % word(),
            lambda: "Text **%s** and *%s* end here." % (word(), word()),
            lambda: "See [%s](https://example.org/%s) for more." % (word(), word()),
            lambda: "First %s.\n\nThen `%s` again." % (word(), word()),
            lambda: "A list:\n\n- of %s\n- and %s\n  1. with %s\n\nends." % (word(), word(), word()),
            lambda: "Said so:\n\n> in %s\n\nby them." % word(),
        ]
        return self.rng.choice(forms)()

    def refs(self):
        return self.rng.sample(self.source_ids, self.rng.randint(0, 3))

    def point(self):
        if self.rng.random() < 0.2:
            return "Point %s stands." % self.words()
        point = self.audience({"text": self.prose(), "sources": self.refs()})
        if self.rng.random() < 0.5:
            point["confidence"] = self.rng.choice(["0.04", "0.35", "0.80", "0.95"])
        elif self.rng.random() < 0.3:
            point["likelihood"] = "likely"
        return point

    def quote(self):
        return {
            "text": "Quoted %s said." % self.words(),
            "by": "Speaker " + self.words(),
            "roles": ["Role " + self.words(), self.words()],
        }

    def picture(self):
        """The file's name, its pixels and its comment are words or patterns of their own."""
        name = self.words() + self.rng.choice([".png", ".jpg"])
        comment = self.words()
        if name.endswith(".png"):
            row = bytes(self.rng.randrange(256) for _ in range(48))
            self.folder.write(name, png(16, 8, lambda x, y: row[3 * x : 3 * x + 3], comment))
            self.pictures[name] = (comment, row)
        else:
            self.folder.write(name, jpeg(comment))
            self.pictures[name] = (comment, None)
        return name

    def section(self):
        section = self.audience({"heading": "Heading " + self.words(), "text": self.prose()}, 0.85)
        if self.rng.random() < 0.5:
            section["teaser"] = "Teaser " + self.words()
        if self.rng.random() < 0.5:
            section["quote"] = self.quote()
        if self.rng.random() < 0.6:
            section["figure"] = {
                "file": self.picture(),
                "alt": "Shows " + self.words(),
                "caption": "Caption " + self.words(),
                "credit": "Credit " + self.words(),
            }
        if self.rng.random() < 0.5:
            section["table"] = {
                "caption": "Table " + self.words(),
                "columns": [self.words(), self.words()],
                "align": ["left", "right"],
                "rows": [[self.words(), self.words()] for _ in range(self.rng.randint(1, 4))],
            }
        return section

    def source(self, name):
        source = self.audience(
            {
                "id": name,
                "title": "Title " + self.words(),
                "kind": self.rng.choice(["news", "primary", "registry"]),
                "publisher": "Publisher " + self.words(),
                "author": "Author " + self.words(),
                "url": "https://example.org/" + self.words(),
                "archive_url": "https://example.net/" + self.words(),
                "published": "2026-03",
                "reliability": self.rng.choice("ABCDEF"),
                "credibility": self.rng.choice("123456"),
            },
            0.5,
        )
        if self.rng.random() < 0.3:
            others = [other for other in self.source_ids if other < name]
            if others:
                source["repeats"] = self.rng.choice(others)
        if self.rng.random() < 0.8:
            note = "Note " + self.words()
            source["note"] = self.audience({"text": note}) if self.rng.random() < 0.7 else note
        return source

    def some(self, make, most=4):
        return [make() for _ in range(self.rng.randint(1, most))]

    def make(self):
        word = self.words
        figure = lambda: self.audience({"label": "Label " + word(), "value": word(), "sources": self.refs()})
        quote = lambda: self.audience({**self.quote(), "sources": self.refs()})
        watch = lambda: self.audience(
            {"text": self.prose(), "trigger": "Trigger " + word(), "by": "2027-03", "sources": self.refs()}
        )
        relation = lambda: self.audience(
            {
                "name": "Name " + word(),
                "id": "r-" + word(),
                "relation": "Relation " + word(),
                "direction": "to",
                "strength": "0.50",
                "sources": self.refs(),
            }
        )
        event = lambda: self.audience(
            {"date": "2026-0%d" % self.rng.randint(1, 9), "text": self.prose(), "sources": self.refs()}
        )
        return {
            "briefing": "1",
            "id": "leak-test",
            "edition": "2026-Q4",
            "as_of": "2026-11-15",
            "headline": "Headline " + word(),
            "deck": "Deck " + word(),
            "authors": ["Author " + word()],
            "entity": {"name": "Entity " + word(), "kind": "network"},
            "profile": "Profile %s." % word(),
            "confidence": {
                "score": "0.80",
                "history": [{"edition": "2026-Q1", "score": "0.71"}, {"edition": "2025-Q4", "score": "0.05"}],
            },
            "key_points": self.some(self.point, 6),
            "key_figures": self.some(figure),
            "quotes": self.some(quote),
            "what_it_does": self.some(self.point),
            "why_it_matters": self.some(self.point),
            "what_to_watch": self.some(watch),
            "sections": self.some(self.section, 6),
            "relationships": self.some(relation),
            "timeline": self.some(event),
            "sources": [self.source(name) for name in self.source_ids],
            "outlook": {"short": "Short %s." % word(), "medium": "Medium %s." % word(), "long": "Long %s." % word()},
            "disclosures": "Disclosure %s." % word(),
            "tags": ["tag " + word()],
        }
