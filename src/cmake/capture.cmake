# cmake -DPROGRAM=path "-DARGS=a;b" -DOUT=file -P capture.cmake
# Writes what a program prints to a file; a shell's > would leave half a file when the program fails.
execute_process(COMMAND "${PROGRAM}" ${ARGS} OUTPUT_VARIABLE text RESULT_VARIABLE status ERROR_VARIABLE errors)
if(NOT status EQUAL 0 OR text STREQUAL "")
  string(REPLACE ";" " " shown "${ARGS}")
  message(FATAL_ERROR "${PROGRAM} ${shown} failed (${status})\n${errors}")
endif()
get_filename_component(folder "${OUT}" DIRECTORY)
file(MAKE_DIRECTORY "${folder}")
file(WRITE "${OUT}" "${text}")
