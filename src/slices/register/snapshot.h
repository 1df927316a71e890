// Areas as they were known at one version of the register: look-ups, exact fit and reviewed successions put into one
// structure in time. Pure; made from what the store holds.
//
// How the structure of a day is found. A look-up holds on its day. Between two look-ups the earlier one holds until the
// day of an accepted succession that explains the difference, or, while no day is known, until the day of the later
// one. Before the first look-up the first one holds, less what accepted successions from papers put in its place.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "slices/register/areas.h"
#include "slices/register/look_up.h"
#include "slices/register/lsoa_table.h"
#include "slices/register/succession.h"
#include "slices/register/wards.h"

namespace tithing::register_ {

struct SnapshotInput {
  std::int64_t version = 0;
  std::vector<LookUp> look_ups;  // by day, one for each day
  std::shared_ptr<const LsoaTable> lsoas;
  std::string fit_source;
  std::shared_ptr<const WardTable> wards;  // null: none imported
  std::vector<SuccessionFactRow> facts;
  std::vector<ProposedSuccession> successions;  // as reviewed
};

class Snapshot : public Areas {
 public:
  struct Sighting {
    Date on;
    std::string name;
    std::string source;  // address of the look-up's page
  };
  virtual std::vector<Sighting> sightings(std::string_view code) const = 0;  // which look-ups show it, by day
  virtual std::optional<Date> newest_look_up() const = 0;  // after that day, what is shown is what was last known
  virtual std::vector<const Area*> forces_without_area() const = 0;
  virtual const ProposedSuccession* proposal(std::int64_t succession) const = 0;
};

std::shared_ptr<const Snapshot> make_snapshot(SnapshotInput input);

}  // namespace tithing::register_
