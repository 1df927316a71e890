// The slice's service: pots and schemes as pages, figures and other rooms ask for them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "allocation/allocation.h"
#include "slices/pots/commands.h"
#include "slices/pots/pots.h"
#include "slices/pots/store.h"
#include "slices/register/register.h"

namespace tithing {
struct Wiring;
}

namespace tithing::pots {

// A scheme worked out: what every page, table and figure of it is made from.
struct WorkedScheme {
  SchemeRecord record;
  PotRecord pot;
  Scheme scheme;  // with the figures it names
  Allocation allocation;
};

class FundingService : public Service {
 public:
  // Without a register codes of areas are not looked up. It outlives the service.
  FundingService(Wiring& wiring, register_::Service* areas) : wiring_(wiring), areas_(areas) {}

  db::Database& database();  // for drafts of forms
  // Empty, or not_found, while there is no store.
  std::vector<PotRecord> pots(const store::PotFilter& filter, int limit, int offset);
  std::int64_t count_pots(const store::PotFilter& filter);
  std::vector<std::string> financial_years();
  Result<PotRecord> pot(PotId id, std::optional<std::int64_t> version = {});
  std::vector<PotRecord> pot_versions(PotId id, int limit);
  std::vector<SchemeRecord> schemes_of(PotId pot, bool withdrawn = false);
  Result<SchemeRecord> scheme(SchemeId id, std::optional<std::int64_t> version = {});
  std::vector<SchemeRecord> scheme_versions(SchemeId id, int limit);

  // `year` of a phasing in, from 1; 0: the scheme's own. `weights` of the first weighted step, as a reader moved them;
  // none: the scheme's own.
  Result<WorkedScheme> worked(const SchemeRecord& record, const PotRecord& pot, const figures::Viewer& viewer,
                              figures::Detail detail, int year = 0, const std::vector<Fraction>& weights = {}) const;

  // Null without a room that decides, or without a store.
  Decisions* decisions() const;

  Doing doing(const Actor& actor) const;
  // Whether the reader may change what is on money of this area.
  bool may_edit(const Reach& reach, const std::string& area) const;

  // Null without a register.
  std::shared_ptr<const register_::Areas> areas();
  Date today() const;
  // Codes of areas that are named, with semicolons between them (money_areas.h).
  Result<std::string> areas_named(const std::string& lines);
  std::string area_name(const std::string& code);  // "West Mercia"; the code where it is not known; "" for none

  // People of an area in a year, as the evidence has them; unavailable with a sentence.
  Result<std::int64_t> population(const std::string& code, const std::string& year, Date as_at,
                                  const figures::Viewer& viewer) const;

  void decided_by(Decisions& decisions) override { decisions_ = &decisions; }
  std::vector<std::pair<PotRecord, SchemeRecord>> schemes() override;
  Result<SchemeId> deliver_example(const std::string& name, const std::string& area) override;
  Status deliver_demonstration() override;

 private:
  Wiring& wiring_;
  register_::Service* areas_ = nullptr;
  Decisions* decisions_ = nullptr;
};

// `of`: "known", "available" or "top-slices".
figures::Address address_of(const PotRecord& pot, const std::string& of);

// The figure kinds `scheme-allocation` and `pot`.
void add_saved_kinds(figures::Registry& registry, FundingService& service);

}  // namespace tithing::pots
