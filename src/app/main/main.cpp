// The command line. Slices describe their subcommands as values; this file hands them to CLI11 and runs the one that
// was asked for.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>

#include "app/open.h"
#include "app/serve.h"
#include "app/slices.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/refusal.h"
#include "base/translation.h"

namespace {

using namespace tithing;

// One CLI11 subcommand with the values it collects.
struct Bound {
  const Subcommand* subcommand = nullptr;
  CLI::App* app = nullptr;
  std::map<std::string, std::vector<std::string>> values;
  std::map<std::string, bool> flags;
};

// The group that a subcommand belongs to ("import" of "import police"), made when it is first needed.
CLI::App* group(CLI::App& root, std::map<std::string, CLI::App*>& groups, const std::vector<std::string>& path) {
  CLI::App* at = &root;
  std::string name;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    name += "/" + path[i];
    CLI::App*& next = groups[name];
    if (next == nullptr) {
      next = at->add_subcommand(path[i]);
      next->require_subcommand(1);
    }
    at = next;
  }
  return at;
}

void describe(CLI::App& root, std::map<std::string, CLI::App*>& groups, const Subcommand& subcommand, Bound& bound,
              std::string& data_folder) {
  CLI::App* parent = group(root, groups, subcommand.path);
  bound.subcommand = &subcommand;
  bound.app = parent->add_subcommand(subcommand.path.back(), subcommand.help);
  bound.app->add_option("--data", data_folder, "The data folder")->envname("TITHING_DATA")->capture_default_str();
  for (const CommandOption& option : subcommand.options) {
    if (!option.takes_value) {
      bound.app->add_flag(option.name, bound.flags[option.name], option.help);
      continue;
    }
    auto* added = bound.app->add_option(option.name, bound.values[option.name], option.help)->required(option.required);
    option.repeatable ? added->allow_extra_args(false) : added->expected(1);
  }
  for (const CommandPositional& positional : subcommand.positionals) {
    auto* added = bound.app->add_option(positional.name, bound.values[positional.name], positional.help)
                      ->required(positional.required);
    if (positional.repeatable) {
      added->expected(-1);
    } else {
      added->expected(1)->allow_extra_args(false);  // what follows is the next one's
    }
  }
}

int run(const Bound& bound, Wiring& wiring, const std::string& data_folder) {
  Arguments arguments;
  for (const auto& [name, values] : bound.values)
    if (!values.empty()) arguments.values[name] = values;
  for (const auto& [name, set] : bound.flags)
    if (set) arguments.values[name] = {};
  wiring.data_folder = data_folder;
  const auto& decides = bound.subcommand->store_needed;
  if (!(decides ? decides(arguments) : bound.subcommand->needs_store)) return bound.subcommand->run(arguments);
  auto opened = app::open(wiring, data_folder);
  if (!opened) {
    std::fprintf(stderr, "tithing: %s\n", opened.error().message.c_str());
    return 1;
  }
  const int answer = bound.subcommand->run(arguments);
  // Services hold caches over the database: they go before it does.
  wiring.services.clear();
  return answer;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const SystemClock clock;
    Wiring wiring;
    wiring.clock = &clock;
    if (const std::string locale = app::locale_folder(); !locale.empty()) load_translations(locale, {"cy"});
    identity::Service& identity = app::register_slices(wiring);
    app::register_commands(wiring, identity);

    CLI::App root{"Tithing: who gets public money against crime, and why. One program, one data folder."};
    root.require_subcommand(1);
    std::string data_folder = "tithing-data";
    std::vector<Bound> bounds(wiring.subcommands.size());
    std::map<std::string, CLI::App*> groups;
    for (std::size_t i = 0; i < bounds.size(); ++i)
      describe(root, groups, wiring.subcommands[i], bounds[i], data_folder);
    // `tithing --help` names every subcommand, those within groups too.
    std::string footer = "\nAll subcommands (each takes --data DIR and --help):\n";
    for (const Subcommand& subcommand : wiring.subcommands) {
      std::string name;
      for (const std::string& part : subcommand.path) name += " " + part;
      footer += "  tithing" + name + std::string(name.size() < 26 ? 26 - name.size() : 1, ' ') + subcommand.help + "\n";
    }
    root.footer(footer);
    try {
      root.parse(argc, argv);
    } catch (const CLI::ExtrasError& error) {
      // A second file after a command that takes one: what it says of itself is no help with that.
      const CLI::App* asked = &root;
      while (!asked->get_subcommands().empty()) asked = asked->get_subcommands().front();
      const std::vector<std::string> more = root.remaining(true);
      if (asked == &root || more.empty() || more.front().starts_with("-")) return root.exit(error) == 0 ? 0 : 2;
      std::fprintf(
          stderr,
          "tithing: “%s” is one more than “%s” takes. Run it once for each of them; --help says what it takes.\n",
          more.front().c_str(), asked->get_name().c_str());
      return 2;
    } catch (const CLI::ParseError& error) {
      return root.exit(error) == 0 ? 0 : 2;
    }
    for (const Bound& bound : bounds)
      if (bound.app->parsed()) return run(bound, wiring, data_folder);
    return 2;
  } catch (const tithing::Refusal& refusal) {
    std::fprintf(stderr, "tithing: %s\n", refusal.what());
    return 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tithing: something went wrong that should not: %s\n", error.what());
    return 1;
  }
}
