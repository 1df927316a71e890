// Which publication counts when several files say something about the same thing: one force's month, one edition of a
// table, the look-up of one month. One rule for all slices, pure; what each publication says is told by the slice.
//
// The default, in one sentence: the newest archive, unless much smaller. In full, publications taken in the order in
// which they were given:
//   - the first one that can be read counts;
//   - a file as published takes the place of an extract that somebody made, an extract never takes a place;
//   - a file from an older archive (data.police.uk names them by their month, "2022-11.zip") takes no place of one from
//     a newer archive;
//   - one that is much smaller (see `loss`) takes no place: it is kept beside, and can be chosen;
//   - any other takes the place of what counted.
// A person's choice goes before the default and stands until a person chooses again, or goes back to the default. What
// is given later is kept beside what was chosen.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tithing::sources {

// What a publication says, in the terms in which two of them are held against each other.
struct Holding {
  std::int64_t rows = 0;
  std::string unit = "rows";  // "rows", "areas", "values"
  // What would be missed: "crime type" -> {"Burglary", 215}, "year" -> {"2019", 35672}. A part of fewer than
  // kMissed rows is not missed.
  std::map<std::string, std::map<std::string, std::int64_t>> parts;
};
constexpr std::int64_t kMissed = 5;

// What would be lost with `later` in the place of `former`: over 20% of its rows, or a whole part. A sentence without
// its full stop, such as "5,865 of 7,331 rows (80%) and the crime types Burglary and Robbery"; empty when it is not
// much.
std::string loss(const Holding& former, const Holding& later);
// The first half of the rule for numbers alone: over 20%.
bool is_much(std::int64_t lost, std::int64_t of);
// "5,865 of 7,331 rows (80%)".
std::string part_text(std::int64_t lost, std::int64_t of, const std::string& unit);

struct Publication {
  std::int64_t source_file = 0;  // its number among the sources: a thing has one publication of a file
  std::string archive;           // the name of the archive it came in, or empty
  bool readable = true;
  bool extract = false;  // made by somebody, not published
  Holding holding;
};

enum class Verdict {
  counts,
  set_aside,  // a person's word: not counted, even where it would be by default
  standard,   // back to the default
};
std::string_view code_of(Verdict verdict);  // "counts", "set-aside", "default"
std::optional<Verdict> verdict_from(std::string_view code);

struct Choice {
  std::int64_t id = 0;
  std::string kind;              // "police-month", "table-c2", "look-up": the slice's word for the thing
  std::string about;             // which one: "surrey 2022-11"
  std::int64_t source_file = 0;  // 0 with `standard`
  Verdict verdict = Verdict::counts;
  std::int64_t known = 0;  // the slice's version that knows it first, where the slice can be asked as it was known
  std::string at;          // ISO 8601
  std::string by;          // as in the audit
  std::string reason;
};

enum class Manner {
  one_counts,  // of all that say something about a thing
  all_count,   // one laid over the other in the order given, but for those that are set aside
};

struct Standing {
  enum class State { counts, superseded, beside, unreadable } state = State::counts;
  bool chosen = false;  // by a person; else by the default
  enum class Cause {
    first,
    newest,
    chosen,  // it counts
    replaced,
    held,  // by a newer one; by a choice of another
    extract,
    older_archive,
    much_smaller,
    set_aside,  // it is kept beside
    unreadable
  } cause = Cause::first;
  std::string why;  // a sentence
};

// One for each publication, which come in the order in which they were given; choices in the order of their making,
// all of them about this one thing. With Manner::one_counts at most one counts; none only where none can be read or all
// are set aside.
std::vector<Standing> standings(const std::vector<Publication>& publications, const std::vector<Choice>& choices,
                                Manner manner);

// What an import or a choice does, or would do, to one thing.
struct Change {
  std::string kind;
  std::string key;    // with `kind` what it is about, for programs
  std::string about;  // "Surrey Police, November 2022"
  std::string now;    // what counts now; empty: nothing
  std::string then;   // what would count
  std::optional<std::int64_t> rows_now;
  std::optional<std::int64_t> rows_then;
  std::string outcome;   // what happens, in a sentence
  std::string asks;      // not empty: why it is not done before somebody says so; a sentence
  bool offered = false;  // it is there and does not count, unless it is chosen
  std::string given;     // what is given, as it would be shown in `then`, did it count
  std::optional<std::int64_t> rows_given;
};

// Nothing that changes what counts, but to be known before somebody says so: that a month would become suspect, and
// why. `outcome` is the sentence; `now` and `then` are empty. Asks nothing and is in no fingerprint.
inline constexpr const char* kRemark = "remark";
Change remark(const std::string& key, const std::string& about, const std::string& sentence);

// How a file that is there is named where it could be taken for another one: "a.csv of 22 November 2026 (file 12)". The
// number is the one that a choice takes and under which its page stands: two publications may have one name and one
// day.
std::string shown_file(const std::string& name, const std::string& imported_at, std::int64_t source_file);
// And a file that is only being given: "a.csv (given now)".
std::string shown_given(const std::string& name);

// How an import is to be done.
struct Manners {
  bool dry_run = false;          // say what it would change, change nothing
  bool accept_removals = false;  // what is asked about is meant so: it counts, by choice
  bool keep_aside = false;       // what is asked about is kept and not counted, by choice
  bool choose = false;           // all that is given counts, by choice: also what was given before or is kept beside
  std::string reason;            // of those choices
  std::string seen;              // fingerprint of the changes that somebody was shown; other ones are a problem
};

// What is wrong with the manners, as a sentence, or empty: two answers at once, an answer without its reason.
std::string fault_of(const Manners& manners);
// The same for the same changes.
std::string fingerprint(const std::vector<Change>& changes);
// The refusal of an import that asks: what it would remove, and with which options to repeat it. Empty: nothing is
// asked.
std::string refusal(const std::vector<Change>& changes);
bool asks(const std::vector<Change>& changes);

// What a trial comes to: one verdict, which is told first, and nothing beside it that says otherwise.
enum class Trial { imports, changes_nothing, refused };
std::string_view code_of(Trial trial);  // "would-import", "would-change-nothing", "would-be-refused"
bool answered(const Manners& manners);
// `anything`: whether something would be written, were nothing asked or all that is asked answered.
Trial trial_of(const std::vector<Change>& changes, const Manners& manners, bool anything);
// What a trial with an answer shows: what is asked about and offered becomes what the answer makes of it.
std::vector<Change> settled(std::vector<Change> changes, const Manners& manners);
// The refusal of a trial: what it asks, and how to answer. Says nothing of anything done.
std::string trial_refusal(const std::vector<Change>& changes);

// What a choice does, before (`would`) and after it is made: "a.csv would count." and "a.csv counts from now on."
std::string choice_outcome(const std::string& then, std::size_t files, bool would);

}  // namespace tithing::sources
