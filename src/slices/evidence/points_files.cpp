#include "slices/evidence/points_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/durable_file.h"
#include "slices/evidence/import_reading.h"
#include "slices/evidence/inputs.h"

namespace tithing::evidence {

namespace {

std::atomic<unsigned> next_number{0};

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
  const std::string aside = path + "." + std::to_string(::getpid()) + "-" + std::to_string(next_number++) + ".part";
  int descriptor = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0 && errno == ENOENT) {
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    descriptor = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  }
  if (descriptor < 0) return tl::unexpected<Problem>(file_problem(errno));
  int error = 0;
  while (error == 0 && !bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  ::close(descriptor);
  if (error == 0 && ::rename(aside.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return {};
  ::unlink(aside.c_str());
  return tl::unexpected<Problem>(file_problem(error));
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
                                              const std::string& force_slug, Month month) {
  const Result<std::unique_ptr<ByteStream>> stream = open_original(data, file_sha256, archive_sha256, file_name);
  if (!stream) return pass_on(stream);
  Result<StreetFile> file =
      read_street_file(**stream, std::string(base_name(file_name)), parse_police_file_name(file_name));
  if (!file) return pass_on(file);
  for (std::size_t part = 0; part < file->parts.size(); ++part) {
    if (file->parts[part].month == month && file->parts[part].force_slug == force_slug)
      return points_of_part(*file, part);
  }
  return unavailable(tr("{0} no longer holds the rows of {1} that were imported from it.", {file_name, month.text()}));
}

}  // namespace tithing::evidence
