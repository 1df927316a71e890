// The page part of a path (path/path.h), the same in every room: where does it stand, what may I do, what may I not do
// yet and why; and what became of the record so far.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exports/table.h"
#include "html/html.h"
#include "path/events.h"
#include "path/path.h"
#include "web/web.h"

namespace tithing::path {

struct PathView {
  const Outline& outline;
  std::string state;
  std::int64_t version = 0;
  std::vector<Event> events = {};  // oldest first
  std::vector<Offer> offers = {};  // of the person who looks; empty for one who may only read
  // The code of a move that nobody plans for ("supersede"): the picture has it, the way to come does not.
  std::string_view unplanned = {};
  // Its states are answers to one question, of which none comes after another.
  bool answers = false;
  // Where a move is posted, with the fields "move", "version" and, where one is asked for, "reason".
  std::optional<html::Url> post = {};
  // Where the form of a move stands that asks for more than a reason.
  std::function<html::Url(const Step&)> own_form = {};
  Problem problem = {};  // of the move that was posted last
  Asked asked = {};      // what was posted, to be corrected
};

// What a form of a move said. A version that is no number is 0, which no record has.
struct Posted {
  Asked asked;
  std::int64_t version = 0;
};
Posted posted(const web::Context& context);

// A section with the heading "The path". A problem at "reason" leads to the field of the move that was asked for.
html::Markup path_part(const web::Context& context, const PathView& view);

// The states as they are passed on the way: those passed, in their order, the present one, and those to come on the
// first way to an end.
struct Stop {
  const State* state = nullptr;
  enum class When { done, here, next, later } when = When::later;
  std::vector<const State*> or_else = {};  // other states that may be reached instead
  std::optional<Date> since = {};          // of what is passed and where it stands, where an event says so
};
// Of `answers`, what is to come before the first answer is every one of them ("Accepted or Rejected"), and after it
// none.
std::vector<Stop> stops(const Outline& outline, std::string_view state, const std::vector<Event>& events,
                        bool answers = false);

// What became of it: when, what, by whom, why. `name_of` gives the name that this reader may see.
exports::Table event_table(const Outline& outline, const std::vector<Event>& events,
                           const std::function<std::string(const Event&)>& name_of);

}  // namespace tithing::path
