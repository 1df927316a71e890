// A fact of the register: what is said, of whom, over which days, on which paper. Every kind of fact has the same form, so
// that history, sources, import, export and undo are one thing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace tithing::bodies {

// In the order in which an import takes them: what others refer to comes first.
enum class FactKind {
  kind,          // role: code of a kind of body; value: its name; detail: its group; from/to: when there are such bodies
  function,      // role: code; value: what has to be done; detail: kinds of body it is laid on; see duties.h
  rule,          // role: code; value: what falls due; detail: how it is counted; see calendar.h
  bank_holiday,  // from: the day; value: its name; role: "england-and-wales"
  body,          // it stands; role: kind; state: "proposed" when it is not in force yet
  name,          // value
  identifier,    // role: scheme ("gss"); value
  area,          // value: code of an area that it serves
  parent,        // other: body it reports to; role: chain ("community-safety", "criminal-justice")
  post,          // value: title of a post of the organisation; holder: its public office-holder
  membership,    // role: the seat's role; other: organisation; value: its post; holder; state: "vacant"
  meetings,      // amount: meetings a year; detail: minutes of one
  meeting,       // from: the day of one meeting
  discharge,     // role: code of the function that it discharges
  statement,     // value: a sentence about this body (and the other): what a paper says without naming whom
  succession,    // role: type; body: predecessors "a;b"; other: successors "c" or "c=60;d=40"; from: the day
};
constexpr int kFactKindCount = 16;
std::string_view code_of(FactKind kind);  // "bank-holiday"
std::string_view name_of(FactKind kind);  // "bank holiday"
std::optional<FactKind> fact_kind_from(std::string_view code);

// Roles of a seat. "represented" is for a source that says who sits, but not as what.
struct SeatRole {
  std::string_view code;
  std::string_view name;
  std::string_view vote;  // "yes", "no", "not known"
};
const std::array<SeatRole, 9>& seat_roles();
const SeatRole* seat_role(std::string_view code);

struct SuccessionType {
  std::string_view code;
  std::string_view name;
};
const std::array<SuccessionType, 6>& succession_types();  // renamed, replaced, merged, split, functions-transferred, ended

struct Fact {
  std::int64_t id = 0;      // this version of the record
  std::int64_t record = 0;  // the record through all its versions
  FactKind kind = FactKind::body;
  std::string body;
  std::string other;
  std::string role;
  std::string value;
  std::string detail;
  std::string holder;
  std::string state;
  std::optional<std::int64_t> amount;
  // Holds over [from, to). An empty `from`: not known when it began; then it is known from `seen`, the day its paper
  // speaks of. An empty `to`: still so, as far as is known.
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<Date> seen;
  std::string paper;      // code of a paper in data/workspaces/papers.csv, or a reference in words
  std::string paragraph;  // "2.3"
  std::string note;
  std::int64_t added_in = 0;
  std::optional<std::int64_t> removed_in;
};

// Same in everything that an editor writes.
bool same_words(const Fact& a, const Fact& b);

// How a fact stands on a day.
enum class Standing { in_force, not_yet, over, not_known, proposed };
Standing standing(const Fact& fact, Date day);
std::string_view name_of(Standing standing);  // "in force"

// "1 April 2012 to 31 March 2014", "from a day that is not known; known from 22 September 2011", "since 1 April 2012".
std::string period_text(const Fact& fact);

// What a fact says, in a sentence without names of other bodies: "member (voting): Chief Fire Officer".
std::string text_of(const Fact& fact);

// The parts of a succession: "a;b" and "c=60;d=40". Shares are per cent; 0 where none was given.
struct Share {
  std::string code;
  std::int64_t per_cent = 0;
};
std::vector<std::string> predecessors_of(const Fact& succession);
Result<std::vector<Share>> successors_of(const Fact& succession);

// The columns of import and export, in order. "body" and "other" hold codes.
const std::vector<std::string>& fact_columns();
std::vector<std::string> fields_of(const Fact& fact);  // in the order of fact_columns()
// invalid with a sentence: an unknown kind of fact, a malformed day or number. `get(column)` gives the field or "".
Result<Fact> fact_from(const std::vector<std::string>& header, const std::vector<std::string>& fields);

// RFC 4180: rows of fields with the line each began at; quotes doubled, line ends within quotes.
struct CsvRow {
  std::int64_t line = 0;
  std::vector<std::string> fields;
};
Result<std::vector<CsvRow>> read_csv(std::string_view text);

}  // namespace tithing::bodies
