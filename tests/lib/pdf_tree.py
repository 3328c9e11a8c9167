"""A reader of tagged PDFs that shares no code with the program: objects as `qpdf --json` gives them, the text of each
marked-content sequence from the page's own content stream, and the structure tree over both (ISO 32000-1, 14.7)."""

import base64
import json
import re
import subprocess

from briefing_test import DOC_ENCODING

TOKEN = re.compile(
    rb"\s+|%[^\r\n]*|(?P<number>[+-]?\d*\.?\d+)|/(?P<name>[^\s()<>\[\]{}/%]*)|\((?P<text>(?:[^()\\]|\\.)*)\)"
    rb"|(?P<open><<)|(?P<close>>>)|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<array>\[)|(?P<end>\])|(?P<word>[A-Za-z'\"*0-9]+)",
    re.S,
)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_string(value):
    """A text string (7.9.2.2) of bytes."""
    if value[:2] == b"\xfe\xff":
        return value[2:].decode("utf-16-be")
    return value.decode("latin-1").translate(DOC_ENCODING)


def unescape(value):
    def one(match):
        code = match.group(1)
        return bytes([int(code, 8) & 255]) if code[:1].isdigit() else ESCAPES.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, value, flags=re.S)


def operations(data):
    """(operands, operator) of a content stream; strings are bytes, names str, arrays lists, dictionaries dicts."""
    stack, outer = [], []
    at = 0
    while at < len(data):
        match = TOKEN.match(data, at)
        if not match:
            raise ValueError("content stream: %r" % data[at : at + 20])
        at = match.end()
        kind = match.lastgroup
        if kind is None:
            continue
        value = match.group(kind)
        if kind in ("open", "array"):
            outer.append(stack)
            stack = []
        elif kind in ("close", "end"):
            inner, stack = stack, outer.pop()
            stack.append(inner if kind == "end" else dict(zip(inner[::2], inner[1::2])))
        elif kind == "number":
            stack.append(float(value))
        elif kind == "name":
            stack.append("/" + value.decode("latin-1"))
        elif kind == "text":
            stack.append(unescape(value))
        elif kind == "hex":
            stack.append(bytes.fromhex(value.decode()))
        elif outer and value in (b"true", b"false", b"null"):
            stack.append(value == b"true")
        else:
            yield stack, value.decode()
            stack = []


def unicode_map(data):
    """A ToUnicode CMap; how many bytes its codes have stands under the key "bytes"."""
    found = {"bytes": len(re.search(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>", data).group(1)) // 2}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.S):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.S):
        for low, high, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            first = bytes.fromhex(text.decode()).decode("utf-16-be")
            for n in range(int(high, 16) - int(low, 16) + 1):
                found[int(low, 16) + n] = first[:-1] + chr(ord(first[-1]) + n)
        for low, _, texts in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\[(.*?)\]", block, re.S):
            for n, text in enumerate(re.findall(rb"<([0-9A-Fa-f]*)>", texts)):
                found[int(low, 16) + n] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return found


class Element:
    """One structure element: role (mapped to a standard type), attributes, and kids in order: elements, marked content
    as (page, mcid), annotations as dictionaries."""

    def __init__(self, tree, reference, parent):
        value = tree.get(reference)
        self.tree = tree
        self.reference = reference
        self.parent = parent
        self.said = value["/S"][1:]
        self.role = tree.roles.get(self.said, self.said)
        self.alt = tree.string(value.get("/Alt"))
        self.expansion = tree.string(value.get("/E"))
        self.own_language = tree.string(value.get("/Lang"))
        self.id = value.get("/ID")
        self.attributes = {}
        for attributes in tree.as_list(value.get("/A")):
            self.attributes.update(tree.get(attributes))
        self.points_up = value.get("/P") == (parent.reference if parent else tree.root)
        self.kids = []
        page = value.get("/Pg")
        for kid in tree.as_list(value.get("/K")):
            self.add(kid, page)

    def add(self, kid, page):
        if isinstance(kid, int):
            self.kids.append((self.tree.page_number(page), kid))
            return
        value = self.tree.get(kid)
        if value.get("/Type") == "/MCR":
            self.kids.append((self.tree.page_number(value.get("/Pg", page)), value["/MCID"]))
        elif value.get("/Type") == "/OBJR":
            self.kids.append({"reference": value["/Obj"], **self.tree.get(value["/Obj"])})
        else:
            self.kids.append(Element(self.tree, kid, self))

    @property
    def elements(self):
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def annotations(self):
        """Those of the element and of the elements within."""
        return [kid for element in self.walk() for kid in element.kids if isinstance(kid, dict)]

    @property
    def language(self):
        """Its own or the nearest ancestor's."""
        return self.own_language or (self.parent.language if self.parent else self.tree.language)

    def walk(self):
        yield self
        for kid in self.elements:
            yield from kid.walk()

    def marks(self):
        """Its marked-content sequences in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.marks()
            elif isinstance(kid, tuple):
                yield kid

    @property
    def text(self):
        return "".join(self.tree.content.get(mark, "") for mark in self.marks())

    @property
    def mapped_text(self):
        return "".join(self.tree.mapped.get(mark, "") for mark in self.marks())


class Tree:
    """The structure of one file."""

    def __init__(self, path, password=""):
        command = [
            "qpdf",
            "--password=" + password,
            "--json=2",
            "--json-key=qpdf",
            "--json-stream-data=inline",
            "--decode-level=generalized",
            path,
        ]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        self.objects = {
            name[4:] if name.startswith("obj:") else name: value
            for name, value in json.loads(done.stdout)["qpdf"][1].items()
        }
        self.catalog = self.get(self.objects["trailer"]["value"]["/Root"])
        self.language = self.string(self.catalog.get("/Lang"))
        self.pages = []
        self.collect_pages(self.catalog["/Pages"])
        self.content = {}  # (page, mcid): text
        self.mapped = {}  # the same as a reader sees it that knows ToUnicode, but not ActualText
        self.order = []  # (page, mcid) as the content streams have them
        self.artifacts = []  # [page, property list, text] in order
        self.loose = []  # text that is neither in an element nor an artifact
        self.maps = {}
        for number, page in enumerate(self.pages):
            self.read_page(number, self.get(page))
        self.root = self.catalog.get("/StructTreeRoot")
        root = self.get(self.root)
        self.roles = {said[1:]: role[1:] for said, role in self.get(root.get("/RoleMap") or {}).items()}
        self.document = Element(self, self.as_list(root["/K"])[0], None)
        self.parents = self.number_tree(root["/ParentTree"])
        self.by_id = self.name_tree(root["/IDTree"]) if "/IDTree" in root else {}

    def get(self, value):
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            found = self.objects[value]
            value = found["stream"]["dict"] if "stream" in found else found["value"]
        return value

    def stream(self, reference):
        return base64.b64decode(self.objects[reference]["stream"]["data"])

    def as_list(self, value):
        if value is None:
            return []
        resolved = self.get(value)
        return resolved if isinstance(resolved, list) else [value]

    @staticmethod
    def string(value):
        if value is None:
            return ""
        return value[2:] if value.startswith("u:") else text_string(bytes.fromhex(value[2:]))

    def collect_pages(self, reference):
        node = self.get(reference)
        if node["/Type"] == "/Page":
            self.pages.append(reference)
            return
        for kid in self.get(node["/Kids"]):
            self.collect_pages(kid)

    def page_number(self, reference):
        return self.pages.index(reference)

    def font(self, resources, name):
        reference = self.get(self.get(resources)["/Font"])[name]
        if reference not in self.maps:
            self.maps[reference] = unicode_map(self.stream(self.get(reference)["/ToUnicode"]))
        return self.maps[reference]

    def named(self, page, name):
        """The property list that a page's resources have under a name."""
        return self.get(self.get(self.get(page["/Resources"])["/Properties"])[name])

    def read_page(self, number, page):
        data = b"\n".join(self.stream(reference) for reference in self.as_list(page["/Contents"]))
        marks = []  # of what is open: (mcid or None, artifact, ActualText or None)
        font = {}
        for operands, operator in operations(data):
            self.look(number, operands, operator, marks)
            if operator in ("BDC", "BMC"):
                properties = operands[1] if operator == "BDC" else {}
                if isinstance(properties, str):
                    properties = self.named(page, properties)
                actual = properties.get("/ActualText")
                mcid = properties.get("/MCID")
                marks.append(
                    (
                        None if mcid is None else int(mcid),
                        operands[0] == "/Artifact",
                        None if actual is None else text_string(actual),
                    )
                )
                if operands[0] == "/Artifact":
                    self.artifacts.append([number, properties, ""])
                if mcid is not None:
                    self.content[(number, int(mcid))] = self.mapped[(number, int(mcid))] = ""
                    self.order.append((number, int(mcid)))
                if actual is not None:
                    self.add_text(number, marks, text_string(actual), self.content)
            elif operator == "EMC":
                marks.pop()
            elif operator == "Tf":
                font = self.font(page["/Resources"], operands[0])
            elif operator in ("TJ", "Tj"):
                shown = [part for part in (operands[0] if operator == "TJ" else operands) if isinstance(part, bytes)]
                codes = b"".join(shown)
                step = font["bytes"]
                text = "".join(font.get(int.from_bytes(codes[i:i + step], "big"), "\0") for i in range(0, len(codes), step))
                self.add_text(number, marks, text, self.mapped)
                if not any(actual is not None for _, _, actual in marks):
                    self.add_text(number, marks, text, self.content)

    def look(self, number, operands, operator, marks):
        """Called with every operation before it is taken, for those who read more than text."""

    def add_text(self, number, marks, text, to):
        for mcid, artifact, _ in reversed(marks):
            if artifact:
                if to is self.content:
                    self.artifacts[-1][2] += text
                return
            if mcid is not None:
                to[(number, mcid)] += text
                return
        self.loose.append((number, text))

    def number_tree(self, reference):
        node, found = self.get(reference), {}
        nums = self.get(node.get("/Nums") or [])
        found.update(zip(nums[::2], nums[1::2]))
        for kid in self.get(node.get("/Kids") or []):
            found.update(self.number_tree(kid))
        return found

    def name_tree(self, reference):
        node, found = self.get(reference), {}
        names = self.get(node.get("/Names") or [])
        found.update(zip(names[::2], names[1::2]))
        for kid in self.get(node.get("/Kids") or []):
            found.update(self.name_tree(kid))
        return found

    def outline(self):
        """(level from 1, title) in order."""
        found = []

        def walk(reference, level):
            while reference:
                item = self.get(reference)
                found.append((level, self.string(item["/Title"])))
                walk(item.get("/First"), level + 1)
                reference = item.get("/Next")

        if "/Outlines" in self.catalog:
            walk(self.get(self.catalog["/Outlines"]).get("/First"), 1)
        return found
