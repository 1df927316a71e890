#include "slices/evidence/commands_derived.h"

#include <fstream>
#include <sstream>

#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/commands_shared.h"
#include "slices/evidence/import_reading.h"
#include "slices/evidence/inputs.h"
#include "slices/evidence/segment.h"

namespace tithing::evidence {
namespace {

tl::unexpected<Problem> cannot_be_made(const std::string& what, const std::string& file_name, const std::string& why) {
  return unavailable(
      tr("{0} of {1} are missing or damaged, and cannot be made again from the kept original: {2} "
         "Restore it from a backup (\"tithing restore\"); \"tithing evidence verify\" names every file "
         "that is missing.",
         {what, file_name, why}));
}

}  // namespace

Result<ForceMonthCounts> counts_of(const DataFolder& data, const store::PublicationRow& row) {
  Result<ForceMonthCounts> kept = read_segment(data, row.segment);
  if (kept) return kept;
  log::warning("counts are missing or damaged and are made again", {{"file", row.file_name}});
  const auto cannot = [&](const std::string& why) {
    log::error("counts cannot be made again", {{"file", row.file_name}, {"why", why}});
    return cannot_be_made("The counts", row.file_name, why);
  };
  const Result<std::unique_ptr<ByteStream>> stream =
      open_original(data, row.publication.sha256, row.archive_sha256, row.file_name);
  if (!stream) return cannot(stream.error().message);
  const Result<StreetFile> file =
      read_street_file(**stream, std::string(base_name(row.file_name)), parse_police_file_name(row.file_name));
  if (!file) return cannot(file.error().message);
  for (const ForceMonthCounts& part : file->parts) {
    if (part.month != row.publication.month || part.force_slug != row.publication.force_slug) continue;
    const std::string bytes = to_segment(part);
    if (sha256(bytes) != row.segment) break;
    if (const Result<std::string> written = write_segment(data, nullptr, part); !written)
      log::warning("counts not kept", {{"why", written.error().message}});
    return from_segment(bytes);
  }
  return cannot("it gives other counts than when it was imported, so it was changed.");
}

Result<Population> kept_population(const DataFolder& data, const std::string& sha256) {
  std::ifstream in(data.population_path(sha256), std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return population_from_bytes(bytes.str());
}

Status keep_population(const DataFolder& data, const std::string& sha256, const Population& population) {
  DurableFile file(data.population_path(sha256));
  file.write(to_bytes(population));
  return file.commit();
}

Result<Population> population_of(const DataFolder& data, const std::string& checksum, const std::string& file_name) {
  Result<Population> kept = kept_population(data, checksum);
  if (kept) return kept;
  log::warning("populations are missing or damaged and are made again", {{"file", file_name}});
  const auto cannot = [&](const std::string& why) {
    log::error("populations cannot be made again", {{"file", file_name}, {"why", why}});
    return cannot_be_made("The populations", file_name, why);
  };
  const std::string original = data.originals().path_of(checksum);
  const Result<std::string> sum = sha256_of_file(original);
  if (!sum) return cannot("it is missing.");
  if (*sum != checksum) return cannot("it was changed.");
  const Result<std::string> text = read_small_file(original, file_name, kLargestTable);
  if (!text) return cannot(text.error().message);
  Result<Population> population = read_population(*text, file_name);
  if (!population) return cannot(population.error().message);
  if (const Status written = keep_population(data, checksum, *population); !written)
    log::warning("populations not kept", {{"why", written.error().message}});
  // As from the file: what only a reading knows (how it was read, blank cells) is not part of what is kept.
  return population_from_bytes(to_bytes(*population));
}

Status make_cube(const DataFolder& data, const std::vector<store::PublicationRow>& publications,
                 const std::string& path) {
  std::vector<const store::PublicationRow*> counted;
  for (const store::PublicationRow& row : publications) {
    if (row.publication.state == PublicationState::counts) counted.push_back(&row);
  }
  return build_cube(
      counted.size(), [&](std::size_t i) { return counts_of(data, *counted[i]); }, path);
}

Result<std::shared_ptr<const Cube>> cube_of(const DataFolder& data,
                                            const std::vector<store::PublicationRow>& publications) {
  const std::string path = data.cube_path(cube_version(publications));
  Result<std::shared_ptr<const Cube>> cube = Cube::open(path);
  // Another process may replace it by a newer one between making and opening: then once more.
  for (int attempt = 0; attempt < 3 && !cube; ++attempt) {
    if (cube.error().kind != ProblemKind::not_found)
      log::warning("the counts cube is damaged and is made again", {{"file", path}});
    if (const Status made = make_cube(data, publications, path); !made) return pass_on(made);
    cube = Cube::open(path);
  }
  return cube;
}

}  // namespace tithing::evidence
