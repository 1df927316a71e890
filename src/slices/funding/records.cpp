#include "slices/funding/records.h"

#include "slices/funding/read_scheme.h"

namespace tithing::funding {

Result<Scheme> scheme_of(const SchemeRecord& record, const PotRecord& pot) {
  if (record.pot != pot.id) return invalid("The scheme “" + record.title + "” is of another pot.");
  auto scheme = read_scheme_on(pot.pot, record.document, NoFiles());
  if (!scheme) return scheme;
  scheme->title = record.title;
  scheme->financial_year = pot.financial_year;
  return scheme;
}

}  // namespace tithing::funding
