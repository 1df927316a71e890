#include <unistd.h>

#include <set>

#include "base/text.h"
#include "slices/evidence/commands_shared.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/kept.h"
#include "slices/evidence/points_files.h"
#include "slices/evidence/population.h"

namespace tithing::evidence {

std::vector<KeptFile> kept_files(db::Connection& connection, const std::string& data_folder) {
  const DataFolder data(data_folder);
  const std::size_t prefix = data.folder().size() - std::string("evidence").size();
  std::vector<KeptFile> files;
  std::set<std::string> told;
  const auto add = [&](const std::string& path, std::string sha256, std::string name, bool original) {
    if (told.insert(path).second) files.push_back({path.substr(prefix), std::move(sha256), std::move(name), original});
  };
  for (sources::Original& original : sources::originals(connection))
    add(data.originals().path_of(original.sha256), original.sha256, std::move(original.name), true);
  const std::vector<store::PublicationRow> publications = store::publications(connection);
  for (const store::PublicationRow& row : publications) {
    if (row.segment.empty()) continue;
    add(data.segment_path(row.segment), row.segment, row.file_name, false);
    add(data.points_path(
            points_name(row.publication.sha256, row.publication.force_slug, row.publication.month, row.segment)),
        {}, row.file_name, false);
  }
  for (const store::DatasetRow& row : store::all_datasets(connection, kPopulationKind))
    add(data.population_path(row.sha256), {}, row.file_name, false);
  add(data.cube_path(cube_version(publications)), {}, "the counts cube", false);
  return files;
}

std::string missing_originals(db::Connection& connection, const std::string& data_folder) {
  const DataFolder data(data_folder);
  constexpr std::size_t kMostNamed = 3;
  std::vector<std::string> names;
  std::int64_t missing = 0;
  for (const sources::Original& original : sources::originals(connection)) {
    if (data.originals().has(original.sha256)) continue;
    ++missing;
    if (names.size() < kMostNamed) names.push_back(original.name);
  }
  if (missing == 0) return {};
  return "Evidence is missing: " + plural(missing, "kept original is", "kept originals are") +
         " not in the data folder (" + joined(names, ", ") +
         (missing > static_cast<std::int64_t>(names.size()) ? " and others" : "") +
         "). Figures that rest on them cannot be explained down to the file, and cannot be made again. Restore them "
         "from a backup (\"tithing restore\").";
}

std::string import_lock_path(const std::string& data_folder) {
  return DataFolder(data_folder).folder() + "/import.lock";
}

}  // namespace tithing::evidence
