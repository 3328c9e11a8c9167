#!/bin/sh
# The whole check, as CI runs it: builds, every test, the sanitizers, the linters. Ends with ctest's summary.
#   build/       the program as setup.sh makes it (GCC, optimised), warnings are errors
#   build-asan/  Clang with address and undefined behaviour sanitizers, warnings are errors
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
cd "$root"
exec </dev/null
export CI=true # warnings are errors
export CTEST_OUTPUT_ON_FAILURE=1
jobs=2

test_packages() {
  sed 's/#.*//' <<'LIST'
libcmocka-dev       # unit tests
clang               # second compiler
libclang-rt-14-dev  # its sanitizers
llvm                # names in the sanitizers' traces
clang-tidy          # linter
cppcheck            # linter
qpdf                # judge of PDFs: structure
poppler-utils       # judge: text, pictures
mupdf-tools         # judge: text, pictures
ghostscript         # judge: rendering
imagemagick         # compares pictures of pages
python3             # scripts of tests
python3-jsonschema  # the schemas against the example files
python3-yaml        #
python3-pip         # fetches PDFium (pypdfium2) as a judge
nodejs              # runs pdf.js, and postal-mime, which reads letters beside Python's email
npm                 # fetches both
unicode-data        # the test files of UAX #9, #14 and #29: tests/unit/text_unicode_test
msmtp               # hands newsletters to the mail server of tests/smtp: a Postfix that is unpacked, never installed
libdb5.3            # that Postfix's libraries
libnsl2             #
libsasl2-2          #
slurm-wlm           # a run on a cluster, which the test starts and stops
parallel            # the same without one
python3-kubernetes  # the job files against Kubernetes' own models
shellcheck          # the job files
valgrind            # memory without sanitizers
gcovr               # coverage
LIST
}

step() { printf '\n== %s\n' "$*"; }

step "setup"
sh src/setup.sh

wanted=$(test_packages)
missing=
for p in $wanted; do
  case $p in # they may come from elsewhere than from Debian
    nodejs) command -v node >/dev/null && continue ;;
    npm) command -v npm >/dev/null && continue ;;
  esac
  case $(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null) in
    installed) ;;
    *) missing="$missing $p" ;;
  esac
done
if [ -n "$missing" ]; then
  step "installing for tests:$missing"
  as_root=
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install $missing >/dev/null
fi

failed=
fail() { failed="$failed $1"; printf '== failed: %s\n' "$1"; }

step "build/: GCC"
cmake -S . -B build -DBRIEFING_WERROR=ON -DBUILD_TESTING=ON --log-level=WARNING >build/configure.log 2>&1 ||
  { cat build/configure.log; exit 1; }
ninja -C build -j "$jobs" --quiet

step "build-asan/: Clang, sanitizers"
mkdir -p build-asan
cmake -S . -B build-asan -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS_DEBUG="-O1 -g" \
  -DBRIEFING_SANITIZE=ON -DBRIEFING_WERROR=ON -DBUILD_TESTING=ON --log-level=WARNING >build-asan/configure.log 2>&1 ||
  { cat build-asan/configure.log; exit 1; }
ninja -C build-asan -j "$jobs" --quiet

step "clang-tidy"
find src tests/unit -name '*.c' | LC_ALL=C sort |
  xargs -r -P "$jobs" -n 4 clang-tidy --quiet -p build-asan 2>build-asan/tidy.log ||
  { grep -v 'warnings generated\|^$' build-asan/tidy.log || true; fail clang-tidy; }

step "cppcheck"
mkdir -p build-asan/cppcheck
cppcheck --quiet -j "$jobs" --std=c11 --language=c --enable=warning,performance,portability --inline-suppr \
  --suppress=missingIncludeSystem --suppress=internalAstError --error-exitcode=1 \
  --cppcheck-build-dir=build-asan/cppcheck -I src src || fail cppcheck

step "tests, under sanitizers"
ctest --test-dir build-asan -j "$jobs" -LE release --no-tests=ignore --no-label-summary || fail "tests under sanitizers"

step "instruction counts, beside the recorded ones"
rm -f build/tests/bench-count.txt
ctest --test-dir build -R '^bench$' --no-tests=ignore --no-label-summary >build/tests/bench.log ||
  { cat build/tests/bench.log; fail "instruction counts"; }
cat build/tests/bench-count.txt || true # without valgrind there is none

[ -z "$failed" ] || printf '\n== failed before the last step:%s\n' "$failed"
step "tests, on the real program"
status=0
ctest --test-dir build -j "$jobs" -E '^bench$' --no-tests=ignore --no-label-summary || status=$?
[ -z "$failed" ] || status=1
exit "$status"
