#include "slices/evidence/inputs.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/street_file_name.h"

namespace tithing::evidence {

namespace {

constexpr std::size_t kMostMembers = 20'000;
constexpr std::int64_t kMostTimes = 60;
constexpr std::int64_t kAlwaysAllowed = 64 * 1024 * 1024;

bool ends_like(const std::string& name, std::string_view ending) { return lowered(name).ends_with(ending); }

bool hidden(const std::filesystem::path& path) {
  for (const std::filesystem::path& part : path) {
    const std::string text = part.string();
    if (text == "__MACOSX" || (text.size() > 1 && text[0] == '.' && text != "..")) return true;
  }
  return false;
}

Result<bool> is_archive(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return invalid(tr("{0} cannot be opened. Check who may read it and try again.", {path}));
  char first[4] = {};
  in.read(first, 4);
  const std::string_view text(first, static_cast<std::size_t>(in.gcount()));
  return text.starts_with("PK") || (!text.empty() && ends_like(path, ".zip"));
}

std::int64_t most_bytes(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_size * kMostTimes + kAlwaysAllowed : kAlwaysAllowed;
}

tl::unexpected<Problem> bomb(const std::string& name) {
  return invalid(
      tr("{0} would unpack to more than {1} times its size. Police archives do not: it is damaged or "
         "made to do harm, and was not read.",
         {name, std::to_string(kMostTimes)}));
}

tl::unexpected<Problem> damaged(const std::string& name, const char* why) {
  return invalid(why != nullptr && *why != '\0'
                     ? tr("{0} is not a whole zip archive: it is cut off or damaged ({1}). Download it again.",
                          {name, to_valid_utf8(why)})
                     : tr("{0} is not a whole zip archive: it is cut off or damaged. Download it again.", {name}));
}

// A zip archive from its first member to its last, through libarchive's reader of the central directory.
class Zip {
 public:
  explicit Zip(std::string name) : name_(std::move(name)), archive_(archive_read_new()) {
    archive_read_support_format_zip_seekable(archive_);
  }
  ~Zip() { archive_read_free(archive_); }
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;

  Status open(const std::string& path) {
    if (archive_read_open_filename(archive_, path.c_str(), 256 * 1024) != ARCHIVE_OK) return damaged(name_, nullptr);
    return {};
  }
  // The next file, false at the end.
  Result<bool> next() {
    for (;;) {
      const int got = archive_read_next_header(archive_, &entry_);
      if (got == ARCHIVE_EOF) return false;
      if (got != ARCHIVE_OK && got != ARCHIVE_WARN) return damaged(name_, archive_error_string(archive_));
      if (archive_entry_filetype(entry_) == AE_IFREG) return true;
    }
  }
  std::string member() const {
    const char* name = archive_entry_pathname_utf8(entry_);
    if (name == nullptr) name = archive_entry_pathname(entry_);
    return to_valid_utf8(name != nullptr ? name : "?");
  }
  std::int64_t size() const { return archive_entry_size_is_set(entry_) ? archive_entry_size(entry_) : -1; }
  bool locked() const { return archive_entry_is_encrypted(entry_) != 0; }
  Result<std::size_t> read(char* into, std::size_t size) {
    const la_ssize_t count = archive_read_data(archive_, into, size);
    if (count < 0) return damaged(name_, archive_error_string(archive_));
    return static_cast<std::size_t>(count);
  }

 private:
  std::string name_;
  struct archive* archive_;
  struct archive_entry* entry_ = nullptr;
};

class MemberStream : public ByteStream {
 public:
  MemberStream(Zip& zip, std::string name, std::atomic<std::int64_t>& left)
      : zip_(zip), name_(std::move(name)), left_(left) {}
  Result<std::size_t> read(char* into, std::size_t size) override {
    const Result<std::size_t> count = zip_.read(into, size);
    if (count && (left_ -= static_cast<std::int64_t>(*count)) < 0) return bomb(name_);
    return count;
  }

 private:
  Zip& zip_;
  std::string name_;
  std::atomic<std::int64_t>& left_;
};

class OwnedMember : public ByteStream {
 public:
  OwnedMember(std::unique_ptr<Zip> zip, std::string name, std::int64_t left)
      : zip_(std::move(zip)), left_(left), stream_(*zip_, std::move(name), left_) {}
  Result<std::size_t> read(char* into, std::size_t size) override { return stream_.read(into, size); }

 private:
  std::unique_ptr<Zip> zip_;
  std::atomic<std::int64_t> left_;
  MemberStream stream_;
};

}  // namespace

Result<std::vector<InputFile>> find_inputs(const std::vector<std::string>& paths) {
  std::vector<InputFile> inputs;
  for (const std::string& path : paths) {
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status))
      return invalid(tr("There is no file or folder {0}. Check the path and try again.", {path}));
    std::vector<std::string> files;
    if (std::filesystem::is_directory(status)) {
      std::filesystem::recursive_directory_iterator it(path, error);
      if (error) return invalid(tr("The folder {0} cannot be read: {1}.", {path, error.message()}));
      for (const std::filesystem::recursive_directory_iterator end; it != end; it.increment(error)) {
        if (error) return invalid(tr("The folder {0} cannot be read: {1}.", {path, error.message()}));
        const std::string name = it->path().string();
        std::error_code ignored;
        if (!it->is_regular_file(ignored) || hidden(it->path().lexically_relative(path))) continue;
        if (ends_like(name, ".csv") || ends_like(name, ".zip")) files.push_back(name);
      }
      if (files.empty()) return invalid(tr("The folder {0} holds no CSV file and no zip archive.", {path}));
      std::sort(files.begin(), files.end());
    } else if (std::filesystem::is_regular_file(status)) {
      files.push_back(path);
    } else {
      return invalid(tr("{0} is neither a file nor a folder.", {path}));
    }
    for (const std::string& file : files) {
      const Result<bool> archive = is_archive(file);
      if (!archive) return pass_on(archive);
      inputs.push_back({file, std::string(base_name(file)), *archive});
    }
  }
  return inputs;
}

Result<std::vector<ArchiveMember>> list_archive(const std::string& path, const std::string& name) {
  Zip zip(name);
  if (const Status opened = zip.open(path); !opened) return pass_on(opened);
  std::vector<ArchiveMember> members;
  std::int64_t bytes = 0;
  const std::int64_t most = most_bytes(path);
  for (;;) {
    const Result<bool> more = zip.next();
    if (!more) return pass_on(more);
    if (!*more) return members;
    if (members.size() >= kMostMembers)
      return invalid(tr("{0} holds more than 20,000 files. Police archives do not, and it was not read.", {name}));
    if (zip.locked()) return invalid(tr("{0} is locked with a password. Unpack it, and import the folder.", {name}));
    members.push_back({zip.member(), zip.size()});
    // What is not a CSV is never unpacked.
    if (ends_like(members.back().name, ".csv")) bytes += std::max<std::int64_t>(zip.size(), 0);
    if (bytes > most) return bomb(name);
  }
}

Status read_archive(const std::string& path, const std::string& name, const std::vector<bool>& wanted, int threads,
                    const std::function<Status(std::size_t, ByteStream&)>& each) {
  std::vector<std::atomic<bool>> taken(wanted.size());
  std::atomic<std::int64_t> left{most_bytes(path)};
  std::atomic<bool> stop{false};
  std::mutex mutex;
  Status outcome;
  std::exception_ptr fault;
  const auto fail = [&](const Problem& why) {
    const std::lock_guard lock(mutex);
    if (outcome) outcome = tl::unexpected<Problem>(why);
    stop = true;
  };
  const auto work = [&] {
    try {
      Zip zip(name);
      if (const Status opened = zip.open(path); !opened) return fail(opened.error());
      for (std::size_t member = 0; !stop; ++member) {
        const Result<bool> more = zip.next();
        if (!more) return fail(more.error());
        if (!*more || member >= wanted.size()) return;
        if (!wanted[member] || taken[member].exchange(true)) continue;
        MemberStream stream(zip, name, left);
        if (const Status done = each(member, stream); !done) return fail(done.error());
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!fault) fault = std::current_exception();
      stop = true;
    }
  };
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  if (fault) std::rethrow_exception(fault);
  return outcome;
}

Result<std::string> read_small_file(const std::string& path, const std::string& name, std::int64_t most) {
  const Result<std::unique_ptr<ByteStream>> opened = open_file(path);  // says what is wrong with the path
  if (!opened) return pass_on(opened);
  struct Closer {
    struct archive* it;
    ~Closer() { archive_read_free(it); }
  } file{archive_read_new()};
  archive_read_support_filter_gzip(file.it);
  archive_read_support_format_raw(file.it);
  archive_read_support_format_empty(file.it);
  const auto broken = [&] { return invalid(tr("{0} is cut off or damaged. Download it again.", {name})); };
  struct archive_entry* entry = nullptr;
  if (archive_read_open_filename(file.it, path.c_str(), 256 * 1024) != ARCHIVE_OK) return broken();
  const int header = archive_read_next_header(file.it, &entry);
  if (header == ARCHIVE_EOF) return std::string();
  if (header != ARCHIVE_OK) return broken();
  std::string text;
  std::vector<char> buffer(256 * 1024);
  for (;;) {
    const la_ssize_t count = archive_read_data(file.it, buffer.data(), buffer.size());
    if (count < 0) return broken();
    if (count == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
    if (static_cast<std::int64_t>(text.size()) > most)
      return invalid(tr("{0} is larger than such a table can be.", {name}));
  }
}

Result<std::unique_ptr<ByteStream>> open_member(const std::string& archive_path, const std::string& member) {
  auto zip = std::make_unique<Zip>(member);
  if (const Status opened = zip->open(archive_path); !opened) return pass_on(opened);
  for (;;) {
    const Result<bool> more = zip->next();
    if (!more) return pass_on(more);
    if (!*more) return not_found(tr("The archive no longer holds {0}.", {member}));
    if (zip->member() == member) return std::make_unique<OwnedMember>(std::move(zip), member, most_bytes(archive_path));
  }
}

}  // namespace tithing::evidence
