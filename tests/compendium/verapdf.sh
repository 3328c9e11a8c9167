#!/bin/sh
# ctest: release serial timeout=600
# Compendia of the examples before veraPDF, as tests/pdf/verapdf.sh asks it: PDF/A-3a and PDF/UA-1.
set -eu
src=${SRC:-$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)}
make=${BUILD:-$src/build}/tests/compendium_make
[ -x "$make" ] || { echo "skipped: no $make"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
BRIEFING_FONTS=${BRIEFING_FONTS:-$src/fonts}
export BRIEFING_FONTS
for tier in open strategy-circle leadership-alliance; do
  "$make" pdf "$src/specs/house.yaml" "$tier" A4 "$src"/specs/entities/*.yaml >"$work/$tier.pdf" 2>"$work/log" ||
    { cat "$work/log"; exit 1; }
done
"$make" pdf "$src/specs/house.yaml" open letter "$src/specs/entities/larus-limited.yaml" >"$work/one.pdf" 2>"$work/log" ||
  { cat "$work/log"; exit 1; }
sh "$src/tests/pdf/verapdf.sh" "$work"/*.pdf
