"""What the system tests share: running the program under limits, counting checks, making small inputs, and looking
into a PDF. Standard library only; qpdf, pdftotext and others are called where a test needs a second judge."""

import functools
import json
import os
import re
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

sys.dont_write_bytecode = True

PROGRAM = os.path.abspath(os.environ.get("BRIEFING", "build/briefing"))
SRC = os.path.abspath(os.environ.get("SRC", os.path.join(os.path.dirname(__file__), "..", "..")))
BUILD = os.path.abspath(os.environ.get("BUILD", os.path.dirname(PROGRAM)))
SANITIZED = os.environ.get("BRIEFING_SANITIZED") == "1"
EXAMPLES = os.path.join(SRC, "specs", "entities")
HOUSE = os.path.join(SRC, "specs", "house.yaml")
TIERS = ["open", "strategy-circle", "leadership-alliance"]
# The lists of a spec whose entries may each have an audience.
AUDIENCE_LISTS = (
    "key_points",
    "key_figures",
    "quotes",
    "what_it_does",
    "why_it_matters",
    "what_to_watch",
    "sections",
    "relationships",
    "timeline",
    "sources",
)

# A program built with sanitizers says one of these when it finds something.
CRASH_WORDS = ("AddressSanitizer", "LeakSanitizer", "UndefinedBehaviorSanitizer", "runtime error:", "MemorySanitizer")
MEMORY_LIMIT = 1536 * 1024 * 1024


def clean_environment(**changes):
    """The environment of the test without what the program listens to; a change to None removes a variable."""
    heard = ("SOURCE_DATE_EPOCH", "BRIEFING_FONTS", "NO_COLOR", "TERM")
    environment = {name: value for name, value in os.environ.items() if name not in heard}
    for name, value in changes.items():
        if value is None:
            environment.pop(name, None)
        else:
            environment[name] = value
    return environment


def with_fonts(environment):
    """A program that was built far from the sources must be told where its fonts are."""
    beside = os.path.join(os.path.dirname(PROGRAM), "..", "fonts")
    if os.path.exists(beside) or "BRIEFING_FONTS" in environment:
        return environment
    return {**environment, "BRIEFING_FONTS": os.path.join(SRC, "fonts")}


class Result:
    """How one run of the program ended."""

    def __init__(self, arguments, status, out, err, seconds, memory, timed_out):
        self.arguments = arguments
        self.status = status  # negative: the signal that ended it
        self.out = out  # bytes
        self.err = err.decode("utf-8", "replace")
        self.seconds = seconds
        self.memory = memory  # bytes, at most
        self.timed_out = timed_out

    def __str__(self):
        words = " ".join(self.arguments)
        return "briefing %s: status %d after %.1f s\n%s" % (words[:300], self.status, self.seconds, self.err[:1500])


def run(
    *arguments,
    stdin=b"",
    environment=None,
    folder=None,
    timeout=60,
    prefix=(),
    program=None,
    before=None,
    stdout=None,
    stderr=None
):
    """Runs the program (after the words of prefix). stdin is bytes or an open file; stdout and stderr may be files."""
    out = stdout if stdout is not None else tempfile.TemporaryFile()
    err = stderr if stderr is not None else tempfile.TemporaryFile()
    if isinstance(stdin, bytes):
        given = tempfile.TemporaryFile()
        given.write(stdin)
        given.seek(0)
    else:
        given = stdin
    command = [*prefix, program or PROGRAM, *arguments]
    environment = clean_environment() if environment is None else environment
    if program is None:
        environment = with_fonts(environment)
    start = time.monotonic()
    process = subprocess.Popen(
        command, stdin=given, stdout=out, stderr=err, cwd=folder, preexec_fn=before, env=environment
    )
    late = []

    def stop():
        late.append(True)
        process.kill()

    timer = threading.Timer(timeout, stop)
    timer.start()
    _, wait_status, usage = os.wait4(process.pid, 0)
    timer.cancel()
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(wait_status)
    if isinstance(stdin, bytes):
        given.close()

    def read(file, own):
        if own is not None:
            return b""
        file.seek(0)
        data = file.read()
        file.close()
        return data

    return Result(
        list(arguments),
        process.returncode,
        read(out, stdout),
        read(err, stderr),
        seconds,
        usage.ru_maxrss * 1024,
        bool(late),
    )


def limit_memory():
    """For `before`: no more address space than a document may need. Sanitizers reserve terabytes and go without."""
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY_LIMIT, 2 * MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Checks:
    """Counts checks, prints each failure at once, and gives the script its exit status."""

    def __init__(self, limit=40):
        self.count = 0
        self.failures = 0
        self.limit = limit

    def check(self, holds, message, *arguments):
        self.count += 1
        if not holds:
            self.failures += 1
            if self.failures <= self.limit:
                print("FAILED: " + (message % arguments if arguments else message), flush=True)
        return bool(holds)

    def sane(self, result, seconds=20, what=""):
        """What holds of every run, whatever the input: an exit status of ours, in bounded time and memory."""
        name = what or " ".join(result.arguments)[:200]
        ok = self.check(not result.timed_out and result.seconds <= seconds, "%s: took more than %d s", name, seconds)
        ok &= self.check(result.timed_out or result.status in (0, 1, 2, 3), "%s: %s", name, result)
        ok &= self.check(not any(word in result.err for word in CRASH_WORDS), "%s: %s", name, result)
        ok &= self.check(result.memory <= MEMORY_LIMIT, "%s: took %d MiB", name, result.memory >> 20)
        return ok

    def status(self, result, wanted, what=""):
        self.sane(result, 120, what)
        return self.check(
            result.status == wanted, "%s: status %d, not %d\n%s", what or "a run", result.status, wanted, result
        )

    def finish(self):
        """Ends the script."""
        if self.failures > self.limit:
            print("... and %d more" % (self.failures - self.limit))
        print("%d checks, %d failed" % (self.count, self.failures))
        sys.exit(1 if self.failures else 0)


def skip(reason):
    print("skipped: " + reason)
    sys.exit(77)


def part_skipped(reason):
    print("skipped: " + reason, flush=True)


def have(tool):
    return shutil.which(tool) is not None


class Folder:
    """A temporary folder that everybody may enter; gone at the end of the `with`."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="briefing-test-")
        os.chmod(self.path, 0o755)
        return self

    def __exit__(self, *_):
        for root, folders, _files in os.walk(self.path):
            for folder in folders:
                path = os.path.join(root, folder)
                if not os.path.islink(path):
                    os.chmod(path, 0o755)
        shutil.rmtree(self.path, ignore_errors=True)

    def __call__(self, *names):
        return os.path.join(self.path, *names)

    def write(self, name, data):
        path = self(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
        return path


def read(path):
    with open(path, "rb") as file:
        return file.read()


def temporaries(folder):
    """Left-overs of writing whole files."""
    return [name for name in os.listdir(folder) if ".briefing-" in name]


def yaml(value):
    """A spec or house as YAML: what JSON writes, every scalar a string, is YAML too."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def minimal(**more):
    """A small spec that draws no warning, and what is added."""
    spec = {
        "briefing": "1",
        "id": "test-entity",
        "edition": "2026-Q4",
        "entity": {"name": "Test Entity", "kind": "network"},
        "profile": "An entity made for a test.",
        "confidence": {"score": "0.80"},
        "key_points": [{"text": "One point stands here.", "sources": ["only"]}],
        "sources": [{"id": "only", "title": "The only source", "kind": "primary"}],
    }
    spec.update(more)
    return spec


def examples():
    return sorted(os.path.join(EXAMPLES, name) for name in os.listdir(EXAMPLES) if name.endswith(".yaml"))


# ---- pictures


def png(width, height, pixel, text=None):
    """An RGB picture; pixel(x, y) gives three bytes, text goes into a tEXt chunk."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + b"".join(bytes(pixel(x, y)) for x in range(width)) for y in range(height))
    comment = chunk(b"tEXt", b"Comment\0" + text.encode("latin-1")) if text else b""
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + comment
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def jpeg(text=None):
    """A JPEG of the examples, with a comment segment of its own."""
    data = read(os.path.join(EXAMPLES, "images", "northwind-ring.jpg"))
    comment = b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text.encode() if text else b""
    return data[:2] + comment + data[2:]


# ---- looking into a PDF


def inflate_all(data):
    """Every stream of the file, inflated where it is Flate."""
    streams = []
    for match in re.finditer(rb"stream\r?\n", data):
        if data[match.start() - 3 : match.start()] == b"end":
            continue
        try:
            streams.append(zlib.decompressobj().decompress(data[match.end() :]))
        except zlib.error:
            pass
    return streams


# PDFDocEncoding from 128 on, where it is not Latin-1 (ISO 32000-1, annex D.2)
DOC_ENCODING = {128 + i: c for i, c in enumerate("•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\ufffd€")}


def strings_of(data):
    """What the strings of a PDF say: (…) with its escapes undone, <…> as bytes, UTF-16 and PDFDocEncoding as text."""
    found = []

    def add(value):
        found.append(value)
        if value[:2] == b"\xfe\xff":
            found.append(value[2:].decode("utf-16-be", "replace").encode())
        elif value[:2] == b"\xff\xfe":
            found.append(value[2:].decode("utf-16-le", "replace").encode())
        else:
            found.append(value.decode("latin-1").translate(DOC_ENCODING).encode())

    for match in re.finditer(rb"<([0-9A-Fa-f\s]+)>", data):
        digits = re.sub(rb"\s", b"", match.group(1))
        add(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
    simple = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def unescape(match):
        code = match.group(1)
        if code[:1] in b"01234567":
            return bytes([int(code, 8) & 255])
        return simple.get(code, b"" if code in b"\r\n" else code)

    for match in re.finditer(rb"\(((?:[^()\\]|\\.|\\\r?\n)*)\)", data, re.S):
        add(re.sub(rb"\\([0-7]{1,3}|.)", unescape, match.group(1), flags=re.S))
    return found


def letters(text):
    """Only letters, small: so that no line break, hyphen, kerning or capital comes between."""
    return re.sub(r"[\W\d_]+", "", text.lower())


class Pdf:
    """One PDF in all the forms in which something could be found in it."""

    def __init__(self, data, folder):
        self.data = data
        self.path = folder.write("look.pdf", data)
        streams = inflate_all(data)
        self.qdf = subprocess.run(
            ["qpdf", "--qdf", "--object-streams=disable", "--decode-level=generalized", self.path, "-"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            check=False,
        )
        self.bodies = [data, self.qdf.stdout, *streams]
        strings = []
        for body in self.bodies:
            strings += strings_of(body)
        self.bodies.append(b"\n".join(strings))
        self.text = text_of(self.path)
        self.squeezed_text = letters(self.text)
        # One haystack for words: all bodies as they are, and as letters only.
        self.everything = b"\n".join(self.bodies).lower()
        self.squeezed = re.sub(rb"[^a-z]", b"", self.everything)

    def shows(self, word):
        """The word is text that a reader sees."""
        return letters(word) in self.squeezed_text

    def holds(self, word):
        """The word is somewhere in the file, in any encoding."""
        word = word.lower()
        wide = word.encode("utf-16-be")
        forms = [word.encode(), wide, word.encode("utf-16-le"), word.encode().hex().encode(), wide.hex().encode()]
        return (
            any(form in self.everything for form in forms)
            or letters(word).encode() in self.squeezed
            or letters(word) in self.squeezed_text
        )


def text_of(path, *options):
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", *options, path, "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True
    )
    return done.stdout.decode("utf-8", "replace")


def page_texts(path):
    """The text of each page."""
    pages = text_of(path, "-layout").split("\f")
    return pages[:-1] if pages and not pages[-1].strip() else pages


@functools.lru_cache(maxsize=8)
def ask_structure(path, _changed):
    done = subprocess.run(["pdfinfo", "-struct-text", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace").strip()


def structure_text(path):
    """The words in the order of the structure tree, as poppler reads them; and what it complains of. Asked once of a
    file: the time it takes grows with the square of the pages."""
    status, out, err = ask_structure(path, os.stat(path).st_mtime_ns)
    return "\n".join(re.findall(r'^\s*"(.*)"$', out, re.M)), err if status == 0 else err or "status %d" % status


# ---- a second copy of the program, for tests that take parts away or run as somebody else


def copy_program(folder, name="some/way/down/tree"):
    """The program and its fonts in a folder of their own; gives the program's path."""
    tree = folder(name)
    os.makedirs(tree)
    program = shutil.copy(PROGRAM, os.path.join(tree, "briefing"))
    os.chmod(program, 0o755)
    shutil.copytree(os.path.join(SRC, "fonts"), os.path.join(tree, "fonts"))
    for root, folders, files in os.walk(tree):
        os.chmod(root, 0o755)
        for file in files:
            if file != "briefing":
                os.chmod(os.path.join(root, file), 0o644)
    return program


def as_nobody():
    """The words that run a command as one whom permissions bind: none when we are not root; None when it cannot be."""
    if os.geteuid() != 0:
        return []
    if not have("setpriv"):
        return None
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
