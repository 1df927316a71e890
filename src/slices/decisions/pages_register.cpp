// The register of decisions, and what somebody who was asked may know of one that was taken back.
#include <algorithm>

#include "base/text.h"
#include "exports/table_html.h"
#include "forms/values.h"
#include "govuk/components.h"
#include "slices/decisions/pages.h"
#include "slices/decisions/pages_parts.h"

namespace tithing::decisions {
namespace {

using exports::ColumnKind;
using exports::Table;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

// Drafts again that the reader was asked on: their own work, which would be lost from their list otherwise.
void taken_back_table(Writer& writer, DecisionService& service, const Context& context) {
  const std::vector<TakenBack> all = service.all_taken_back(context.actor);
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
        {exports::text_cell(as_code(one.reference)),
         exports::text_cell(as_name(one.title.empty() ? one.reference : one.title)).linked(decision_url(one.id)),
         exports::date_cell(one.back.on), exports::text_cell(as_name(one.back.why)),
         exports::text_cell(as_name(own == 0 ? std::string("nothing") : plural(own, "comment", "comments")))});
  }
  writer.put(exports::to_html(table, {.language = context.language, .paged = false}));
}

Answer register_page(DecisionService& service, Context& context) {
  const auto state = decision_state_from(context.query_value("state"));
  const auto total = service.count(context.actor, state);
  const exports::Paging paging =
      exports::paging(total, static_cast<int>(forms::whole(context.query_value("page"), 999'999).value_or(1)));
  const std::vector<Decision> decisions =
      service.list(context.actor, state, exports::kPageSize, static_cast<int>(paging.first));

  Writer writer(context.language);
  writer.element(
      "p", {{"class", "govuk-body-l"}},
      tr("What was decided about money: from the draft to the published table, with every comment and every working."));
  if (context.actor.can(kPrepareDecision))
    writer.open("p", {{"class", "govuk-body"}})
        .element("a", {{"class", "govuk-link"}, {"href", Url("/funding/decisions/new")}}, tr("Prepare a decision"))
        .close("p");
  writer.open("form", {{"method", "get"}, {"action", Url("/funding/decisions")}});
  govuk::SelectParams select{.id = "state", .name = "state"};
  select.label = {.text = tr("State")};
  select.items.push_back({.value = "", .text = tr("All that you may read"), .selected = !state});
  for (const DecisionState one : kDecisionStates)
    if (may_read(context.actor, one))
      select.items.push_back(
          {.value = std::string(code_of(one)), .text = std::string(name_of(one)), .selected = state == one});
  render(writer, select);
  render(writer, govuk::ButtonParams{.text = tr("Show"), .classes = "govuk-button--secondary"});
  writer.close("form");

  Table table{.id = "decisions", .title = tr("Decisions on money"), .caption = tr("Decisions, newest first")};
  table.columns = {{"reference", tr("Reference")},
                   {"title", tr("Decision")},
                   {"year", tr("Year")},
                   {"state", tr("State")},
                   {"agreed", tr("Agreed on"), ColumnKind::date},
                   {"published", tr("Published on"), ColumnKind::date}};
  const auto date = [](const std::optional<Date>& day) {
    return day ? exports::date_cell(*day) : exports::text_cell("");
  };
  for (const Decision& one : decisions)
    table.rows.push_back(
        {exports::text_cell(as_code(one.reference())),
         exports::text_cell(as_name(one.title)).linked(decision_url(one.id)),
         exports::text_cell(as_date(one.financial_year)), exports::text_cell(std::string(name_of(one.state))),
         date(one.agreement ? std::optional(one.agreement->on) : std::nullopt), date(one.published_on)});
  exports::TableHtml html{.language = context.language, .paged = false};
  html.empty_text = tr("There is no decision that you may read yet.");
  writer.put(exports::to_html(table, html));
  if (!state || state == DecisionState::draft) taken_back_table(writer, service, context);
  std::vector<std::pair<std::string, std::string>> query;
  if (state) query.push_back({"state", std::string(code_of(*state))});
  writer.put(exports::pager(paging, "/funding/decisions", query, context.language));
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
    writer.open("div", {{"class", "govuk-inset-text"}, {"id", "comment-" + std::to_string(one.id)}});
    if (one.answers != 0)
      writer.open("p", {{"class", "govuk-body"}}).element("strong", tr("Answer of {0}:", {one.at.date()})).close("p");
    else
      writer.open("p", {{"class", "govuk-body"}})
          .put(as_date(one.at.date()))
          .put(as_name(one.about.empty() ? "" : ", on " + about_of(one, {})))
          .text(":")
          .close("p");
    paragraphs(writer, one.text);
    if (one.answers == 0 && !one.proposal.empty())
      paragraph(writer, tr("It was written on {0}.", {as_name(one.proposal)}));
    writer.close("div");
  }
  web::PageOptions options = decision_options(context, nullptr);
  options.breadcrumbs.push_back({tr("Decisions on money"), Url("/funding/decisions"), false});
  options.title = told.title.empty() ? html::Content(tr("A decision that was taken back")) : html::Content(told.title);
  options.caption = as_code(told.reference);
  return web::page(context, options, writer.take());
}

void register_decision_register(Wiring& wiring, DecisionService& service) {
  DecisionService* const s = &service;
  wiring.router.get("/funding/decisions", web::Access::anyone(),
                    [=](Context& context) { return register_page(*s, context); });
}

}  // namespace tithing::decisions
