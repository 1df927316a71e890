// data/sample holds exactly the files of SHA256SUMS, and within the packed ones those of CONTENTS.sha256.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "base/hash.h"
#include "slices/register/files.h"
#include "support/source_dir.h"

using namespace tithing;

namespace {

namespace fs = std::filesystem;
const std::string kSample = tests::source_dir() + "/data/sample/";

// Path to checksum, from lines of sha256sum: 64 digits, two spaces, path.
std::map<std::string, std::string> read_sums(const std::string& name) {
  std::map<std::string, std::string> sums;
  std::ifstream in(kSample + name);
  for (std::string line; std::getline(in, line);) {
    REQUIRE(line.size() > 66);
    sums[line.substr(66)] = line.substr(0, 64);
  }
  return sums;
}

}  // namespace

TEST_CASE("each file has its checksum, and there is no other file") {
  const auto sums = read_sums("SHA256SUMS");
  CHECK(sums.size() == 15);
  for (const auto& [path, sum] : sums) {
    CAPTURE(path);
    const auto actual = sha256_of_file(kSample + path);
    REQUIRE(actual.has_value());
    CHECK(*actual == sum);
  }
  std::set<std::string> found;
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kSample)) {
    if (!entry.is_regular_file()) continue;
    bytes += entry.file_size();
    const std::string path = fs::relative(entry.path(), kSample).string();
    if (path != "README.md" && path != "SHA256SUMS" && path != "CONTENTS.sha256") found.insert(path);
  }
  for (const std::string& path : found) CHECK_MESSAGE(sums.count(path) == 1, path);
  CHECK(bytes < 25'000'000);
}

TEST_CASE("what is packed is, unpacked, what was published") {
  const auto sums = read_sums("CONTENTS.sha256");
  std::set<std::string> packed;
  for (const auto& [path, sum] : sums) packed.insert(path.substr(0, path.find('!')));
  std::size_t seen = 0;
  for (const std::string& archive : packed) {
    const Status walked = register_::each_file(
        {kSample + archive}, [](const std::string&, std::string_view, bool) { return true; },
        [&](register_::GivenFile&& file) -> Status {
          const auto expected = sums.find(archive + "!" + file.name);
          CHECK_MESSAGE(expected != sums.end(), file.name);
          if (expected != sums.end()) CHECK_MESSAGE(sha256(file.bytes) == expected->second, file.name);
          ++seen;
          return {};
        });
    CHECK_MESSAGE(walked.has_value(), archive);
  }
  CHECK(seen == sums.size());
}
