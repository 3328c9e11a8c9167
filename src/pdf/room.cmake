# Outlines of the bundled faces (glyf_compile.c says which).
set(glyf_sources "${CMAKE_CURRENT_LIST_DIR}/glyf_compile.c" "${CMAKE_CURRENT_LIST_DIR}/glyf_pack.c")
get_target_property(core_files briefing_core SOURCES)
list(REMOVE_ITEM core_files ${glyf_sources})
set_property(TARGET briefing_core PROPERTY SOURCES ${core_files})
set(base "${CMAKE_SOURCE_DIR}/src/base")
add_executable(glyf_compile ${glyf_sources} "${CMAKE_CURRENT_LIST_DIR}/sfnt.c"
  "${CMAKE_SOURCE_DIR}/src/text/prelink.c" "${generated}/prelink_tables.c"
  "${base}/arena.c" "${base}/buf.c" "${base}/file.c" "${base}/file_write.c" "${base}/str.c" "${base}/utf8.c")
target_include_directories(glyf_compile PRIVATE "${CMAKE_SOURCE_DIR}/src")
target_link_libraries(glyf_compile PRIVATE PkgConfig::libutf8proc)
file(GLOB glyf_fonts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/fonts/*.ttf")
add_custom_command(OUTPUT "${generated}/glyf_tables.c" DEPENDS glyf_compile ${glyf_fonts} VERBATIM
  COMMAND glyf_compile "${generated}/glyf_tables.c" ${glyf_fonts})
target_sources(briefing_core PRIVATE "${generated}/glyf_tables.c")
