// Who sits in several rooms: organisations and posts that two bodies share, and the hours that it takes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "slices/bodies/snapshot.h"

namespace tithing::bodies {

struct Shared {
  std::vector<std::string> organisations;                        // codes that hold a seat in both
  std::vector<std::pair<std::string, std::string>> posts;        // organisation and post that hold a seat in both
  // What papers say of the two together without naming whom: then the counts are floors, and not known when nobody is named.
  std::vector<FactPointer> statements;
  bool seats_known = true;  // both have at least one seat that is not vacant
};
// Vacant seats and seats without an organisation are nobody's, so they are not shared.
Shared shared(const Register& all, const std::string& a, const std::string& b, Date day);

struct Several {
  std::string organisation;
  std::string post;                // may be empty: the post is not known
  std::vector<std::string> bodies; // in which it sits, two or more
};
// Posts (organisations, where the post is not known) that sit in two of the bodies or more, by the number of bodies, largest
// first.
std::vector<Several> in_several_rooms(const Register& all, const std::vector<std::string>& bodies, Date day);

struct Load {
  int seats = 0;
  int meetings = 0;              // a year, over its seats; of those bodies of which it is known
  std::int64_t minutes = 0;      // a year; of those bodies of which the length is known too
  std::vector<std::string> without_meetings;  // bodies of which it is not known how often they meet
  std::vector<std::string> without_length;    // it is known how often, not how long
  bool complete() const { return without_meetings.empty() && without_length.empty(); }
};
Load load_of(const Register& all, const std::string& organisation, const std::vector<std::string>& bodies, Date day);

}  // namespace tithing::bodies
