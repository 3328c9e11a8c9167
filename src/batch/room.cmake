# Style and script of index.html, which carries them within.
briefing_embed(index_css "${CMAKE_CURRENT_LIST_DIR}/index.css")
briefing_embed(index_js "${CMAKE_CURRENT_LIST_DIR}/index.js")
