// When comments could be made, as it was: from the decision and what became of it on its path.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/words.h"
#include "path/events.h"
#include "slices/decisions/decision.h"

namespace tithing::decisions {

// The last consultation as it was, which need not be as it was planned.
struct Consulted {
  Date from, to;                   // days on which comments could be made, both included
  bool any = true;                 // false: it was taken back before the first of them
  std::optional<Date> taken_back;  // where that ended it before the last day that was set
  Date planned_to;
};
// None where it was never opened. `taken_back` is the day on which it was last taken back, since it was last opened.
std::optional<Consulted> consulted(const Decision& decision, std::optional<Date> taken_back);
// "It was open to comments from 9 January 2012 until it was taken back to a draft on 1 February 2012; it was to be open
// until 6 February 2012."
Words in_words(const Consulted& consulted);

// A consultation that ended in a draft again: taken back, or agreed and the agreement withdrawn.
struct Return {
  Date opened, on;
  std::string days;  // "from 9 January 2012 to 6 February 2012": on which comments were to be taken
  std::string why;
  bool agreement = false;
  bool last = false;  // no other consultation was opened after it
};
std::vector<Return> returns_of(const std::vector<path::Event>& events);  // oldest first
// "It was opened to comments on 9 January 2012 and taken back to a draft on 1 February 2012: the year was wrong."
Words in_words(const Return& back);
// The day on which the decision was last taken back, since it was last opened to comments.
std::optional<Date> taken_back_on(const std::vector<path::Event>& events);
// With what it was last opened to comments.
std::string opened_with(const std::vector<path::Event>& events);

}  // namespace tithing::decisions
