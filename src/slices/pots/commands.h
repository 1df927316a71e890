// What may be done with pots and schemes: begun and changed through src/commands, which asks for permission, reach and
// version again and writes the audit row. Nothing is overwritten: a change is a further version.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "commands/change.h"
#include "figures/registry.h"
#include "slices/pots/pots.h"

namespace tithing::pots {

struct Doing : commands::Doing {
  const figures::Registry& figures;  // that indicators are taken from
  std::string originals = {};        // the data folder, for original files; needed where a table comes with a scheme
};

struct PotChange {
  PotId id;               // nothing: a new pot
  std::int64_t seen = 0;  // the version that the editor saw
  std::string title, financial_year, area;
  Pot pot;
  std::string reason;
  std::string delivered;  // of a new pot: its name in the demonstration
};
// forbidden; invalid with fields ("title", "financial_year", "area", "reason", or the pot's, as check() names them);
// conflict when the newest version is not the one seen.
Result<PotRecord> save_pot(const Doing& doing, const PotChange& change);

struct SchemeChange {
  SchemeId id;  // nothing: a new scheme
  std::int64_t seen = 0;
  PotId pot;             // of a new scheme; one that is there stays on its pot
  std::string title;     // empty: that of the document
  std::string document;  // JSON; a pot in it is left out
  std::string reason;
  std::vector<KeptTable> tables;
  std::optional<SchemeId> copied_from;
  std::int64_t copied_version = 0;
  std::string delivered;
};
// The scheme is read, its figures are asked for, and it is worked out on the newest version of its pot: what cannot be
// worked out is not saved (a scheme without steps yet, and one of which steps were only taken out, need not). Fields
// are "title", "reason" or places of the document ("steps[1].indicators"). What is kept is written anew by
// write_scheme.
Result<SchemeRecord> save_scheme(const Doing& doing, const SchemeChange& change);
// A new scheme on the same pot, as that version is.
Result<SchemeRecord> copy_scheme(const Doing& doing, SchemeId id, std::int64_t version, const std::string& title);

// A further version that says that it no longer counts. Its schemes, of a pot, must have gone before.
Result<PotRecord> withdraw_pot(const Doing& doing, PotId id, std::int64_t seen, const std::string& reason);
Result<SchemeRecord> withdraw_scheme(const Doing& doing, SchemeId id, std::int64_t seen, const std::string& reason);

// "2012/13".
bool is_financial_year(const std::string& text);

}  // namespace tithing::pots
