#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "support/source_dir.h"

#ifndef TITHING_SOURCE_DIR
#error "cmake/module.cmake and tests/ say where the project lies"
#endif

const std::string& tithing::tests::source_dir() {
  static const std::string folder = TITHING_SOURCE_DIR;
  return folder;
}
