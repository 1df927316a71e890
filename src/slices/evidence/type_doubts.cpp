#include "slices/evidence/type_doubts.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "slices/evidence/reference_tables.h"

namespace tithing::evidence {

namespace {

constexpr int kNeighbourMonths = 12;
constexpr std::size_t kFewestNeighbours = 5;
constexpr std::size_t kNamed = 4;  // categories that a sentence names

std::int64_t middle_of(std::vector<std::int64_t> numbers) {
  std::sort(numbers.begin(), numbers.end());
  const std::size_t half = numbers.size() / 2;
  return numbers.size() % 2 == 1 ? numbers[half] : (numbers[half - 1] + numbers[half]) / 2;
}

// When a category was published, and from which months it means something else. Looked up once per type: there are many
// months.
struct TypeDates {
  const KnownCrimeType* known = nullptr;  // null: not in the table, always there
  std::vector<Month> breaks;

  bool published(Month month) const { return known == nullptr || published_in(*known, month); }
  // Whether the category means the same in both months.
  bool same_sense(Month a, Month b) const {
    return published(a) && published(b) &&
           std::none_of(breaks.begin(), breaks.end(), [&](Month at) { return (a < at) != (b < at); });
  }
};

std::vector<TypeDates> dates_of(const std::vector<CrimeType>& types) {
  std::vector<TypeDates> dates;
  for (const CrimeType& type : types) {
    TypeDates one{known_crime_type(type.slug), {}};
    for (const CategoryBreak& broken : category_break_table()) {
      if (broken.slug == type.slug) one.breaks.push_back(Month::from_ym(broken.year, broken.month));
    }
    dates.push_back(std::move(one));
  }
  return dates;
}

std::vector<std::int64_t> others_of(const TypeDates& dates, std::size_t type, const std::vector<TypeMonth>& months,
                                    std::size_t at) {
  std::vector<std::int64_t> others;
  // Months ascend, each once: those in reach lie at most kNeighbourMonths places away.
  constexpr std::size_t kReach = kNeighbourMonths;
  for (std::size_t other = at > kReach ? at - kReach : 0; other < months.size() && other <= at + kReach; ++other) {
    const int distance = months[other].month.index() - months[at].month.index();
    if (other == at || distance < -kNeighbourMonths || distance > kNeighbourMonths || !months[other].compares) continue;
    if (dates.same_sense(months[at].month, months[other].month)) others.push_back(months[other].rows[type]);
  }
  return others;
}

struct Low {
  std::size_t type;
  std::int64_t rows;
  std::int64_t usual;
};

// How the month stands in all: the middle of what its larger categories have over what they usually have, without the
// one that is judged. A short or quiet month is low throughout, and no single category of it stands out. At most 1, at
// least kLowestLevel; 1 where fewer than kFewestLow categories tell.
double level_of(const std::vector<std::int64_t>& rows, const std::vector<std::int64_t>& usual, std::size_t judged) {
  std::vector<double> shares;
  for (std::size_t type = 0; type < rows.size(); ++type) {
    if (type != judged && usual[type] >= kEnough)
      shares.push_back(static_cast<double>(rows[type]) / static_cast<double>(usual[type]));
  }
  if (shares.size() < kFewestLow) return 1;
  std::sort(shares.begin(), shares.end());
  const std::size_t half = shares.size() / 2;
  return std::clamp(shares.size() % 2 == 1 ? shares[half] : (shares[half - 1] + shares[half]) / 2, kLowestLevel, 1.0);
}

// Whether so few rows lie outside what the other months vary by: further below than kFarBelow times their spread, on
// the scale of ratios, and no smaller than what chance alone gives. Half a row is added, so that nought has a
// logarithm.
bool far_below(std::int64_t rows, double expected, std::int64_t usual, const std::vector<std::int64_t>& others) {
  const auto step = [](double number, double from) { return std::log((number + 0.5) / (from + 0.5)); };
  double squares = 0;
  for (const std::int64_t other : others) {
    const double away = step(static_cast<double>(other), static_cast<double>(usual));
    squares += away * away;
  }
  const double seen = std::sqrt(squares / static_cast<double>(others.size() - 1));
  const double spread = std::max({seen, std::sqrt(1 / static_cast<double>(usual)), kLeastSpread});
  return step(static_cast<double>(rows), expected) < -kFarBelow * spread;
}

// Small numbers are not told: these sentences stand on public pages.
std::string shown(std::int64_t rows) { return rows < figures::kSmallNumber ? "fewer than 5" : grouped(rows); }

std::string rows_of(std::int64_t rows, const std::string& name) { return shown(rows) + " rows of " + name; }

std::string usual_words(std::int64_t usual) {
  return ", where its other months have " + grouped(usual) + " in the middle";
}

}  // namespace

int categories_in(Month month) {
  int there = 0;
  for (const KnownCrimeType& type : known_crime_types()) there += published_in(type, month);
  return there;
}

std::vector<TypeFindings> type_findings(const std::vector<CrimeType>& types, const std::vector<TypeMonth>& months,
                                        bool known_force) {
  std::vector<TypeFindings> all(months.size());
  const std::vector<TypeDates> dates = dates_of(types);
  // First what a month says of itself: it is no measure for the others then.
  std::vector<TypeMonth> measured = months;
  for (std::size_t at = 0; at < months.size(); ++at) {
    const int then = categories_in(months[at].month);
    const auto with_rows =
        std::count_if(months[at].rows.begin(), months[at].rows.end(), [](std::int64_t rows) { return rows > 0; });
    all[at].few_categories = known_force && with_rows * 2 < then;
    if (!all[at].few_categories) continue;
    measured[at].compares = false;
    std::vector<std::string> names;
    for (std::size_t type = 0; type < types.size(); ++type) {
      if (months[at].rows[type] > 0) names.push_back(types[type].name);
    }
    all[at].suspicion = with_rows == 0
                            ? "its file holds no row, which is not the same as no crime"
                            : "rows of only " + std::to_string(with_rows) + " of the " + std::to_string(then) +
                                  " categories of the time (" + joined(names, ", ") + "): part of a file";
  }
  for (std::size_t at = 0; at < months.size(); ++at) {
    TypeFindings& found = all[at];
    std::vector<Low> low;
    std::size_t large = 0;
    std::vector<std::vector<std::int64_t>> others_by_type(types.size());
    std::vector<std::int64_t> usual_by_type(types.size(), 0);  // nought where too few months tell
    for (std::size_t type = 0; type < types.size(); ++type) {
      if (!dates[type].published(months[at].month)) continue;
      others_by_type[type] = others_of(dates[type], type, measured, at);
      if (others_by_type[type].size() >= kFewestNeighbours) usual_by_type[type] = middle_of(others_by_type[type]);
    }
    for (std::size_t type = 0; type < types.size(); ++type) {
      if (!dates[type].published(months[at].month)) continue;
      const std::int64_t rows = months[at].rows[type];
      const std::vector<std::int64_t>& others = others_by_type[type];
      if (rows == 0) {
        std::vector<std::int64_t> with;
        std::copy_if(others.begin(), others.end(), std::back_inserter(with),
                     [](std::int64_t number) { return number > 0; });
        const std::int64_t usual = with.empty() ? 0 : middle_of(std::move(with));
        if (usual >= kSurelyThere) {
          found.doubts.push_back({static_cast<int>(type), true, "no row of " + types[type].name + usual_words(usual)});
        } else if (found.few_categories) {
          found.doubts.push_back({static_cast<int>(type), true,
                                  "no row of " + types[type].name + ", and of fewer than half of the categories"});
        }
        continue;
      }
      if (others.size() < kFewestNeighbours || found.few_categories) continue;
      const std::int64_t least = *std::min_element(others.begin(), others.end());
      const std::int64_t usual = usual_by_type[type];
      if (usual >= kEnough) {
        ++large;
        if (static_cast<double>(rows) < kLowShare * static_cast<double>(usual)) low.push_back({type, rows, usual});
      }
      const bool thin = usual >= kThinEnough && static_cast<double>(rows) < kThinShare * static_cast<double>(usual) &&
                        static_cast<double>(rows) < kThinOfLeast * static_cast<double>(least);
      const double expected = level_of(months[at].rows, usual_by_type, type) * static_cast<double>(usual);
      const bool halved = usual >= kHalfEnough && static_cast<double>(rows) < kLowShare * expected &&
                          static_cast<double>(rows) < kHalfOfLeast * static_cast<double>(least) &&
                          far_below(rows, expected, usual, others);
      if (thin || halved)
        found.doubts.push_back({static_cast<int>(type), false, rows_of(rows, types[type].name) + usual_words(usual)});
    }
    if (low.size() < kFewestLow || low.size() * 2 < large) continue;
    std::sort(low.begin(), low.end(),
              [](const Low& a, const Low& b) { return a.usual != b.usual ? a.usual > b.usual : a.type < b.type; });
    std::vector<std::string> named;
    for (const Low& one : low) {
      if (named.size() < kNamed)
        named.push_back(types[one.type].name + " " + shown(one.rows) + " of " + grouped(one.usual));
      const bool there = std::any_of(found.doubts.begin(), found.doubts.end(),
                                     [&](const TypeDoubt& doubt) { return doubt.type == static_cast<int>(one.type); });
      if (!there)
        found.doubts.push_back(
            {static_cast<int>(one.type), false, rows_of(one.rows, types[one.type].name) + usual_words(one.usual)});
    }
    std::sort(found.doubts.begin(), found.doubts.end(),
              [](const TypeDoubt& a, const TypeDoubt& b) { return a.type < b.type; });
    found.suspicion = "perhaps only part of the month: " + std::to_string(low.size()) + " of " + std::to_string(large) +
                      " larger categories lie below two thirds of what its other months have in the middle (" +
                      joined(named, ", ") + (low.size() > kNamed ? ", .." : "") + ")";
  }
  return all;
}

}  // namespace tithing::evidence
