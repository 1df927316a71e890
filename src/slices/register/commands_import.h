// The writing half of an import of geography. Private to the commands.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "slices/register/boundary_file.h"
#include "slices/register/commands.h"
#include "slices/register/look_up.h"
#include "slices/register/store_choices.h"
#include "slices/register/succession.h"
#include "slices/register/wards.h"

namespace tithing::register_ {

struct GivenGeography {
  sources::SourceFile source;
  std::string path;  // of the original to keep
  std::string what;  // sentence
  std::variant<LookUp, ExactFit, WardFit, std::vector<CodeHistoryRow>, std::vector<SuccessionFactRow>, BoundaryFile>
      content;
  bool known = false;
};

// Look-ups, fit and papers that count, and what follows from them.
std::vector<ProposedSuccession> findings(db::Connection& connection);

struct TakingIn {
  std::string by;
  Instant now;
  sources::Manners manners;
};
// Writes every file that is not there yet, the choices that were made with them and what follows, and says so to the
// audit. Fills in files, changes, proposed and withdrawn of the report. What is asked stands in the changes: the caller
// undoes it all.
void take_in(db::Transaction& transaction, const TakingIn& taking, std::vector<GivenGeography>& files,
             GeographyReport& report, commands::Note& note);

}  // namespace tithing::register_
