#include <cstdio>

#include "base/text.h"
#include "slices/sources/choice_parts.h"

namespace tithing::sources {

namespace {

constexpr std::size_t kShown = 20;

const char* state_code(Standing::State state) {
  switch (state) {
    case Standing::State::counts:
      return "counts";
    case Standing::State::superseded:
      return "superseded";
    case Standing::State::beside:
      return "set-aside";
    case Standing::State::unreadable:
      return "unreadable";
  }
  return "";
}

// "2026-11-22 09:31": two files of one name may come in on one day.
std::string time_words(const std::string& at) {
  std::string text = at.substr(0, 16);
  if (text.size() > 10) text[10] = ' ';
  return text;
}

std::string rows_text(const std::optional<std::int64_t>& rows) { return rows ? grouped(*rows) : std::string("none"); }

}  // namespace

std::vector<CommandOption> manner_options() {
  return {
      {"--dry-run", "Say what it would change, and change nothing", false},
      {"--accept-removals", "What it removes or contradicts is meant so: it counts from now on; with --reason", false},
      {"--keep-aside", "What it would remove or contradict is kept and not counted; with --reason", false},
      {"--choose", "All that is given counts from now on, also what was given before; with --reason", false},
      {"--reason", "Why, kept with the choice and its day"}};
}

Manners manners_of(const Arguments& arguments) {
  Manners manners;
  manners.dry_run = arguments.has("--dry-run");
  manners.accept_removals = arguments.has("--accept-removals");
  manners.keep_aside = arguments.has("--keep-aside");
  manners.choose = arguments.has("--choose");
  manners.reason = std::string(trimmed(arguments.get("--reason")));
  return manners;
}

void print_changes(const std::vector<Change>& changes, bool every_one) {
  std::size_t shown = 0, left = 0;
  for (const Change& change : changes) {
    const bool quiet = change.asks.empty() && !change.offered && change.kind != kRemark;
    if (!every_one && quiet && ++shown > kShown) {
      ++left;
      continue;
    }
    // What is asked is asked; what becomes of it otherwise would be a second verdict.
    std::string line = change.about + ": " + (change.asks.empty() ? change.outcome : "ASKED FIRST: " + change.asks);
    if (change.rows_now || change.rows_then)
      line += " Now " + rows_text(change.rows_now) + ", then " + rows_text(change.rows_then) + ".";
    if (change.offered && change.asks.empty()) line += " To let it count, repeat with --choose --reason \"why\".";
    std::printf("%s\n", line.c_str());
  }
  if (left > 0)
    std::printf("And %s more; --every-file shows them.\n", grouped(static_cast<std::int64_t>(left)).c_str());
}

void print_trial(const std::vector<Change>& changes, Trial trial, bool every_one) {
  std::printf("%s\n", trial == Trial::refused ? "What it is about:" : "It would change:");
  print_changes(changes, every_one);
  std::printf("Nothing was changed: this was a dry run.\n");
}

void write_changes(JsonWriter& json, const std::vector<Change>& changes) {
  json.begin_array();
  for (const Change& change : changes) {
    json.begin_object().member("kind", change.kind).member("key", change.key).member("about", change.about);
    json.member("now", change.now).member("then", change.then);
    if (change.rows_now) json.member("rows_now", *change.rows_now);
    if (change.rows_then) json.member("rows_then", *change.rows_then);
    json.member("outcome", change.outcome).member("asks", change.asks).member("offered", change.offered).end_object();
  }
  json.end_array();
}

void print_things(const std::vector<Thing>& things, const std::string& choose_command) {
  for (const Thing& thing : things) {
    std::printf("%s  (%s \"%s\")\n", thing.about.c_str(), thing.kind.c_str(), thing.key.c_str());
    for (const Thing::Row& row : thing.rows) {
      std::printf("  %s %lld  %s, %s, %s. %s\n", row.standing.state == Standing::State::counts ? "*" : " ",
                  static_cast<long long>(row.publication.source_file), row.name.c_str(), time_words(row.at).c_str(),
                  row.holds.c_str(), row.standing.why.c_str());
    }
    // Every choice keeps its reason, also after another one.
    for (const Choice& choice : thing.choices) {
      const std::string file = choice.verdict == Verdict::standard ? std::string("the default")
                                                                   : "file " + std::to_string(choice.source_file);
      std::printf("    %s, %s: %s%s. Reason: %s\n", time_words(choice.at).c_str(), choice.by.c_str(), file.c_str(),
                  choice.verdict == Verdict::set_aside ? " set aside" : " counts", choice.reason.c_str());
    }
  }
  if (things.empty()) {
    std::printf("There is nothing of which there is more than one publication.\n");
  } else {
    std::printf("* counts. To choose another: %s KIND KEY NUMBER --reason \"why\"\n", choose_command.c_str());
  }
}

void write_things(JsonWriter& json, const std::vector<Thing>& things) {
  json.begin_array();
  for (const Thing& thing : things) {
    json.begin_object().member("kind", thing.kind).member("key", thing.key).member("about", thing.about);
    json.key("publications").begin_array();
    for (const Thing::Row& row : thing.rows) {
      json.begin_object()
          .member("file", row.publication.source_file)
          .member("name", row.name)
          .member("imported_at", row.at);
      json.member("rows", row.publication.holding.rows)
          .member("holds", row.holds)
          .member("state", state_code(row.standing.state));
      json.member("chosen", row.standing.chosen).member("why", row.standing.why).end_object();
    }
    json.end_array().key("choices").begin_array();
    for (const Choice& choice : thing.choices) {
      json.begin_object()
          .member("file", choice.source_file)
          .member("verdict", code_of(choice.verdict))
          .member("at", choice.at);
      json.member("by", choice.by).member("reason", choice.reason).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

}  // namespace tithing::sources
