#include "slices/evidence/street_counts.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <numeric>

#include "base/table_text.h"
#include "base/table_words.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/points_tally.h"
#include "slices/evidence/reference_tables.h"
#include "slices/evidence/row_hash.h"

namespace tithing::evidence {

namespace {

constexpr std::size_t kMostTypes = 100;
constexpr std::size_t kMostRefused = 100'000;
constexpr std::size_t kMostRefusedText = 64 * 1024 * 1024;
constexpr std::size_t kMostParts = 2'000;

// Millionths of a degree that hold the United Kingdom.
constexpr std::int32_t kWest = -9'500'000, kEast = 2'500'000, kSouth = 49'000'000, kNorth = 61'500'000;

// Of the twelve columns alone: an extract may have numbered its rows.
std::uint64_t fields_hash(const StreetRow& row) {
  std::uint64_t hash = 1;
  for (const std::string_view field : row.fields)
    hash = folded_product(hash ^ row_hash(field), 0x9E3779B97F4A7C15ULL) + 1;
  return hash == 0 ? 1 : hash;
}

// A line that adds up others, or that holds nothing a crime has. Both look like a row and are none.
bool in_uk(std::int32_t longitude, std::int32_t latitude) {
  return longitude >= kWest && longitude <= kEast && latitude >= kSouth && latitude <= kNorth;
}

const char* no_row(const StreetRow& row) {
  constexpr std::size_t kShortestId = 20;
  const std::string_view id = row.fields[kCrimeId];
  if (id.size() >= kShortestId) return nullptr;  // a checksum: nearly every recorded crime
  bool blank = true;
  for (const Column column : {kCrimeId, kMonth, kReportedBy, kFallsWithin, kLsoaCode, kLsoaName, kCrimeType}) {
    const std::string_view field = row.fields[column];
    if (field.empty()) continue;
    if (is_total_word(field)) return "It is a line of totals, not a crime: it adds up other rows.";
    blank = blank && is_blank_word(field);
  }
  if (!blank) return nullptr;
  return "It holds nothing that a crime has: no Crime ID, month, force, LSOA or crime type.";
}

// The heading once more, as two files laid one behind the other have it.
bool repeats_heading(const StreetRow& row) {
  const std::string_view longitude = row.fields[kLongitude];
  if (longitude.empty() || (longitude.front() != 'L' && longitude.front() != 'l')) return false;
  return lowered(visible(longitude)) == "longitude" && lowered(visible(row.fields[kMonth])) == "month" &&
         lowered(visible(row.fields[kCrimeType])) == "crime type";
}

// A coordinate as nearly all of them are: up to three places, a point, six decimals.
inline bool plain_coordinate(std::string_view text, std::int32_t& into) {
  if (text.size() < 8 || text.size() > 12 || text[text.size() - 7] != '.') return false;
  const std::size_t before = text.size() - 8;  // of the units
  char digits[8];
  std::memcpy(digits, text.data() + before, 8);
  const unsigned units = static_cast<unsigned char>(digits[0]) - unsigned{'0'};
  digits[0] = digits[1] = '0';
  std::uint64_t value = 0;
  bool plain = eight_digits(digits, value) && units <= 9;
  const bool negative = text[0] == '-';
  std::uint32_t places = 0;
  for (std::size_t i = negative ? 1 : 0; i < before; ++i) {
    const unsigned digit = static_cast<unsigned char>(text[i]) - unsigned{'0'};
    plain = plain && digit <= 9;
    places = places * 10 + digit;
  }
  if (!plain || before - (negative && before > 0 ? 1 : 0) > 2) return false;
  const auto whole = static_cast<std::int32_t>((places * 10 + units) * 1'000'000 + value);
  into = negative ? -whole : whole;
  return true;
}

// What a tally counts in. Each thread keeps one for its next file: fresh pages for every file would cost more than
// counting.
struct Tables {
  std::vector<Lsoa> places;
  std::vector<std::uint32_t> counts;
  HashTable place_numbers;
  HashTable ids;
  HashTable lines;
  PointTally points;
  bool in_use = false;
  void clear() {
    places.clear();
    counts.clear();
    place_numbers.clear();
    ids.clear();
    lines.clear();
    points.clear();
  }
};
thread_local Tables kept_tables;

// Counts the rows of one force-month.
class Tally {
 public:
  Tally() : own_(kept_tables.in_use ? std::make_unique<Tables>() : nullptr), tables_(own_ ? *own_ : kept_tables) {
    tables_.in_use = true;
    tables_.clear();
  }
  ~Tally() { tables_.in_use = false; }
  Tally(const Tally&) = delete;
  Tally& operator=(const Tally&) = delete;

  ForceMonthCounts totals;

  void add(const StreetRow& row, const RowReading& reading) {
    ++totals.rows;
    totals.without_coordinates += reading.without_coordinates;
    totals.outside_uk += reading.outside_uk;
    totals.swapped += reading.swapped;
    const std::string_view written = row.fields[kCrimeId];
    const std::string_view id = value_of(written);
    // Of what follows the Crime ID where it comes first: the Crime ID goes in by itself.
    const bool leads = written.data() == row.line.data();
    const std::uint64_t line =
        row.only_known ? row_hash(leads ? row.line.substr(written.size()) : row.line) : fields_hash(row);
    bool fresh = false;
    const bool ruined = is_spreadsheet_number(id);
    totals.spreadsheet_id += ruined;
    if (id.empty() || ruined) {
      totals.without_crime_id += !ruined;
      tables_.lines.at(line, fresh);
      totals.repeated_row += !fresh;
    } else {
      const std::uint64_t key = row_hash(id);
      const std::uint64_t whole = folded_product(line ^ key, 0x9E3779B97F4A7C15ULL) | 1;
      std::uint64_t& first = tables_.ids.at(key, fresh);
      if (fresh) {
        first = whole;
      } else {
        ++totals.repeated_crime_id;
        bool fresh_line = false;
        tables_.lines.at(whole, fresh_line);
        totals.repeated_row += first == whole || !fresh_line;
      }
    }
    const std::size_t type = type_of(row.fields[kCrimeType]);
    if (reading.lsoa == kNoLsoa) ++totals.without_lsoa;
    const std::size_t place = place_of(reading.lsoa);
    ++counts_[place * stride_ + type];
    tables_.points.add(reading.without_coordinates || reading.swapped
                           ? key_without_position(type)
                           : position_key(reading.longitude, reading.latitude, type),
                       static_cast<std::uint32_t>(place));
  }

  std::size_t types() const { return names_.size(); }

  // `points` becomes the same rows by position.
  ForceMonthCounts finish(std::vector<PointCell>& points) {
    // Names that differ in case only are one type; the least of them in byte order names it, so that the order of rows
    // does not matter.
    std::map<std::string, std::string> by_slug;
    for (const std::string& name : names_) {
      const std::string made = crime_type_slug(name);
      const KnownCrimeType* known = known_crime_type(made);
      const std::string shown = known != nullptr       ? std::string(known->name)
                                : made == "not-stated" ? "Not stated"
                                                       : name;
      const auto [found, inserted] = by_slug.emplace(made, shown);
      if (!inserted && shown < found->second) found->second = shown;
    }
    std::map<std::string, std::uint32_t> index;
    for (const auto& [made, shown] : by_slug) {
      index.emplace(made, static_cast<std::uint32_t>(totals.types.size()));
      totals.types.push_back({made, shown});
    }
    std::vector<std::uint32_t> type_index;
    for (const std::string& name : names_) type_index.push_back(index[crime_type_slug(name)]);
    std::vector<std::size_t> order(places_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return places_[a] < places_[b]; });
    std::vector<std::uint32_t> row(totals.types.size());
    for (const std::size_t place : order) {
      std::fill(row.begin(), row.end(), 0U);
      for (std::size_t type = 0; type < names_.size(); ++type) row[type_index[type]] += counts_[place * stride_ + type];
      for (std::uint32_t type = 0; type < row.size(); ++type) {
        if (row[type] != 0) totals.cells.push_back({places_[place], type, row[type]});
      }
    }
    points = points_by_place(order, type_index);
    return std::move(totals);
  }

 private:
  // Sorted into places first: sorting some dozens at a time is a fraction of sorting all.
  std::vector<PointCell> points_by_place(const std::vector<std::size_t>& order,
                                         const std::vector<std::uint32_t>& type_index) const {
    struct Counted {
      std::uint64_t key;
      std::uint32_t count;
    };
    const std::span<const PointTally::Entry> entries = tables_.points.entries();
    std::vector<std::size_t> start(places_.size() + 1, 0);
    for (const PointTally::Entry& entry : entries) ++start[entry.place + 1];
    std::partial_sum(start.begin(), start.end(), start.begin());
    std::vector<Counted> sorted(entries.size());
    std::vector<std::size_t> fill(start.begin(), start.end() - 1);
    for (const PointTally::Entry& entry : entries) {
      sorted[fill[entry.place]++] = {(entry.key & ~std::uint64_t{127}) | type_index[entry.key & 127], entry.count};
    }
    std::vector<PointCell> out;
    out.reserve(sorted.size());
    for (const std::size_t place : order) {
      const auto first = sorted.begin() + static_cast<std::ptrdiff_t>(start[place]);
      const auto end = sorted.begin() + static_cast<std::ptrdiff_t>(start[place + 1]);
      std::sort(first, end, [](const Counted& a, const Counted& b) { return a.key < b.key; });
      // Those without a position stand last here, and first in the list.
      const auto unplaced = std::find_if(first, end, [](const Counted& one) { return !has_position(one.key); });
      const auto add = [&](auto from, auto to) {
        for (const std::size_t begin = out.size(); from != to; ++from) {
          const bool placed = has_position(from->key);
          const auto type = static_cast<std::uint32_t>(from->key & 127);
          const std::int32_t longitude =
              placed ? static_cast<std::int32_t>(from->key >> 35) - 180'000'000 : kNoPosition;
          const std::int32_t latitude =
              placed ? static_cast<std::int32_t>(from->key >> 7 & 0xFFFFFFF) - 90'000'000 : kNoPosition;
          // Several rows of one position, or two names of one type.
          if (out.size() > begin && out.back().longitude == longitude && out.back().latitude == latitude &&
              out.back().type == type) {
            out.back().count += from->count;
          } else {
            out.push_back({places_[place], longitude, latitude, type, from->count});
          }
        }
      };
      add(unplaced, end);
      add(first, unplaced);
    }
    return out;
  }

  std::size_t place_of(Lsoa lsoa) {
    if (lsoa == last_lsoa_ && !places_.empty()) return last_place_;
    bool fresh = false;
    // An odd factor: different LSOAs give different keys, and none gives 0.
    std::uint64_t& place = place_numbers_.at((lsoa + std::uint64_t{1}) * 0x9E3779B97F4A7C15ULL, fresh);
    if (fresh) {
      place = places_.size();
      places_.push_back(lsoa);
      counts_.resize(places_.size() * stride_);
    }
    last_lsoa_ = lsoa;
    return last_place_ = static_cast<std::size_t>(place);
  }

  std::size_t type_of(std::string_view name) {
    // A dozen short names: the length and two letters nearly always tell.
    const std::size_t bucket = name.empty() ? 0
                                            : (name.size() * 7 + static_cast<unsigned char>(name[0]) * 5 +
                                               static_cast<unsigned char>(name[name.size() / 2])) %
                                                  kBuckets;
    const std::uint8_t guess = buckets_[bucket];
    if (guess < names_.size() && same_text(names_[guess], name)) return guess;
    std::size_t found = 0;
    while (found < names_.size() && names_[found] != name) ++found;
    if (found == names_.size()) {
      if (names_.size() > kMostTypes) return kMostTypes;  // the file is about to be refused
      names_.emplace_back(name);
      if (names_.size() > stride_) widen();
    }
    buckets_[bucket] = static_cast<std::uint8_t>(found);
    return found;
  }

  void widen() {
    const std::size_t wider = kMostTypes + 2;
    std::vector<std::uint32_t> counts(places_.size() * wider);
    for (std::size_t place = 0; place < places_.size(); ++place) {
      std::copy_n(counts_.begin() + static_cast<std::ptrdiff_t>(place * stride_), stride_,
                  counts.begin() + static_cast<std::ptrdiff_t>(place * wider));
    }
    counts_.swap(counts);
    stride_ = wider;
  }

  static constexpr std::size_t kBuckets = 251;
  std::vector<std::string> names_;
  std::uint8_t buckets_[kBuckets] = {};
  std::size_t stride_ = 24;
  std::unique_ptr<Tables> own_;
  Tables& tables_;
  std::vector<Lsoa>& places_ = tables_.places;
  std::vector<std::uint32_t>& counts_ = tables_.counts;
  HashTable& place_numbers_ = tables_.place_numbers;
  Lsoa last_lsoa_ = kNoLsoa;
  std::size_t last_place_ = 0;
};

class Counter : public StreetVisitor {
 public:
  Counter(const std::string& name, const std::optional<PoliceFileName>& expected) : name_(name), expected_(expected) {
    if (!expected_) return;
    month_text_ = expected_->month.iso();
    const KnownForce* known = known_force_by_slug(expected_->force_slug);
    Tally& tally =
        start(expected_->month, expected_->force_slug, known != nullptr ? std::string(known->name) : std::string());
    tallies_.push_back(std::unique_ptr<Tally>(&tally));
  }

  void row(const StreetRow& row) override {
    if (repeats_heading(row)) {
      ++file_.repeated_headings;
      return;
    }
    RowReading reading;
    if (const char* reason = read_place(row, reading)) return refuse(row, reason);  // what is no row is told there, too
    if (expected_) {
      take_expected(row, reading);
    } else {
      take_by_row(row, reading);
    }
  }

  void refused(std::int64_t line, std::string reason, std::string text) override {
    refused_bytes_ += text.size() + reason.size();
    if (file_.refused.size() < kMostRefused && refused_bytes_ < kMostRefusedText) {
      file_.refused.push_back({line, std::move(reason), std::move(text)});
    } else {
      too_many_refused_ = true;
    }
  }

  bool stop() const override { return too_many_refused_ || too_many_parts_ || types() > kMostTypes; }

  Result<StreetFile> finish(const StreetHeading& heading) {
    if (too_many_refused_) {
      return invalid(
          tr("{0} has more than {1} rows that cannot be read, the first because: {2} It is not a "
             "street-level file of data.police.uk.",
             {name_, grouped(static_cast<std::int64_t>(kMostRefused)), file_.refused.front().reason}));
    }
    if (types() > kMostTypes)
      return invalid(
          tr("{0} has more than 100 different crime types. It is not a street-level file of data.police.uk.", {name_}));
    if (too_many_parts_)
      return invalid(
          tr("{0} has rows of more than 2,000 forces and months. It is not a street-level file of "
             "data.police.uk.",
             {name_}));
    file_.extra_columns = heading.extra_columns;
    file_.read_as = heading.read_as;
    std::sort(tallies_.begin(), tallies_.end(), [](const std::unique_ptr<Tally>& a, const std::unique_ptr<Tally>& b) {
      return a->totals.month != b->totals.month ? a->totals.month < b->totals.month
                                                : a->totals.force_slug < b->totals.force_slug;
    });
    for (const std::unique_ptr<Tally>& tally : tallies_) {
      if (tally->totals.rows == 0) continue;
      file_.points.emplace_back();
      file_.parts.push_back(tally->finish(file_.points.back()));
    }
    return std::move(file_);
  }

 private:
  static Tally& start(Month month, std::string force_slug, std::string reported_by) {
    Tally* tally = new Tally;
    tally->totals.month = month;
    tally->totals.force_slug = std::move(force_slug);
    tally->totals.reported_by = std::move(reported_by);
    return *tally;
  }

  std::size_t types() const {
    std::size_t most = 0;
    for (const std::unique_ptr<Tally>& tally : tallies_) most = std::max(most, tally->types());
    return most;
  }

  void take_expected(const StreetRow& row, const RowReading& reading) {
    Tally& tally = *tallies_.front();
    const std::string_view month = value_of(row.fields[kMonth]);
    if (!same_text(month, month_text_)) {
      if (month.empty()) {
        ++tally.totals.filled_month;
      } else if (!Month::parse(month)) {
        return refuse(
            row, "Its month, \"" + refused_text(month.substr(0, 40)) + "\", is not a month like " + month_text_ + ".");
      } else {
        return refuse(row, "Its month, " + std::string(month) + ", is not the file's month, " + month_text_ + ".");
      }
    }
    const std::string_view reporter = value_of(row.fields[kReportedBy]);
    if (!same_text(reporter, tally.totals.reported_by) && !reporter.empty()) {
      if (tally.totals.reported_by.empty()) {
        tally.totals.reported_by = reporter;
      } else {
        ++tally.totals.other_reporter;
      }
    }
    tally.add(row, reading);
  }

  void take_by_row(const StreetRow& row, const RowReading& reading) {
    const std::string_view month_text = value_of(row.fields[kMonth]);
    const std::string_view reporter = value_of(row.fields[kReportedBy]);
    if (last_ == nullptr || month_text != last_month_ || reporter != last_->totals.reported_by) {
      const Result<Month> month = Month::parse(month_text);
      if (!month) {
        return refuse(row, month_text.empty() ? "It names no month, and neither does the file's name."
                                              : "Its month, \"" + refused_text(month_text.substr(0, 40)) +
                                                    "\", is not a month like 2022-01.");
      }
      if (reporter.empty())
        return refuse(row, "It does not say which force reported it, and neither does the file's name.");
      last_ = nullptr;
      for (const std::unique_ptr<Tally>& tally : tallies_) {
        if (tally->totals.month == *month && tally->totals.reported_by == reporter) last_ = tally.get();
      }
      if (last_ == nullptr) {
        if (tallies_.size() >= kMostParts) {
          too_many_parts_ = true;
          return;
        }
        last_ = &start(*month, force_slug(reporter), std::string(reporter));
        tallies_.push_back(std::unique_ptr<Tally>(last_));
      }
      last_month_ = month_text;
    }
    last_->add(row, reading);
  }

  void refuse(const StreetRow& row, std::string reason) {
    refused(row.number, std::move(reason), refused_text(row.line));
  }

  const std::string& name_;
  const std::optional<PoliceFileName>& expected_;
  std::string month_text_;
  std::vector<std::unique_ptr<Tally>> tallies_;
  Tally* last_ = nullptr;
  std::string last_month_;
  StreetFile file_;
  std::size_t refused_bytes_ = 0;
  bool too_many_refused_ = false;
  bool too_many_parts_ = false;
};

}  // namespace

std::int64_t StreetFile::accepted() const {
  std::int64_t rows = 0;
  for (const ForceMonthCounts& part : parts) rows += part.rows;
  return rows;
}

bool is_spreadsheet_number(std::string_view text) {
  constexpr std::size_t kLongest = 24;
  if (text.size() < 4 || text.size() > kLongest) return false;  // nearly every one ends here
  text = trimmed(text);
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - from;
  };
  if (digits() == 0) return false;
  if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
    ++at;
    if (digits() == 0) return false;
  }
  if (at == text.size() || (text[at] != 'E' && text[at] != 'e')) return false;
  ++at;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  return digits() > 0 && at == text.size();
}

std::optional<std::int32_t> parse_coordinate(std::string_view text) {
  std::int32_t plain = 0;
  if (plain_coordinate(text, plain)) return plain;
  const char* at = text.data();
  const char* end = at + text.size();
  bool negative = false;
  if (at != end && (*at == '-' || *at == '+')) negative = *at++ == '-';
  std::int64_t value = 0;
  int whole = 0;
  for (; at != end && *at >= '0' && *at <= '9'; ++at, ++whole) value = value * 10 + (*at - '0');
  if (whole == 0 || whole > 3) return std::nullopt;
  int decimals = 0;
  if (at != end && *at == '.') {
    for (++at; at != end && *at >= '0' && *at <= '9'; ++at, ++decimals) {
      if (decimals < 6) value = value * 10 + (*at - '0');
    }
    if (decimals == 0) return std::nullopt;
  }
  if (at != end) return std::nullopt;
  for (; decimals < 6; ++decimals) value *= 10;
  return static_cast<std::int32_t>(negative ? -value : value);
}

const char* read_place(const StreetRow& row, RowReading& into) {
  if (const char* reason = no_row(row)) return reason;
  const std::string_view longitude_text = value_of(row.fields[kLongitude]);
  const std::string_view latitude_text = value_of(row.fields[kLatitude]);
  if (!longitude_text.empty() && !latitude_text.empty()) {
    std::int32_t& longitude = into.longitude;
    std::int32_t& latitude = into.latitude;
    if (!plain_coordinate(longitude_text, longitude)) {
      const std::optional<std::int32_t> parsed = parse_coordinate(visible(longitude_text));
      if (!parsed) return "Its longitude is not a number of degrees.";
      longitude = *parsed;
    }
    if (!plain_coordinate(latitude_text, latitude)) {
      const std::optional<std::int32_t> parsed = parse_coordinate(visible(latitude_text));
      if (!parsed) return "Its latitude is not a number of degrees.";
      latitude = *parsed;
    }
    if (longitude < -180'000'000 || longitude > 180'000'000) return "Its longitude is not between -180 and 180.";
    if (latitude < -90'000'000 || latitude > 90'000'000) return "Its latitude is not between -90 and 90.";
    into.outside_uk = !in_uk(longitude, latitude);
    into.swapped = into.outside_uk && in_uk(latitude, longitude);
  } else {
    // Half a pair is no place, but what there is must be a number.
    if (!longitude_text.empty() && !parse_coordinate(visible(longitude_text)))
      return "Its longitude is not a number of degrees.";
    if (!latitude_text.empty() && !parse_coordinate(visible(latitude_text)))
      return "Its latitude is not a number of degrees.";
    into.without_coordinates = true;
  }
  const std::string_view lsoa = value_of(row.fields[kLsoaCode]);
  if (!lsoa.empty()) {
    into.lsoa = lsoa_number(lsoa);
    if (into.lsoa == kNoLsoa) into.lsoa = lsoa_number(visible(lsoa));  // with spaces around it
    if (into.lsoa == kNoLsoa) return "Its LSOA code is not a letter and eight digits.";
  }
  return nullptr;
}

Result<StreetFile> read_street_file(ByteStream& stream, const std::string& name,
                                    const std::optional<PoliceFileName>& expected) {
  Counter counter(name, expected);
  const Result<StreetHeading> heading = scan_street(stream, name, counter);
  if (!heading) return pass_on(heading);
  return counter.finish(*heading);
}

}  // namespace tithing::evidence
