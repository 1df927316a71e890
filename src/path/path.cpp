#include "path/path.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "base/translation.h"

namespace tithing::path {

const State* Outline::state(std::string_view code_) const {
  const auto found = std::find_if(states.begin(), states.end(), [&](const State& one) { return one.code == code_; });
  return found == states.end() ? nullptr : &*found;
}

const Step* Outline::step(std::string_view from, std::string_view code_) const {
  const auto found =
      std::find_if(steps.begin(), steps.end(), [&](const Step& one) { return one.from == from && one.code == code_; });
  return found == steps.end() ? nullptr : &*found;
}

namespace {

bool is_out(records::Publication publication) {
  using enum records::Publication;
  return publication == published || publication == superseded || publication == withdrawn;
}

}  // namespace

std::vector<std::string> faults_of(const Outline& outline) {
  std::vector<std::string> out;
  if (outline.states.empty()) return {"The path " + std::string(outline.code) + " has no states."};
  std::set<std::string_view> reached{outline.states.front().code};
  for (bool more = true; more;) {
    more = false;
    for (const Step& step : outline.steps)
      if (reached.contains(step.from) && reached.insert(step.to).second) more = true;
  }
  std::set<std::string_view> codes;
  for (const State& state : outline.states) {
    const std::string name = "The state " + std::string(state.code);
    if (!codes.insert(state.code).second) out.push_back(name + " is there twice.");
    if (std::string_view(state.name).empty() || std::string_view(state.meaning).empty())
      out.push_back(name + " has no name or no meaning.");
    if (!reached.contains(state.code)) out.push_back(name + " cannot be reached.");
    const bool leads_on = std::any_of(outline.steps.begin(), outline.steps.end(),
                                      [&](const Step& step) { return step.from == state.code; });
    if (leads_on == state.final)
      out.push_back(name + (state.final ? " is final, but leads on." : " leads nowhere, and is not said to be final."));
  }
  std::set<std::pair<std::string_view, std::string_view>> moves;
  for (const Step& step : outline.steps) {
    const std::string name = "The move " + std::string(step.code) + " from " + std::string(step.from);
    if (outline.state(step.from) == nullptr || outline.state(step.to) == nullptr)
      out.push_back(name + " is from or to a state that is not there.");
    if (!moves.insert({step.from, step.code}).second) out.push_back(name + " is there twice.");
    if (step.name.empty() || step.sentence.empty()) out.push_back(name + " has no name or no sentence.");
    if (step.who == nullptr) out.push_back(name + " is nobody's.");
    if (step.conditional == step.needs.empty())
      out.push_back(name + (step.conditional ? " needs something that is not said in words."
                                             : " says in words what nothing asks for."));
    if (const State* from = outline.state(step.from), *to = outline.state(step.to);
        from != nullptr && to != nullptr && is_out(from->publication) && !is_out(to->publication))
      out.push_back(name + " hides what was public. Withdraw it with a notice instead.");
    if (step.asks != Asks::nothing && step.sentence.find("{reason}") == std::string_view::npos &&
        step.asks == Asks::reason)
      out.push_back(name + " asks for a reason that its sentence does not tell.");
  }
  return out;
}

std::string table_of(const Outline& outline) {
  const auto named = [&](std::string_view code) {
    const State* state = outline.state(code);
    return state == nullptr ? std::string(code) : std::string(state->name);
  };
  std::string out = "| state | what it means |\n|---|---|\n";
  for (const State& state : outline.states) out += "| " + std::string(state.name) + " | " + state.meaning + " |\n";
  out += "\n| from | what is done | to | who | needs | asks for | tells |\n|---|---|---|---|---|---|---|\n";
  for (const Step& step : outline.steps) {
    const char* asks = step.asks == Asks::nothing ? "" : step.asks == Asks::reason ? "a reason" : "what its form says";
    out += "| " + named(step.from) + " | " + std::string(step.name) + " | " + named(step.to) + " | " +
           (step.who == nullptr ? std::string() : lowered(step.who->description)) + " | " + std::string(step.needs) +
           " | " + asks + " | " + std::string(step.tells) + " |\n";
  }
  return out;
}

Result<std::string> checked_reason(const Step& step, const std::string& reason) {
  std::string kept(trimmed(reason));
  if (step.asks == Asks::reason && kept.empty())
    return invalid(tr("Give a reason."), {{"reason", tr("Say why, such as the meeting and its date.")}});
  if (kept.size() > kLongestReason)
    return invalid(tr("The reason is too long."), {{"reason", tr("Shorten the reason to 4,000 characters.")}});
  return kept;
}

std::string sentence_of(const Step& step, const std::string& name, const std::string& reason) {
  std::string out;
  for (std::size_t i = 0; i < step.sentence.size();) {
    const std::string_view rest = step.sentence.substr(i);
    if (rest.substr(0, 6) == "{name}") {
      out += name;
      i += 6;
    } else if (rest.substr(0, 8) == "{reason}") {
      out += trimmed(reason);
      i += 8;
    } else {
      out += step.sentence[i++];
    }
  }
  return out;
}

tl::unexpected<Problem> no_such_move(const Outline& outline, std::string_view from) {
  const State* state = outline.state(from);
  return conflict(tr("This cannot be done in the state “{0}”. Look at where it stands now.",
                     {(state == nullptr ? std::string(from) : std::string(state->name))}));
}

tl::unexpected<Problem> in_the_way(const Obstacles& obstacles) { return invalid(joined(obstacles, " ")); }

}  // namespace tithing::path
