#include <set>
#include <stdexcept>

#include "slices/register/store.h"
#include "slices/register/store_choices.h"
#include "slices/sources/sources.h"

namespace tithing::register_::store {
namespace {

using db::Query;

constexpr Query kAddWardFit{"register.add_ward_fit",
                            "INSERT INTO ward_fit (source_file, version, ward_year, content) VALUES "
                            "(:source_file, :version, :ward_year, :content)"};
constexpr Query kWardFitId{"register.ward_fit_id",
                           "SELECT id, source_file FROM ward_fit WHERE version <= :version ORDER BY id DESC"};
constexpr Query kWardFit{"register.ward_fit", "SELECT ward_year, content, source_file FROM ward_fit WHERE id = :id"};

}  // namespace

void add_ward_fit(db::Transaction& transaction, const WardFit& fit, std::int64_t source_file, std::int64_t at_version) {
  transaction.run(kAddWardFit, {{"source_file", source_file},
                                {"version", at_version},
                                {"ward_year", static_cast<std::int64_t>(fit.year)},
                                {"content", db::Value::blob(register_::encode(fit))}});
}

std::optional<std::int64_t> ward_fit_id(db::Connection& connection, std::int64_t at_version) {
  const std::set<std::int64_t> without = not_counted(connection, kWardFitKind, at_version);
  std::optional<std::int64_t> found;
  connection.run(kWardFitId, {{"version", at_version}}, [&](const db::Row& row) {
    if (!found && without.count(row.integer("source_file")) == 0) found = row.integer("id");
  });
  return found;
}

WardFit ward_fit(db::Connection& connection, std::int64_t id) {
  WardFit fit;
  connection.run(kWardFit, {{"id", id}}, [&](const db::Row& row) {
    fit.year = static_cast<int>(row.integer("ward_year"));
    decode(row.blob("content"), fit);
    fit.source = sources::page_of(row.integer("source_file"));
  });
  return fit;
}

}  // namespace tithing::register_::store
