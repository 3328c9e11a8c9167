# cmake -DIN=file -DOUT=file.c -DSYMBOL=name -P embed.cmake
# Writes a file's bytes as a C string: const char SYMBOL[] (a NUL follows) and const unsigned long SYMBOL_size.
# A missing file becomes an empty string.
set(hex "")
if(EXISTS "${IN}")
  file(READ "${IN}" hex HEX)
endif()
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "(................................................................)" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" hex "${hex}")
string(REGEX REPLACE "([^\n]+)" "    \"\\1\"" body "${hex}")
string(REGEX REPLACE "\n$" "" body "${body}")
if(size EQUAL 0)
  set(body "    \"\"")
endif()
get_filename_component(name "${IN}" NAME)
file(WRITE "${OUT}.new" "/* Made from ${name}; do not edit. */
extern const char ${SYMBOL}[];
extern const unsigned long ${SYMBOL}_size;
const char ${SYMBOL}[] =
${body};
const unsigned long ${SYMBOL}_size = ${size};
")
file(RENAME "${OUT}.new" "${OUT}")
