// The rules of architecture.txt, on texts: no file is read here, so that the rules can be tested on invented houses.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace tithing::architecture {

using Names = std::vector<std::string>;

struct Plan {
  std::map<std::string, Names> folders;  // with what every room may use
  Names rooms;                           // what every folder of slices/ may use, also one without a line
  std::map<std::string, Names> layers;
  std::map<std::string, Names> files_of_layer;  // layer -> beginnings of names, or slice/name
  std::map<std::string, Names> faces;           // slice folder -> headers
  std::map<std::string, Names> libraries;       // beginning of an include -> files
  std::set<std::string> system;
  Names test_only;
  std::set<std::string> heavy;
  std::map<std::string, Names> heavy_in;
  Names complaints;  // lines that could not be read
};

Plan parse_plan(const std::string& text);

// Path below src/ ("db/sqlite.cpp") -> its text.
using Files = std::map<std::string, std::string>;

// Sentences, each naming the file and what it includes; empty when all is well. *_test.cpp, testdata and what is
// test-only are left out: a test may open what it tests.
Names check_includes(const Plan& plan, const Files& files);

// Scaffolding that a test builds for itself though tests/support has it: a source of sessions, a site of pages, a list
// of migrations. `files`: path below the root -> text; what is not of tests and what lies in tests/support is left out.
// `stays`: files that have a reason; one of them that builds nothing any more is a complaint too.
Names find_scaffolding(const Files& files, const Names& stays);

// A circle of folders, "a -> b -> a", or empty. A folder and what lies within it (slices and slices/register) are two.
std::string find_circle(const Plan& plan);

bool matches(const std::string& pattern, const std::string& text);  // "*" stands for anything but "/"

}  // namespace tithing::architecture
