#!/bin/sh
# ctest: release serial timeout=900
# The archive profile before veraPDF: PDF/A-3a and PDF/UA-1, without a single failure, for every example in each tier on
# both papers; the same for the example houses with their own specs; in another house's families, colours and words;
# linearised; and as personal copies with either marks.
# veraPDF comes from Maven Central and is kept in VERAPDF_HOME (default: $HOME/.cache/briefing-verapdf).
# FILE…: judges these files instead.
set -eu
src=${SRC:-$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)}
program=${BRIEFING:-$src/build/briefing}
home=${VERAPDF_HOME:-${HOME:-/tmp}/.cache/briefing-verapdf}
version=1.28.2

skip() {
  echo "skipped: $1"
  exit 77
}
command -v java >/dev/null || skip "no Java"
if [ ! -f "$home/classpath-$version" ]; then
  command -v mvn >/dev/null || skip "no Maven to fetch veraPDF with"
  mkdir -p "$home"
  cat >"$home/pom.xml" <<POM
<project><modelVersion>4.0.0</modelVersion><groupId>briefing</groupId><artifactId>judge</artifactId><version>1</version>
<dependencies><dependency>
<groupId>org.verapdf.apps</groupId><artifactId>greenfield-apps</artifactId><version>$version</version>
</dependency></dependencies></project>
POM
  (cd "$home" &&
    timeout 300 mvn -q -B dependency:build-classpath -Dmdep.outputFile="$home/classpath.new" >"$home/log" 2>&1) ||
    skip "veraPDF cannot be fetched: $(tail -n 1 "$home/log")"
  mv "$home/classpath.new" "$home/classpath-$version"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# make NAME SPEC OPTION…
make() {
  name=$1
  shift
  "$program" render "$@" -q -o "$work/$name.pdf" 2>"$work/log" || { echo "$name:"; cat "$work/log"; exit 1; }
}

if [ $# -eq 0 ]; then
  [ -n "${BRIEFING_FONTS:-}" ] || [ -d "$(dirname "$program")/../fonts" ] || BRIEFING_FONTS=$src/fonts
  [ -z "${BRIEFING_FONTS:-}" ] || export BRIEFING_FONTS
  for spec in "$src"/specs/entities/*.yaml; do
    name=$(basename "$spec" .yaml)
    for tier in open strategy-circle leadership-alliance; do
      for paper in A4 letter; do
        make "$name-$tier-$paper" "$spec" --house "$src/specs/house.yaml" --tier "$tier" --paper "$paper"
      done
      make "$name-$tier-other" "$spec" --house "$src/tests/pdf/house-other.yaml" --tier "$tier"
    done
    make "$name-linear" "$spec" --house "$src/specs/house.yaml" --tier leadership-alliance --linearize
    make "$name-draft" "$spec" --house "$src/tests/pdf/house-other.yaml" --draft --paper A4
  done
  for house in "$src"/specs/houses/*.yaml; do
    tiers=$(sed -n '/^tiers:/,/^[a-su-z]/s/^ *- *{*id: *\([a-z0-9-]*\).*/\1/p' "$house")
    [ -n "$tiers" ] || { echo "$house: no tiers"; exit 1; }
    for spec in "${house%.yaml}"/*.yaml; do
      name=$(basename "$house" .yaml)-$(basename "$spec" .yaml)
      for tier in $tiers; do
        for paper in A4 letter; do
          make "$name-$tier-$paper" "$spec" --house "$house" --tier "$tier" --paper "$paper"
        done
      done
    done
  done
  head -c 48 /dev/urandom >"$work/key"
  printf 'id,name,tier,entities,copy\nM-1,One,strategy-circle,*,personal\n' >"$work/members.csv"
  for marks in line strong; do
    sed "s|entities/images|$src/specs/&|; s|^product:|marks: $marks\n&|" "$src/specs/house.yaml" >"$work/$marks.yaml"
    make "copy-$marks" "$src/specs/entities/lu-heng.yaml" --house "$work/$marks.yaml" --member M-1 \
      --roster "$work/members.csv" --key-file "$work/key"
  done
  set -- "$work"/*.pdf
fi

# One Java for each standard, both at once.
for flavour in 3a ua1; do
  { java -cp "$(cat "$home/classpath-$version")" org.verapdf.apps.GreenfieldCliWrapper \
    -f "$flavour" --format text -v "$@" >"$work/verdict-$flavour" 2>"$work/log-$flavour" || true; } &
done
wait
passed=0 failed=0
for flavour in 3a ua1; do
  passes=$(grep -c '^PASS ' "$work/verdict-$flavour" || true)
  passed=$((passed + passes)) failed=$((failed + $# - passes))
  [ "$passes" -eq $# ] ||
    { echo "$flavour:"; grep -v '^PASS ' "$work/verdict-$flavour" | head -n 60; tail -n 5 "$work/log-$flavour"; }
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
