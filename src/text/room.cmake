# Hyphenation tables, from the patterns of Debian's hyphen packages. A language whose file is not there is left out.
set(BRIEFING_HYPHEN_DIR "/usr/share/hyphen" CACHE PATH "Where the hyphenation patterns are")
set(hyphen_compile_source "${CMAKE_CURRENT_LIST_DIR}/hyphen_compile.c")
get_target_property(core_files briefing_core SOURCES)
list(REMOVE_ITEM core_files "${hyphen_compile_source}")
set_property(TARGET briefing_core PROPERTY SOURCES ${core_files})

set(base "${CMAKE_SOURCE_DIR}/src/base")
add_executable(hyphen_compile "${hyphen_compile_source}" "${base}/arena.c" "${base}/buf.c" "${base}/file.c" "${base}/format.c"
  "${base}/file_write.c" "${base}/str.c")
target_include_directories(hyphen_compile PRIVATE "${CMAKE_SOURCE_DIR}/src")

set(hyphen_files)
set(hyphen_arguments)
foreach(pair en-GB=en_GB en-US=en_US de=de_DE fr=fr es=es_ES it=it_IT)
  string(REPLACE "=" ";" pair "${pair}")
  list(GET pair 0 language)
  list(GET pair 1 stem)
  set(file "${BRIEFING_HYPHEN_DIR}/hyph_${stem}.dic")
  if(EXISTS "${file}")
    list(APPEND hyphen_files "${file}")
    list(APPEND hyphen_arguments "${language}=${file}")
  else()
    message(STATUS "no ${file}: no hyphenation for ${language}")
  endif()
endforeach()
add_custom_command(OUTPUT "${generated}/hyphen_tables.c" DEPENDS hyphen_compile ${hyphen_files} VERBATIM
  COMMAND hyphen_compile "${generated}/hyphen_tables.c" ${hyphen_arguments})
target_sources(briefing_core PRIVATE "${generated}/hyphen_tables.c")

# What HarfBuzz makes of the letters of the bundled faces (prelink_compile.c says how).
set(prelink_sources)
foreach(part compile pairs rules write)
  list(APPEND prelink_sources "${CMAKE_CURRENT_LIST_DIR}/prelink_${part}.c")
endforeach()
get_target_property(core_files briefing_core SOURCES)
list(REMOVE_ITEM core_files ${prelink_sources})
set_property(TARGET briefing_core PROPERTY SOURCES ${core_files})
add_executable(prelink_compile ${prelink_sources} "${CMAKE_CURRENT_LIST_DIR}/prelink.c" "${CMAKE_CURRENT_LIST_DIR}/face.c"
  "${CMAKE_CURRENT_LIST_DIR}/mapping.c"
  "${base}/arena.c" "${base}/buf.c" "${base}/file.c" "${base}/format.c" "${base}/file_write.c" "${base}/str.c" "${base}/utf8.c")
target_include_directories(prelink_compile PRIVATE "${CMAKE_SOURCE_DIR}/src")
target_link_libraries(prelink_compile PRIVATE PkgConfig::harfbuzz PkgConfig::libutf8proc)
file(GLOB prelink_fonts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/fonts/*.otf" "${CMAKE_SOURCE_DIR}/fonts/*.ttf")
add_custom_command(OUTPUT "${generated}/prelink_tables.c" DEPENDS prelink_compile ${prelink_fonts} VERBATIM
  COMMAND prelink_compile "${generated}/prelink_tables.c" ${prelink_fonts})
target_sources(briefing_core PRIVATE "${generated}/prelink_tables.c")
