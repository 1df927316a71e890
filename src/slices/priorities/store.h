// Rows of exercises, scores and lists of harm weights. SQL only.
#pragma once

#include <optional>
#include <vector>

#include "db/db.h"
#include "slices/priorities/domain.h"
#include "slices/priorities/harm.h"
#include "slices/sources/editions.h"
#include "slices/sources/sources.h"

namespace tithing::priorities::store {

// Versions in force, newest exercise first; `area` empty: all.
std::vector<Exercise> exercises(db::Connection& connection, const std::string& area);
std::optional<Exercise> exercise(db::Connection& connection, std::int64_t id);  // its newest version
std::vector<Exercise> versions(db::Connection& connection, std::int64_t id);    // newest first
std::vector<Score> scores(db::Connection& connection, std::int64_t exercise);   // those that hold, oldest first
std::vector<Score> former_scores(db::Connection& connection, std::int64_t exercise);

std::int64_t insert_exercise(db::Transaction& transaction,
                             const Exercise& exercise);  // with its first version; gives the id
// False when that version is there already: somebody else was faster.
bool insert_version(db::Transaction& transaction, const Exercise& exercise);
// Puts a score in the place of the present one of the same scorer (or the agreed one), which is kept as superseded.
void insert_score(db::Transaction& transaction, std::int64_t exercise, const Score& score);

std::vector<HarmList> harm_lists(db::Connection& connection);  // newest first, with which of them count
// The files of one version, oldest first, and the numbers of their lists.
struct HarmEditions {
  std::vector<sources::Edition> editions;
  std::vector<std::int64_t> lists;
};
HarmEditions harm_editions(db::Connection& connection, const std::string& name, const std::string& version);
std::optional<HarmList> harm_list(db::Connection& connection, std::int64_t id);
std::vector<HarmWeight> harm_weights(db::Connection& connection, std::int64_t list);
std::int64_t insert_harm_list(db::Transaction& transaction, const HarmList& list,
                              const std::vector<HarmWeight>& weights);

}  // namespace tithing::priorities::store
