// The register of decisions, and what somebody who was asked may know of one that was taken back.
#include <algorithm>

#include "base/translation.h"
#include "lists/list.h"
#include "slices/decisions/pages_parts.h"

namespace tithing::decisions {
namespace {

using exports::ColumnKind;
using exports::Table;
using exports::text_cell;

// Drafts again that the reader was asked on: their own work, which would be lost from their list otherwise.
void taken_back_table(Writer& writer, const std::vector<TakenBack>& all) {
  if (all.empty()) return;
  Table table{.id = "taken-back",
              .title = tr("Decisions that were taken back"),
              .caption = tr("Taken back after you were asked")};
  table.columns = {{"reference", tr("Reference")},
                   {"title", tr("Decision, as you were asked")},
                   {"on", tr("Taken back on"), ColumnKind::date},
                   {"why", tr("Why")},
                   {"own", tr("What you wrote")}};
  for (const TakenBack& one : all) {
    const auto own =
        std::count_if(one.own.begin(), one.own.end(), [](const Comment& comment) { return comment.answers == 0; });
    table.rows.push_back(
        {text_cell(as_code(one.reference)),
         text_cell(as_name(one.title.empty() ? one.reference : one.title)).linked(decision_url(one.id)),
         exports::date_cell(one.back.on), text_cell(as_name(one.back.why)),
         text_cell(as_name(own == 0 ? std::string("nothing") : plural(own, "comment", "comments")))});
  }
  put_table(writer, table);
}

Table register_table(const std::vector<Decision>& decisions) {
  Table table{.id = "decisions", .title = tr("Decisions on money"), .caption = tr("Decisions, newest first")};
  table.columns = {{"reference", tr("Reference")},
                   {"title", tr("Decision")},
                   {"year", tr("Year")},
                   {"state", tr("State")},
                   {"agreed", tr("Agreed on"), ColumnKind::date},
                   {"published", tr("Published on"), ColumnKind::date}};
  for (exports::Column& column : table.columns) column.sortable = true;
  const auto date = [](const std::optional<Date>& day) { return day ? exports::date_cell(*day) : text_cell(""); };
  for (const Decision& one : decisions)
    table.rows.push_back(
        {text_cell(as_code(one.reference())), text_cell(as_name(one.title)).linked(decision_url(one.id)),
         text_cell(as_date(one.financial_year)), text_cell(std::string(name_of(one.state))),
         date(one.agreement ? std::optional(one.agreement->on) : std::nullopt), date(one.published_on)});
  return table;
}

Answer register_page(DecisionService& service, Context& context) {
  lists::Filter states{.name = "state", .label = tr("State"), .all = tr("All that you may read")};
  for (const DecisionState one : kDecisionStates)
    if (may_read(context.actor, one)) states.choices.emplace_back(code_of(one), std::string(name_of(one)));
  const auto state = decision_state_from(lists::asked(context, states));
  Writer writer(context.language);
  writer.element(
      "p", {{"class", "govuk-body-l"}},
      tr("What was decided about money: from the draft to the published table, with every comment and every working."));
  if (context.actor.can(kPrepareDecision)) link_line(writer, Url("/funding/decisions/new"), tr("Prepare a decision"));
  writer.put(lists::part(context, {.table = register_table(service.list(context.actor, state)),
                                   .filters = {"year"},
                                   .search = true,
                                   .none = tr("There is no decision that you may read yet."),
                                   .chosen_before = {states}}));
  if (!state || state == DecisionState::draft) taken_back_table(writer, service.all_taken_back(context.actor));
  web::PageOptions options = decision_options(context, nullptr);
  options.title = tr("Decisions on money");
  return web::page(context, options, writer.take());
}

}  // namespace

Answer taken_back_page(const TakenBack& told, Context& context) {
  Writer writer(context.language);
  Writer text(writer.language());
  text.element("strong", {{"class", "govuk-tag"}}, tr("Taken back")).text(" ").put(in_words(told.back));
  paragraph(writer, text.take());
  paragraph(writer, tr("It is being drafted again. What is in the new draft can be read by those who prepare it; when "
                       "it is put to comments again you find it here, and under Decisions on money."));
  if (!told.opened.empty()) paragraph(writer, tr("What you were asked: {0}", {as_name(told.opened)}));
  heading(writer, tr("What you wrote"));
  if (told.own.empty()) paragraph(writer, tr("You have not commented on it."));
  for (const Comment& one : told.own) {
    begin_comment(writer, one, "", {});
    if (one.answers == 0 && !one.proposal.empty())
      paragraph(writer, tr("It was written on {0}.", {as_name(one.proposal)}));
    writer.close("div");
  }
  web::PageOptions options = titled(
      context, nullptr, told.title.empty() ? Content(tr("A decision that was taken back")) : Content(told.title));
  options.caption = as_code(told.reference);
  return web::page(context, options, writer.take());
}

void register_decision_register(Wiring& wiring, DecisionService& service) {
  wiring.router.get("/funding/decisions", web::Access::anyone(),
                    [&service](Context& context) { return register_page(service, context); });
}

}  // namespace tithing::decisions
