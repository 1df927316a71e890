// What of a selection is known: by month, by force and by category. A category that a file does not have is not nought.
#include <algorithm>
#include <set>

#include "slices/evidence/crime_types.h"
#include "slices/evidence/reference_tables.h"
#include "slices/evidence/snapshot.h"

namespace tithing::evidence {

std::vector<std::string> category_breaks(std::string_view type_slug, Period span) {
  std::vector<std::string> sentences;
  const KnownCrimeType* known = known_crime_type(type_slug);
  if (known == nullptr) return sentences;
  const Month first = Month::from_ym(known->first_year, known->first_month);
  const std::string name = "\"" + std::string(known->name) + "\"";
  if (span.from < first) {
    sentences.push_back(name + " has been a category since " + first.text() +
                        " only: what it counts was in other categories before, so there is no figure for it.");
  }
  for (const CategoryBreak& one : category_break_table()) {
    const Month at = Month::from_ym(one.year, one.month);
    if (one.slug == type_slug && span.from < at && at <= span.to) sentences.emplace_back(one.sentence);
  }
  if (known->last_year != 0 && Month::from_ym(known->last_year, known->last_month) < span.to) {
    sentences.push_back(name + " was a category until " + Month::from_ym(known->last_year, known->last_month).text() +
                        ": what it counted is in other categories since, so there is no figure for it.");
  }
  return sentences;
}

bool EvidenceSnapshot::asks_for(int asked, int type) const {
  if (asked == kAllTypes) return true;
  if (asked == kCrimeTypes) return types_[static_cast<std::size_t>(type)].slug != kAntiSocialBehaviour;
  return asked == type;
}

std::vector<std::string> EvidenceSnapshot::not_known(const ForceMonth& entry, int type, std::string_view slug) const {
  std::vector<std::string> why;
  if (!slug.empty()) {
    const KnownCrimeType* known = known_crime_type(slug);
    if (known != nullptr && !published_in(*known, entry.month)) {
      why.push_back("\"" + std::string(known->name) + "\" was not a category then");
      return why;
    }
  }
  for (const TypeDoubt& doubt : entry.doubts) {
    const bool asked = doubt.type >= 0 ? asks_for(type, doubt.type) : false;
    if (doubt.absent && asked) why.push_back(doubt.why);
  }
  return why;
}

std::vector<Snapshot::MonthCount> EvidenceSnapshot::series(const Selection& selection, Period period, int type) const {
  const std::string_view slug = type < 0 ? std::string_view() : std::string_view(types_[static_cast<std::size_t>(type)].slug);
  std::vector<MonthCount> months;
  for (Month month = period.from; month <= period.to; month = month.plus(1)) {
    MonthCount entry{month, std::nullopt};
    bool there = !selection.forces.empty() && selection.unimported_force.empty();
    for (const int force : selection.forces) {
      const ForceMonth* found = force_month(force, month);
      there = there && found != nullptr && found->state == FileState::submitted && not_known(*found, type, slug).empty();
    }
    if (there) entry.count = input_.cube->sum(selection.pairs, {month, month}, type);
    months.push_back(entry);
  }
  return months;
}

figures::Coverage EvidenceSnapshot::coverage(const Selection& selection, Period period, int type) const {
  return coverage_by(selection, period, type, type < 0 ? std::string_view() : std::string_view(types_[static_cast<std::size_t>(type)].slug));
}

figures::Coverage EvidenceSnapshot::coverage_of(const Selection& selection, Period period, std::string_view type_slug) const {
  if (const std::optional<int> type = type_of(*this, type_slug)) return coverage(selection, period, *type);
  return coverage_by(selection, period, static_cast<int>(types_.size()), type_slug);
}

figures::Coverage EvidenceSnapshot::coverage_by(const Selection& selection, Period period, int type, std::string_view slug) const {
  figures::Coverage coverage;
  std::set<int> vintages;
  for (const int force : selection.forces) {
    const std::string& name = forces_[static_cast<std::size_t>(force)].name;
    std::vector<Month> missing;
    std::vector<Month> before_category;
    for (Month month = period.from; month <= period.to; month = month.plus(1)) {
      ++coverage.expected;
      const ForceMonth* entry = force_month(force, month);
      if (entry == nullptr || entry->state == FileState::missing) {
        missing.push_back(month);
        continue;
      }
      if (entry->state == FileState::malformed) {
        coverage.missing.push_back(name + ", " + month.text() + ": its file cannot be read");
        continue;
      }
      if (entry->lsoa_vintage != 0) vintages.insert(entry->lsoa_vintage);
      for (const std::string& why : entry->suspicions) coverage.suspect.push_back(name + ", " + month.text() + ": " + why);
      const KnownCrimeType* known = slug.empty() ? nullptr : known_crime_type(slug);
      if (known != nullptr && !published_in(*known, month)) {
        before_category.push_back(month);
        continue;
      }
      const std::vector<std::string> why_not = not_known(*entry, type, slug);
      for (const std::string& why : why_not) coverage.missing.push_back(name + ", " + month.text() + ": " + why);
      if (why_not.empty()) ++coverage.present;
      for (const TypeDoubt& doubt : entry->doubts) {
        if (!doubt.absent && asks_for(type, doubt.type)) coverage.suspect.push_back(name + ", " + month.text() + ": " + doubt.why);
      }
    }
    for (const Period& run : runs_of(missing)) coverage.missing.push_back(name + ", " + run.text() + ": not submitted, or not imported");
    for (const Period& run : runs_of(before_category)) {
      coverage.missing.push_back(name + ", " + run.text() + ": \"" + std::string(known_crime_type(slug)->name) + "\" was not a category then");
    }
  }
  if (!selection.unimported_force.empty()) {
    coverage.expected += period.months();
    coverage.missing.push_back(selection.unimported_force + ": nothing imported");
  }
  if (vintages.size() == 1) coverage.notes.push_back("LSOA codes of " + std::to_string(*vintages.begin()) + " throughout");
  if (vintages.size() > 1) coverage.notes.push_back("LSOA codes of 2011 until May 2023, of 2021 from June 2023");
  for (std::string& sentence : category_breaks(slug, period)) coverage.notes.push_back(std::move(sentence));
  return coverage;
}

}  // namespace tithing::evidence
