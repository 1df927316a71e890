#include <map>
#include <set>

#include "base/text.h"
#include "figures/figure.h"

namespace tithing::figures {
namespace {

// Every source of the tree, by name, with its checksum. A name may come with several contents only across imports.
void collect(const Figure& figure, std::map<std::string, std::string>& sources) {
  for (const Input& input : figure.working.inputs) {
    if (input.source) sources[input.source->name] = input.source->sha256;
    if (input.figure) collect(*input.figure, sources);
  }
}

std::string first_few(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 5;
  std::vector<std::string> shown(names.begin(),
                                 names.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, names.size())));
  return joined(shown, ", ") + (names.size() > kShown ? " and " + std::to_string(names.size() - kShown) + " more" : "");
}

// An input is the same one by its label; where words have changed since, by its place under the same symbol.
void compare_inputs(const Figure& frozen, const Figure& now, std::vector<std::string>& out) {
  std::map<std::string, const Figure*> before;
  for (const Input& input : frozen.working.inputs)
    if (input.figure) before[input.label] = input.figure.get();
  for (std::size_t i = 0; i < now.working.inputs.size(); ++i) {
    const Input& input = now.working.inputs[i];
    if (!input.figure) continue;
    auto found = before.find(input.label);
    if (found == before.end() && i < frozen.working.inputs.size()) {
      const Input& there = frozen.working.inputs[i];
      if (there.figure && !there.symbol.empty() && there.symbol == input.symbol) found = before.find(there.label);
    }
    if (found == before.end()) continue;
    if (found->second->quantity.text() != input.figure->quantity.text())
      out.push_back("Its input \"" + input.label + "\" was " + found->second->quantity.text() + " and is " +
                    input.figure->quantity.text() + ".");
    compare_inputs(*found->second, *input.figure, out);
  }
}

}  // namespace

std::vector<std::string> differences(const Figure& frozen, const Figure& now) {
  std::vector<std::string> out;
  const bool both_suppressed =
      frozen.quantity.state() == Quantity::State::suppressed && now.quantity.state() == Quantity::State::suppressed;
  if (frozen.quantity.text() != now.quantity.text() && !both_suppressed)
    out.push_back("The value was " + frozen.quantity.text() + " and would be " + now.quantity.text() + ".");
  if (frozen.as_at != now.as_at)
    out.push_back("It was worked out on the structure of " + frozen.as_at + "; today's is that of " + now.as_at + ".");

  std::map<std::string, std::string> before, after;
  collect(frozen, before);
  collect(now, after);
  std::vector<std::string> added, gone, replaced;
  for (const auto& [name, sha256] : after) {
    const auto found = before.find(name);
    if (found == before.end())
      added.push_back(name);
    else if (found->second != sha256)
      replaced.push_back(name);
  }
  for (const auto& [name, sha256] : before)
    if (!after.contains(name)) gone.push_back(name);
  if (!added.empty()) out.push_back("Files that came in since: " + first_few(added) + ".");
  if (!replaced.empty())
    out.push_back("Files that were published again with other content: " + first_few(replaced) + ".");
  if (!gone.empty()) out.push_back("Files that no longer count: " + first_few(gone) + ".");

  if (frozen.coverage.present != now.coverage.present || frozen.coverage.expected != now.coverage.expected)
    out.push_back("Coverage was " + frozen.coverage.text() + " and is " + now.coverage.text() + ".");
  if (frozen.working.formula != now.working.formula || frozen.working.in_words != now.working.in_words)
    out.push_back("The working is put differently: \"" + frozen.working.in_words + "\" has become \"" +
                  now.working.in_words + "\".");
  compare_inputs(frozen, now, out);
  if (out.empty() && frozen.quantity.known() && now.quantity.known() &&
      frozen.quantity.number() != now.quantity.number())
    out.push_back("The value differs behind the digits that are shown.");
  return out;
}

}  // namespace tithing::figures
