#include "slices/evidence/points_files.h"

#include <algorithm>
#include <fstream>

#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "disk/durable_file.h"
#include "slices/evidence/import_reading.h"
#include "slices/evidence/inputs.h"
#include "slices/evidence/segment.h"

namespace tithing::evidence {

namespace {

Result<std::string> bytes_of(const DataFolder& data, const std::string& name) {
  std::ifstream in(data.points_path(name), std::ios::binary | std::ios::ate);
  if (!in) return not_found(tr("The positions of a file have not been made yet. Run \"tithing evidence rebuild\"."));
  std::string bytes(static_cast<std::size_t>(std::max<std::streamoff>(in.tellg(), 0)), '\0');
  in.seekg(0);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

}  // namespace

std::string points_name(const std::string& file_sha256, const std::string& force_slug, Month month,
                        const std::string& segment) {
  return sha256("points 1\n" + file_sha256 + "\n" + force_slug + "\n" + month.iso() + "\n" + segment);
}

ForceMonthPoints points_of_part(StreetFile& file, std::size_t part) {
  const ForceMonthCounts& counts = file.parts[part];
  ForceMonthPoints points;
  points.month = counts.month;
  points.force_slug = counts.force_slug;
  points.rows = counts.rows;
  for (const ForceMonthCounts::Type& type : counts.types) points.types.push_back(type.slug);
  points.cells = std::move(file.points[part]);
  return points;
}

Status write_points(const DataFolder& data, Journal* journal, const std::string& name, std::string_view bytes) {
  const std::string path = data.points_path(name);
  if (journal != nullptr) {
    if (const Status noted = journal->about_to_make(path); !noted) return noted;
  }
  DurableFile file(path);
  file.write(bytes);
  return file.commit_unsynced();
}

Result<ForceMonthPoints> read_points(const DataFolder& data, const std::string& name) {
  const Result<std::string> bytes = bytes_of(data, name);
  if (!bytes) return pass_on(bytes);
  return from_points(*bytes);
}

Result<ForceMonthPoints> read_points(const DataFolder& data, const std::string& name, std::span<const Lsoa> wanted) {
  const Result<std::string> bytes = bytes_of(data, name);
  if (!bytes) return pass_on(bytes);
  return from_points(*bytes, wanted);
}

Result<ForceMonthPoints> points_from_original(const DataFolder& data, const std::string& file_sha256,
                                              const std::string& archive_sha256, const std::string& file_name,
                                              const std::string& force_slug, Month month, const std::string& segment) {
  const Result<std::unique_ptr<ByteStream>> stream = open_original(data, file_sha256, archive_sha256, file_name);
  if (!stream) return pass_on(stream);
  Result<StreetFile> file =
      read_street_file(**stream, std::string(base_name(file_name)), parse_police_file_name(file_name));
  if (!file) return pass_on(file);
  for (std::size_t part = 0; part < file->parts.size(); ++part) {
    const ForceMonthCounts& counts = file->parts[part];
    if (counts.month == month && counts.force_slug == force_slug && sha256(to_segment(counts)) == segment)
      return points_of_part(*file, part);
  }
  return unavailable(
      tr("{0} no longer holds the rows of {1} that were imported from it: the kept original was changed. "
         "Restore it from a backup.",
         {file_name, month.text()}));
}

}  // namespace tithing::evidence
