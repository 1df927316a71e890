// What may be done to the register: import geography, review a succession. Each is permission, check, change and audit
// row in one transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/change.h"
#include "slices/register/register.h"
#include "slices/sources/choice_parts.h"
#include "slices/sources/sources.h"

namespace tithing::register_ {

using commands::Doing;

Result<GeographyReport> import_geography(const Doing& doing, const sources::OriginalStore& originals,
                                         const std::vector<std::string>& paths, std::optional<Date> dated,
                                         const sources::Manners& manners = {});

// ---- publications: what several files say about one thing, and which of them counts

// Every thing of the kind (empty: of all), or the one with that key. `all`: also those of which there is one
// publication.
std::vector<sources::Thing> things(db::Database& database, const std::string& kind, const std::string& key, bool all);

struct Choosing {
  std::string kind;
  std::string key;
  std::int64_t source_file = 0;  // 0 with Verdict::standard
  sources::Verdict verdict = sources::Verdict::counts;
  std::string reason;
  std::string seen;  // fingerprint of the changes that were shown; other ones are a conflict
  bool dry_run = false;
};
// What the choice changes: the thing itself, and how many successions it proposes or takes back. Needs
// kImportGeography.
Result<std::vector<sources::Change>> choose(const Doing& doing, const Choosing& choosing);

// ---- review of successions (review.h has its path)

std::optional<records::Standing> standing_of_succession(db::Connection& connection, const std::string& id);
// One answer: a move along the path, with the day from which it holds where one is known. invalid at "review", "on" and
// "reason".
Status review_succession(const Doing& doing, std::int64_t id, std::int64_t seen, Succession::Review review,
                         std::optional<Date> on, const std::string& reason);

}  // namespace tithing::register_
