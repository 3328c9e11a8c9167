# Outlines of the bundled OpenType faces (cff_compile.c).
set(cff_sources "${CMAKE_CURRENT_LIST_DIR}/cff_compile.c" "${CMAKE_CURRENT_LIST_DIR}/charstring.c")
get_target_property(core_files briefing_core SOURCES)
list(REMOVE_ITEM core_files ${cff_sources})
set_property(TARGET briefing_core PROPERTY SOURCES ${core_files})
set(base "${CMAKE_SOURCE_DIR}/src/base")
add_executable(cff_compile ${cff_sources} "${CMAKE_CURRENT_LIST_DIR}/cff.c" "${CMAKE_CURRENT_LIST_DIR}/cff_number.c"
  "${CMAKE_SOURCE_DIR}/src/text/prelink.c" "${generated}/prelink_tables.c"
  "${base}/arena.c" "${base}/buf.c" "${base}/file.c" "${base}/format.c" "${base}/file_write.c" "${base}/str.c" "${base}/utf8.c")
target_include_directories(cff_compile PRIVATE "${CMAKE_SOURCE_DIR}/src")
target_link_libraries(cff_compile PRIVATE PkgConfig::harfbuzz PkgConfig::libutf8proc m)
file(GLOB cff_fonts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/fonts/*.otf")
add_custom_command(OUTPUT "${generated}/cff_tables.c" DEPENDS cff_compile ${cff_fonts} VERBATIM
  COMMAND cff_compile "${generated}/cff_tables.c" ${cff_fonts})
target_sources(briefing_core PRIVATE "${generated}/cff_tables.c")
