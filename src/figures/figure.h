// The explained figure: a value (or the reason why there is none), how it came about, and what it rests on.
//
// A figure needs no storing to be explained: its address is its kind and its sorted parameters, the same on a page, in
// the API, on the command line and in a paper, and asking again gives it again. Everything here is a plain value.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"

namespace tithing::figures {

enum class Unit {
  count,   // whole things: crimes, people, files
  rate,    // per 1,000 of something
  share,   // 0..1, shown as per cent
  ratio,   // of two figures, 1 = equal
  change,  // a ratio less one, shown as signed per cent
  pence,   // money
  score,   // a statistic without a unit: z, limits
};

// An interval with its level (0.95) and the method in words ("exact Poisson (Garwood)").
struct Interval {
  double low = 0;
  double high = 0;
  double level = 0.95;
  std::string method;
};

// A value with its unit, or the reason why there is none. Unknown is not zero; suppressed is not unknown.
class Quantity {
 public:
  enum class State { known, unknown, suppressed };
  static Quantity count(std::int64_t value, std::string unit_text);
  static Quantity pence(std::int64_t value);
  static Quantity real(double value, Unit unit, std::string unit_text, int decimals);  // not finite: unknown
  static Quantity unknown(Unit unit, std::string unit_text, std::string reason);
  static Quantity suppressed(std::string unit_text);  // a count under kSmallNumber, withheld from the public
  // A rate, a change, a score that would tell such a count: "withheld". It is not itself fewer than five of anything.
  static Quantity withheld(Unit unit, std::string unit_text);
  // What stands in a working as text: "1,000", "-3.25", "27.5%", "£24,311.0725". Shown as it stands. Nothing: it is no
  // number.
  static std::optional<Quantity> stated(std::string_view text);

  State state() const { return state_; }
  bool known() const { return state_ == State::known; }
  Unit unit() const { return unit_; }
  const std::string& unit_text() const { return unit_text_; }  // "crimes", "crimes per 1,000 people"
  std::string unit_words() const;  // as it stands behind the number: "crimes", of one of them "crime"
  const std::string& reason() const { return reason_; }  // why unknown or suppressed: a sentence
  bool exact() const { return exact_; }                  // a whole number, held in 64 bits
  std::int64_t integer() const { return integer_; }      // precondition: exact
  double number() const;                                 // precondition: known
  int decimals() const { return decimals_; }
  // "61,779", "12.3", "-4.0%", "£1,234.56", "not known", "fewer than 5", "withheld": without the unit.
  std::string text() const;
  // Partial: something below it is not known, such as a month or a category, so the value is a floor, not the whole.
  bool partial = false;
  // Of a partial one: what is not known may raise it or lower it (a mean, a difference), so it is no floor.
  bool either_way = false;
  bool at_most = false;  // of a partial one that is a difference: only what is taken away is not known whole
  std::optional<Interval> interval;

 private:
  State state_ = State::unknown;
  Unit unit_ = Unit::count;
  std::string unit_text_;
  std::string reason_;
  bool exact_ = false;
  bool derived_ = false;  // suppressed for what it would tell, not for being small
  std::int64_t integer_ = 0;
  double real_ = 0;
  int decimals_ = 0;
  std::string stated_;  // the text of a stated one
};

// An end of its interval as a quantity of the same unit. Precondition: it has one.
Quantity interval_end(const Quantity& quantity, bool low);

// Counts from 0 to 4 are withheld from people who are not signed in.
constexpr std::int64_t kSmallNumber = 5;

// What a working ends at: a file that is kept, a fact of a paper, what a person entered, or, in the demonstration
// alone, what was constructed for it. The program itself is no person: what it brings has one of the others.
struct Source {
  std::string name;         // "2022-01-north-yorkshire-street.csv"; the paper's title; what was entered or constructed
  std::string archive;      // the archive it came in, or empty
  std::string sha256;       // of the file itself
  std::string imported_at;  // ISO 8601; of an entry: when it was entered
  std::string publisher;    // "data.police.uk", "ONS"; from the import's own record
  std::string licence;
  std::optional<std::int64_t> rows;  // rows of the file that were used here
  std::string filter;                // in words: "LSOA in North Worcestershire, any crime type"
  std::string url;                   // its page here: "/evidence/sources/12"; the fact's own page; the entry's change
  enum class Kind { file, paper, entry, constructed } kind = Kind::file;
  std::string paragraph;   // of a paper: "paragraph 4.7", "Table 1, column 2012/13"
  std::string entered_by;  // of an entry: the post or the account's name, as far as whoever asks may know it; of what
                           // was constructed: by whom

  static Source of_paper(std::string title, std::string paragraph, std::string fact_url, std::string sha256 = {});
  static Source of_entry(std::string what, std::string by, std::string at, std::string url);
  // `what` without its beginning, which is always "Constructed for the demonstration: ".
  static Source of_constructed(std::string what, std::string by, std::string at, std::string url);
  // Whether it can be followed to its end: a file by its checksum, a fact by its paper's paragraph and page, an entry
  // by who and when, where "system" is nobody. A working that ends at something else is unfinished
  // (tests/browser/explained_follow.mjs).
  bool ends() const;
};

// Which part of what was asked for is there. Months that a force did not submit are missing, not zero.
struct Coverage {
  int expected = 0;  // force-months asked for
  int present = 0;
  std::vector<std::string> missing;  // "North Yorkshire Police, April 2022: not submitted"
  std::vector<std::string> suspect;  // "Greater Manchester Police, August 2022: its rows lie in another force"
  std::vector<std::string> notes;    // "LSOA codes of 2011 throughout"
  // Force-months whose file is there but for some categories, where several are asked for together: not among
  // `present`, for they are not whole, and not missing, for what else they hold is counted. What is not known of them:
  // "Burglary in April 2022 (North Yorkshire Police)".
  int in_part = 0;
  std::vector<std::string> without;
  int absent() const { return expected - present - in_part; }  // force-months of which nothing is counted
  bool complete() const { return expected == present && suspect.empty(); }
  std::size_t suspect_months() const;  // a month may have several reasons, each a sentence "Force, month: .."
  std::string text() const;            // "11 of 11 force-months, none suspect"
  // Of a number that is only a floor, why: "This is the least it can be, not the whole: it is without Burglary in April
  // 2022 (North Yorkshire Police), which is not known; what else is in that month is counted."
  std::string floor_text() const;
  // Of a number that cannot be had of a part, why: "Months are missing in what it rests on, and a missing month is not
  // zero. 2 of 3 force-months. .."; or which category is not known.
  std::string not_whole_text() const;
  std::string without_text()
      const;  // "without Burglary in April 2022 (North Yorkshire Police), which is not known"; or empty
};
// What a figure made of others takes over: force-months are added up, and what is missing, suspect or noted is told
// once.
void add(Coverage& to, const Coverage& from);

struct Parameters {
  std::map<std::string, std::string> values;  // sorted by name; empty values are not kept
  std::string get(std::string_view name) const;
};

// Kind and parameters: "/figures/crimes?area=E22000368&from=2022-01&to=2022-11".
struct Address {
  std::string kind;
  Parameters parameters;
  std::string path() const;   // "/figures/..." percent-encoded, parameters sorted
  std::string query() const;  // "area=E22000368&from=2022-01&to=2022-11"
  static Result<Address> parse(std::string_view path_and_query);
  friend bool operator==(const Address& a, const Address& b) {
    return a.kind == b.kind && a.parameters.values == b.parameters.values;
  }
};

struct Figure;

// What a value is that is given without a source beside it. Nobody can give one without saying which of these it is,
// and what it says is checked: whom a constant cites, which parameter was chosen, on what a number was worked out
// (looseEnds in tests/browser/explained_follow.mjs).
struct Constant {
  std::string cited;  // whose, or by what: "Benjamini & Hochberg 1995", "a year has 365.25 days on the mean"
};
struct Chosen {
  std::string
      parameter;  // its name in the figure's own address: "cell"; with a bar between them where it is had of several
};
struct WorkedOut {
};  // on the way to the figure, from those other inputs of its working that are figures or have a source
struct Wording {};  // words, with no number in them
struct Named {};    // a name or a date that has digits in it
struct Unkept {
};  // of a scheme that lies nowhere, as a command reads it; no page may show one, and the walk refuses it
using Nature = std::variant<Constant, Chosen, WorkedOut, Wording, Named, Unkept>;

enum class Leaf { unstated, constant, chosen, derived, words, named };  // as it is stored

// The text of a given value. Input::of alone makes one, of a nature or a source, and the reader of what was stored;
// anybody else can only leave it empty (tests/security/compile_fail/given_without_nature).
class Given {
 public:
  Given() = default;
  Given(const char (&)[1]) {}  // ""
  const std::string& text() const { return text_; }
  operator const std::string&() const { return text_; }
  bool empty() const { return text_.empty(); }
  const char* c_str() const { return text_.c_str(); }
  void clear() { text_.clear(); }
  friend bool operator==(const Given& given, std::string_view text) { return given.text_ == text; }

 private:
  friend struct Input;
  friend struct Stored;  // read_json.cpp
  explicit Given(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// One input of a working: another figure, a source, or a value that is given (a bank holiday, a published weight),
// which may have its source beside it.
struct Input {
  std::string symbol;                    // "c"
  std::string label;                     // "crimes recorded"
  std::shared_ptr<const Figure> figure;  // one of the three
  std::optional<Source> source;
  Given given;                 // "1,000"
  Leaf leaf = Leaf::unstated;  // of a given value without a source
  std::string leaf_of = {};    // of a constant whom it cites, of what was chosen its parameter

  static Input of(std::string symbol, std::string label, Figure figure);
  static Input of(std::string symbol, std::string label, std::string given, Nature nature);
  static Input of(std::string symbol, std::string label, std::string given, Source source);
};

// What can be known where this cannot: the same figure of another place or of other months.
struct Offer {
  std::string text;  // "E01023508 (Rugby 001A), the 2 LSOAs together"
  Address address;
};

struct Working {
  std::string title;     // "Recorded crime in North Worcestershire, January to November 2022"
  std::string in_words;  // "Rows of West Mercia Police's files whose LSOA lies in North Worcestershire."
  std::string formula;   // "r = 1000 x c / p"
  std::vector<Input> inputs;
  std::string rounding;  // "None: a count." or "Shown to one decimal; held unrounded."
  std::vector<std::string> caveats;
  std::vector<Offer> offers;
  std::string rows_url;  // CSV of the rows behind it, or empty
};

struct Figure {
  Address address;
  Quantity quantity;
  Working working;
  Coverage coverage;
  std::string as_at;             // the day whose structure was used, ISO
  std::string evidence_version;  // what was known: changes with every import
};

// What stands before a partial value: "at least", "of a part only:"; empty for one that is whole.
std::string part_mark(const Quantity& quantity);
// And why, as a sentence: the coverage's, or that what is not known may raise or lower it.
std::string part_text(const Figure& figure);

// The address of a place in a figure's working, of the figure itself where `way` is empty:
//   "2.1"            the first input of the second: a figure, or a value that is given
//   "interval.low"   the lower end of the interval; also interval.high and interval.level
//   "coverage.present", "coverage.expected"   months that are there, months asked for
//   "3.rows"         how many rows of the third input's file were used
//   "2.interval.low" and so on: of the second input
// Kept as the parameter "part", which every kind has: `registry.ask` works the part out again from the figure itself.
Address part_address(const Address& figure, std::string_view way);
// The part of a figure whose working is there; not_found when there is none.
Result<Figure> part_of(const Figure& figure, std::string_view way);
// Gives each figure inside the working that is of no kind of its own the address of its place.
void place_parts(Figure& figure);

// {"value": n, "unit": "...", "coverage": {...}, "working": {...}, ...}; inputs that are figures are written whole, so
// the JSON is the tree. An unknown value is null with "reason"; a suppressed one is null with "suppressed": true.
void write_json(JsonWriter& json, const Figure& figure);
std::string to_json(const Figure& figure);
// Reads what write_json wrote: a frozen figure with its whole working. invalid when it is not such a text.
Result<Figure> from_json(std::string_view json);

// Why `now` differs from the `frozen` figure of the same address, as sentences: files added, replaced or gone, months
// that came in, another structure, another formula. Empty when value and working are the same.
std::vector<std::string> differences(const Figure& frozen, const Figure& now);

}  // namespace tithing::figures
