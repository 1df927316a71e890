# tithing_embed_assets(TARGET): a library that holds build/assets (see `npm run build`) in the program's own read-only data.
#
# What is embedded is looked at at every build, so that `npm run build` needs no new configuring; that takes some milliseconds.
function(tithing_embed_assets target)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/embedded_assets.cpp")
  add_custom_target(${target}_generate
    COMMAND "${CMAKE_COMMAND}" -DASSETS=${PROJECT_SOURCE_DIR}/build/assets -DOUTPUT=${output} -P "${PROJECT_SOURCE_DIR}/cmake/embed_assets.cmake"
    BYPRODUCTS "${output}"
    COMMENT "Looking at the styles and scripts in build/assets"
    VERBATIM)
  add_library(${target} STATIC "${output}")
  add_dependencies(${target} ${target}_generate)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/src")
endfunction()
