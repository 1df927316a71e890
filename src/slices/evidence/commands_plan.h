// What an import of street-level files comes to, worked out before anything is written. Private to the commands.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "slices/evidence/commands.h"
#include "slices/evidence/difference.h"
#include "slices/evidence/publications.h"
#include "slices/sources/sources.h"

namespace tithing::evidence {

// One file of the import with what is decided about each of its force-months.
struct Planned {
  struct Part {
    std::size_t index = 0;  // in ReadFile::parts
    Decision decision = Decision::known;
    PublicationState state =
        PublicationState::counts;  // in the end: a later file of the same import may take its place
    std::string why;               // of a part that is set aside: a sentence
    std::int64_t version = 0;
    std::string replaces;  // key of the publication that is replaced: "<force> <month> <version>"
    std::vector<TypeDifference> differences;
  };
  const ReadFile* file = nullptr;
  std::int64_t source_file = 0;  // a number below 0 that stands for the file until it has its own
  std::vector<Part> parts;
  bool malformed = false;
  bool malformed_known = false;
};

std::string publication_key(const std::string& force, Month month, std::int64_t version);

struct Plan {
  std::vector<Planned> files;
  std::vector<sources::Change> changes;             // of every force-month that is given
  std::vector<sources::Choice> choices;             // to be kept; without day and name
  std::map<std::int64_t, PublicationState> states;  // of publications that are there already: what they become
  std::vector<std::string> again;                   // originals given before of which something counts again
  std::vector<store::PublicationRow>
      will_be;  // what will be there: enough of it for a cube and for the coverage ledger
  bool anything = false;
};

// What is known when an import is planned.
struct Known {
  std::vector<store::PublicationRow> publications;
  std::map<std::string, std::vector<sources::Choice>> choices;  // by police_month_key
};
Known what_is_known(db::Connection& connection);

// Decides for each force-month of each file, in the order given, and compares what is replaced. Problems: an original
// that cannot be read again. With no answer in `manners` the plan holds what would be asked; see sources::asks.
Result<Plan> make_plan(const DataFolder& data, const Reading& reading, const Known& known,
                       const sources::Manners& manners);

// The publications of one force-month, for the rule. Reads their counts where the store does not tell their types.
Result<std::vector<sources::Publication>> publications_for_rule(const DataFolder& data,
                                                                const std::vector<const store::PublicationRow*>& rows);

// "2022-11-surrey-street.csv of 22 November 2026 (file 12)".
std::string shown_publication(const std::string& file_name, const std::string& imported_at, std::int64_t source_file);

// What the store is given of one force-month of a planned file, but for what only the transaction knows.
store::PublicationRow publication_row(const Planned& planned, const Planned::Part& part);

// Fills in the files, sums and sentence of the report. Of a trial the sentence is one verdict, and the files say what
// is in them.
enum class Told { done, would, would_be_refused };
void summarise(const Reading& reading, const Plan& plan, ImportReport& report, Told told = Told::done);

}  // namespace tithing::evidence
