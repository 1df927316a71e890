// What may be done to the register: import geography, review a succession. Each is permission, check, change and audit
// row in one transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "slices/register/register.h"
#include "slices/sources/sources.h"

namespace tithing::register_ {

struct CommandContext {
  db::Database& database;
  const Clock& clock;
  sources::OriginalStore originals;
};

Result<GeographyReport> import_geography(const CommandContext& context, const Actor& actor,
                                         const std::vector<std::string>& paths, std::optional<Date> dated);

Status review_succession(const CommandContext& context, const Actor& actor, std::int64_t id, Succession::Review review,
                         std::optional<Date> on, const std::string& reason);

}  // namespace tithing::register_
