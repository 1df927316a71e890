// Records: what every thing that people make together has in common, said once by the room that keeps it.
//
// A record is {kind, id}. Its room registers for each kind how it is found: name, address, whose it is, version,
// whether it is public, who may know of it before, and what happens to it when its body ends. Threads, files, notices,
// the calendar, search, feeds and the enactment of a change of structure use only this; none of them knows a room.
//
// Publication has the same states for every kind, and is asked at one gate, may_know().
//
//   kinds.add({.code = "note",
//              .name = "note",
//              .read = kReadNotes,
//              .ever_public = true,
//              .at_end = AtEnd::carried,
//              .at_end_words = "Notes go over to the body that takes its place.",
//              .columns = {"note.body", "note_remark.post"},
//              .find = store::standing,        // SELECT .. WHERE id = :id, as a Standing
//              .of_body = store::notes_of,     // SELECT id .. WHERE body = :body
//              .carry = store::give_to});      // UPDATE note SET body = :to, version = version + 1 WHERE id = :id
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/reach.h"
#include "db/db.h"

namespace tithing::records {

struct Record {
  std::string kind;  // "pot"
  std::string id;    // "12", or a code of a register
  // "pot:12": as audit rows and other tables name it. The inverse of record_from().
  std::string subject() const { return kind + ":" + id; }
  std::int64_t number() const;  // 0 when the id is no number
  friend auto operator<=>(const Record&, const Record&) = default;
};
inline Record record_of(std::string_view kind, std::int64_t id) { return {std::string(kind), std::to_string(id)}; }
std::optional<Record> record_from(std::string_view subject);

enum class Publication { draft, scheduled, published, superseded, withdrawn };
inline constexpr Publication kPublications[] = {Publication::draft, Publication::scheduled, Publication::published,
                                                Publication::superseded, Publication::withdrawn};
std::string_view code_of(Publication state);  // "published": in the store
std::string_view name_of(Publication state);  // "Published"
std::optional<Publication> publication_from(std::string_view code);

// A part of a published record that is not published, with the category of Schedule 12A to the Local Government Act
// 1972 or another provision under which it is exempt.
struct ExemptPart {
  std::string part;       // of its room: "section:4"
  std::string provision;  // as written
  std::string reason;
};

// A record as it stands, told by its room from one snapshot of the store.
struct Standing {
  std::string name;     // "Community Safety Fund 2012/13"
  std::string address;  // "/funding/pots/12"
  Whose whose;
  std::int64_t version = 0;  // goes up with every change: what a form has seen
  std::string state = {};    // where it stands on its path (path/path.h); empty: it has none
  Publication publication = Publication::draft;
  std::optional<Date> public_from = {};  // of scheduled: published from this day on
  std::vector<ExemptPart> exempt = {};
};

// What becomes of a record when the body whose it is ends.
enum class AtEnd {
  carried,   // goes over to the body that takes its place, as it is
  ended,     // ends with it, and stays to be read
  split,     // is divided among those that take its place, by the shares of the change
  asked,     // whoever enacts the change is asked, record by record
  untouched  // is not a body's
};
std::string_view name_of(AtEnd at_end);

struct Kind {
  std::string code;              // "pot", unique; a-z and "-"
  std::string name;              // "pot of money"
  Permission read;               // to know of it before it is published; with Reach over whose it is
  Hub read_hub = Hub::own_only;  // whether a hub may know of those of the bodies that report to it
  // For a room with another rule for who may know of a record before it is published; in place of `read`.
  std::function<bool(const Standing&, const Reach&)> known_before = {};
  bool ever_public = false;  // whether it can be published at all
  AtEnd at_end = AtEnd::untouched;
  std::string
      at_end_words;  // "Its money is carried over; comments stay with the decision." A sentence for whoever enacts
  // The columns of the store that say which body, post or area a record of this kind or a part of it is for:
  // "note.body". Every column of that sort is in one kind's list, or in Kinds::leave_out with a reason.
  std::vector<std::string> columns;
  // The record as it stands, or nothing when there is none with this id.
  std::function<std::optional<Standing>(db::Connection&, const std::string& id)> find;
  // The ids of the records that are a body's; empty function: none ever is.
  std::function<std::vector<std::string>(db::Connection&, const std::string& body)> of_body = {};
  // Gives one record to the body that takes the former one's place, and raises its version. Needed where at_end is
  // carried.
  std::function<void(db::Transaction&, const std::string& id, const std::string& to)> carry = {};
};

// The list of kinds. Filled at start, read from any thread afterwards.
class Kinds {
 public:
  // logic_error for a code that is there, or a kind that does not say what it must.
  void add(Kind kind);
  const Kind* find(std::string_view code) const;
  const std::vector<Kind>& all() const { return kinds_; }

  // A column that names bodies, posts or areas and says of no record whose it is: a register's own, a cache's, an
  // imported file's. A table stands for all columns that it will ever have, so it is named only where none of them can
  // ever be a record's.
  struct LeftOut {
    std::string column;  // "account_role.area_code", or "lsoa_fit.*"
    std::string why;     // a sentence
  };
  void leave_out(std::string column, std::string why);
  const std::vector<LeftOut>& left_out() const { return left_out_; }

  // not_found with "There is no such <name of the kind>." for what is not there.
  Result<Standing> standing(db::Connection& connection, const Record& record) const;
  // The same for somebody who must not even learn that it is there: not_found as well when may_know() says no.
  Result<Standing> standing_for(db::Connection& connection, const Record& record, const Reach& reader) const;
  // Of many records (a list, a search, a feed, a count), those that are there and that the reader may know of, in the
  // same order. Each is found by itself; a list of its own room has its rows at hand and asks may_know() of them.
  std::vector<std::pair<Record, Standing>> known(db::Connection& connection, const std::vector<Record>& records,
                                                 const Reach& reader) const;

 private:
  std::vector<Kind> kinds_;
  std::vector<LeftOut> left_out_;
};

// Whether it is public on that day: published (or superseded or withdrawn, with a notice), or scheduled for that day or
// an earlier one.
bool is_public(const Standing& standing, Date today);
// The one gate: page, API, export, figure, search, feed, mail, count and total ask here and nowhere else.
bool may_know(const Kind& kind, const Standing& standing, const Reach& reader);
// A part of it: not when it is exempt and the reader could not know of the record before it was published.
bool may_know_part(const Kind& kind, const Standing& standing, std::string_view part, const Reach& reader);

// The columns that name a body, post or area, that no kind claims and that are not left out: "grant.body_code". Empty
// when all is said. Asked by a test of the whole program, on the store as the migrations make it.
std::vector<std::string> unclaimed_columns(db::Connection& connection, const Kinds& kinds);
// The other way round: claims and left-out columns that the store does not have. A name that was mistyped claims
// nothing.
std::vector<std::string> claims_of_nothing(db::Connection& connection, const Kinds& kinds);

}  // namespace tithing::records
