"""No character is lost or doubled between a spec and the text of its PDF. The PDF's text is read from its structure, with
ActualText (tests/lib/pdf_tree.py); it is compared without blanks, soft hyphens and signs that only steer, paragraph by
paragraph in logical order. What is left of the PDF's text when all that is wanted is taken away must be fixed words."""

import json
import os
import re
import unicodedata

import yaml
from briefing_test import AUDIENCE_LISTS, SRC
from places import BLOCKS
from prose import Text

# What stands in the file, and not as text on the page.
UNSEEN = {
    "alt": "alternative text",
    "archive_url": "target of a link",
    "native_language": "language",
    "base_url": "no text",
    "email": "in the contact line",
}
STEERING = re.compile("[\\s\u00ad\u061c\u200b\u200e\u200f\u2060-\u2069\ufeff]+")
# A digest; the links back from a source.
COMPUTED = re.compile("[0-9a-f]{16}|↑[a-z]+")
QUOTES = dict.fromkeys(map(ord, "'\"‘’‚“”„‹›«»「」『』"), "'")


def squeezed(text):
    return STEERING.sub("", unicodedata.normalize("NFC", text)).translate(QUOTES)


class Wanted:
    """What a tier is to read."""

    def __init__(self, maker, tier):
        self.maker, self.tier = maker, tier
        self.texts = []  # (place, paragraphs, prose: stands once)
        self.withheld = []
        for key, value in maker.spec.items():
            self.take(key, value, key in AUDIENCE_LISTS)
        if maker.house:
            for key in ("legal", "copyright"):
                if key in maker.house:
                    self.take("house." + key, maker.house[key], False)

    def take(self, place, value, filtered):
        if isinstance(value, list):
            for n, one in enumerate(value):
                if filtered and not self.maker.reads(self.tier, one):
                    self.hide("%s[%d]" % (place, n), one)
                else:
                    self.take("%s[%d]" % (place, n), one, False)
        elif isinstance(value, dict):
            if place.endswith(".note") and "audience" in value and not self.maker.reads(self.tier, value):
                self.hide(place, value)
                return
            for key, one in value.items():
                if key not in UNSEEN and not (key == "teaser" and place.startswith("sections")):
                    self.take(place + "." + key, one, False)
        elif isinstance(value, Text):
            self.texts.append((place, value.seen))

    def hide(self, place, value):
        if place.startswith("sections") and "teaser" in value:
            self.texts.append((place + ".teaser", value["teaser"].seen))
        self.withheld.append((place, value))

    def tokens(self):
        """The words of their own that withheld things bear."""
        found = []

        def walk(value):
            if isinstance(value, dict):
                for key, one in value.items():
                    if key != "teaser":
                        walk(one)
            elif isinstance(value, list):
                for one in value:
                    walk(one)
            elif isinstance(value, str):
                found.extend(re.findall("zq[a-z]{5}qz", value))

        for _, value in self.withheld:
            walk(value)
        return found


def literals(path):
    with open(os.path.join(SRC, *path.split("/")), encoding="utf-8") as file:
        text = re.sub(r'"\s*\n\s*"', "", file.read())
    return re.findall(r'"((?:[^"\\\n]|\\.)*)"', text)


def fixed_words(spec, house):
    """Pieces of all fixed words of the page, and addresses as they are printed, squeezed, longest first."""
    found = literals("src/model/words.def") + literals("src/block/languages.c")

    def walk(value):
        if isinstance(value, dict):
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)
        elif isinstance(value, str):
            found.append(value)

    walk(house or {})
    with open(os.path.join(SRC, "src", "spec", "house-default.yaml"), encoding="utf-8") as file:
        walk(yaml.safe_load(file))
    for address in re.findall('"(?:https?://)([^"\\s]+)"', json.dumps([spec, house])):
        found += [address, re.sub("^www[.]", "", address), address.rstrip("/")]
    found += re.findall("[a-z-]*@example.org", json.dumps([spec, house]))
    pieces = {squeezed(piece) for text in found for piece in re.split(r"\{[a-z_]+\}|\|", text)}
    return sorted((piece for piece in pieces if any(letter.isalpha() for letter in piece)), key=len, reverse=True)


def block_texts(tree):
    """(element, squeezed text) of every element that holds text of its own and of what is within it but no block."""

    def own(element):
        for kid in element.kids:
            if isinstance(kid, tuple):
                yield tree.content.get(kid, "")
            elif not isinstance(kid, dict) and kid.role not in BLOCKS:
                yield from own(kid)

    for element in tree.document.walk():
        if element.role in BLOCKS:
            text = squeezed("".join(own(element)))
            if text:
                yield element, text


class Reading:
    def __init__(self, tree, wanted, words):
        self.tree, self.words = tree, words
        self.faults = []
        self.wanted = {}  # squeezed: (place, how often in prose)
        for place, paragraphs in wanted.texts:
            for text in paragraphs:
                text = squeezed(text)
                if text:
                    self.wanted.setdefault(text, []).append(place)
        self.texts = list(block_texts(tree))
        self.whole = "\n".join(text for _, text in self.texts)

    def check(self):
        if self.tree.loose:
            self.faults.append("text outside the structure: %s" % self.tree.loose[:3])
        self.nothing_lost()
        self.nothing_more()
        return self.faults

    def nothing_lost(self):
        for text, places in self.wanted.items():
            found = self.whole.count(text)
            if found == 0:
                self.faults.append("lost: %s: %s" % (places[0], text[:200]))
                continue
            around = [(other, others) for other, others in self.wanted.items() if text in other]
            # Two or three words of so small a vocabulary also meet by chance, where one text ends and another begins.
            if len(text) > 40 and all(self.is_prose(place) for _, others in around for place in others):
                meant = sum(len(others) * other.count(text) for other, others in around)
                if found != meant:
                    self.faults.append("%d times instead of %d: %s: %s" % (found, meant, places[0], text[:200]))

    @staticmethod
    def is_prose(place):
        return re.search(r"(\.text|^profile|^relevance|outlook\.\w+|points\[\d+\]|does\[\d+\]|matters\[\d+\])$", place)

    def nothing_more(self):
        """Each text is one that was wanted, or several with fixed words and signs between. Names in drawings may be
        shortened."""
        tokens = {}
        for token in [*self.wanted, *self.words]:
            tokens.setdefault(token[:2], []).append(token)
        for element, text in self.texts:
            if text in self.wanted or element.role == "Figure":
                continue
            far = explained(text, tokens)
            if far < len(text):
                where = text[max(0, far - 60) : far], text[far : far + 60]
                self.faults.append("more than was wanted: %s: '%s' and then '%s'" % (element.role, *where))


def explained(text, tokens):
    """How much of the beginning is made of tokens, and of what needs none: no letters, computed signs, grades."""
    reached = {0}
    far = 0
    for at in range(len(text) + 1):
        if at not in reached:
            continue
        reached.discard(at)
        far = at
        if at == len(text):
            break
        letter = text[at]
        computed = COMPUTED.match(text, at)
        if computed:
            reached.add(computed.end())
        if not letter.isalpha() or letter in "ABCDEF":
            reached.add(at + 1)
        for token in tokens.get(text[at : at + 2], []) + tokens.get(letter, []):
            if text.startswith(token, at):
                reached.add(at + len(token))
    return far
