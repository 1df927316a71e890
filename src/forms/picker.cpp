#include "forms/picker.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace tithing::forms {
namespace {

constexpr std::size_t kMostOffered = 10;

bool holds(const std::vector<Match>& matches, std::string_view code) {
  return std::any_of(matches.begin(), matches.end(), [&](const Match& one) { return one.code == code; });
}

// By the words of what was typed, the longest first, and then by how they begin.
std::vector<Match> nearest(const Finder& finder, const std::string& typed) {
  std::vector<std::string> words = split(typed, ' ');
  std::stable_sort(words.begin(), words.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  std::vector<Match> out;
  for (std::size_t cut = 0; cut < 4 && out.empty(); ++cut)
    for (const std::string& word : words) {
      if (word.size() < cut + 3) continue;
      for (const Match& one : finder.matching(word.substr(0, word.size() - cut)))
        if (out.size() < 5 && !holds(out, one.code)) out.push_back(one);
    }
  return out;
}

// "Leeds Community Safety Partnership (leeds-csp)", as a name that several have is offered: "leeds-csp".
std::string code_at_end(const std::string& typed) {
  const std::size_t open = typed.rfind(" (");
  return open == std::string::npos || typed.back() != ')' ? std::string()
                                                          : typed.substr(open + 2, typed.size() - open - 3);
}

}  // namespace

Looked look_up(const Finder& finder, std::string_view given, std::string_view chosen) {
  const std::string typed(trimmed(given));
  if (typed.empty()) return {};
  if (auto one = finder.of(typed)) return {std::move(one), {}, {}};
  if (auto one = finder.of(code_at_end(typed))) return {std::move(one), {}, {}};
  std::vector<Match> matches = finder.matching(typed);
  const std::string wanted = lowered(typed);
  std::vector<Match> exact;
  for (const Match& one : matches)
    if (lowered(one.name) == wanted) exact.push_back(one);
  if (!chosen.empty())
    if (auto one = finder.of(chosen); one && (lowered(one->name) == wanted || holds(matches, one->code) ||
                                              (matches.empty() && holds(nearest(finder, typed), one->code))))
      return {std::move(one), {}, {}};
  if (exact.size() == 1) return {exact.front(), {}, {}};
  if (exact.size() > 1) matches = std::move(exact);
  if (matches.size() == 1) return {matches.front(), {}, {}};
  if (matches.empty()) {
    matches = nearest(finder, typed);
    return {
        {},
        matches,
        "No " + finder.what + " is called \"" + typed + "\". " +
            (matches.empty() ? "Write another part of its name." : "Choose one of the nearest, or write its name.")};
  }
  const bool more = matches.size() > kMostOffered;
  if (more) matches.resize(kMostOffered);
  return {{},
          std::move(matches),
          "Several " + finder.many + " could be meant by \"" + typed + "\". " +
              (more ? "These are the first ten, and there are more: choose one of them, or write more of its name."
                    : "Choose which one, or write more of its name.")};
}

std::string name_alone(const Finder& finder, const Match& match) {
  for (const Match& one : finder.matching(match.name))
    if (one.code != match.code && lowered(one.name) == lowered(match.name)) return match.name + " (" + match.code + ")";
  return match.name;
}

web::Answer names_answer(const web::Context& context, const Finder& finder) {
  std::vector<Match> matches;
  const std::string typed = context.query_value("q");
  if (typed.size() >= 2) matches = finder.matching(typed);
  const bool more = matches.size() > kMostOffered;
  if (more) matches.resize(kMostOffered);
  JsonWriter json;
  json.begin_array();
  for (const Match& one : matches)
    json.begin_object().member("name", name_alone(finder, one)).member("kind", one.kind).end_object();
  if (more)
    json.begin_object()
        .member("name", typed)
        .member("kind", tr("There are more: write more of the name").in(context.language).text)
        .end_object();
  json.end_array();
  return web::json_answer(json.take());
}

}  // namespace tithing::forms
