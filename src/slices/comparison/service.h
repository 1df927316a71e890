// The slice's service: what pages and figures read.
#pragma once

#include <functional>
#include <vector>

#include "figures/registry.h"
#include "slices/comparison/comparison.h"
#include "slices/comparison/lists.h"
#include "slices/sources/choice_parts.h"

namespace tithing {
struct Wiring;
}

namespace tithing::comparison {

class ComparisonService : public Service {
 public:
  ComparisonService(Wiring& wiring, register_::Service& areas, evidence::Service& evidence)
      : wiring_(wiring), areas_(areas), evidence_(evidence) {}
  Wiring& wiring() { return wiring_; }
  std::shared_ptr<const register_::Areas> areas() { return areas_.areas(); }
  std::shared_ptr<const evidence::Snapshot> snapshot() { return evidence_.snapshot(); }
  std::vector<AreaList> lists();           // newest first, with which of them count
  std::vector<AreaList> counting_lists();  // those that are offered for comparison
  std::vector<sources::Thing> things();    // versions with their files
  Result<std::vector<sources::Change>> choose(const Actor& actor, const std::string& key, const sources::Chosen& chosen,
                                              const std::string& reason, bool dry_run);
  Result<sources::Change> try_import(const Actor& actor, const struct ListImport& wanted);
  Result<AreaList> list(std::int64_t id);
  std::vector<ListRow> rows(std::int64_t id, const std::string& area = {});
  Result<std::int64_t> import(const Actor& actor, const struct ListImport& wanted,
                              const sources::Manners& manners = {});

 private:
  Wiring& wiring_;
  register_::Service& areas_;
  evidence::Service& evidence_;
};

// The figure kinds similar-mean, rank, shrunk-rate, characteristic, likeness-difference and likeness. `registry`
// outlives them: what they rest on is asked for as rate and crimes.
void add_kinds(figures::Registry& registry, ComparisonService& service);
void register_pages(Wiring& wiring, ComparisonService& service);
void register_list_pages(Wiring& wiring, ComparisonService& service);

}  // namespace tithing::comparison
