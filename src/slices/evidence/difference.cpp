#include "slices/evidence/difference.h"

#include <algorithm>
#include <map>

#include "slices/evidence/reference_tables.h"
#include "slices/evidence/row_hash.h"
#include "slices/evidence/street_counts.h"

namespace tithing::evidence {

bool RowsOf::holds(const StreetRow& row) const {
  RowReading reading;
  if (read_place(row, reading) != nullptr) return false;
  const std::string_view text = value_of(row.fields[kMonth]);
  if (named && text.empty()) return true;
  const Result<Month> its_month = Month::parse(text);
  if (!its_month || *its_month != month) return false;
  return named ||
         (!value_of(row.fields[kReportedBy]).empty() && evidence::force_slug(row.fields[kReportedBy]) == force_slug);
}

namespace {

struct Row {
  std::uint64_t whole = 0;
  std::uint64_t without_outcome = 0;
  std::uint64_t id = 0;  // 0: blank
  std::uint32_t type = 0;
  bool matched = false;
};

using Types = std::map<std::string, std::uint32_t>;  // name -> index

class Collector : public StreetVisitor {
 public:
  Collector(const RowsOf& rows, Types& types) : rows_(rows), types_(types) {}
  void row(const StreetRow& row) override {
    if (!rows_.holds(row)) return;
    Row kept;
    kept.without_outcome = 1;
    for (int column = 0; column < kColumnCount; ++column) {
      if (column == kOutcome) continue;
      kept.without_outcome =
          folded_product(kept.without_outcome ^ row_hash(row.fields[static_cast<std::size_t>(column)]),
                         0x9E3779B97F4A7C15ULL) +
          1;
    }
    kept.whole = folded_product(kept.without_outcome ^ row_hash(row.fields[kOutcome]), 0xC2B2AE3D27D4EB4FULL);
    const std::string_view id = value_of(row.fields[kCrimeId]);
    kept.id = id.empty() || is_spreadsheet_number(id)
                  ? 0
                  : row_hash(id);  // one number of a spreadsheet stands for many crimes
    const std::string type(row.fields[kCrimeType]);
    kept.type = types_.emplace(type, static_cast<std::uint32_t>(types_.size())).first->second;
    found.push_back(kept);
  }
  void refused(std::int64_t, std::string, std::string) override {}
  std::vector<Row> found;

 private:
  const RowsOf& rows_;
  Types& types_;
};

// Pairs rows of both sides that have the same key, each once, and calls `each` with the later one.
template <class Key, class Each>
void match(std::vector<Row>& former, std::vector<Row>& later, Key key, Each each) {
  std::map<std::uint64_t, std::vector<Row*>> waiting;
  for (Row& row : former) {
    if (!row.matched && key(row) != 0) waiting[key(row)].push_back(&row);
  }
  for (Row& row : later) {
    if (row.matched || key(row) == 0) continue;
    const auto found = waiting.find(key(row));
    if (found == waiting.end() || found->second.empty()) continue;
    found->second.back()->matched = true;
    found->second.pop_back();
    row.matched = true;
    each(row);
  }
}

}  // namespace

Result<std::vector<TypeDifference>> compare_publications(ByteStream& former, const RowsOf& former_rows,
                                                         ByteStream& later, const RowsOf& later_rows) {
  Types types;
  Collector before(former_rows, types);
  Collector after(later_rows, types);
  if (const Result<StreetHeading> read = scan_street(former, "the former publication", before); !read)
    return pass_on(read);
  if (const Result<StreetHeading> read = scan_street(later, "the later publication", after); !read)
    return pass_on(read);

  std::vector<TypeDifference> by_type(types.size());
  for (const auto& [name, index] : types) by_type[index].name = name;
  match(
      before.found, after.found, [](const Row& row) { return row.whole; }, [](const Row&) {});
  match(
      before.found, after.found, [](const Row& row) { return row.without_outcome; },
      [&](const Row& row) { ++by_type[row.type].other_outcome; });
  match(
      before.found, after.found, [](const Row& row) { return row.id; },
      [&](const Row& row) { ++by_type[row.type].otherwise_changed; });
  for (const Row& row : before.found) by_type[row.type].removed += !row.matched;
  for (const Row& row : after.found) by_type[row.type].added += !row.matched;

  std::map<std::string, TypeDifference> by_slug;
  for (TypeDifference& difference : by_type) {
    if (difference.added + difference.removed + difference.other_outcome + difference.otherwise_changed == 0) continue;
    difference.slug = crime_type_slug(difference.name);
    const KnownCrimeType* known = known_crime_type(difference.slug);
    TypeDifference& into = by_slug[difference.slug];
    into.slug = difference.slug;
    into.name = known != nullptr ? std::string(known->name) : difference.name.empty() ? "Not stated" : difference.name;
    into.added += difference.added;
    into.removed += difference.removed;
    into.other_outcome += difference.other_outcome;
    into.otherwise_changed += difference.otherwise_changed;
  }
  std::vector<TypeDifference> differences;
  for (auto& [slug, difference] : by_slug) differences.push_back(std::move(difference));
  return differences;
}

}  // namespace tithing::evidence
