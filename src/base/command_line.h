// Subcommands as values: slices describe theirs, app/main.cpp hands them to the command-line library.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tithing {

struct CommandOption {
  std::string name;  // "--area"
  std::string help;
  bool takes_value = true;
  bool required = false;
  bool repeatable = false;
};

struct CommandPositional {
  std::string name;  // "PATH"
  std::string help;
  bool required = true;
  bool repeatable = false;
};

class Arguments {
 public:
  std::map<std::string, std::vector<std::string>> values;  // by option or positional name
  bool has(const std::string& name) const { return values.count(name) > 0; }
  std::string get(const std::string& name) const {
    const auto found = values.find(name);
    return found == values.end() || found->second.empty() ? std::string() : found->second.front();
  }
  std::vector<std::string> all(const std::string& name) const {
    const auto found = values.find(name);
    return found == values.end() ? std::vector<std::string>() : found->second;
  }
};

struct Subcommand {
  std::vector<std::string> path;  // {"import", "police"}
  std::string help;
  std::vector<CommandOption> options;
  std::vector<CommandPositional> positionals;
  // Writes its answer to standard output, its complaints to standard error; returns 0, or 1 for a problem, 2 for wrong
  // use.
  std::function<int(const Arguments&)> run;
  bool needs_store = true;  // false: works on files alone; no data folder is opened
  // Where it depends on what was asked, this decides instead: a method that works on a file or on an area.
  std::function<bool(const Arguments&)> store_needed = {};
};

}  // namespace tithing
