// The path of a record: its states and the moves between them as one constant table. Page, command, event, drawing,
// guide and test all read the same rows; adding a move is adding a row.
//
//   constexpr State kStates[] = {{"draft", "Draft", "Being written."}, {"sent", "Sent", "With the panel."}};
//   constexpr Move<Facts> kMoves[] = {{.from = "draft", .to = "sent", .code = "send", .name = "Send it", .who =
//   &kWrite,
//                                      .needs = nothing_missing, .needs_words = "every question has an answer",
//                                      .sentence = "Sent {name}."}};
//   constexpr Path<Facts> kPath{"note", kStates, kMoves};
//
// `Facts` is what the predicates look at: a struct of the room, filled from the store, with the day in it. Rules are
// pure. The one way to make a move is commands::move (commands/move.h): it asks the move's own permission, what it
// needs and its reason, and keeps the event (path/events.h).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/clock.h"
#include "base/reach.h"
#include "base/result.h"
#include "base/translation.h"
#include "records/record.h"

namespace tithing::path {

struct State {
  const char* code;    // "draft": in addresses and in the store
  Marked name;         // "Draft"
  Marked meaning;      // a sentence for the guide and for whoever wonders
  bool final = false;  // nothing leads on from here, on purpose
  records::Publication publication =
      records::Publication::draft;  // of a record that stands here; its kind's find() gives it
};

// What a move asks of whoever makes it, besides what its room's own form asks.
enum class Asks { nothing, reason, own_form };

// What stands in the way, as sentences that say what to do first. Empty: nothing.
using Obstacles = std::vector<std::string>;

template <class Facts>
struct Move {
  const char* from;
  const char* to;
  const char* code;         // "take-back": in addresses, in the store, in the audit's action
  Marked name;              // "Take it back to a draft": on the button
  const Permission* who;    // with Reach over the record
  Hub hub = Hub::own_only;  // whether a hub may make it for the bodies that report to it
  Obstacles (*needs)(const Facts&) = nullptr;
  Marked needs_words;  // the predicate in words, for the guide: "every comment has an answer"
  Asks asks = Asks::nothing;
  const char* sentence = "";  // for the audit and for those who are told; {name} and {reason} are filled in
  Marked tells;               // who is told, in words: "the chair; the asker's office". Empty: nobody
  bool warning = false;       // cannot be taken back: its button says so
};

// A move without its predicate: what page, drawing, guide and event need of it.
struct Step {
  std::string_view from, to, code;
  Marked name;
  const Permission* who = nullptr;
  Hub hub = Hub::own_only;
  bool conditional = false;  // it has a predicate
  Marked needs;
  Asks asks = Asks::nothing;
  std::string_view sentence;
  Marked tells;
  bool warning = false;
};
// What may be done next by one person.
struct Offer {
  Step step;
  bool may = false;   // permission and reach
  Obstacles not_yet;  // empty: it can be made now
  bool open() const { return may && not_yet.empty(); }
};

// A path without the type of its facts.
struct Outline {
  std::string_view code;  // with the slice: "funding.decision"; its audit rows are "funding.decision.take-back"
  std::span<const State> states;
  std::vector<Step> steps;
  const State* state(std::string_view code) const;
  const Step* step(std::string_view from, std::string_view code) const;
};

// What is wrong with a table, as sentences: a state or move without name or sentence, a move from or to a state that is
// not there, two moves of one code from one state, a state that cannot be reached from the first, one without a way on
// that is not final, a predicate without words or words without a predicate, a way from what is public back to what is
// not (what was published is withdrawn with a notice, never hidden). Asked by the test of each path. Empty: nothing.
std::vector<std::string> faults_of(const Outline& outline);
// Markdown for the guide: who may do what, from where to where, what it needs, what it asks, who is told.
std::string table_of(const Outline& outline);

// What is asked of whoever makes a move.
struct Asked {
  std::string move;    // code
  std::string reason;  // as typed
};
inline constexpr std::size_t kLongestReason = 4000;
// The reason as it is kept: without white space around it. invalid at the field "reason": missing where it is needed,
// or too long.
Result<std::string> checked_reason(const Step& step, const std::string& reason);
// A move that can be made.
struct Checked {
  Step step;
  std::string reason;  // as it is kept
};
// The step's sentence with {name} and {reason} filled in.
std::string sentence_of(const Step& step, const std::string& name, const std::string& reason);

// conflict: a move that does not lead on from where the record is.
tl::unexpected<Problem> no_such_move(const Outline& outline, std::string_view from);
// invalid, with every obstacle.
tl::unexpected<Problem> in_the_way(const Obstacles& obstacles);

template <class Facts>
struct Path {
  std::string_view code;
  std::span<const State> states;  // the first is where records begin
  std::span<const Move<Facts>> moves;

  Outline outline() const {
    Outline out{code, states, {}};
    for (const Move<Facts>& move : moves) out.steps.push_back(step_of(move));
    return out;
  }
  // Every move from this state, in the order of the table, with what stands in its way.
  std::vector<Offer> offers(std::string_view from, const Facts& facts, const Reach& reach, const Whose& whose) const {
    std::vector<Offer> out;
    for (const Move<Facts>& move : moves)
      if (from == move.from)
        out.push_back({step_of(move), reach.may(*move.who, whose, move.hub), obstacles_of(move, facts)});
    return out;
  }
  const Move<Facts>* find(std::string_view from, std::string_view move_code) const {
    for (const Move<Facts>& move : moves)
      if (from == move.from && move_code == move.code) return &move;
    return nullptr;
  }
  // Whether the move can be made: conflict where it does not lead on from here, invalid for obstacles and for a reason
  // that is missing. Permission is asked by commands::move, which asks this as well.
  Result<Checked> check(std::string_view from, const Facts& facts, const Asked& asked) const {
    const Move<Facts>* move = find(from, asked.move);
    if (move == nullptr) return no_such_move(outline(), from);
    if (const Obstacles obstacles = obstacles_of(*move, facts); !obstacles.empty()) return in_the_way(obstacles);
    const Step step = step_of(*move);
    const auto reason = checked_reason(step, asked.reason);
    if (!reason) return pass_on(reason);
    return Checked{step, *reason};
  }

  static Obstacles obstacles_of(const Move<Facts>& move, const Facts& facts) {
    return move.needs == nullptr ? Obstacles() : move.needs(facts);
  }
  static Step step_of(const Move<Facts>& move) {
    return {move.from,        move.to,   move.code,     move.name,  move.who,    move.hub, move.needs != nullptr,
            move.needs_words, move.asks, move.sentence, move.tells, move.warning};
  }
};
}  // namespace tithing::path
