// The slice's service: what pages and figures read.
#pragma once

#include <vector>

#include "figures/registry.h"
#include "slices/comparison/comparison.h"
#include "slices/comparison/lists.h"

namespace tithing {
struct Wiring;
}

namespace tithing::comparison {

class ComparisonService : public Service {
 public:
  ComparisonService(Wiring& wiring, register_::Service& areas, evidence::Service& evidence)
      : wiring_(wiring),
        areas_(areas),
        evidence_(evidence),
        lists_(wiring,
               area_list_kind([this](const std::string& code) { return areas_.areas()->find(code) != nullptr; })) {}
  Wiring& wiring() { return wiring_; }
  std::shared_ptr<const register_::Areas> areas() { return areas_.areas(); }
  std::shared_ptr<const evidence::Snapshot> snapshot() { return evidence_.snapshot(); }
  sources::ImportedLists& lists() { return lists_; }
  std::vector<ListRow> rows(std::int64_t id, const std::string& area = {}) { return area_rows(lists_.rows(id, area)); }

 private:
  Wiring& wiring_;
  register_::Service& areas_;
  evidence::Service& evidence_;
  sources::ImportedLists lists_;
};

// The figure kinds similar-mean, rank, shrunk-rate, characteristic, likeness-difference and likeness. `registry`
// outlives them: what they rest on is asked for as rate and crimes.
void add_kinds(figures::Registry& registry, ComparisonService& service);
void register_pages(Wiring& wiring, ComparisonService& service);
void register_list_pages(ComparisonService& service);

}  // namespace tithing::comparison
