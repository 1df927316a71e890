#include "slices/pots/records.h"

#include "allocation/read_scheme.h"
#include "base/translation.h"
#include "slices/pots/money_areas.h"

namespace tithing::pots {

std::string shown_name(std::string_view by, const std::string& name) {
  if (by == kProgram) return "the program, with its demonstration";
  return name.empty() ? std::string(by) : name;
}

std::string shown_name(const Actor& actor) { return shown_name(actor.audit_name(), actor.name()); }

std::string why_of(const Saved& saved, std::int64_t version) {
  if (!saved.reason.empty()) return saved.reason;
  return version == 1 ? "First entry" : "No reason was given";
}

records::Standing standing_of(const PotRecord& pot) {
  return {.name = pot.title + ", " + pot.financial_year,
          .address = "/funding/pots/" + std::to_string(pot.id.value),
          .whose = whose_of(pot.area),
          .version = pot.version};
}

records::Standing standing_of(const SchemeRecord& scheme, const PotRecord& pot) {
  return {.name = scheme.title,
          .address = "/funding/schemes/" + std::to_string(scheme.id.value),
          .whose = whose_of(pot.area),
          .version = scheme.version};
}

Result<Scheme> scheme_of(const SchemeRecord& record, const PotRecord& pot) {
  if (record.pot != pot.id) return invalid(tr("The scheme “{0}” is of another pot.", {record.title}));
  auto scheme = read_scheme_on(pot.pot, record.document, NoFiles());
  if (!scheme) return scheme;
  scheme->title = record.title;
  scheme->financial_year = pot.financial_year;
  return scheme;
}

}  // namespace tithing::pots
