// What the commands of evidence share. Private to them.
#pragma once

#include <cerrno>
#include <map>
#include <set>
#include <string>

#include "base/translation.h"
#include "db/db.h"
#include "disk/durable_file.h"
#include "slices/evidence/commands.h"

namespace tithing::evidence {

inline constexpr const char* kStreetKind = "police-street";
inline constexpr const char* kLicence = "Open Government Licence v3.0";
inline constexpr std::int64_t kLargestTable = std::int64_t{128} * 1024 * 1024;  // bytes

// Reads of the store that fail for want of room or connection become sentences; other faults stay faults.
template <class Work>
auto with_store_sentences(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const db::Error& error) {
    if (error.fault == db::Fault::full) return tl::unexpected<Problem>(file_problem(ENOSPC));
    if (error.fault == db::Fault::busy)
      return unavailable(tr("The store is being changed by somebody else. Nothing was changed; try again."));
    throw;
  }
}

// Too large a file raises a signal that would end the program without a word; as an error it becomes a sentence.
void no_signal_for_large_files();

// Every original, segment, population and cube that the store names, as paths.
std::set<std::string> referenced_paths(db::Connection& connection, const DataFolder& data);

// Precondition: the lock is held.
void recover_under_lock(const Holdings& holdings);

// Which publications and tables stand otherwise than the rule and the choices say: by id what they should be. Empty:
// all is as it should be.
struct Misplaced {
  std::map<std::int64_t, PublicationState> publications;
  std::map<std::int64_t, bool> datasets;
  std::string first;  // what the first of them is about
  bool any() const { return !publications.empty() || !datasets.empty(); }
};
Result<Misplaced> misplaced(const Holdings& holdings);

// The version of evidence (Snapshot::version) as the store now stands.
std::string new_version(db::Connection& connection);

}  // namespace tithing::evidence
