#include "slices/pots/service.h"

#include "base/text.h"
#include "base/translation.h"

#include "allocation/known_funds.h"
#include "slices/pots/examples.h"
#include "slices/pots/money_areas.h"
#include "slices/pots/resolve.h"
#include "slices/wiring.h"

namespace tithing::pots {
namespace {

template <class T, class F>
T read(db::Database* database, F&& ask) {
  if (database == nullptr) return {};
  return database->read([&](db::Connection& connection) -> T { return ask(connection); });
}

}  // namespace

db::Database& FundingService::database() { return *wiring_.database; }

Decisions* FundingService::decisions() const { return wiring_.database == nullptr ? nullptr : decisions_; }

std::vector<PotRecord> FundingService::pots(const store::PotFilter& filter, int limit, int offset) {
  return read<std::vector<PotRecord>>(wiring_.database,
                                      [&](db::Connection& c) { return store::pots(c, filter, limit, offset); });
}

std::int64_t FundingService::count_pots(const store::PotFilter& filter) {
  return read<std::int64_t>(wiring_.database, [&](db::Connection& c) { return store::count_pots(c, filter); });
}

std::vector<std::string> FundingService::financial_years() {
  return read<std::vector<std::string>>(wiring_.database, [](db::Connection& c) { return store::financial_years(c); });
}

Result<PotRecord> FundingService::pot(PotId id, std::optional<std::int64_t> version) {
  auto found =
      read<std::optional<PotRecord>>(wiring_.database, [&](db::Connection& c) { return store::pot(c, id, version); });
  if (!found) return not_found(tr("There is no such pot, or it has no such version. The pots are under Funding."));
  return std::move(*found);
}

std::vector<PotRecord> FundingService::pot_versions(PotId id, int limit) {
  return read<std::vector<PotRecord>>(wiring_.database,
                                      [&](db::Connection& c) { return store::pot_versions(c, id, limit); });
}

std::vector<SchemeRecord> FundingService::schemes_of(PotId pot, bool withdrawn) {
  return read<std::vector<SchemeRecord>>(wiring_.database,
                                         [&](db::Connection& c) { return store::schemes_of(c, pot, withdrawn); });
}

Result<SchemeRecord> FundingService::scheme(SchemeId id, std::optional<std::int64_t> version) {
  auto found = read<std::optional<SchemeRecord>>(wiring_.database,
                                                 [&](db::Connection& c) { return store::scheme(c, id, version); });
  if (!found)
    return not_found(
        tr("There is no such scheme, or it has no such version. The schemes are on the pages of their pots."));
  return std::move(*found);
}

std::vector<SchemeRecord> FundingService::scheme_versions(SchemeId id, int limit) {
  return read<std::vector<SchemeRecord>>(wiring_.database,
                                         [&](db::Connection& c) { return store::scheme_versions(c, id, limit); });
}

Result<WorkedScheme> FundingService::worked(const SchemeRecord& record, const PotRecord& pot,
                                            const figures::Viewer& viewer, figures::Detail detail, int year,
                                            const std::vector<Fraction>& weights) const {
  auto scheme = ready(record, pot, wiring_.figures, viewer, detail);
  if (!scheme) return pass_on(scheme);
  Choice choice;
  choice.weights = weights;
  if (year > 0) choice.year = year;
  if (const Status fine = apply(choice, *scheme); !fine) return pass_on(fine);
  if (nothing_known(scheme->pot)) return conflict(kNothingKnown);
  auto allocation = allocate(*scheme);
  if (!allocation) return pass_on(allocation);
  return WorkedScheme{record, pot, std::move(*scheme), std::move(*allocation)};
}

std::shared_ptr<const register_::Areas> FundingService::areas() {
  return areas_ == nullptr || wiring_.database == nullptr ? nullptr : areas_->areas();
}

Date FundingService::today() const { return wiring_.clock->today(); }

Result<std::string> FundingService::areas_named(const std::string& lines) {
  const auto all = areas();
  const std::string none = "There is no register of areas here. Choose an area of the list.";
  return all ? area_named(lines, *all, today()) : Result<std::string>(invalid(none, {{"areas", none}}));
}

std::string FundingService::area_name(const std::string& code) {
  const auto all = areas();
  std::vector<std::string> names;
  for (const std::string& one : codes_of(code)) {
    const register_::Area* area = all ? all->find(one) : nullptr;
    names.push_back(area == nullptr ? one : area->name);
  }
  return joined(names, ", ");
}

Result<std::int64_t> FundingService::population(const std::string& code, const std::string& year, Date as_at,
                                                const figures::Viewer& viewer) const {
  const figures::Address address{"population", {{{"area", code}, {"as-at", as_at.iso()}, {"year", year}}}};
  const auto figure = whole_count(wiring_.figures, address, viewer, figures::Detail::value, "the population",
                                  named_area(*wiring_.ground(), code, today()));
  if (!figure) return pass_on(figure);
  return (*figure)->quantity.integer();
}

std::vector<std::pair<PotRecord, SchemeRecord>> FundingService::schemes() {
  std::vector<std::pair<PotRecord, SchemeRecord>> out;
  for (const PotRecord& pot : pots({}, 500, 0))
    for (SchemeRecord& scheme : schemes_of(pot.id)) out.emplace_back(pot, std::move(scheme));
  return out;
}

Doing FundingService::doing(const Actor& actor) const {
  return {wiring_.doing(actor), wiring_.figures, wiring_.data_folder};
}

bool FundingService::may_edit(const Reach& reach, const std::string& area) const {
  return reach.may(kEditFunding, whose_of(area));
}

}  // namespace tithing::pots
