// Public face of `register`: areas and their boundaries in time. Bodies, posts and memberships are the room of bodies.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/date.h"
#include "base/result.h"
#include "slices/register/areas.h"
#include "slices/sources/publications.h"

namespace tithing {
struct Wiring;
}

namespace tithing::register_ {

inline constexpr Permission kImportGeography{"register.import", "Import look-ups, boundaries and successions of areas"};
inline constexpr Permission kReviewSuccession{"register.review", "Accept or reject what became of an area"};

// One file of an import of geography and what became of it, in a sentence.
struct ImportedFile {
  std::string name;
  std::string what;    // "Look-up of December 2022: 331 rows" or why it was left out
  bool added = false;  // false: it was there already, or it is not geography
};
struct GeographyReport {
  std::vector<ImportedFile> files;
  int proposed = 0;                      // successions that now wait for review and did not before
  int withdrawn = 0;                     // successions that nothing shows any more
  std::vector<sources::Change> changes;  // what it changes, or with a dry run would change
  bool dry_run = false;
  sources::Trial trial = sources::Trial::imports;  // of a dry run
  std::string sentence() const;
};

// Everything may be called from any thread once the database is open.
class Service {
 public:
  virtual ~Service() = default;

  // The newest snapshot. A change made by another process is seen within a second, one made by this process at once.
  virtual std::shared_ptr<const Areas> areas() = 0;
  // What was known at an earlier version of the register (Areas::version()).
  virtual Result<std::shared_ptr<const Areas>> areas_as_known(std::int64_t version) = 0;

  // The shape of an area on a day: of LSOAs and districts as imported, of partnerships and forces dissolved from their
  // districts (or, for a split district, from LSOAs). Null where the boundaries it needs are not there.
  virtual std::shared_ptr<const Boundary> boundary(std::string_view code, Date as_at) = 0;
  // In the order asked; null where there is none.
  virtual std::vector<std::shared_ptr<const Boundary>> boundaries(const std::vector<std::string>& codes,
                                                                  Date as_at) = 0;

  // Files, folders and zip archives. All or nothing: one malformed file and nothing is imported. The same files again
  // change nothing. `dated` is the day a look-up holds for, where its name and columns do not say.
  virtual Result<GeographyReport> import_geography(const Actor& actor, const std::vector<std::string>& paths,
                                                   std::optional<Date> dated) = 0;

  // `on` may be empty: accepted, day not known. It must lie between the look-ups (or days) the succession is known
  // from.
  virtual Status review_succession(const Actor& actor, std::int64_t id, Succession::Review review,
                                   std::optional<Date> on, const std::string& reason) = 0;
};

// Routes, permissions, search, subcommands, migrations and demonstration data.
Service& register_slice(Wiring& wiring);

}  // namespace tithing::register_
