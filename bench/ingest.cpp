// How quickly street-level files become counts. One argument: a zip archive of data.police.uk.
//
// In the same run, over the same bytes, on the same number of threads:
//   - a pure read of the unpacked files, and reading them into counts (goal: at most 3 times the read);
//   - inflating the archive, and reading it into counts (goal: at most 1.5 times the inflating);
//   - the whole import (originals kept and synced, checksums, store, cube), for the record.
// The files are unpacked into a temporary folder, read once before anything is timed, and removed.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "db/audit.h"
#include "db/db.h"
#include "db/migrations.h"
#include "evidence_migrations.h"
#include "slices/evidence/commands.h"
#include "slices/evidence/inputs.h"
#include "slices/evidence/street_counts.h"
#include "sources_migrations.h"

using namespace tithing;
using namespace tithing::evidence;

namespace {

constexpr int kThreads = 2;
constexpr int kRounds = 7;

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

long peak_memory_mb() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

void side_by_side(std::size_t count, const std::function<void(std::size_t)>& one) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i; (i = next++) < count;) one(i);
  };
  std::vector<std::thread> others;
  for (int i = 1; i < kThreads; ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
}

void read_through(ByteStream& stream, std::atomic<std::int64_t>& bytes) {
  std::vector<char> buffer(128 * 1024);
  for (;;) {
    const auto count = stream.read(buffer.data(), buffer.size());
    if (!count || *count == 0) return;
    bytes += static_cast<std::int64_t>(*count);
  }
}

struct Timed {
  double base = 1e9;
  double work = 1e9;
  double best_ratio = 1e9;
  // Side by side in one round, so that what else the machine does falls on both.
  void round(double base_seconds, double work_seconds) {
    base = std::min(base, base_seconds);
    work = std::min(work, work_seconds);
    best_ratio = std::min(best_ratio, work_seconds / base_seconds);
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: ingest ARCHIVE.zip\n");
    return 2;
  }
  log::set_quiet(true);
  const std::string archive = argv[1];
  const auto members = list_archive(archive, archive);
  if (!members) {
    std::fprintf(stderr, "%s\n", members.error().message.c_str());
    return 1;
  }
  const std::string folder =
      (std::filesystem::temp_directory_path() / ("tithing-ingest-" + std::to_string(::getpid()))).string();
  std::filesystem::create_directories(folder + "/files");
  std::vector<std::string> files(members->size());
  const std::vector<bool> all(members->size(), true);
  const Status unpacked =
      read_archive(archive, archive, all, kThreads, [&](std::size_t member, ByteStream& stream) -> Status {
        files[member] = folder + "/files/" + std::string(base_name((*members)[member].name));
        std::ofstream out(files[member], std::ios::binary);
        std::vector<char> buffer(256 * 1024);
        for (;;) {
          const auto count = stream.read(buffer.data(), buffer.size());
          if (!count) return pass_on(count);
          if (*count == 0) return {};
          out.write(buffer.data(), static_cast<std::streamsize>(*count));
        }
      });
  if (!unpacked) {
    std::fprintf(stderr, "%s\n", unpacked.error().message.c_str());
    return 1;
  }

  std::atomic<std::int64_t> bytes{0}, rows{0}, refused{0};
  const auto count_stream = [&](ByteStream& stream, const std::string& name) {
    const auto file = read_street_file(stream, name, parse_police_file_name(name));
    if (!file) return;
    rows += file->accepted();
    refused += static_cast<std::int64_t>(file->refused.size());
  };
  const auto pure_read = [&] {
    bytes = 0;
    side_by_side(files.size(), [&](std::size_t i) { read_through(**open_file(files[i]), bytes); });
  };
  const auto count_files = [&] {
    rows = refused = 0;
    side_by_side(files.size(), [&](std::size_t i) { count_stream(**open_file(files[i]), files[i]); });
  };
  const auto inflate = [&] {
    bytes = 0;
    (void)read_archive(archive, archive, all, kThreads, [&](std::size_t, ByteStream& stream) -> Status {
      read_through(stream, bytes);
      return {};
    });
  };
  const auto count_archive = [&] {
    rows = refused = 0;
    (void)read_archive(archive, archive, all, kThreads, [&](std::size_t member, ByteStream& stream) -> Status {
      count_stream(stream, (*members)[member].name);
      return {};
    });
  };

  pure_read();  // into the page cache
  Timed unzipped, zipped;
  for (int round = 0; round < kRounds; ++round) unzipped.round(seconds_of(pure_read), seconds_of(count_files));
  std::printf("%zu files, %.1f MB, %lld rows, %lld refused, %d threads\n", files.size(),
              static_cast<double>(bytes) / 1e6, static_cast<long long>(rows), static_cast<long long>(refused),
              kThreads);
  std::printf("pure read        %7.3f s\n", unzipped.base);
  std::printf(
      "read and counted %7.3f s  %.1f million rows/s  ratio %.2f of the best times, %.2f in the best round (goal: at "
      "most 3)\n",
      unzipped.work, static_cast<double>(rows) / unzipped.work / 1e6, unzipped.work / unzipped.base,
      unzipped.best_ratio);
  for (int round = 0; round < 3; ++round) zipped.round(seconds_of(inflate), seconds_of(count_archive));
  std::printf("inflating        %7.3f s\n", zipped.base);
  std::printf(
      "zip to counts    %7.3f s  %.1f million rows/s  ratio %.2f of the best times, %.2f in the best round (goal: at "
      "most 1.5)\n",
      zipped.work, static_cast<double>(rows) / zipped.work / 1e6, zipped.work / zipped.base, zipped.best_ratio);

  std::vector<db::Migration> migrations = db::audit_migrations();
  for (const db::Migration& migration : sources_migrations()) migrations.push_back(migration);
  for (const db::Migration& migration : evidence_migrations()) migrations.push_back(migration);
  const auto database = db::Database::open({Secret(folder + "/store.sqlite"), 2});
  if (database && db::migrate(**database, migrations)) {
    const SystemClock clock;
    const PermissionTable permissions;
    const DataFolder data(folder + "/data");
    const Holdings holdings{**database, clock, data};
    const records::Kinds kinds;
    const Doing doing{**database, kinds, Reach(Actor::command_line(permissions), nullptr, clock.today()), clock.now()};
    std::string sentence;
    const double whole = seconds_of([&] {
      const auto report = import_police(doing, holdings, {archive}, nullptr);
      sentence = report ? report->sentence : report.error().message;
    });
    std::printf("whole import     %7.3f s  %s\n", whole, sentence.c_str());
  }
  std::printf("peak memory      %ld MB (goal: at most 300)\n", peak_memory_mb());
  std::filesystem::remove_all(folder);
  return 0;
}
