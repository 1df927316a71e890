#include "architecture/one_way.h"

#include <regex>

namespace tithing::architecture {

Names check_one_way(const Files& files, const ByPlace& exceptions) {
  struct Rule {
    std::regex found;
    const char* instead;
  };
  static const Rule kRules[] = {
      {std::regex(R"(\b(append_audit|write_audit)\s*\()"),
       "writes to the audit by hand: say it in the note of a command (src/commands)"},
      {std::regex(R"(\bstruct\s+(Doing|Environment|CommandContext)\s*\{)"),
       "has a context of its own for commands: use commands::Doing, or a struct that is one"},
      {std::regex(R"(\bstale\s*\()"), "has an answer of its own to two editors: use records::overtaken"},
  };
  Names complaints;
  for (const auto& [path, text] : files) {
    if (path.starts_with("db/") || path.starts_with("commands/") || path.ends_with("_test.cpp") ||
        path.ends_with("_for_tests.h"))
      continue;
    bool any = false;
    for (const Rule& rule : kRules) {
      if (!std::regex_search(text, rule.found)) continue;
      any = true;
      if (exceptions.count(path) == 0) complaints.push_back(path + " " + rule.instead);
    }
    if (!any && exceptions.count(path) > 0)
      complaints.push_back(path + " keeps to the one way and needs no exception any more");
  }
  for (const auto& [path, reason] : exceptions) {
    if (files.count(path) == 0) complaints.push_back(path + " has an exception and is not there");
    if (reason.empty()) complaints.push_back(path + " has an exception without a reason");
  }
  return complaints;
}

}  // namespace tithing::architecture
