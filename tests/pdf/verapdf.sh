#!/bin/sh
# ctest: release serial timeout=900
# Every example in the archive profile before veraPDF: PDF/A-3a and PDF/UA-1, without a single failure.
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
if [ $# -eq 0 ]; then
  BRIEFING_FONTS=${BRIEFING_FONTS:-$src/fonts}
  export BRIEFING_FONTS
  for spec in "$src"/specs/entities/*.yaml; do
    for tier in open strategy-circle leadership-alliance; do
      "$program" render "$spec" --house "$src/specs/house.yaml" --tier "$tier" -q \
        -o "$work/$(basename "$spec" .yaml)-$tier.pdf" 2>"$work/log" || { cat "$work/log"; exit 1; }
    done
  done
  set -- "$work"/*.pdf
fi

passed=0 failed=0
for flavour in 3a ua1; do
  java -cp "$(cat "$home/classpath-$version")" org.verapdf.apps.GreenfieldCliWrapper \
    -f "$flavour" --format text -v "$@" >"$work/verdict" 2>"$work/log" || true
  passed=$((passed + $(grep -c '^PASS ' "$work/verdict" || true)))
  failures=$(($# - $(grep -c '^PASS ' "$work/verdict" || true)))
  failed=$((failed + failures))
  [ "$failures" -eq 0 ] || { echo "$flavour:"; grep -v '^PASS ' "$work/verdict" | head -n 60; tail -n 5 "$work/log"; }
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
