// What the tests of choices between publications share.
#pragma once

#include "base/hash.h"
#include "slices/evidence/inputs.h"
#include "slices/evidence/test_support.h"

namespace tithing::evidence::testing {

inline void for_each_world(const std::function<void(World&)>& test) {
  test::for_each_engine(all_migrations(), [&](db::Database& database) {
    World world(database);
    test(world);
  });
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

inline const std::string kEarly = kFolder + "2022-11-surrey-street.early-publication.csv";
inline const std::string kLater = kFolder + "2022-11-surrey-street.later-publication.csv";
inline const std::string kKey = "surrey 2022-11";

// The early publication's rows of these crime types alone, as a file of the same name.
inline std::string only(World& world, const std::vector<std::string>& types) {
  const std::string text = read_file(kEarly);
  std::string kept = text.substr(0, text.find('\n') + 1);
  for (std::size_t at = kept.size(); at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string line = text.substr(at, end - at);
    for (const std::string& type : types) {
      if (contains(line, "," + type + ",")) kept += line;
    }
    at = end;
  }
  return world.given("2022-11-surrey-street.csv", kept);
}

struct Shape {
  std::string version;
  std::string cube;
  friend bool operator==(const Shape&, const Shape&) = default;
};
inline Shape shape_of(World& world) { return {world.version(), sha256(read_file(world.cube_file()))}; }

inline std::int64_t source_that_counts(World& world) {
  for (const store::PublicationRow& p : world.publications()) {
    if (p.publication.state == PublicationState::counts) return p.source_file;
  }
  return 0;
}

inline std::vector<sources::Choice> choices_of(World& world, const char* kind, const std::string& key) {
  std::vector<sources::Choice> made;
  world.database.read([&](db::Connection& connection) { made = sources::choices(connection, kind, key); });
  return made;
}

inline std::int64_t audit_rows(World& world, const std::string& action) {
  std::int64_t found = 0;
  world.database.read([&](db::Connection& connection) {
    found =
        connection
            .integer({"test.audit", "SELECT COUNT(*) FROM audit_entry WHERE action = :action"}, {{"action", action}})
            .value();
  });
  return found;
}

inline sources::Manners accepting(const std::string& reason) {
  sources::Manners manners;
  manners.accept_removals = true;
  manners.reason = reason;
  return manners;
}

}  // namespace tithing::evidence::testing
