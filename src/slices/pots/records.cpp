#include "slices/pots/records.h"

#include "allocation/read_scheme.h"

namespace tithing::pots {

std::string shown_name(const Actor& actor) {
  if (actor.audit_name() == kProgram) return "the program, with its demonstration";
  return actor.name().empty() ? actor.audit_name() : actor.name();
}

std::string why_of(const Saved& saved, std::int64_t version) {
  if (!saved.reason.empty()) return saved.reason;
  return version == 1 ? "First entry" : "No reason was given";
}

Result<Scheme> scheme_of(const SchemeRecord& record, const PotRecord& pot) {
  if (record.pot != pot.id) return invalid("The scheme “" + record.title + "” is of another pot.");
  auto scheme = read_scheme_on(pot.pot, record.document, NoFiles());
  if (!scheme) return scheme;
  scheme->title = record.title;
  scheme->financial_year = pot.financial_year;
  return scheme;
}

}  // namespace tithing::pots
