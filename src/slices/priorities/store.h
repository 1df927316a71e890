// Rows of exercises and scores. SQL only.
#pragma once

#include <optional>
#include <vector>

#include "db/db.h"
#include "slices/priorities/domain.h"

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
std::vector<scoring::Interest> interests(db::Connection& connection, std::int64_t exercise);  // those that hold
// In place of the one that holds; one that says nothing only ends it.
void insert_interest(db::Transaction& transaction, std::int64_t exercise, const scoring::Interest& interest);
// Puts a score in the place of the present one of the same scorer (or the agreed one), which is kept as superseded.
void insert_score(db::Transaction& transaction, std::int64_t exercise, const Score& score);

}  // namespace tithing::priorities::store
