// What is derived from originals, read so that nobody is given a damaged number: everything is held against its
// checksum when it is loaded; what is missing, damaged or of another version is made again from the original, and where
// that cannot be the problem names the file that is needed. Safe from any thread and any process.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "slices/evidence/cube.h"
#include "slices/evidence/data_folder.h"
#include "slices/evidence/population.h"
#include "slices/evidence/store.h"

namespace tithing::evidence {

Result<ForceMonthCounts> counts_of(const DataFolder& data, const store::PublicationRow& row);
Result<Population> population_of(const DataFolder& data, const std::string& sha256, const std::string& file_name);
// As it lies in the data folder, held against its checksum; nothing is made again.
Result<Population> kept_population(const DataFolder& data, const std::string& sha256);
Status keep_population(const DataFolder& data, const std::string& sha256, const Population& population);
// The cube of what counts.
Result<std::shared_ptr<const Cube>> cube_of(const DataFolder& data,
                                            const std::vector<store::PublicationRow>& publications);
// Made at this path, whatever stands there.
Status make_cube(const DataFolder& data, const std::vector<store::PublicationRow>& publications,
                 const std::string& path);

}  // namespace tithing::evidence
