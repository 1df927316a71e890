// What a reconciliation says as a whole, in a verdict and in sentences.
#include "allocation/reconcile.h"
#include "base/text.h"

namespace tithing::allocation {
namespace {

template <class Each>
void each_check(const Reconciliation& found, Each each) {
  for (const ColumnCheck& check : found.columns) each(check);
  for (const ShareCheck& check : found.shares) each(check);
  for (const SectionCheck& check : found.sections) each(check);
  for (const RowCheck& check : found.rows) each(check);
}

// "Neither do: the total of “Change”; “Change” in the row South." Of all but the first that fails.
std::string others_that_fail(const Reconciliation& found) {
  constexpr std::size_t kMost = 6;
  std::vector<std::string> names;
  const auto add = [&](const Checked& check, std::string name) {
    if (check.verdict == Verdict::does_not_tie) names.push_back(std::move(name));
  };
  const auto part = [](const std::string& section) { return section.empty() ? "" : " of " + section; };
  for (const ColumnCheck& check : found.columns)
    add(check, "“" + check.column + "” at " + check.named + part(check.section));
  for (const ShareCheck& check : found.shares) add(check, "the shares of “" + check.column + "”" + part(check.section));
  for (const SectionCheck& check : found.sections)
    add(check, "“" + check.column + "” of " + check.above + " and " + check.below);
  for (const RowCheck& check : found.rows) add(check, "“" + check.column + "” in the row " + check.row);
  names.erase(names.begin());
  const std::size_t all = names.size() + 1;
  const bool more = names.size() > kMost;
  if (more) names.resize(kMost);
  return std::string(names.size() == 1 ? "Neither does: " : "Neither do: ") + joined(names, "; ") +
         (more ? "; and others, " + std::to_string(all) + " in all." : ".");
}

}  // namespace

std::string_view code_of(Verdict verdict) {
  return verdict == Verdict::ties ? "ties" : verdict == Verdict::does_not_tie ? "does-not-tie" : "could-not-be-checked";
}

std::string_view name_of(Verdict verdict) {
  return verdict == Verdict::ties ? "Ties" : verdict == Verdict::does_not_tie ? "Does not tie" : "Could not be checked";
}

Verdict Reconciliation::verdict() const {
  bool off = false, open = !unchecked.empty(), fine = false;
  each_check(*this, [&](const Checked& check) {
    off = off || check.verdict == Verdict::does_not_tie;
    open = open || check.verdict == Verdict::could_not_be_checked;
    fine = fine || check.verdict == Verdict::ties;
  });
  return off ? Verdict::does_not_tie : open || !fine ? Verdict::could_not_be_checked : Verdict::ties;
}

namespace {

std::string verdict_in_words(const Reconciliation& found) {
  std::vector<std::string> off, open;
  std::int64_t fine = 0;
  each_check(found, [&](const Checked& check) {
    if (check.verdict == Verdict::ties)
      ++fine;
    else
      (check.verdict == Verdict::does_not_tie ? off : open).push_back(check.sentence);
  });
  // What nobody could read comes before what could not be added up without it.
  std::size_t unread = 0;
  for (const Unchecked& one : found.unchecked)
    if (one.what == kTwoReadings)
      open.insert(open.begin() + static_cast<std::ptrdiff_t>(unread++), one.why);
    else
      open.push_back(one.why);
  const auto first = [](const std::vector<std::string>& sentences) {
    return sentences.front() + (sentences.size() == 1 ? ""
                                                      : " It is one of " + std::to_string(sentences.size()) +
                                                            " that could not be checked.");
  };
  if (off.size() == 1)
    return off.front() + (found.corrections.size() == 1 ? " " + found.corrections.front().sentence
                          : found.why_no_cell.empty()   ? ""
                                                        : " No one cell mends it: " + found.why_no_cell);
  // Several: the one cell that mends all of them, or which they are.
  if (!off.empty() && found.corrections.size() == 1 && found.corrections.front().mends == off.size())
    return found.corrections.front().sentence + " " + off.front();
  if (!off.empty())
    return off.front() + " " + others_that_fail(found) +
           (found.why_no_cell.empty() ? "" : " No one cell mends them: " + found.why_no_cell);
  const std::string looked = plural(fine, "stated sum was", "stated sums were") + " worked out again";
  if (!open.empty()) return first(open) + (fine == 0 ? "" : " " + looked + " and tie" + (fine == 1 ? "s" : "") + ".");
  return fine == 0 ? "There is nothing to check." : looked + ", and " + (fine == 1 ? "it ties." : "all tie.");
}

}  // namespace

std::string Reconciliation::why() const {
  std::string out = verdict_in_words(*this);
  for (const ColumnCheck& check : columns)
    if (check.ties() && check.difference && check.difference->pence != 0) out += " " + check.sentence;
  if (!left_out.empty())
    out +=
        " Not counted as " + std::string(left_out.size() == 1 ? "an item: " : "items: ") + joined(left_out, ", ") + ".";
  return out;
}

}  // namespace tithing::allocation
