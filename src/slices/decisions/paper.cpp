#include "slices/decisions/paper.h"

#include "base/translation.h"
#include "slices/decisions/frozen_figures.h"
#include "slices/decisions/moves.h"
#include "slices/pots/examples.h"

namespace tithing::decisions {
namespace {

PaperComment comment_of(const Comment& comment, const DecisionView& view, const std::optional<Scheme>& scheme,
                        bool with_names) {
  PaperComment out;
  out.from = comment.organisation.empty() ? "A consultee without an organisation" : comment.organisation;
  if (with_names && !comment.by_name.empty()) out.from += " (" + comment.by_name + ")";
  out.on = comment.at.date();
  if (!comment.about.empty()) out.about = about_of(comment, scheme);
  if (changed_after(view, comment))
    out.about += (out.about.empty() ? "the proposal as it was then" : ", of the proposal as it was then") +
                 (comment.proposal.empty() ? std::string() : ": " + comment.proposal);
  out.text = comment.text;
  for (const Comment& one : view.comments)
    if (one.answers == comment.id) out.answer = one.text;
  return out;
}

void tell(const DecisionView& view, const std::optional<Scheme>& scheme, bool with_names, PaperDecision& out) {
  const Decision& decision = view.decision;
  out.reference = decision.reference();
  out.state = std::string(name_of(decision.state));
  out.summary = decision.summary;
  if (with_names) out.prepared_by = decision.prepared_by_name;
  // What is published is published whole.
  if (decision.published_on) out.publication = PublicationStatus::not_confidential;
  out.consulted = view.consulted.has_value();
  if (view.consulted) {
    out.consulted_from = view.consulted->from;
    out.consulted_to = view.consulted->to;
    out.consulting = decision.state == DecisionState::consultation;
    if (view.consulted->taken_back) out.consulted_note = in_words(*view.consulted);
    for (const Return& before : view.returns) {
      if (before.last && !before.agreement) continue;  // told by the note
      if (!out.consulted_before.empty()) out.consulted_before += " ";
      out.consulted_before += in_words(before);
    }
  }
  for (const Comment& comment : view.comments)
    if (comment.answers == 0) out.comments.push_back(comment_of(comment, view, scheme, with_names));
  if (decision.agreement) {
    out.agreed = true;
    out.agreed_on = decision.agreement->on;
    out.agreed_by = decision.agreement->by_name;
    out.post = decision.agreement->authority;
    out.interests = decision.agreement->interests;
  }
  out.published_on = decision.published_on;
  if (decision.replaces && decision.published_on) out.supersedes = reference_of(*decision.replaces);
  if (decision.superseded_by) out.superseded_by = view.successor ? view.successor->reference() : "another decision";
}

// What a paper is made of. Scheme and allocation stand beside the input, which looks at them.
struct Material {
  Thawed table;
  PaperInput input;
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
  for (const Acknowledgement& one : frozen.acknowledged)
    out.input.decision.acknowledged.emplace_back(one.finding, one.words);
  if (const std::string older = of_an_older_rule(frozen); !older.empty())
    out.input.decision.acknowledged.emplace_back(older, "A rule that came after it.");
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
  tell(view, out.table.scheme, with_names, out.input.decision);
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
