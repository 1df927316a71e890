// What of a selection is known: by month, by force and by category. A category that a file does not have is not nought.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "slices/evidence/crime_types.h"
#include "slices/evidence/extent.h"
#include "slices/evidence/reference_tables.h"
#include "slices/evidence/snapshot.h"

namespace tithing::evidence {

namespace {

// So many rows of a force without one of a category say that it does not publish the category, as British Transport
// Police does not publish anti-social behaviour.
constexpr std::int64_t kRowsThatTell = 1'000;
// The first month of data.police.uk: what has been a category since then has no beginning to tell.
Month archive_begins() { return Month::from_ym(2010, 12); }

}  // namespace

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

std::vector<std::string> category_notes(std::string_view slug, Period period) {
  std::vector<std::string> sentences = category_breaks(slug, period);
  const KnownCrimeType* known = known_crime_type(slug);
  if (known == nullptr) return sentences;
  const std::string name = "\"" + std::string(known->name) + "\"";
  const Month first = Month::from_ym(known->first_year, known->first_month);
  const std::span<const CategoryBreak> breaks = category_break_table();
  const bool narrowed =
      std::any_of(breaks.begin(), breaks.end(), [&](const CategoryBreak& one) { return one.slug == slug; });
  // What lies across a change says so above; what lies before or after one carries it too. Of a category that began and
  // was narrowed later, the narrowing is what matters to who compares.
  if (!narrowed && archive_begins() < first && first <= period.from)
    sentences.push_back(name + " has been a category since " + first.text() +
                        ": what it counts was in other categories before.");
  for (const CategoryBreak& one : breaks) {
    const Month at = Month::from_ym(one.year, one.month);
    if (one.slug == slug && !(period.from < at && at <= period.to)) sentences.emplace_back(one.sentence);
  }
  if (known->last_year != 0) {
    const Month last = Month::from_ym(known->last_year, known->last_month);
    if (period.to <= last)
      sentences.push_back(name + " was a category until " + last.text() +
                          ": what it counted is in other categories since.");
  }
  return sentences;
}

std::vector<Month> category_steps(std::string_view slug, Period period) {
  std::vector<Month> months;
  for (const CategoryBreak& one : category_break_table()) {
    const Month at = Month::from_ym(one.year, one.month);
    if (one.slug == slug && period.from < at && at <= period.to) months.push_back(at);
  }
  std::sort(months.begin(), months.end());
  return months;
}

std::optional<std::string> no_series_across(std::string_view slug, Period period) {
  const std::vector<Month> steps = category_steps(slug, period);
  if (steps.empty()) return std::nullopt;
  std::string said;
  for (const CategoryBreak& one : category_break_table())
    if (one.slug == slug && period.from < Month::from_ym(one.year, one.month) &&
        Month::from_ym(one.year, one.month) <= period.to)
      said += std::string(one.sentence) + " ";
  return said + "Months before and after are no one series. Ask for months until " + steps.front().plus(-1).text() +
         ", or from " + steps.back().text() + " on.";
}

std::string category_mark(std::string_view slug, Period period) {
  const KnownCrimeType* known = known_crime_type(slug);
  if (known == nullptr || category_notes(slug, period).empty()) return {};
  const Month first = Month::from_ym(known->first_year, known->first_month);
  std::vector<std::string> marks;
  if (known->last_year != 0) {
    const std::string until = "until " + Month::from_ym(known->last_year, known->last_month).text();
    marks.push_back("a category " + (archive_begins() < first ? "from " + first.text() + " " : std::string()) + until);
  } else if (archive_begins() < first) {
    marks.push_back("a category since " + first.text());
  }
  for (const CategoryBreak& one : category_break_table())
    if (one.slug == slug) marks.push_back("narrowed in " + Month::from_ym(one.year, one.month).text());
  // Where it was narrowed, that is the change that matters to who compares.
  return marks.back();
}

bool EvidenceSnapshot::never_publishes(int force, int type) const {
  const Published& published = published_[static_cast<std::size_t>(force)];
  if (type < 0 || published.rows < kRowsThatTell) return false;
  return type >= static_cast<int>(published.by_type.size()) || published.by_type[static_cast<std::size_t>(type)] == 0;
}

bool EvidenceSnapshot::asks_for(int asked, int type) const {
  if (asked == kAllTypes) return true;
  if (asked == kCrimeTypes) return types_[static_cast<std::size_t>(type)].slug != kAntiSocialBehaviour;
  return asked == type;
}

std::vector<std::string> EvidenceSnapshot::not_known(const ForceMonth& entry, int type, std::string_view slug,
                                                     bool whole_force) const {
  std::vector<std::string> why;
  if (entry.elsewhere || (entry.unplaced && !whole_force)) {
    why.push_back(entry.elsewhere ? "its rows lie in another force, so they say nothing of its own area"
                                  : "its rows name no LSOA, so they say nothing of a part");
    return why;
  }
  if (!slug.empty()) {
    const KnownCrimeType* known = known_crime_type(slug);
    if (known != nullptr && !published_in(*known, entry.month)) {
      why.push_back("\"" + std::string(known->name) + "\" was not a category then");
      return why;
    }
  }
  if (never_publishes(entry.force, type)) {
    const KnownCrimeType* known = known_crime_type(slug);
    why.push_back("no file of the force has a row of " +
                  (known != nullptr ? std::string(known->name) : std::string(slug)) +
                  ": it does not publish the category");
    return why;
  }
  if (entry.few_categories && type < 0) {
    why.push_back("its file has only part of the categories");
    return why;
  }
  for (const TypeDoubt& doubt : entry.doubts) {
    if (doubt.absent && asks_for(type, doubt.type)) why.push_back(doubt.why);
  }
  if (entry.few_categories && type >= static_cast<int>(types_.size())) {
    const KnownCrimeType* known = known_crime_type(slug);
    why.push_back("no row of " + (known != nullptr ? std::string(known->name) : std::string(slug)) +
                  ", and of fewer than half of the categories");
  }
  return why;
}

// "Burglary and Robbery".
std::string EvidenceSnapshot::unknown_categories(const ForceMonth& entry, int type) const {
  if (entry.few_categories) return "part of the categories";
  std::vector<std::string> names;
  for (const TypeDoubt& doubt : entry.doubts)
    if (doubt.absent && asks_for(type, doubt.type)) names.push_back(types_[static_cast<std::size_t>(doubt.type)].name);
  return joined(names, " and ");
}

std::vector<std::string> EvidenceSnapshot::why_not_known(int force, Month month, int type, std::string_view type_slug,
                                                         bool whole_force) const {
  const ForceMonth* entry = force_month(force, month);
  if (entry == nullptr || entry->state != FileState::submitted) return {};
  const bool one =
      type >= 0 || (!type_slug.empty() && known_crime_type(type_slug) != nullptr && !type_index(type_slug));
  return not_known(*entry, one && type < 0 ? static_cast<int>(types_.size()) : type,
                   one ? type_slug : std::string_view(), whole_force);
}

std::vector<Snapshot::MonthCount> EvidenceSnapshot::series(const Selection& selection, Period period, int type) const {
  const std::string_view slug =
      type < 0 ? std::string_view() : std::string_view(types_[static_cast<std::size_t>(type)].slug);
  std::vector<MonthCount> months;
  for (Month month = period.from; month <= period.to; month = month.plus(1)) {
    MonthCount entry{month, std::nullopt};
    bool there = !selection.forces.empty() && selection.unimported_force.empty();
    for (const int force : selection.forces) {
      const ForceMonth* found = force_month(force, month);
      there = there && found != nullptr && found->state == FileState::submitted &&
              answers(selection, found->lsoa_vintage) && not_known(*found, type, slug, selection.whole_force).empty();
    }
    if (there) entry.count = input_.cube->sum(selection.pairs, {month, month}, type);
    months.push_back(entry);
  }
  return months;
}

figures::Coverage EvidenceSnapshot::coverage(const Selection& selection, Period period, int type) const {
  return coverage_by(selection, period, type,
                     type < 0 ? std::string_view() : std::string_view(types_[static_cast<std::size_t>(type)].slug));
}

figures::Coverage EvidenceSnapshot::coverage_of(const Selection& selection, Period period,
                                                std::string_view type_slug) const {
  if (const std::optional<int> type = type_of(*this, type_slug)) return coverage(selection, period, *type);
  return coverage_by(selection, period, static_cast<int>(types_.size()), type_slug);
}

figures::Coverage EvidenceSnapshot::coverage_by(const Selection& selection, Period period, int type,
                                                std::string_view slug) const {
  figures::Coverage coverage;
  std::set<int> vintages;
  for (const int force : selection.forces) {
    const std::string& name = forces_[static_cast<std::size_t>(force)].name;
    std::vector<Month> missing;
    std::vector<std::pair<std::string, std::vector<Month>>> not_known_in;  // why, and in which months
    std::vector<Month> not_told_apart;                                     // in files that use other LSOAs
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
      for (const std::string& why : entry->suspicions)
        coverage.suspect.push_back(name + ", " + month.text() + ": " + why);
      if (!answers(selection, entry->lsoa_vintage)) {
        not_told_apart.push_back(month);
        continue;
      }
      const std::vector<std::string> why_not = not_known(*entry, type, slug, selection.whole_force);
      for (const std::string& why : why_not) {
        const auto told =
            std::find_if(not_known_in.begin(), not_known_in.end(), [&](const auto& one) { return one.first == why; });
        (told == not_known_in.end() ? not_known_in.emplace_back(why, std::vector<Month>()) : *told)
            .second.push_back(month);
      }
      if (why_not.empty()) ++coverage.present;
      if (!why_not.empty() && type < 0) {  // the file's other categories count all the same
        ++coverage.in_part;
        coverage.without.push_back(unknown_categories(*entry, type) + " in " + month.text() + " (" + name + ")");
      }
      for (const TypeDoubt& doubt : entry->doubts) {
        const bool told = type < 0 && !entry->suspicions.empty();  // with the month as a whole
        if (!doubt.absent && !told && asks_for(type, doubt.type))
          coverage.suspect.push_back(name + ", " + month.text() + ": " + doubt.why);
      }
    }
    for (const Period& run : runs_of(missing))
      coverage.missing.push_back(name + ", " + run.text() + ": not submitted, or not imported");
    for (const Period& run : runs_of(not_told_apart)) {
      coverage.missing.push_back(name + ", " + run.text() +
                                 ": its files use other LSOAs, which cannot be divided to make up " + selection.title);
    }
    for (const auto& [why, months] : not_known_in) {
      for (const Period& run : runs_of(months)) coverage.missing.push_back(name + ", " + run.text() + ": " + why);
    }
  }
  if (!selection.unimported_force.empty()) {
    coverage.expected += period.months();
    coverage.missing.push_back(selection.unimported_force + ": nothing imported");
  }
  if (type < 0) {
    // A category that a force never publishes is not nought of it: the sum holds none of it, and says so.
    for (const int force : selection.forces)
      for (std::size_t k = 0; k < types_.size(); ++k) {
        const KnownCrimeType* known = known_crime_type(types_[k].slug);
        if (known == nullptr || !asks_for(type, static_cast<int>(k)) || !never_publishes(force, static_cast<int>(k)))
          continue;
        if (!published_in(*known, period.from) && !published_in(*known, period.to)) continue;
        coverage.notes.push_back(forces_[static_cast<std::size_t>(force)].name + " publishes no " + types_[k].name +
                                 ": none is in this sum, and how many there were is not known");
      }
  }
  if (vintages.size() == 1)
    coverage.notes.push_back("LSOA codes of " + std::to_string(*vintages.begin()) + " throughout");
  if (vintages.size() > 1) coverage.notes.push_back(across_censuses_text(!selection.whole_force));
  if (type >= 0 && type < static_cast<int>(types_.size()) && known_crime_type(slug) == nullptr) {
    coverage.notes.push_back("\"" + types_[static_cast<std::size_t>(type)].name +
                             "\" is not in the program's table of categories, which reaches to " +
                             Month::from_ym(kCategoriesSeenTo[0], kCategoriesSeenTo[1]).text() +
                             ": when it began, and where its crimes were counted before, is not known");
  }
  for (std::string& sentence : category_notes(slug, period)) coverage.notes.push_back(std::move(sentence));
  return coverage;
}

}  // namespace tithing::evidence
