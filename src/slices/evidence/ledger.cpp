#include "slices/evidence/ledger.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "slices/evidence/reference_tables.h"
#include "slices/evidence/type_doubts.h"

namespace tithing::evidence {

namespace {

std::int64_t median(std::vector<std::int64_t> numbers) {
  std::sort(numbers.begin(), numbers.end());
  const std::size_t middle = numbers.size() / 2;
  return numbers.size() % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
}

double share(std::int64_t part, std::int64_t whole) { return static_cast<double>(part) / static_cast<double>(whole); }

// Rows that lie in another force's area, and in which most of them do.
struct Elsewhere {
  std::int64_t placed = 0;
  std::int64_t other = 0;
  int most = -1;
  std::int64_t most_rows = 0;
};

Elsewhere elsewhere(const Cube& cube, std::size_t force, int own, Month month, const std::vector<int>& area_of_pair) {
  Elsewhere found;
  std::map<int, std::int64_t> by_area;
  const CubeForce& range = cube.forces()[force];
  for (std::uint32_t pair = range.first_pair; pair + 1 < range.end_pair;
       ++pair) {  // the last pair is what has no place
    const std::int64_t rows = cube.pair_sum(pair, {month, month}, -1);
    if (rows == 0) continue;
    found.placed += rows;
    const int area = area_of_pair[pair];
    if (area < 0 || area == own) continue;
    found.other += rows;
    by_area[area] += rows;
  }
  for (const auto& [area, rows] : by_area) {
    if (rows > found.most_rows) {
      found.most = area;
      found.most_rows = rows;
    }
  }
  return found;
}

// Not of extracts and not of another force's rows. What was refused leaves the rest to measure by.
bool measures_others(const ForceMonth& entry, std::map<Month, std::vector<const PublicationFacts*>>& files) {
  if (entry.state != FileState::submitted) return false;
  for (const PublicationFacts* file : files[entry.month]) {
    if (file->state != PublicationState::counts) continue;
    if (file->is_extract || file->other_reporter * 2 > file->rows) return false;
  }
  return entry.in_other_forces * 2 <= entry.rows - entry.without_lsoa;
}

// By category, against the force's own other months.
void judge_types(std::vector<ForceMonth>& ledger, std::size_t start, std::vector<char>& measures,
                 const std::vector<CrimeType>& types, const Cube& cube, std::size_t force, bool known_force) {
  std::vector<TypeMonth> months;
  std::vector<std::size_t> entry_of;
  for (std::size_t at = start; at < ledger.size(); ++at) {
    if (ledger[at].state != FileState::submitted) continue;
    months.push_back(
        {ledger[at].month, measures[at - start] != 0, cube.type_sums(force, {ledger[at].month, ledger[at].month})});
    entry_of.push_back(at);
  }
  std::vector<TypeFindings> findings = type_findings(types, months, known_force);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    ForceMonth& entry = ledger[entry_of[i]];
    entry.doubts = std::move(findings[i].doubts);
    entry.few_categories = findings[i].few_categories;
    if (entry.few_categories) measures[entry_of[i] - start] = 0;
    if (!findings[i].suspicion.empty()) entry.suspicions.push_back(std::move(findings[i].suspicion));
  }
}

// By all rows, where nothing else makes the month suspect.
void judge_rows(std::vector<ForceMonth>& ledger, std::size_t start, const std::vector<char>& measures) {
  for (std::size_t at = start; at < ledger.size(); ++at) {
    ForceMonth& entry = ledger[at];
    if (entry.state != FileState::submitted || !entry.suspicions.empty()) continue;
    std::vector<std::int64_t> neighbours;
    for (std::size_t other = start; other < ledger.size(); ++other) {
      const int distance = ledger[other].month.index() - entry.month.index();
      if (other == at || measures[other - start] == 0 || distance < -kNeighbourMonths || distance > kNeighbourMonths)
        continue;
      neighbours.push_back(ledger[other].rows);
    }
    if (neighbours.size() < kFewestNeighbours) continue;
    const std::int64_t usual = median(std::move(neighbours));
    if (entry.rows * 2 < usual || entry.rows > usual * 2) {
      entry.suspicions.push_back(plural(entry.rows, "row", "rows") + ", where its neighbouring months have " +
                                 grouped(usual) + " in the middle");
    }
  }
}

}  // namespace

int Territory::of(Lsoa lsoa) const {
  const auto found = std::lower_bound(lsoas.begin(), lsoas.end(), lsoa);
  return found == lsoas.end() || *found != lsoa ? -1 : area[static_cast<std::size_t>(found - lsoas.begin())];
}

std::vector<Period> runs_of(const std::vector<Month>& months) {
  std::vector<Period> runs;
  for (const Month month : months) {
    if (!runs.empty() && runs.back().to.plus(1) == month) {
      runs.back().to = month;
    } else {
      runs.push_back({month, month});
    }
  }
  return runs;
}

std::vector<std::string> ForceMonth::reasons() const {
  std::vector<std::string> all = suspicions;
  for (const TypeDoubt& doubt : doubts) {
    const bool told = !suspicions.empty() && (few_categories || !doubt.absent);
    if (!told) all.push_back(doubt.why);
  }
  return all;
}

std::vector<ForceMonth> make_ledger(const std::vector<Force>& forces, const std::vector<CrimeType>& types,
                                    const Cube& cube, const std::vector<PublicationFacts>& publications,
                                    const Territory& territory) {
  std::vector<ForceMonth> ledger;
  std::optional<Month> first, last;
  std::map<std::string, std::map<Month, std::vector<const PublicationFacts*>>> by_force;
  for (const PublicationFacts& p : publications) {
    if (!first || p.month < *first) first = p.month;
    if (!last || *last < p.month) last = p.month;
    by_force[p.force_slug][p.month].push_back(&p);
  }
  if (!first) return ledger;
  std::vector<int> area_of_pair;
  area_of_pair.reserve(cube.pairs().size());
  for (const Lsoa lsoa : cube.pairs()) area_of_pair.push_back(lsoa == kNoLsoa ? -1 : territory.of(lsoa));

  for (std::size_t i = 0; i < forces.size(); ++i) {
    const Force& force = forces[i];
    const auto in_cube = std::find_if(cube.forces().begin(), cube.forces().end(),
                                      [&](const CubeForce& f) { return f.slug == force.slug; });
    const auto own = std::find(territory.area_codes.begin(), territory.area_codes.end(), force.area_code);
    const int own_area = force.area_code.empty() || own == territory.area_codes.end()
                             ? -1
                             : static_cast<int>(own - territory.area_codes.begin());
    const std::size_t start = ledger.size();
    for (Month month = *first; month <= *last; month = month.plus(1)) {
      ForceMonth entry;
      entry.force = static_cast<int>(i);
      entry.month = month;
      const PublicationFacts* counts = nullptr;
      const PublicationFacts* malformed = nullptr;
      for (const PublicationFacts* p : by_force[force.slug][month]) {
        ++entry.publications;
        if (p->state == PublicationState::counts) counts = p;
        if (p->state == PublicationState::malformed) malformed = p;
      }
      if (counts != nullptr) {
        entry.state = FileState::submitted;
        entry.rows = counts->rows;
        entry.refused = counts->refused;
        entry.without_lsoa = counts->without_lsoa;
        entry.without_coordinates = counts->without_coordinates;
        entry.without_crime_id = counts->without_crime_id;
        entry.source_file = counts->source_file;
        if (counts->rows > counts->without_lsoa)
          entry.lsoa_vintage = month < Month::from_ym(kFirstYearOf2021Codes, kFirstMonthOf2021Codes) ? 2011 : 2021;
        if (counts->is_extract) {
          entry.suspicions.push_back("only " + plural(counts->rows, "row", "rows") +
                                     " from an extract, not a file as published");
        }
        if (in_cube != cube.forces().end()) {
          const Elsewhere found =
              elsewhere(cube, static_cast<std::size_t>(in_cube - cube.forces().begin()), own_area, month, area_of_pair);
          if (own_area >= 0) entry.in_other_forces = found.other;
          if (own_area >= 0 && found.other * 2 > found.placed) {
            entry.suspicions.push_back("its rows lie in another force: " + grouped(found.most_rows) + " of " +
                                       grouped(found.placed) + " in " +
                                       territory.area_names[static_cast<std::size_t>(found.most)]);
          }
          entry.elsewhere = own_area >= 0 && found.placed > 0 && share(found.other, found.placed) >= kAwayShare;
        }
        if (own_area >= 0 && counts->rows > 0 && share(counts->without_lsoa, counts->rows) >= kAwayShare) {
          entry.unplaced = true;
          entry.suspicions.push_back(grouped(counts->without_lsoa) + " of its " + plural(counts->rows, "row", "rows") +
                                     (counts->without_lsoa == 1 ? " names" : " name") + " no LSOA");
        }
        if (counts->other_reporter * 2 > counts->rows) {
          entry.suspicions.push_back(grouped(counts->other_reporter) + " of its " +
                                     plural(counts->rows, "row", "rows") + " are reported by another force");
        }
        if (counts->swapped * kRefusedOneIn > counts->rows) {
          entry.suspicions.push_back(grouped(counts->swapped) + " of its " + plural(counts->rows, "row", "rows") +
                                     (counts->swapped == 1 ? " has" : " have") +
                                     " longitude and latitude in each other's place: " +
                                     (counts->swapped == 1 ? "its position is" : "their positions are") + " not used");
        }
        if (counts->refused * kRefusedOneIn > counts->rows + counts->refused) {
          entry.suspicions.push_back(
              grouped(counts->refused) + " of its " + plural(counts->rows + counts->refused, "row", "rows") +
              (counts->refused == 1 ? " was refused and counts" : " were refused and count") + " nowhere");
        }
      } else if (malformed != nullptr) {
        entry.state = FileState::malformed;
        entry.suspicions.push_back(malformed->problem);
        entry.source_file = malformed->source_file;
      }
      ledger.push_back(std::move(entry));
    }
    if (in_cube == cube.forces().end()) continue;
    std::vector<char> measures(ledger.size() - start, 1);  // whether the month says what is usual
    for (std::size_t at = start; at < ledger.size(); ++at)
      measures[at - start] = measures_others(ledger[at], by_force[force.slug]);
    judge_types(ledger, start, measures, types, cube, static_cast<std::size_t>(in_cube - cube.forces().begin()),
                known_force_by_slug(force.slug) != nullptr);
    judge_rows(ledger, start, measures);
  }
  return ledger;
}

}  // namespace tithing::evidence
