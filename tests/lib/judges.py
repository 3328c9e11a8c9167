"""Readers of PDFs that Debian does not have: PDFium from PyPI and pdf.js from npm, fetched once into the build folder
where a registry can be reached."""

import fcntl
import json
import os
import shutil
import subprocess
import sys

from briefing_test import BUILD

PDFIUM_VERSION = "5.1.0"
PDFJS_VERSION = "4.10.38"
CANVAS_VERSION = "0.1.100"
FOLDER = os.path.join(BUILD, "judges")

# Prints one line of JSON for each page of argv[2]: its text, and where argv[3] names a folder, writes pdfium-N.pgm of
# argv[4] dots an inch. argv[1] is the password, or "-".
PDFIUM = r"""
import json, sys
import pypdfium2 as pdfium
password, path, folder, dpi = sys.argv[1:5]
document = pdfium.PdfDocument(path, password=None if password == "-" else password)
for number, page in enumerate(document):
    print(json.dumps(page.get_textpage().get_text_bounded()))
    if folder != "-":
        bitmap = page.render(scale=float(dpi) / 72, grayscale=True, no_smoothtext=False)
        data, stride, width, height = bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height
        rows = b"".join(data[y * stride : y * stride + width] for y in range(height))
        with open("%s/pdfium-%d.pgm" % (folder, number + 1), "wb") as file:
            file.write(b"P5\n%d %d\n255\n" % (width, height) + rows)
"""

# The same, as pdfjs-N.pgm. argv[2] is the folder of the packages.
PDFJS = r"""
import { readFileSync, writeFileSync } from "node:fs";
const { getDocument, VerbosityLevel } = await import(process.argv[2] + "/pdfjs-dist/legacy/build/pdf.mjs");
const [password, path, drawings = "-", dpi = "72"] = process.argv.slice(3);
const folder = process.argv[2] + "/pdfjs-dist/";
const task = getDocument({ data: new Uint8Array(readFileSync(path)), password: password === "-" ? undefined : password,
  verbosity: VerbosityLevel.WARNINGS, standardFontDataUrl: folder + "standard_fonts/", cMapUrl: folder + "cmaps/",
  cMapPacked: true, isEvalSupported: false });
const pdf = await task.promise;
for (let n = 1; n <= pdf.numPages; n++) {
  const page = await pdf.getPage(n);
  await page.getOperatorList();
  await page.getAnnotations();
  await page.getStructTree();
  const text = await page.getTextContent();
  console.log(JSON.stringify(text.items.map(item => item.str).join(" ")));
  if (drawings === "-") continue;
  const viewport = page.getViewport({ scale: Number(dpi) / 72 });
  const { canvas, context } = pdf.canvasFactory.create(Math.round(viewport.width), Math.round(viewport.height));
  await page.render({ canvasContext: context, viewport, background: "#ffffff" }).promise;
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  const grey = Buffer.alloc(width * height);
  for (let i = 0; i < grey.length; i++)
    grey[i] = Math.round(data[4 * i] * 0.299 + data[4 * i + 1] * 0.587 + data[4 * i + 2] * 0.114);
  writeFileSync(`${drawings}/pdfjs-${n}.pgm`, Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), grey]));
}
await task.destroy();
"""


def quietly(*command, timeout=240, folder=None):
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            timeout=timeout,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return False, str(problem)
    return done.returncode == 0, (done.stdout.decode("utf-8", "replace").strip().splitlines() or [""])[-1]


class Judge:
    """read(path, password) gives (status, text of each page, what it complained of)."""

    def __init__(self, command, script, environment=None):
        self.command = command
        self.script = script
        self.environment = environment

    def __call__(self, path, password=None, *more):
        done = subprocess.run(
            [*self.command, self.script, *self.before(), password or "-", path, *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
            env={**os.environ, **(self.environment or {})},
        )
        pages = [json.loads(line) for line in done.stdout.decode().splitlines() if line.startswith('"')]
        other = [line for line in done.stdout.decode().splitlines() if not line.startswith('"')]
        return done.returncode, pages, "\n".join(other) + done.stderr.decode("utf-8", "replace").strip()

    def before(self):
        return []


class PdfJs(Judge):
    def before(self):
        return [os.path.join(FOLDER, "npm", "node_modules")]


def one_at_a_time(fetch):
    """Two tests may want the same judge at once."""

    def locked():
        os.makedirs(FOLDER, exist_ok=True)
        with open(os.path.join(FOLDER, "lock"), "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return fetch()

    return locked


def script(name, text):
    os.makedirs(FOLDER, exist_ok=True)
    path = os.path.join(FOLDER, name)
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)
    return path


@one_at_a_time
def pdfium():
    """(judge, None) or (None, why not)."""
    target = os.path.join(FOLDER, "pdfium-" + PDFIUM_VERSION)
    if not os.path.isdir(target):
        shutil.rmtree(target + ".new", ignore_errors=True)
        ok, why = quietly(sys.executable, "-m", "pip", "--version")
        if ok:
            ok, why = quietly(
                sys.executable,
                "-m",
                "pip",
                "install",
                "-q",
                "--disable-pip-version-check",
                "--no-deps",
                "--target",
                target + ".new",
                "pypdfium2==" + PDFIUM_VERSION,
            )
        if not ok:
            return None, "PDFium cannot be fetched from PyPI: " + why
        os.replace(target + ".new", target)
    judge = Judge([sys.executable], script("pdfium.py", PDFIUM), {"PYTHONPATH": target})
    return judge, None


@one_at_a_time
def pdfjs():
    """(judge, None) or (None, why not)."""
    if not shutil.which("node") or not shutil.which("npm"):
        return None, "pdf.js needs node and npm"
    target = os.path.join(FOLDER, "npm")
    mark = os.path.join(target, "version-%s-%s" % (PDFJS_VERSION, CANVAS_VERSION))
    if not os.path.exists(mark):
        os.makedirs(target, exist_ok=True)
        with open(os.path.join(target, "package.json"), "w", encoding="utf-8") as file:
            file.write('{"private": true}\n')
        ok, why = quietly(
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "pdfjs-dist@" + PDFJS_VERSION,
            "@napi-rs/canvas@" + CANVAS_VERSION,
            folder=target,
        )
        if not ok:
            return None, "pdf.js cannot be fetched from npm: " + why
        with open(mark, "w", encoding="utf-8"):
            pass
    judge = PdfJs(["node"], script("pdfjs.mjs", PDFJS))
    judge.draws = quietly("node", "-e", 'require("@napi-rs/canvas")', folder=target)[0]
    return judge, None
