#include "slices/evidence/import_reading.h"

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "disk/durable_file.h"
#include "slices/evidence/points_files.h"
#include "slices/evidence/publications.h"
#include "slices/evidence/segment.h"

namespace tithing::evidence {

namespace {

std::int64_t size_of(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_size : 0;
}

// Sums the bytes of all threads and passes them on at most every half megabyte.
class ProgressMeter {
 public:
  ProgressMeter(const ProgressSink& sink, std::int64_t of) : sink_(sink), of_(of) {}
  bool add(std::int64_t bytes, const std::string& what) {
    done_ += bytes;
    if (!sink_) return true;
    const std::lock_guard lock(mutex_);
    if (!stopped_ && (done_ - told_ >= 512 * 1024 || done_ >= of_)) {
      told_ = done_;
      stopped_ = !sink_(done_, of_, what);
    }
    return !stopped_;
  }

 private:
  const ProgressSink& sink_;
  std::int64_t of_;
  std::atomic<std::int64_t> done_{0};
  std::mutex mutex_;
  std::int64_t told_ = 0;
  bool stopped_ = false;
};

class MeteredStream : public ByteStream {
 public:
  MeteredStream(ByteStream& inner, ProgressMeter& meter, const std::string& what)
      : inner_(inner), meter_(meter), what_(what) {}
  Result<std::size_t> read(char* into, std::size_t size) override {
    Result<std::size_t> count = inner_.read(into, size);
    if (count && !meter_.add(static_cast<std::int64_t>(*count), what_))
      return unavailable(tr("The import was stopped. Nothing was changed."));
    if (!count) failed_ = count.error();
    return count;
  }
  // What the stream itself said, as opposed to what its bytes are.
  const std::optional<Problem>& failed() const { return failed_; }

 private:
  ByteStream& inner_;
  ProgressMeter& meter_;
  const std::string& what_;
  std::optional<Problem> failed_;
};

// Counts one file. What is wrong with the file goes into it; a problem is one of the data folder or the stream.
Status count_file(const DataFolder& data, Journal& journal, ByteStream& stream, ReadFile& file) {
  const std::string shown(base_name(file.name));
  Result<StreetFile> counted = read_street_file(stream, shown, file.says);
  if (!counted) {
    file.problem = counted.error().message;
    return {};
  }
  file.refused = std::move(counted->refused);
  file.read_as = counted->read_as;
  file.repeated_headings = counted->repeated_headings;
  if (counted->parts.empty()) {
    file.problem =
        file.refused.empty()
            ? shown + " has a heading and no rows: that is not a month without crime. Download it again."
            : shown + " has no row that can be read; the first was refused because: " + file.refused.front().reason;
    return {};
  }
  file.is_extract = counted->extra_columns || counted->parts.size() > 1;
  for (std::size_t i = 0; i < counted->parts.size(); ++i) {
    ForceMonthCounts& counts = counted->parts[i];
    std::string points = to_points(points_of_part(*counted, i));
    const Result<std::string> segment = write_segment(data, &journal, counts);
    if (!segment) return pass_on(segment);
    std::string types = types_text(counts);
    counts.cells = {};
    file.parts.push_back({std::move(counts), std::move(types), *segment, std::move(points)});
  }
  return {};
}

Status keep_points(const DataFolder& data, Journal& journal, ReadFile& file) {
  for (ReadPart& part : file.parts) {
    const std::string name = points_name(file.sha256, part.counts.force_slug, part.counts.month, part.segment);
    if (const Status written = write_points(data, &journal, name, part.points); !written) return written;
    part.points = {};
  }
  return {};
}

}  // namespace

Result<std::string> write_segment(const DataFolder& data, Journal* journal, const ForceMonthCounts& counts) {
  const std::string bytes = to_segment(counts);
  std::string name = sha256(bytes);
  const std::string path = data.segment_path(name);
  // What is there under this name may be damaged, whatever its size.
  if (const Result<std::string> there = sha256_of_file(path); there && *there == name) return name;
  if (journal != nullptr) {
    if (const Status noted = journal->about_to_make(path); !noted) return pass_on(noted);
  }
  DurableFile file(path);
  file.write(bytes);
  if (const Status done = file.commit(); !done) return pass_on(done);
  return name;
}

Result<ForceMonthCounts> read_segment(const DataFolder& data, const std::string& sha256) {
  std::ifstream in(data.segment_path(sha256), std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in.is_open() || tithing::sha256(bytes.str()) != sha256)
    return unavailable(
        tr("The counts kept for a file are missing or damaged. Run \"tithing evidence rebuild\" to make "
           "them again from the originals."));
  return from_segment(bytes.str());
}

Result<std::unique_ptr<ByteStream>> open_original(const DataFolder& data, const std::string& sha256,
                                                  const std::string& archive_sha256, const std::string& name) {
  if (archive_sha256.empty()) return open_file(data.originals().path_of(sha256));
  return open_member(data.originals().path_of(archive_sha256), name);
}

Result<Reading> read_inputs(const DataFolder& data, Journal& journal, const std::vector<InputFile>& inputs,
                            const std::function<bool(const std::string&)>& known, const ProgressSink& progress,
                            int threads) {
  Reading reading;
  struct Plan {
    const InputFile* input = nullptr;
    std::vector<ArchiveMember> members;
    std::vector<bool> wanted;
    std::vector<std::size_t> file;  // of each wanted member: index in reading.files
  };
  // First what there is to do: archives are listed, so that the whole size is known and a bad one is found at once.
  std::vector<Plan> archives;
  std::vector<const InputFile*> plain;
  std::int64_t of = 0;
  for (const InputFile& input : inputs) {
    if (!input.archive) {
      const auto says = parse_police_file_name(input.name);
      if (says && says->kind != PoliceFileKind::street) {
        ReadFile file;
        file.name = input.name;
        file.says = says;
        file.not_used = true;
        reading.files.push_back(std::move(file));
        continue;
      }
      plain.push_back(&input);
      of += size_of(input.path);
      continue;
    }
    Result<std::vector<ArchiveMember>> members = list_archive(input.path, input.name);
    if (!members) return pass_on(members);
    Plan plan;
    plan.input = &input;
    plan.members = std::move(*members);
    for (const ArchiveMember& member : plan.members) {
      const bool csv = lowered(member.name).ends_with(".csv") && member.name.find("__MACOSX/") == std::string::npos &&
                       !base_name(member.name).starts_with(".");
      const auto says = csv ? parse_police_file_name(member.name) : std::nullopt;
      const bool street = csv && (!says || says->kind == PoliceFileKind::street);
      plan.wanted.push_back(street);
      if (street) of += std::max<std::int64_t>(member.size, 0);
    }
    archives.push_back(std::move(plan));
  }
  ProgressMeter meter(progress, of);

  for (Plan& plan : archives) {
    // Known by its checksum before it is copied: the same archive twice costs one reading.
    const Result<std::string> checksum = sha256_of_file(plan.input->path);
    if (!checksum) return pass_on(checksum);
    if (known(*checksum)) {
      reading.passed_over.push_back({plan.input->name, *checksum});
      continue;
    }
    if (const Status noted = journal.about_to_make(data.originals().path_of(*checksum)); !noted) return pass_on(noted);
    const Result<std::string> kept = data.originals().keep(plan.input->path);
    if (!kept) return pass_on(kept);
    if (*kept != *checksum)
      return unavailable(tr("{0} was changed while it was read. Nothing was imported; try again.", {plan.input->name}));
    plan.file.resize(plan.members.size());
    for (std::size_t i = 0; i < plan.members.size(); ++i) {
      ReadFile file;
      file.name = plan.members[i].name;
      file.archive_name = plan.input->name;
      file.archive_sha256 = *kept;
      file.says = parse_police_file_name(file.name);
      file.not_used = !plan.wanted[i];
      plan.file[i] = reading.files.size();
      reading.files.push_back(std::move(file));
    }
    const Status read = read_archive(data.originals().path_of(*kept), plan.input->name, plan.wanted, threads,
                                     [&](std::size_t member, ByteStream& stream) -> Status {
                                       ReadFile& file = reading.files[plan.file[member]];
                                       MeteredStream metered(stream, meter, file.name);
                                       HashingStream hashing(metered);
                                       const Status counted = count_file(data, journal, hashing, file);
                                       if (!counted) return counted;
                                       if (metered.failed()) return tl::unexpected<Problem>(*metered.failed());
                                       if (const Status drained = hashing.drain(); !drained) return drained;
                                       file.bytes = hashing.bytes();
                                       file.sha256 = hashing.finish();
                                       return keep_points(data, journal, file);
                                     });
    if (!read) return pass_on(read);
  }

  // Plain files side by side.
  const std::size_t first = reading.files.size();
  for (const InputFile* input : plain) {
    ReadFile file;
    file.name = input->name;
    file.says = parse_police_file_name(input->name);
    reading.files.push_back(std::move(file));
  }
  std::vector<char> passed_over(plain.size(), 0);
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  Status outcome;
  std::exception_ptr fault;
  const auto one = [&](std::size_t i) -> Status {
    ReadFile& file = reading.files[first + i];
    const Result<std::string> checksum = sha256_of_file(plain[i]->path);
    if (!checksum) return pass_on(checksum);
    file.sha256 = *checksum;
    file.bytes = size_of(plain[i]->path);
    {
      const std::lock_guard lock(mutex);  // the caller's database connection is asked by one thread at a time
      if (known(*checksum)) {
        passed_over[i] = 1;
        return {};
      }
    }
    if (const Status noted = journal.about_to_make(data.originals().path_of(*checksum)); !noted) return noted;
    const Result<std::string> kept = data.originals().keep(plain[i]->path);
    if (!kept) return pass_on(kept);
    if (*kept != *checksum)
      return unavailable(tr("{0} was changed while it was read. Nothing was imported; try again.", {plain[i]->name}));
    const Result<std::unique_ptr<ByteStream>> stream = open_file(data.originals().path_of(*kept));
    if (!stream) return pass_on(stream);
    MeteredStream metered(**stream, meter, file.name);
    const Status counted = count_file(data, journal, metered, file);
    if (!counted) return counted;
    if (metered.failed()) return tl::unexpected<Problem>(*metered.failed());
    return keep_points(data, journal, file);
  };
  const auto work = [&] {
    try {
      for (std::size_t i; (i = next++) < plain.size();) {
        const Status done = one(i);
        if (done) continue;
        const std::lock_guard lock(mutex);
        if (outcome) outcome = done;
        next = plain.size();
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!fault) fault = std::current_exception();
      next = plain.size();
    }
  };
  std::vector<std::thread> others;
  for (int i = 1; i < threads && plain.size() > 1; ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  if (fault) std::rethrow_exception(fault);
  if (!outcome) return pass_on(outcome);
  for (std::size_t i = plain.size(); i-- > 0;) {
    if (!passed_over[i]) continue;
    reading.passed_over.push_back({reading.files[first + i].name, reading.files[first + i].sha256});
    reading.files.erase(reading.files.begin() + static_cast<std::ptrdiff_t>(first + i));
  }
  return reading;
}

}  // namespace tithing::evidence
