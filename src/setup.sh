#!/bin/sh
# Makes a bare Debian 12 ready and builds the program: sh src/setup.sh
# Installs only what is missing and builds only what is stale, so a second run changes nothing and needs no network.
set -eu

# The one list of packages. A word, then why.
packages() {
  sed 's/#.*//' <<'LIST'
build-essential         # C compiler, linker, libc headers
cmake                   # configures the build
ninja-build             # runs it
pkg-config              # where the libraries are
libhpdf-dev             # libharu: PDF objects, pages, cross-references
libyaml-dev             # YAML with line and column
libutf8proc-dev         # UTF-8 checks, NFC, grapheme clusters
libharfbuzz-dev         # shaping and font subsets
libicu-dev              # line breaks, bidi, scripts; loaded when a text needs it
libfontconfig-dev       # fonts of the system; loaded when ours lack a character
fontconfig              # builds the system's font cache once, so that the first look-up is quick
libqpdf-dev             # sealing, linearising and inspecting; loaded when asked for
libmd4c-dev             # CommonMark prose
libdeflate-dev          # compressed streams
zlib1g-dev              # the same in parts, for what differs from copy to copy
libspng-dev             # PNG pictures
libsodium-dev           # digests and keyed copy ids
libgmime-3.0-dev        # e-mail messages; loaded by `mail`
libjansson-dev          # JSON for diagnostics, schemas and manifests
libsqlite3-dev          # the ledger of batches; its archive is linked in
libcsv-dev              # rosters
poppler-utils           # text of PDFs for `trace`; thumbnails
hyphen-en-us            # hyphenation patterns, by language
hyphen-en-gb            #
hyphen-de               #
hyphen-fr               #
hyphen-es               #
hyphen-it               #
fonts-noto-core         # Arabic, Hebrew, Devanagari, Thai, symbols and most other scripts
fonts-droid-fallback    # Chinese
fonts-ipaexfont-mincho  # Japanese, serif
fonts-ipaexfont-gothic  # Japanese, sans
fonts-nanum             # Korean
LIST
}

say() { printf 'setup: %s\n' "$*"; }
die() { printf 'setup: error: %s\n' "$*" >&2; exit 1; }

# With $1 = --packages: only print the list, for images and other package managers.
case ${1-} in
  '') ;;
  --packages) packages | tr -d ' '; exit 0 ;;
  *) printf 'usage: sh src/setup.sh [--packages]\n' >&2; exit 2 ;;
esac

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || die "cannot enter the folder of the sources"

if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
  die "this needs Debian (dpkg and apt-get); elsewhere install what 'sh src/setup.sh --packages' names, then: cmake -S . -B build -G Ninja && ninja -C build"
fi

wanted=$(packages)
# shellcheck disable=SC2086  # the list is words
installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^installed //p') || true
missing=
for p in $wanted; do
  case "
$installed
" in
    *"
$p
"*) ;;
    *) missing="$missing $p" ;;
  esac
done

if [ -n "$missing" ]; then
  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || die "not root, and no sudo; as root run: apt-get install --no-install-recommends$missing"
    as_root=sudo
  fi
  say "installing$missing"
  log=$(mktemp "${TMPDIR:-/tmp}/briefing-setup.XXXXXX") || die "cannot make a temporary file"
  trap 'rm -f "$log"' EXIT
  trap 'exit 1' HUP INT TERM
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >"$log" 2>&1 </dev/null ||
    { tail -n 5 "$log" >&2; say "apt-get update failed; trying with the lists that are here"; }
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing >"$log" 2>&1 </dev/null ||
    { tail -n 20 "$log" >&2; die "apt-get could not install:$missing"; }
else
  say "packages: all there"
fi

build=$root/build
# A cache from another folder (a moved or copied checkout) would build the wrong sources.
if [ -f "$build/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
  rm -rf "$build/CMakeCache.txt" "$build/CMakeFiles"
fi
if [ ! -f "$build/CMakeCache.txt" ] || [ ! -f "$build/build.ninja" ]; then
  say "configuring build/"
  mkdir -p "$build" || die "cannot make $build"
  cmake -S "$root" -B "$build" -G Ninja -DBRIEFING_LTO=ON --log-level=WARNING >"$build/configure.log" 2>&1 ||
    { cat "$build/configure.log" >&2; die "configuring failed"; }
fi
say "building build/briefing"
ninja -C "$build" --quiet || die "building failed"
[ -x "$build/briefing" ] || die "the build made no build/briefing"
say "ready: $("$build/briefing" --version 2>/dev/null | head -n 1 || true)"
