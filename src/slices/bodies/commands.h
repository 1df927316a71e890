// What may be done to the register: one change with its facts, in one transaction with its audit sentence.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "commands/change.h"
#include "slices/bodies/bodies.h"
#include "slices/bodies/edits.h"
#include "slices/bodies/scope.h"

namespace tithing::bodies {

// With what the register is changed, besides what every command works with.
struct Keeping : commands::Doing {
  std::shared_ptr<const Register> known;  // as the page showed it; the store is asked again when it is older
  Scope scope;                            // of the actor
};

struct Done {
  std::int64_t change = 0;
  std::string sentence;
};

// Makes the edits in their order, and what follows from a succession (rules.h), or nothing of it. forbidden, invalid
// with fields, or conflict when a record has another version by now.
Result<Done> make_change(const Keeping& keeping, const std::vector<Edit>& edits, const std::string& reason);

// What make_change would do, without doing it, for the page that asks to check.
Result<Effect> try_change(const Keeping& keeping, const std::vector<Edit>& edits);

struct ImportRow {
  std::int64_t line = 0;
  std::string what;  // the fact in words, or why it cannot be used
  enum class State { fresh, same, refused } state = State::fresh;
};
struct ImportReport {
  std::vector<ImportRow> rows;
  int fresh = 0;
  int same = 0;
  int refused = 0;
  std::int64_t change = 0;  // 0: nothing was written
  std::string sentence;
};
// A file of facts as rows of text, its headings first.
struct FactRows {
  std::vector<CsvRow> rows;
  std::string digest;  // SHA-256 of the file
  std::string said;    // which sheet of a workbook it is, and which were not read: a sentence, or empty
};
Result<FactRows> csv_rows(const std::string& bytes);

// `mapping` gives for a column of the file (facts.h) its name here ("Organisation=other").
// All or nothing: one refused row and nothing is written. A row that the register has already changes nothing. With
// `dry_run` nothing is written and the report says what would be.
Result<ImportReport> import_facts(const Keeping& keeping, const FactRows& file, const std::string& file_name,
                                  const std::vector<std::pair<std::string, std::string>>& mapping, bool dry_run,
                                  const std::string& reason, const std::string& origin = "import");

// Takes back a change: what came with it goes, what went with it comes again. conflict when a later change rests on it.
Result<Done> undo_change(const Keeping& keeping, std::int64_t number, const std::string& reason);

}  // namespace tithing::bodies
