// SQL of the register and nothing else. Every change bears the version that it makes; reading takes the version that is
// asked.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "slices/register/boundary_file.h"
#include "slices/register/look_up.h"
#include "slices/register/succession.h"
#include "slices/register/wards.h"

namespace tithing::register_::store {

constexpr std::int64_t kNewest = std::numeric_limits<std::int64_t>::max();

std::int64_t version(db::Connection& connection);
std::int64_t next_version(db::Transaction& transaction);  // raises it by one

void add_look_up(db::Transaction& transaction, const LookUp& look_up, std::int64_t source_file, std::int64_t version);
void add_exact_fit(db::Transaction& transaction, const ExactFit& fit, std::int64_t source_file, std::int64_t version);
void add_ward_fit(db::Transaction& transaction, const WardFit& fit, std::int64_t source_file, std::int64_t version);
void add_code_history(db::Transaction& transaction, const std::vector<CodeHistoryRow>& rows, std::int64_t source_file,
                      std::int64_t version);
void add_facts(db::Transaction& transaction, const std::vector<SuccessionFactRow>& rows, std::int64_t source_file,
               std::int64_t version);
void add_boundaries(db::Transaction& transaction, const BoundaryFile& file, std::int64_t source_file,
                    std::int64_t version);

// By day; of several for one day the one that counts (see store_choices.h).
std::vector<LookUp> look_ups(db::Connection& connection, std::int64_t at_version = kNewest);
std::optional<std::int64_t> exact_fit_id(db::Connection& connection, std::int64_t at_version = kNewest);
ExactFit exact_fit(db::Connection& connection, std::int64_t id);
std::optional<std::int64_t> ward_fit_id(db::Connection& connection, std::int64_t at_version = kNewest);
WardFit ward_fit(db::Connection& connection, std::int64_t id);
std::vector<CodeHistoryRow> code_history(db::Connection& connection);
std::vector<SuccessionFactRow> facts(db::Connection& connection, std::int64_t at_version = kNewest);

struct StoredBoundary {
  std::string kind;
  std::string vintage;
  std::int64_t points = 0;
  std::string shape;  // encoded
};
// Of a code; of several of one kind and vintage the one imported last. `without`: files that are set aside.
std::vector<StoredBoundary> boundaries(db::Connection& connection, std::string_view code,
                                       const std::set<std::int64_t>& without);

// Those that are not withdrawn, with the review that was in force at that version. By area kind and finding.
std::vector<ProposedSuccession> successions(db::Connection& connection, std::int64_t at_version = kNewest);
// Adds what is new, withdraws what is no longer found and was never reviewed. Returns how many were added or found
// again.
int keep_findings(db::Transaction& transaction, const std::vector<ProposedSuccession>& found, std::int64_t version);

// The answer and its day, by the version of the register that it made; who gave it, when and why is its event
// (path/events.h).
struct Review {
  std::int64_t succession = 0;
  Succession::Review review = Succession::Review::proposed;
  std::optional<Date> on;
};
void add_review(db::Transaction& transaction, const Review& review, std::int64_t version);
std::vector<Review> reviews(db::Connection& connection, std::int64_t succession);  // oldest first

std::string_view code_of(Succession::Review review);
std::optional<Succession::Review> review_from(std::string_view code);

}  // namespace tithing::register_::store
