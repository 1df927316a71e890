// A fact of the register: what is said, of whom, over which days, on which paper. Every kind of fact has the same form,
// so that history, sources, import, export and undo are one thing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/csv.h"
#include "base/date.h"
#include "base/result.h"

namespace tithing::bodies {

// In the order in which an import takes them: what others refer to comes first.
enum class FactKind {
  kind,      // role: code of a kind of body; value: its name; detail: its group; from/to: when there are such bodies
  function,  // role: code; value: what has to be done; detail: kinds of body it is laid on; see duties.h
  rule,      // role: code; value: what falls due; detail: how it is counted; see calendar.h
  bank_holiday,  // from: the day; value: its name; role: "england-and-wales"
  body,          // it stands; role: kind; state: "proposed" when it is not in force yet
  name,          // value
  identifier,    // role: scheme ("gss"); value
  area,          // value: code of an area that it serves
  parent,      // other: a body above it; role: chain ("community-safety", "criminal-justice"); value: what the line is
               // (line_words)
  post,        // value: title of a post of the organisation; holder: its public office-holder
  membership,  // role: the seat's role; other: organisation; value: its post; holder; state: "vacant"; detail: "yes" or
               // "no", its vote
  meetings,    // amount: meetings a year, or role: one in so many weeks; detail: minutes of one
  meeting,     // from: the day of one meeting
  discharge,   // role: code of the function that it discharges
  statement,   // value: what a paper says of this body (and the other), in our words; role: of what (statement_topics);
               // amount: a sum or number that it gives, detail: its unit; holder; from/to: the time of which it speaks
  succession,  // role: type; body: predecessors "a;b"; other: successors "c" or "c=60;d=40"; from: the day;
               // state, value, seen: the instrument by which it was decided, its reference and its day
               // (instrument_kinds)
};
constexpr int kFactKindCount = 16;
std::string_view code_of(FactKind kind);  // "bank-holiday"
std::string_view name_of(FactKind kind);  // "bank holiday"
std::optional<FactKind> fact_kind_from(std::string_view code);

// Roles of a seat. "represented" is for a source that says who sits, but not as what.
struct SeatRole {
  std::string_view code;
  std::string_view name;
  std::string_view vote;  // "yes" or "no" where the role's name says so, else "not known": a chair need not vote
};
const std::array<SeatRole, 9>& seat_roles();
const SeatRole* seat_role(std::string_view code);

struct SuccessionType {
  std::string_view code;
  std::string_view name;
};
const std::array<SuccessionType, 6>&
succession_types();  // renamed, replaced, merged, split, functions-transferred, ended

// A code with its name, of a short list.
struct Term {
  std::string_view code;
  std::string_view name;
};
// By what a succession was decided, or by what it is known: an order, an act, an agreement, a decision, a minute, an
// official list.
const std::array<Term, 6>& instrument_kinds();
std::string_view term_of(const std::array<Term, 6>& terms, std::string_view code);  // its name, else the code
const std::array<Term, 10>& statement_topics();                                     // "funding", "endorsement", ..
std::string_view topic_of(std::string_view code);                                   // its name, else the code

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
  // Holds over [from, to). `seen` is the day of which its paper speaks. An empty `from`: not known when it began; then
  // it is known from `seen`. An empty `to`: where there is a `seen`, it is not known whether it is still so after that
  // day (the paper says nothing of later days); without one, whoever keeps the register says that it is still so.
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<Date> seen;
  std::string paper;      // code of a paper in data/workspaces/papers.csv, or a reference in words
  std::string paragraph;  // "2.3"
  std::string note;
  // What of it the paper does not say, and from what it is inferred, the paper's words in quotation marks. Empty: it
  // says it.
  std::string inferred;
  std::int64_t added_in = 0;
  std::optional<std::int64_t> removed_in;
};

// Same in everything that an editor writes.
bool same_words(const Fact& a, const Fact& b);

// How a fact stands on a day.
enum class Standing {
  in_force,
  not_yet,
  over,
  not_known,  // the day lies before the first one of which a source speaks, and when it began is not known
  proposed,
  known_then,  // known on an earlier day, and not known whether still: neither current nor over
};
Standing standing(const Fact& fact, Date day);
std::string_view name_of(Standing standing);  // "in force"
// The last day of which it is known that it held, where its end is not known and a source gives a day.
std::optional<Date> last_known(const Fact& fact);
// As name_of, with the day: "known on 5 September 2012, not known whether still".
std::string standing_text(const Fact& fact, Date day);
// For a list of a day: when it holds, and where it is not known whether it still does, that first.
std::string holds_text(const Fact& fact, Date day);

// "1 April 2012 to 31 March 2014", "from a day that is not known; known from 22 September 2011", "since 1 April 2012".
std::string period_text(const Fact& fact);

// What the line from a body to one above it is, said of the lower one: "is supported by". An empty code is a line that
// was entered as "reports to".
struct LineWords {
  std::string_view code;
  std::string_view upward;
};
const std::array<LineWords, 6>& lines();
const LineWords* line_words(std::string_view code);

// "yes", "no", "not known": as the source says of this seat, else as its role's name says.
std::string vote_of(const Fact& seat);
// Of a fact about meetings: how many a year, on average where it is said as one in so many weeks.
std::optional<double> meetings_a_year(const Fact& fact);
std::string meetings_text(const Fact& fact);  // "4 meetings a year", "a meeting every 6 weeks, about 8.7 a year"

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

// In UTF-8; invalid with a sentence where it is not, or where a quote is never closed.
using CsvRow = CsvRecord;
Result<std::vector<CsvRow>> read_csv(std::string_view text);

}  // namespace tithing::bodies
