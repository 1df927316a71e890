#include "slices/evidence/extent.h"

#include <algorithm>

#include "base/text.h"

namespace tithing::evidence {

std::string Extent::sentence() const {
  const ExtentTexts texts = texts_of(*this);
  return "Over " + texts[0] + " of " + texts[1] + " " + of + " (" + texts[2] + ") and " + texts[3] + " of " + texts[4] +
         " " + unit + " (" + texts[5] + ").";
}

ExtentTexts texts_of(const Extent& extent) {
  return {grouped(static_cast<std::int64_t>(extent.places)),
          grouped(static_cast<std::int64_t>(extent.of_places)),
          percent(extent.share_of_places(), 1),
          grouped(extent.crimes),
          grouped(extent.of_crimes),
          percent(extent.share_of_crimes(), 1)};
}

void give_extent(figures::Figure& figure, const Extent& extent) {
  const ExtentTexts texts = texts_of(extent);
  for (std::size_t i = 0; i < texts.size(); ++i)
    figure.working.inputs.push_back(figures::Input::of("", kExtentLabels[i], texts[i], figures::WorkedOut{}));
}

std::string too_small(const std::string& what, const Extent& extent) {
  std::string text = "Not known for the whole of " + what + ": it could be worked out over " +
                     extent.sentence().substr(std::string("Over ").size());
  text.pop_back();
  return text + " only, and " + percent(kLeastShare, 0) + " of both is needed to speak for the whole.";
}

std::string months_in_words(std::int64_t known, std::int64_t months, Areas areas) {
  const std::string whole = areas == Areas::one ? "the area as a whole" : "each area as a whole";
  if (known == months) return "Over every month that was asked for, and " + whole + ".";
  return "Over " + grouped(known) + " of " + plural(months, "month", "months") + ", and " + whole +
         "; what the others hold is not known.";
}

std::optional<std::string> too_few_months(const std::vector<bool>& known, Period period) {
  const auto there = static_cast<std::int64_t>(std::count(known.begin(), known.end(), true));
  const auto all = static_cast<std::int64_t>(known.size());
  if (all == 0 || static_cast<double>(there) >= kLeastShare * static_cast<double>(all)) return std::nullopt;
  std::string text = "Not known for " + period.text() + ": " + grouped(there) + " of " +
                     plural(all, "month is", "months are") + " known (" +
                     percent(static_cast<double>(there) / static_cast<double>(all), 1) + "), and " +
                     percent(kLeastShare, 0) + " is needed.";
  std::size_t best = 0, best_end = 0, run = 0;
  for (std::size_t i = 0; i < known.size(); ++i) {
    run = known[i] ? run + 1 : 0;
    if (run > best) best = run, best_end = i;
  }
  if (best == 0) return text;
  const Period whole{period.from.plus(static_cast<int>(best_end + 1 - best)),
                     period.from.plus(static_cast<int>(best_end))};
  return text + " All of " + whole.text() + (best == 1 ? " is" : " are") + " known: ask for that.";
}

namespace {
constexpr std::string_view kAcross = "LSOA codes of 2011 until May 2023, of 2021 from June 2023";
constexpr std::string_view kAdded = "added up by the exact fit, so that the same ground is counted throughout";
}  // namespace

std::string across_censuses_text(bool added) {
  return std::string(kAcross) + (added ? ": " + std::string(kAdded) : "");
}

void join_census_notes(figures::Coverage& coverage, bool added) {
  const auto throughout = [](const std::string& note) {
    return note == "LSOA codes of 2011 throughout" || note == "LSOA codes of 2021 throughout";
  };
  const auto across = [](const std::string& note) { return note.starts_with(kAcross); };
  std::vector<std::string>& notes = coverage.notes;
  const bool said = std::any_of(notes.begin(), notes.end(), across);
  if (!said && std::count_if(notes.begin(), notes.end(), throughout) < 2) return;
  std::erase_if(notes, throughout);
  if (!said) notes.push_back(across_censuses_text(added));
}

std::optional<std::string> added_by_fit(const figures::Coverage& coverage) {
  for (const std::string& note : coverage.notes)
    if (note.starts_with(kAcross) && note.find(kAdded) != std::string::npos) return note;
  return std::nullopt;
}

}  // namespace tithing::evidence
