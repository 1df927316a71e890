// Who sits in several rooms: organisations and posts that two bodies share, and the meetings and hours that it takes.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "slices/bodies/snapshot.h"

namespace tithing::bodies {

// Seats of a body that are known to be somebody's on the day: vacant seats and seats without an organisation are
// nobody's.
FactList taken_seats(const Register& all, const std::string& body, Date day);
using Seats =
    std::set<std::pair<std::string, std::string>>;  // organisation and its post, which may be empty: not known
Seats seats_in(const Register& all, const std::string& body, Date day);

struct Shared {
  std::vector<std::string> organisations;                  // codes that hold a seat in both
  std::vector<std::pair<std::string, std::string>> posts;  // organisation and post that hold a seat in both
  // What papers say of the two together without naming whom: then the counts are floors, and not known when nobody is
  // named.
  std::vector<FactPointer> statements;
  // An organisation sits in both, and of one of its seats the post is not known: it may be the same one.
  bool posts_known = true;
  bool seats_known = true;  // both have at least one seat that is somebody's
};
Shared shared(const Register& all, const std::string& a, const std::string& b, Date day);
// The same for seats that are at hand: for a matrix.
Shared shared(const Register& all, const std::string& a, const Seats& in_a, const std::string& b, const Seats& in_b,
              Date day);

// Bodies of which something is known that a matrix could show: somebody sits there, a paper speaks of it and another
// body together, or its meetings are known. They stand on the day; in the order given.
std::vector<std::string> rooms_among(const Register& all, const std::vector<std::string>& bodies, Date day);

struct Several {
  std::string organisation;
  std::string post;                 // empty: the organisation, by whatever post
  std::vector<std::string> bodies;  // in which it sits, two or more
};
// Posts that sit in two of the bodies or more, by the number of bodies, largest first. An organisation stands there by
// itself when it sits in more of them than any one of its posts.
std::vector<Several> in_several_rooms(const Register& all, const std::vector<std::string>& bodies, Date day);
// Those of the bodies in which the organisation sits, with this post, or by whatever post when it is empty.
std::vector<std::string> rooms_of(const Register& all, const std::string& organisation, const std::string& post,
                                  const std::vector<std::string>& bodies, Date day);

// How often a body meets in a year and how long one meeting takes, where that is known on the day. A year in which no
// meeting is known of is not one without meetings.
struct Meetings {
  FactPointer fact;                     // null: not known
  std::optional<double> a_year;         // whole where a number is given, 8.7 for "every six weeks"
  std::optional<std::int64_t> minutes;  // of one
};
Meetings meetings_of(const Register& all, const std::string& body, Date day);

struct Load {
  int seats = 0;
  double meetings = 0;  // attendances a year, over its seats; of those bodies of which it is known
  double minutes = 0;   // a year; of those bodies of which the length is known too
  std::vector<std::string> without_meetings;  // bodies of which it is not known how often they meet
  std::vector<std::string> without_length;    // it is known how often, not how long
  int seats_with_meetings = 0;                // seats in bodies of which it is known how often they meet
  int seats_with_length = 0;                  // and how long
  bool complete() const { return without_meetings.empty() && without_length.empty(); }
  void add(const Load& other);
};
// Of one organisation, over those of the bodies in which it sits.
Load load_of(const Register& all, const std::string& organisation, const std::vector<std::string>& bodies, Date day);
// Of every organisation that sits in one of the bodies, by its code.
std::map<std::string, Load> loads(const Register& all, const std::vector<std::string>& bodies, Date day);

}  // namespace tithing::bodies
