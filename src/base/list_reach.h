// How far a list of facts reaches: bank holidays, look-ups, populations, rules. What a list does not reach it says
// nothing about; that is never "none". Whoever counts on a list asks first whether it reaches.
#pragma once

#include <optional>
#include <string>

#include "base/date.h"

namespace tithing {

struct ListReach {
  std::string list;  // "the list of bank holidays"
  Date from;         // first day that the list speaks of
  Date to;           // last one

  bool covers(Date day) const { return from <= day && day <= to; }
  // "The list of bank holidays reaches from 1 January 2011 to 31 December 2028: of 2 January 2029 it says nothing."
  // Nothing when it covers the day.
  std::optional<std::string> silent_on(Date day) const;
};

}  // namespace tithing
