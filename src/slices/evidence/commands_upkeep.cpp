#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/commands_derived.h"
#include "slices/evidence/commands_shared.h"
#include "slices/evidence/cube.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/inputs.h"
#include "slices/evidence/points_files.h"
#include "slices/evidence/population.h"

namespace tithing::evidence {

Result<std::string> rebuild(const Doing& doing, const Holdings& holdings, const ProgressSink& progress) {
  if (const Status allowed = doing.actor().require(kImportEvidence); !allowed) return pass_on(allowed);
  no_signal_for_large_files();
  return with_store_sentences([&]() -> Result<std::string> {
    const Result<std::unique_ptr<ImportLock>> lock = ImportLock::take(holdings.data);
    if (!lock) return pass_on(lock);
    recover_under_lock(holdings);
    auto [publications, populations] = holdings.database.read([&](db::Connection& connection) {
      return std::pair(store::publications(connection), store::all_datasets(connection, kPopulationKind));
    });
    std::map<std::int64_t, std::string> checksums;
    for (const store::DatasetRow& row : populations) checksums[row.source_file] = row.sha256;
    // Files with several force-months come once.
    std::map<std::int64_t, std::vector<const store::PublicationRow*>> by_file;
    for (const store::PublicationRow& row : publications) {
      if (row.publication.state != PublicationState::malformed) by_file[row.source_file].push_back(&row);
    }
    std::int64_t done = 0;
    std::int64_t points_made = 0, points_there = 0;
    for (const auto& [source, rows] : by_file) {
      const store::PublicationRow& first = *rows.front();
      if (progress && !progress(done++, static_cast<std::int64_t>(by_file.size()), first.file_name))
        return unavailable(tr("The rebuild was stopped."));
      const Result<std::unique_ptr<ByteStream>> stream =
          open_original(holdings.data, first.publication.sha256, first.archive_sha256, first.file_name);
      if (!stream) return pass_on(stream);
      HashingStream hashing(**stream);
      const std::string shown = std::string(base_name(first.file_name));
      Result<StreetFile> file = read_street_file(hashing, shown, parse_police_file_name(first.file_name));
      if (!file) return pass_on(file);
      if (const Status drained = hashing.drain(); !drained) return pass_on(drained);
      if (hashing.finish() != first.publication.sha256) {
        return unavailable(
            tr("The kept original of {0} is not what was imported: its checksum differs. Restore it from a backup.",
               {first.file_name}));
      }
      for (const store::PublicationRow* row : rows) {
        const auto part = std::find_if(file->parts.begin(), file->parts.end(), [&](const ForceMonthCounts& counts) {
          return counts.month == row->publication.month && counts.force_slug == row->publication.force_slug;
        });
        if (part == file->parts.end())
          return unavailable(
              tr("{0} no longer holds {1}, {2}.", {first.file_name, row->force_name, row->publication.month.text()}));
        // A damaged segment has the right name and other bytes: it is written over.
        const Result<std::string> segment = write_segment(holdings.data, nullptr, *part);
        if (!segment) return pass_on(segment);
        if (*segment != row->segment) {
          return unavailable(
              tr("The counts of {0} come out otherwise than when it was imported. This program reads it in "
                 "another way; report it.",
                 {first.file_name}));
        }
        const std::string name = points_name(first.publication.sha256, part->force_slug, part->month, *segment);
        const std::string points =
            to_points(points_of_part(*file, static_cast<std::size_t>(part - file->parts.begin())));
        const Result<std::string> kept = sha256_of_file(holdings.data.points_path(name));
        if (kept && *kept == sha256(points)) {
          ++points_there;
          continue;
        }
        // Whole and yet another: then this program reads the file in another way. Missing (from before positions were
        // kept) or damaged: made anew.
        if (kept && read_points(holdings.data, name)) {
          return unavailable(
              tr("The positions of {0} come out otherwise than when it was imported. This program reads it in "
                 "another way; report it.",
                 {first.file_name}));
        }
        if (const Status written = write_points(holdings.data, nullptr, name, points); !written)
          return pass_on(written);
        ++points_made;
      }
    }
    for (const auto& [source, checksum] : checksums) {
      const Result<std::string> text =
          read_small_file(holdings.data.originals().path_of(checksum), "the kept table of populations", kLargestTable);
      if (!text) return pass_on(text);
      const Result<Population> population = read_population(*text, "the kept table of populations");
      if (!population) return pass_on(population);
      if (const Status written = keep_population(holdings.data, checksum, *population); !written)
        return pass_on(written);
    }
    // What counts follows again from the publications and the choices.
    const Result<Misplaced> wrong = misplaced(holdings);
    if (!wrong) return pass_on(wrong);
    for (store::PublicationRow& row : publications) {
      if (const auto found = wrong->publications.find(row.publication.id); found != wrong->publications.end())
        row.publication.state = found->second;
    }
    const Status made = make_cube(holdings.data, publications, holdings.data.cube_path(cube_version(publications)));
    if (!made) return pass_on(made);
    if (wrong->any()) {
      const Status written = commands::act(
          doing.at(holdings.clock.now()), kImportEvidence, Whose::shared(),
          [&](db::Transaction& transaction, commands::Note& note) -> Status {
            for (const bool counts : {false, true}) {
              for (const auto& [id, state] : wrong->publications) {
                if ((state == PublicationState::counts) == counts) store::set_state(transaction, id, state);
              }
              for (const auto& [id, will] : wrong->datasets) {
                if (will == counts) store::set_dataset_counts(transaction, id, will);
              }
            }
            store::set_version(transaction, new_version(transaction));
            note.says("evidence.rebuild",
                      "Which publications count was worked out again from the rule and the choices, first of " +
                          wrong->first + ".");
            return {};
          });
      if (!written) return pass_on(written);
      holdings.data.remove_other_cubes(cube_version(publications));
      return "Made the counts of " + plural(static_cast<std::int64_t>(by_file.size()), "file", "files") +
             " again from the originals: the same, byte for byte. " +
             plural(static_cast<std::int64_t>(wrong->publications.size() + wrong->datasets.size()), "publication stood",
                    "publications stood") +
             " otherwise than the rule and the choices say, first of " + wrong->first +
             "; that was set right, and figures follow.";
    }
    return "Made the counts of " + plural(static_cast<std::int64_t>(by_file.size()), "file", "files") +
           " again from the originals: the same, byte for byte." +
           (points_made > 0
                ? " Positions were missing or damaged for " + plural(points_made, "force-month", "force-months") +
                      " and have been made; " + grouped(points_there) + " were there and are the same."
                : std::string());
  });
}

namespace {

// What is wrong with what is kept, all of it, so that all can be put right at once.
class Findings {
 public:
  void add(std::string sentence) {
    if (said_.insert(sentence).second) found_.push_back(std::move(sentence));
  }
  bool any() const { return !found_.empty(); }
  std::string text() const {
    constexpr std::size_t kMost = 100;
    const std::size_t shown = std::min(found_.size(), kMost);
    std::string text =
        joined(std::vector<std::string>(found_.begin(), found_.begin() + static_cast<long>(shown)), "\n");
    if (shown < found_.size())
      text += "\nAnd " + plural(static_cast<std::int64_t>(found_.size() - shown), "more.", "more.");
    return text;
  }

 private:
  std::vector<std::string> found_;
  std::set<std::string> said_;
};

constexpr const char* kRebuild = " Run \"tithing evidence rebuild\".";

}  // namespace

Result<std::string> verify(const Holdings& holdings) {
  return with_store_sentences([&]() -> Result<std::string> {
    const auto [originals, publications, populations] = holdings.database.read([&](db::Connection& connection) {
      return std::tuple(sources::originals(connection), store::publications(connection),
                        store::all_datasets(connection, kPopulationKind));
    });
    Findings wrong;
    for (const sources::Original& original : originals) {
      const Result<std::string> checksum = sha256_of_file(holdings.data.originals().path_of(original.sha256));
      if (!checksum)
        wrong.add("The kept original of " + original.name + " cannot be read. Restore it from a backup.");
      else if (*checksum != original.sha256)
        wrong.add("The kept original of " + original.name + " was changed. Restore it from a backup.");
    }
    std::set<std::string> segments;
    std::int64_t positions = 0;
    for (const store::PublicationRow& row : publications) {
      if (row.segment.empty()) continue;
      const Result<std::string> checksum = sha256_of_file(holdings.data.segment_path(row.segment));
      if (segments.insert(row.segment).second && (!checksum || *checksum != row.segment))
        wrong.add("The counts kept for " + row.file_name + " are missing or damaged." + kRebuild);
      // Positions that are missing are made when they are asked for; what is there must be whole.
      const std::string name =
          points_name(row.publication.sha256, row.publication.force_slug, row.publication.month, row.segment);
      if (::access(holdings.data.points_path(name).c_str(), R_OK) != 0) continue;
      if (!read_points(holdings.data, name))
        wrong.add("The positions kept for " + row.file_name + " are damaged." + kRebuild);
      ++positions;
    }
    for (const store::DatasetRow& row : populations) {
      if (!kept_population(holdings.data, row.sha256))
        wrong.add("The populations kept for " + row.file_name + " are missing or damaged." + kRebuild);
    }
    const Result<Misplaced> misplaced_now = misplaced(holdings);
    if (!misplaced_now) {
      wrong.add(misplaced_now.error().message);
    } else if (misplaced_now->any()) {
      wrong.add("Which publication of " + misplaced_now->first + " counts is not what the rule and the choices say." +
                kRebuild);
    }
    // The cube is compared with one made anew, where everything that it is made of is whole.
    const std::string path = holdings.data.cube_path(cube_version(publications));
    if (::access(path.c_str(), R_OK) == 0) {
      const std::string other = path + ".verify";
      const Status built = wrong.any() ? Status() : make_cube(holdings.data, publications, other);
      if (!built) wrong.add(built.error().message);
      const bool whole = Cube::open(path).has_value();
      const Result<std::string> first = sha256_of_file(path);
      const Result<std::string> second = sha256_of_file(other);
      if (!whole || (second && (!first || *first != *second)))
        wrong.add(std::string("The counts cube is damaged.") + kRebuild);
      ::unlink(other.c_str());
    }
    if (wrong.any()) return unavailable(wrong.text());
    return plural(static_cast<std::int64_t>(originals.size()), "original", "originals") + ", " +
           plural(static_cast<std::int64_t>(segments.size()), "segment", "segments") + ", " +
           plural(positions, "file of positions", "files of positions") + ", " +
           plural(static_cast<std::int64_t>(populations.size()), "file of populations", "files of populations") +
           " and the cube agree with their checksums.";
  });
}

Status clear_leftovers(const Holdings& holdings) {
  return with_store_sentences([&]() -> Status {
    const Result<std::unique_ptr<ImportLock>> lock = ImportLock::take(holdings.data);
    if (lock) recover_under_lock(holdings);
    return {};  // an import that is at work clears up itself
  });
}

}  // namespace tithing::evidence
