#include "slices/decisions/pages.h"

#include <algorithm>

#include "allocation/findings.h"
#include "base/marked.h"
#include "path/page/path_part.h"
#include "slices/decisions/pages_parts.h"
#include "slices/pots/money_areas.h"
#include "slices/pots/pages_cells.h"
#include "slices/pots/pages_money_table.h"
#include "slices/pots/rooms.h"
#include "web/site_map.h"

namespace tithing::decisions {
namespace {

using exports::text_cell;

// --- one decision ----------------------------------------------------------------------------------------------------

Message draft_in_words(const DecisionView& view) {
  if (!view.consulted) return tr("Being prepared. Nobody has been asked yet, and nothing is decided.");
  const auto comments =
      std::count_if(view.comments.begin(), view.comments.end(), [](const Comment& one) { return one.answers == 0; });
  if (!view.consulted->any && comments == 0)
    return tr("A draft again. {0} Nothing is decided.", {in_words(*view.consulted)});
  if (!view.consulted->any)
    return tr("A draft again. {0} {1} in a consultation before it. Nothing is decided.",
              {in_words(*view.consulted), plural(comments, "comment was made", "comments were made")});
  return tr("A draft again. {0} {1} Nothing is decided.",
            {in_words(*view.consulted), comments == 0 ? std::string("Nobody commented.")
                                                      : plural(comments, "comment was", "comments were") + " made."});
}

Message standing_in_words(const DecisionView& view, Date today) {
  const Decision& decision = view.decision;
  switch (decision.state) {
    case DecisionState::draft:
      return draft_in_words(view);
    case DecisionState::consultation:
      return decision.open_to_comments(today) ? tr("Comments are taken until {0}.", {*decision.consult_to})
             : today < decision.consult_from.value_or(today)
                 ? tr("Comments are taken from {0} to {1}.", {*decision.consult_from, *decision.consult_to})
                 : tr("Comments were taken until {0}. It is not decided yet.", {*decision.consult_to});
    case DecisionState::agreed:
      return tr("Agreed on {0}. The table is not frozen yet.", {decision.agreement->on});
    case DecisionState::frozen:
      return tr("Agreed and frozen. It is not published yet.");
    case DecisionState::published:
      return tr("Agreed on {0} and published on {1}.", {decision.agreement->on, *decision.published_on});
    case DecisionState::superseded:
      break;
  }
  return tr("This decision no longer counts.");
}

void link_to(Writer& writer, const Decision& decision) {
  link(writer, decision_url(decision.id), as_name(decision.reference() + ", " + decision.title));
}

void where_it_stands(Writer& writer, const DecisionView& view, Date today) {
  const Decision& decision = view.decision;
  Writer text(writer.language());
  text.element("strong", {{"class", "govuk-tag"}}, std::string(name_of(decision.state))).text(" ");
  text.put(standing_in_words(view, today));
  paragraph(writer, text.take());
  if (decision.state != DecisionState::superseded) return;
  Writer why(writer.language());
  why.put(tr("Superseded by")).text(" ");
  if (view.successor)
    link_to(why, *view.successor);
  else
    why.put(tr("another decision"));
  why.text(": ").put(as_name(decision.superseded_why));
  put_inset(writer, why.take());
}

// The versions that it rests on, for who may read schemes in the making.
void rests_on(Writer& writer, const DecisionView& view, const Context& context) {
  if (!context.actor.can(kReadFunding) || !view.table.scheme_record || !view.table.pot_record) return;
  const SchemeRecord& scheme = *view.table.scheme_record;
  const PotRecord& pot = *view.table.pot_record;
  const std::string version = std::to_string(scheme.version), pot_version = std::to_string(pot.version);
  writer.open("p", {{"class", "govuk-body"}}).put(tr("Prepared from the scheme")).text(" ");
  link(writer,
       context.site().at("scheme", {std::to_string(scheme.id.value)},
                         {{"pot-version", pot_version}, {"version", version}}),
       tr("{0}, version {1}", {as_name(scheme.title), as_code(version)}));
  writer.text(" ").put(tr("on the pot")).text(" ");
  link(writer, context.site().at("pot", {std::to_string(pot.id.value)}, {{"version", pot_version}}),
       tr("{0}, {1}, version {2}", {as_name(pot.title), as_date(pot.financial_year), as_code(pot_version)}));
  writer.text(".").close("p");
}

// What has a newer version than the decision rests on: before it is frozen it has to be looked at, afterwards it
// stands.
void newer_section(Writer& writer, const DecisionView& view) {
  if (view.newer.empty()) return;
  Writer text(writer.language());
  for (const std::string& sentence : view.newer) text.put(dated(sentence)).text(" ");
  text.put(view.frozen ? tr("What was frozen stands as it was.")
                       : tr("What is shown here rests on the older version. It is not agreed or frozen before somebody "
                            "has looked: the draft, saved again, rests on the newest versions."));
  put_inset(writer, text.take());
}

// The table that is shown, with the addresses of its amounts: frozen, or as it is worked out today for who is signed
// in.
MeasuredTable shown_table(const DecisionView& view, const Context& context) {
  if (view.frozen) return measured(*view.frozen, view.decision.title);
  MeasuredTable out =
      measured(*view.table.scheme, *view.table.allocation,
               context.actor.signed_in() ? address_of(*view.table.scheme_record, *view.table.pot_record, "")
                                         : figures::Address(),
               {});
  out.title = view.decision.title;
  return out;
}

void table_section(Writer& writer, const DecisionView& view, const Context& context) {
  heading(writer, view.frozen          ? tr("The table as it was frozen")
                  : view.newer.empty() ? tr("The table as it is worked out today")
                                       : tr("The table as it is worked out today, on older versions than the newest"));
  if (!view.frozen && !view.table.allocation) return put_inset(writer, view.table.problem);
  const MeasuredTable money = shown_table(view, context);
  put_table(writer,
            money_table(money, view.frozen ? not_known(view.frozen->lines) : view.table.allocation->pot.unknown));
  // A finding, with the amounts of its excess as measures of the table.
  const auto marked_finding = [&](const std::string& finding) -> Words {
    if (money.unallocated.pence >= 0 || money.address.kind.empty()) return finding;
    return marked_excess(finding, money.address, money.over_programmed, Money{-money.unallocated.pence});
  };
  if (view.frozen && !view.frozen->acknowledged.empty()) {
    heading(writer, tr("What the table does not keep, and why"));
    std::vector<govuk::SummaryListRow> rows;
    for (const Acknowledgement& one : view.frozen->acknowledged)
      rows.push_back({.key = {.text = marked_finding(one.finding)}, .value = {.text = one.words}});
    render(writer, govuk::SummaryListParams{.rows = rows});
  }
  if (view.frozen) return;
  std::vector<Content> findings;
  for (const std::string& one : findings_of(*view.table.allocation)) findings.emplace_back(marked_finding(one));
  if (!findings.empty()) heading(writer, tr("What the table does not keep"));
  bullets(writer, findings);
}

// Its amounts are those of the frozen table.
Words marked_older(const std::string& sentence, const Frozen& frozen) {
  const MeasuredTable sums = in_sums(frozen.lines);
  const auto number = [&](Money amount, const char* of) {
    return Numeral{amount.text(), Numeral::Kind::figure,
                   measure_address(frozen_address(frozen.decision, ""), "", of).path(), "The frozen table"};
  };
  return marked(sentence, {as_date(frozen.at.date()), number(sums.total, "total"), number(sums.known, "known")});
}

void inputs_table(Writer& writer, const Decision& decision, const Frozen& frozen) {
  exports::Table table{.id = "inputs",
                       .title = tr("{0}: inputs", {decision.title}),
                       .caption = tr("The numbers it was worked out from")};
  table.columns = {{"indicator", tr("Indicator")},
                   {"area", tr("Area")},
                   {"period", tr("Period")},
                   {"value", tr("Value as frozen")},
                   {"figure", tr("Figure of the evidence")},
                   {"version", tr("Evidence version")}};
  for (const FrozenInput& input : frozen.inputs) {
    exports::Cell value = text_cell(shown_value(input));
    if (figures::Quantity::stated(input.value))
      value = measured_cell(std::move(value), frozen_address(decision.id, ""), "",
                            "input-" + std::to_string(table.rows.size() + 1));
    const FrozenLine* area = frozen.area(input.area);
    table.rows.push_back({text_cell(as_name(input.indicator)), text_cell(area != nullptr ? area->name : input.area),
                          text_cell(as_date(input.period)), std::move(value),
                          !input.address.empty() ? text_cell(tr("as it is today")).linked(Url::parse(input.address))
                          : input.source.empty() ? text_cell(tr("given in the scheme"))
                                                 : text_cell(as_name(input.source)),
                          text_cell(as_code(input.evidence_version))});
  }
  if (!table.rows.empty()) put_table(writer, table);
}

// Where the table that comes out of today's evidence differs from the frozen one.
std::vector<std::string> moved_since(const DecisionView& view) {
  if (!view.table.allocation) return {};
  std::vector<std::string> out = differences(*view.frozen, *view.table.allocation);
  for (std::string& sentence : differences(view.frozen->inputs, view.inputs_now, &*view.frozen))
    out.push_back(std::move(sentence));
  return out;
}

Message today_in_words(const DecisionView& view, bool moved) {
  if (!view.table.allocation) return tr("It cannot be worked out from today's evidence: {0}", {view.table.problem});
  if (moved) return tr("Today's evidence gives another table. The frozen one stands; the differences are below.");
  const auto& inputs = view.frozen->inputs;
  return std::all_of(inputs.begin(), inputs.end(), [](const FrozenInput& input) { return input.address.empty(); })
             ? tr("Nothing to compare: no number of it is a figure of the evidence.")
             : tr("Today's evidence gives the same table.");
}

// Does it work out to itself today, and what would come out of today's evidence.
void recompute_section(Writer& writer, const DecisionView& view) {
  if (!view.frozen) return;
  heading(writer, tr("Does it still work out?"));
  std::vector<govuk::SummaryListRow> rows;
  const auto row = [&](Message what, Content how) {
    rows.push_back({.key = {.text = std::move(what)}, .value = {.text = std::move(how)}});
  };
  const Status kept = stands(*view.frozen);
  if (const std::string older = of_an_older_rule(*view.frozen); kept && !older.empty())
    row(tr("The rule of then"), marked_older(older, *view.frozen));
  row(tr("The record"),
      kept ? Content(tr("It is what was frozen on {0}: its checksum is the same.", {view.frozen->at.date()}))
           : Content(kept.error().message));
  const auto again = recomputed(*view.frozen);
  row(tr("From the frozen numbers"),
      !again           ? Content(again.error().message)
      : again->empty() ? Content(tr("Worked out again today, it comes to the same table in every line."))
                       : Content(joined(*again, " ")));
  const std::vector<std::string> moved = moved_since(view);
  row(tr("From today's evidence"), today_in_words(view, !moved.empty()));
  row(tr("Checksum ({0})", {as_name("SHA-256")}), as_code(view.frozen->sha256));
  rows.back().value.classes = "tithing-checksum";
  render(writer, govuk::SummaryListParams{.rows = rows});
  bullets(writer, moved);
  link_line(writer, decision_url(view.decision.id, "/frozen.json"),
            tr("The frozen record with every input and working (JSON)"));
  inputs_table(writer, view.decision, *view.frozen);
}

void agreement_section(Writer& writer, const Decision& decision) {
  if (!decision.agreement) return;
  heading(writer, tr("The agreement"));
  const std::vector<govuk::SummaryListRow> rows = {
      {.key = {.text = tr("Agreed on")}, .value = {.text = as_date(decision.agreement->on)}},
      {.key = {.text = tr("By")}, .value = {.text = decision.agreement->by_name}},
      {.key = {.text = tr("Authority")}, .value = {.text = as_name(decision.agreement->authority)}},
      {.key = {.text = tr("Interests")}, .value = {.text = as_name(decision.agreement->interests)}}};
  render(writer, govuk::SummaryListParams{.rows = rows});
}

// One comment with its answer, or the way to give one.
void comment_with_answer(Writer& writer, const DecisionView& view, const Comment& comment, bool may_answer,
                         bool with_names) {
  const std::string by = written_by(comment, with_names);
  begin_comment(writer, comment, by, view.table.scheme);
  if (changed_after(view, comment))
    paragraph(writer,
              comment.proposal.empty()
                  ? tr("It was written on the proposal as it stood then: the draft was changed afterwards.")
                  : tr("It was written on the proposal as it stood then: {0}. The draft was changed afterwards.",
                       {as_name(comment.proposal)}));
  if (const Comment* answer = answer_to(view.comments, comment); answer != nullptr) {
    put_answer(writer, *answer);
  } else if (may_answer) {
    Writer text(writer.language());
    text.put(tr("Answer it")).open("span", {{"class", "govuk-visually-hidden"}}).text(": " + by).close("span");
    link_line(writer, comment_url(comment), text.take());
  } else {
    paragraph(writer, tr("No answer yet."));
  }
  writer.close("div");
}

void comments_section(Writer& writer, const DecisionView& view, const Context& context) {
  const Decision& decision = view.decision;
  heading(writer, tr("Comments"));
  paragraph(writer, !view.consulted ? Content(tr("No consultation has been opened."))
                    : decision.state == DecisionState::consultation
                        ? Content(tr("Consultation from {0} to {1}.", {*decision.consult_from, *decision.consult_to}))
                        : Content(in_words(*view.consulted)));
  for (const Return& before : view.returns)
    if (!before.last || before.agreement) paragraph(writer, in_words(before));
  const bool may_answer = context.reach().may(kPrepareDecision, whose_of(decision.area)) &&
                          (decision.state == DecisionState::draft || decision.state == DecisionState::consultation);
  for (const Comment& comment : view.comments)
    if (comment.answers == 0) comment_with_answer(writer, view, comment, may_answer, context.actor.signed_in());
  if (view.comments.empty() && view.consulted && view.consulted->any) paragraph(writer, tr("Nobody has commented."));
  if (!context.actor.can(kComment) || !decision.open_to_comments(context.today)) return;
  if (view.may_comment)
    render(writer, govuk::ButtonParams{.text = tr("Comment on it"),
                                       .href = decision_url(decision.id, "/comment"),
                                       .classes = "govuk-button--secondary"});
  else
    paragraph(writer, tr("Comments are for the partnerships that this money is for and for those whose role reaches to "
                         "its area, and yours is another."));
}

void path_section(Writer& writer, const DecisionView& view, const Context& context) {
  std::function<std::string(const path::Event&)> name_of;
  if (context.actor.signed_in()) name_of = [](const path::Event& one) { return shown_name(one.by, one.by_name); };
  exports::Table table = path::event_table(kDecisionPath.outline(), view.events, name_of, path::Tells::sentence);
  table.title = tr("{0}: the path so far", {view.decision.title});
  table.caption = tr("The path so far");
  put_table(writer, table);
}

// Where it stands on its path and what may be done; each move has a page of its own.
void path_of(Writer& writer, DecisionService& service, const DecisionView& view, const Context& context) {
  const Decision& decision = view.decision;
  const Whose whose = whose_of(decision.area);
  if (decision.state == DecisionState::draft && context.reach().may(kPrepareDecision, whose))
    link_line(writer, decision_url(decision.id, "/edit"), tr("Change the draft"));
  const path::Outline outline = kDecisionPath.outline();
  path::PathView path{.outline = outline,
                      .state = std::string(code_of(decision.state)),
                      .version = decision.version,
                      .events = view.events,
                      .unplanned = moves::supersede};
  path.own_form = [&](const path::Step& step) { return move_url(decision.id, step.code); };
  if (context.actor.signed_in())
    path.offers = kDecisionPath.offers(path.state, facts_of(service.doing(context.actor), decision, view.table),
                                       context.reach(), whose);
  for (path::Offer& offer : path.offers) offer.step.asks = path::Asks::own_form;
  writer.put(path::path_part(context, path));
}

Answer decision_page(DecisionService& service, Context& context) {
  const auto id = decision_of(context);
  if (!id) return no_decision(context);
  const auto view = service.view(context.actor, *id);
  const auto told = view ? Result<TakenBack>(not_found(std::string())) : service.taken_back(context.actor, *id);
  if (told) return taken_back_page(*told, context);
  if (!view) return web::problem_page(context, view.error());
  Writer writer(context.language);
  where_it_stands(writer, *view, context.today);
  paragraphs(writer, view->decision.summary);
  if (view->decision.replaces && view->decision.state != DecisionState::superseded)
    paragraph(writer, view->decision.state == DecisionState::published
                          ? tr("It took the place of {0}.", {as_code(reference_of(*view->decision.replaces))})
                          : tr("It takes the place of {0} when it is published.",
                               {as_code(reference_of(*view->decision.replaces))}));
  for (const Decision& one : view->taking_place) {
    Writer text(context.language);
    link_to(text, one);
    text.text(" ").put(
        tr("({0}) takes the place of this decision when it is published.", {lowered(name_of(one.state))}));
    paragraph(writer, text.take());
  }
  rests_on(writer, *view, context);
  newer_section(writer, *view);
  table_section(writer, *view, context);
  agreement_section(writer, view->decision);
  writer.put(decision_paper_links(*view, context.language));
  path_of(writer, service, *view, context);
  comments_section(writer, *view, context);
  recompute_section(writer, *view);
  path_section(writer, *view, context);
  return web::page(context, decision_options(context, &view->decision), writer.take());
}

Answer frozen_json(DecisionService& service, Context& context) {
  const auto id = decision_of(context);
  const auto frozen =
      id ? service.frozen(context.actor, *id) : Result<Frozen>(not_found(tr("There is no such decision.")));
  if (!frozen) return web::problem_page(context, frozen.error());
  return web::download(document_of(*frozen), "application/json", "decision-" + std::to_string(id->value) + ".json");
}

}  // namespace

Url decision_url(DecisionId id, const char* step) { return Url::parse(address_of(id) + step); }
Url move_url(DecisionId id, std::string_view move) { return Url::parse(address_of(id) + "/" + std::string(move)); }
Url comment_url(const Comment& comment) {
  return Url::parse(address_of(comment.decision) + "/comments/" + std::to_string(comment.id));
}

web::PageOptions decision_options(const web::Context& context, const Decision* decision) {
  web::PageOptions options;
  options.rooms = funding_rooms(context, "/funding/decisions");
  options.breadcrumbs = {{tr("Home"), Url("/"), false}, {tr("Funding"), context.site().at("funding"), false}};
  if (decision != nullptr) {
    options.breadcrumbs.push_back({tr("Decisions on money"), Url("/funding/decisions"), false});
    options.title = decision->title;
    options.caption = tr("{0}, {1}", {as_code(decision->reference()), as_date(decision->financial_year)});
  }
  return options;
}

std::optional<DecisionId> decision_of(const web::Context& context) {
  const auto number = forms::whole(context.parameter("id"));
  return number ? std::optional(DecisionId{*number}) : std::nullopt;
}

void register_decision_pages(Wiring& wiring, DecisionService& service) {
  wiring.router.get("/funding/decisions/:id", web::Access::anyone(),
                    [&service](Context& context) { return decision_page(service, context); });
  wiring.router.get("/funding/decisions/:id/frozen.json", web::Access::anyone(),
                    [&service](Context& context) { return frozen_json(service, context); });
}

}  // namespace tithing::decisions
