#include "slices/decisions/paper.h"

#include "base/translation.h"
#include "slices/decisions/frozen_figures.h"
#include "slices/decisions/moves.h"
#include "slices/pots/examples.h"

namespace tithing::decisions {
namespace {

PaperComment comment_of(const Comment& comment, const DecisionView& view, const std::optional<Scheme>& scheme,
                        bool with_names) {
  std::string about = comment.about.empty() ? "" : about_of(comment, scheme);
  if (changed_after(view, comment))
    about += (about.empty() ? "the proposal as it was then" : ", of the proposal as it was then") +
             (comment.proposal.empty() ? std::string() : ": " + comment.proposal);
  const Comment* answer = answer_to(view.comments, comment);
  return {.from = written_by(comment, with_names),
          .on = comment.at.date(),
          .about = about,
          .text = comment.text,
          .answer = answer == nullptr ? "" : answer->text};
}

void tell_consultation(const DecisionView& view, PaperDecision& out) {
  out.consulted = view.consulted.has_value();
  if (!view.consulted) return;
  out.consulted_from = view.consulted->from;
  out.consulted_to = view.consulted->to;
  out.consulting = view.decision.state == DecisionState::consultation;
  if (view.consulted->taken_back) out.consulted_note = in_words(*view.consulted);
  for (const Return& before : view.returns)
    if (!before.last || before.agreement)  // the last one is told by the note
      out.consulted_before += (out.consulted_before.empty() ? Words() : Words(" ")) + in_words(before);
}

void tell_agreement(const Agreement& agreement, PaperDecision& out) {
  out.agreed = true;
  out.agreed_on = agreement.on;
  out.agreed_by = agreement.by_name;
  out.post = agreement.authority;
  out.interests = agreement.interests;
}

// What is published is published whole.
PaperDecision told(const DecisionView& view, const std::optional<Scheme>& scheme, bool with_names) {
  const Decision& decision = view.decision;
  PaperDecision out{
      .reference = decision.reference(),
      .state = std::string(name_of(decision.state)),
      .summary = decision.summary,
      .prepared_by = with_names ? decision.prepared_by_name : "",
      .publication = decision.published_on ? PublicationStatus::not_confidential : PublicationStatus::not_stated,
      .published_on = decision.published_on,
      .supersedes = decision.replaces && decision.published_on ? reference_of(*decision.replaces) : "",
      .superseded_by = !decision.superseded_by ? ""
                       : view.successor        ? view.successor->reference()
                                               : "another decision"};
  tell_consultation(view, out);
  if (decision.agreement) tell_agreement(*decision.agreement, out);
  for (const Comment& comment : view.comments)
    if (comment.answers == 0) out.comments.push_back(comment_of(comment, view, scheme, with_names));
  return out;
}

// What a paper is made of. Scheme and allocation stand beside the input, which looks at them.
struct Material {
  Thawed table;
  PaperInput input;
  std::vector<std::pair<std::string, std::string>> acknowledged;  // of what was frozen
};

Status of_frozen(const DecisionView& view, bool with_names, Material& out) {
  const Frozen& frozen = *view.frozen;
  auto table = thawed(frozen);
  if (!table) return pass_on(table);
  out.table = std::move(*table);
  for (const AreaAmount& area : out.table.allocation.areas) {
    auto amount = frozen_figure(frozen, view.decision.title, area.key, {}, with_names);
    if (!amount) return pass_on(amount);
    figures::place_parts(*amount);
    out.input.workings.push_back(std::move(*amount));
  }
  for (const Acknowledgement& one : frozen.acknowledged) out.acknowledged.emplace_back(one.finding, one.words);
  if (const std::string older = of_an_older_rule(frozen); !older.empty())
    out.acknowledged.emplace_back(older, "A rule that came after it.");
  out.input.sources = {"The record that was frozen on " + frozen.at.date().text() + ", SHA-256 " + frozen.sha256 + "."};
  return {};
}

Status of_today(const DecisionView& view, Date today, Material& out) {
  if (!view.table.allocation)
    return unavailable(tr("There is no paper yet, because the table cannot be worked out: {0}", {view.table.problem}));
  out.table = {*view.table.scheme, *view.table.allocation};
  out.input.remarks = {"Worked out on " + today.text() +
                       ". The table is not frozen: until it is, it follows the evidence and may change."};
  for (const std::string& sentence : view.newer)
    out.input.remarks.push_back(sentence + " This paper rests on the older one.");
  return {};
}

Status gather(const DecisionView& view, bool with_names, Date today, Material& out) {
  if (const Status done = view.frozen ? of_frozen(view, with_names, out) : of_today(view, today, out); !done)
    return done;
  out.input.scheme = &out.table.scheme;
  out.input.allocation = &out.table.allocation;
  out.input.title = view.decision.title;
  if (view.decision.agreement) out.input.date = view.decision.agreement->on;
  out.input.decision = told(view, out.table.scheme, with_names);
  out.input.decision.acknowledged = out.acknowledged;
  if (years_of(out.table.scheme) < 2) return {};
  auto years = allocate_years(out.table.scheme);
  if (!years) return pass_on(years);
  out.input.years = std::move(*years);
  return {};
}

}  // namespace

Result<exports::Document> paper_of(const DecisionView& view, PaperKind kind, bool with_names, Date today) {
  Material material;
  if (const Status done = gather(view, with_names, today, material); !done) return pass_on(done);
  return kind == PaperKind::notice ? decision_notice(material.input) : allocation_paper(material.input);
}

Result<std::vector<exports::TableSheet>> workings_of(const DecisionView& view, bool with_names) {
  if (!view.frozen)
    return not_found(tr("The table is not frozen yet, so there are no final workings. Freeze the decision first."));
  Material material;
  if (const Status done = gather(view, with_names, {}, material); !done) return pass_on(done);
  return paper_workbook(material.input);
}

}  // namespace tithing::decisions
