// The files in which positions are kept: <data>/evidence/points/<name>, one for each publication that could be read.
//
// The name is worked out from what the store knows of the publication, so that it needs no column of its own. Nothing
// rests on these files being there: one that is missing or damaged, as in a data folder from before they were kept, is
// made again from the original when it is asked for.
#pragma once

#include <span>
#include <string>

#include "slices/evidence/data_folder.h"
#include "slices/evidence/points.h"
#include "slices/evidence/street_counts.h"

namespace tithing::evidence {

// What tells one publication's positions from another's: the file, which of its rows, and their counts.
std::string points_name(const std::string& file_sha256, const std::string& force_slug, Month month,
                        const std::string& segment);

// The positions of `file.parts[part]`.
ForceMonthPoints points_of_part(StreetFile& file, std::size_t part);

// Writes them where they belong. Not synced: a file that a power cut leaves broken is found by its checksum and made
// again.
Status write_points(const DataFolder& data, Journal* journal, const std::string& name, std::string_view bytes);

// A problem when the file is not there or damaged.
Result<ForceMonthPoints> read_points(const DataFolder& data, const std::string& name);
Result<ForceMonthPoints> read_points(const DataFolder& data, const std::string& name, std::span<const Lsoa> wanted);

// From the kept original. Problems: the original cannot be read, or no longer gives the counts (`segment`) that it gave
// when it was imported.
Result<ForceMonthPoints> points_from_original(const DataFolder& data, const std::string& file_sha256,
                                              const std::string& archive_sha256, const std::string& file_name,
                                              const std::string& force_slug, Month month, const std::string& segment);

}  // namespace tithing::evidence
