// How pages and commands of every slice show publications, what an import would change, and ask.
#pragma once

#include <string>
#include <vector>

#include "base/command_line.h"
#include "base/json.h"
#include "slices/sources/editions.h"
#include "slices/sources/sources.h"
#include "web/web.h"

namespace tithing::sources {

// One thing of which there are publications, with all that is shown of it.
struct Thing {
  struct Row {
    Publication publication;
    Standing standing;
    std::string name;        // of the file
    std::string at;          // imported, ISO 8601
    std::string holds;       // "7,331 rows in 14 crime types"
    std::string difference;  // to the one that counts, in words; empty: it is that one, or not told
  };
  std::string kind;
  std::string key;
  std::string about;  // "Surrey Police, November 2022"
  Manner manner = Manner::one_counts;
  std::vector<Row> rows;  // in the order given
  std::vector<Choice> choices;
  const Row* counting() const;  // with one_counts: the one that counts, or null
};

// A version of a list with its files, and what a choice about it changes: not_found for a file that it has not, invalid
// without a reason.
Thing thing_of(const std::string& kind, const std::string& key, const std::string& about,
               const std::vector<Edition>& editions, std::vector<Choice> choices);

// ---- pages

// The table of changes, those that are asked about first; of more than `most` the first of them and how many more.
html::Markup changes_part(const web::Context& context, const std::vector<Change>& changes, std::size_t most = 100);
// The fields with which an import that was read is answered: what to do, and why. Named "answer" and "reason".
html::Markup answer_fields(const web::Context& context, const std::vector<Change>& changes, const Problem& problem);
// What was answered.
Result<Manners> answer_of(const web::Context& context, const std::vector<Change>& changes);

// What a thing's page shows: its publications, the choices so far, and, for those who may, the form that posts to
// `action` the fields "file" (a source file's number, "set-aside-<number>" or "default"), "reason" and "seen".
// `take_back`: where one counts it can be set aside too, though nothing takes its place.
html::Markup thing_part(const web::Context& context, const Thing& thing, bool may_choose, const html::Url& action,
                        const Problem& problem, bool take_back = false);
// Check your answers, before a choice is made: what it changes, the reason, and the button. Posts "confirmed" with
// them.
html::Markup check_part(const web::Context& context, const Thing& thing, const std::vector<Change>& changes,
                        const html::Url& action);
// The list of things, each linked to `address` with kind and key put in for {} and {}.
html::Markup things_part(const web::Context& context, const std::vector<Thing>& things, const std::string& address,
                         const Label& empty_text);

// What a form or a command chose: of "12", "set-aside-12" or "default".
struct Chosen {
  std::int64_t source_file = 0;
  Verdict verdict = Verdict::standard;
};
Result<Chosen> chosen_from(const std::string& text);

Result<std::vector<Change>> changes_of_choice(const Thing& thing, const Chosen& chosen, const std::string& reason,
                                              bool dry_run);

// ---- command line

std::vector<CommandOption> manner_options();  // --dry-run, --accept-removals, --keep-aside, --choose, --reason
Manners manners_of(const Arguments& arguments);
void print_changes(const std::vector<Change>& changes, bool every_one);
// What stands below the verdict of a trial: what it would change (`refused`: were it let in), what would be in doubt,
// and that nothing was done.
void print_trial(const std::vector<Change>& changes, Trial trial, bool every_one);
void write_changes(JsonWriter& json, const std::vector<Change>& changes);  // an array
void print_things(const std::vector<Thing>& things, const std::string& choose_command);
void write_things(JsonWriter& json, const std::vector<Thing>& things);

}  // namespace tithing::sources
