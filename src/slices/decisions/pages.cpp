#include "slices/decisions/pages.h"
#include "allocation/findings.h"
#include "slices/decisions/pages_parts.h"

#include <algorithm>
#include <cstdlib>

#include "base/marked.h"
#include "base/text.h"
#include "exports/table_html.h"
#include "forms/values.h"
#include "govuk/components.h"
#include "path/page/path_part.h"
#include "slices/pots/money_areas.h"
#include "slices/pots/pages_cells.h"
#include "slices/pots/rooms.h"
#include "web/site_map.h"

namespace tithing::decisions {
namespace {

using exports::ColumnKind;
using exports::Row;
using exports::Table;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

void list(Writer& writer, const std::vector<std::string>& sentences) {
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (const std::string& sentence : sentences) writer.element("li", sentence);
  writer.close("ul");
}

// A share has no penny in it: it may be shown through a double.
double ratio(std::int64_t part, std::int64_t whole) {
  return std::strtod(Fraction(Integer(part), Integer(whole)).decimal(15).c_str(), nullptr);
}

const FrozenLine* line_of(const std::vector<FrozenLine>& lines, const std::string& kind) {
  for (const FrozenLine& line : lines)
    if (line.kind == kind) return &line;
  return nullptr;
}

// --- one decision ----------------------------------------------------------------------------------------------------

const std::vector<FrozenLine>* shown_lines(const DecisionView& view, std::vector<FrozenLine>& made) {
  if (view.frozen) return &view.frozen->lines;
  if (!view.table.allocation) return nullptr;
  made = lines_of(*view.table.scheme, *view.table.allocation);
  return &made;
}

void where_it_stands(Writer& writer, const DecisionView& view, Date today) {
  const Decision& decision = view.decision;
  Writer text(writer.language());
  text.element("strong", {{"class", "govuk-tag"}}, std::string(name_of(decision.state))).text(" ");
  switch (decision.state) {
    case DecisionState::draft: {
      const auto comments = std::count_if(view.comments.begin(), view.comments.end(),
                                          [](const Comment& one) { return one.answers == 0; });
      if (!view.consulted)
        text.put(tr("Being prepared. Nobody has been asked yet, and nothing is decided."));
      else if (!view.consulted->any)
        text.put(comments == 0
                     ? tr("A draft again. {0} Nothing is decided.", {in_words(*view.consulted)})
                     : tr("A draft again. {0} {1} in a consultation before it. Nothing is decided.",
                          {in_words(*view.consulted), plural(comments, "comment was made", "comments were made")}));
      else
        text.put(tr(
            "A draft again. {0} {1} Nothing is decided.",
            {in_words(*view.consulted), comments == 0 ? std::string("Nobody commented.")
                                                      : plural(comments, "comment was", "comments were") + " made."}));
      break;
    }
    case DecisionState::consultation:
      text.put(decision.open_to_comments(today) ? tr("Comments are taken until {0}.", {*decision.consult_to})
               : today < decision.consult_from.value_or(today)
                   ? tr("Comments are taken from {0} to {1}.", {*decision.consult_from, *decision.consult_to})
                   : tr("Comments were taken until {0}. It is not decided yet.", {*decision.consult_to}));
      break;
    case DecisionState::agreed:
      text.put(tr("Agreed on {0}. The table is not frozen yet.", {decision.agreement->on}));
      break;
    case DecisionState::frozen:
      text.put(tr("Agreed and frozen. It is not published yet."));
      break;
    case DecisionState::published:
      text.put(tr("Agreed on {0} and published on {1}.", {decision.agreement->on, *decision.published_on}));
      break;
    case DecisionState::superseded:
      text.put(tr("This decision no longer counts."));
      break;
  }
  paragraph(writer, text.take());
  if (decision.state != DecisionState::superseded) return;
  Writer why(writer.language());
  why.put(tr("Superseded by")).text(" ");
  if (view.successor)
    why.element("a", {{"class", "govuk-link"}, {"href", decision_url(view.successor->id)}},
                as_name(view.successor->reference() + ", " + view.successor->title));
  else
    why.put(tr("another decision"));
  why.text(": ").put(as_name(decision.superseded_why));
  render(writer, govuk::InsetTextParams{.text = why.take()});
}

// The versions that it rests on, for who may read schemes in the making.
void rests_on(Writer& writer, const DecisionView& view, const Context& context) {
  if (!context.actor.can(kReadFunding) || !view.table.scheme_record || !view.table.pot_record) return;
  const SchemeRecord& scheme = *view.table.scheme_record;
  const PotRecord& pot = *view.table.pot_record;
  const std::string version = std::to_string(scheme.version), pot_version = std::to_string(pot.version);
  writer.open("p", {{"class", "govuk-body"}}).put(tr("Prepared from the scheme")).text(" ");
  writer.element("a",
                 {{"class", "govuk-link"},
                  {"href", context.site().at("scheme", {std::to_string(scheme.id.value)},
                                             {{"pot-version", pot_version}, {"version", version}})}},
                 tr("{0}, version {1}", {as_name(scheme.title), as_code(version)}));
  writer.text(" ").put(tr("on the pot")).text(" ");
  writer.element("a",
                 {{"class", "govuk-link"},
                  {"href", context.site().at("pot", {std::to_string(pot.id.value)}, {{"version", pot_version}})}},
                 tr("{0}, {1}, version {2}", {as_name(pot.title), as_date(pot.financial_year), as_code(pot_version)}));
  writer.text(".").close("p");
}

// What has a newer version than the decision rests on: before it is frozen it has to be looked at, afterwards it
// stands.
void newer_section(Writer& writer, const DecisionView& view) {
  if (view.newer.empty()) return;
  Writer text(writer.language());
  for (const std::string& sentence : view.newer) text.put(dated(sentence)).text(" ");
  if (view.frozen)
    text.put(tr("What was frozen stands as it was."));
  else
    text.put(
        tr("What is shown here rests on the older version. It is not agreed or frozen before somebody has looked: the "
           "draft, saved again, rests on the newest versions."));
  render(writer, govuk::InsetTextParams{.text = text.take()});
}

// A finding of a frozen table, with the amounts of its excess as measures of it.
Words marked_frozen(const std::string& finding, const Frozen& frozen) {
  Money over, by_rounding;
  for (const FrozenLine& line : frozen.lines) {
    if (line.kind == "over-programmed" && line.amount) over = *line.amount;
    if (line.kind == "unallocated" && line.amount && line.amount->pence < 0) by_rounding = Money{-line.amount->pence};
  }
  if (by_rounding.pence == 0) return finding;
  return marked_excess(finding, frozen_address(frozen.decision, ""), over, by_rounding);
}

void table_section(Writer& writer, const DecisionView& view, const Context& context) {
  heading(writer, view.frozen          ? tr("The table as it was frozen")
                  : view.newer.empty() ? tr("The table as it is worked out today")
                                       : tr("The table as it is worked out today, on older versions than the newest"));
  std::vector<FrozenLine> made;
  const auto* lines = shown_lines(view, made);
  if (lines == nullptr) {
    render(writer, govuk::InsetTextParams{.text = view.table.problem});
    return;
  }
  exports::TableHtml html{.language = context.language};
  html.paged = false;
  std::optional<figures::Address> address;
  if (view.frozen)
    address = frozen_address(view.decision.id, "");
  else if (context.actor.signed_in())
    address = address_of(*view.table.scheme_record, *view.table.pot_record, "");
  writer.put(exports::to_html(decision_table(view.decision, *lines, address), html));
  const std::vector<std::string> findings =
      view.frozen ? std::vector<std::string>() : findings_of(*view.table.allocation);
  if (view.frozen && !view.frozen->acknowledged.empty()) {
    heading(writer, tr("What the table does not keep, and why"));
    writer.open("dl", {{"class", "govuk-summary-list"}});
    for (const Acknowledgement& one : view.frozen->acknowledged)
      writer.open("div", {{"class", "govuk-summary-list__row"}})
          .element("dt", {{"class", "govuk-summary-list__key"}}, marked_frozen(one.finding, *view.frozen))
          .element("dd", {{"class", "govuk-summary-list__value"}}, one.words)
          .close("div");
    writer.close("dl");
  } else if (!findings.empty()) {
    heading(writer, tr("What the table does not keep"));
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    const Money by_rounding{-view.table.allocation->unallocated.pence};
    for (const std::string& one : findings)
      writer.element("li", marked_excess(one, address, view.table.allocation->over_programmed, by_rounding));
    writer.close("ul");
  }
}

// Its amounts are those of the frozen table.
Words marked_older(const std::string& sentence, const Frozen& frozen) {
  const auto address = [&](const char* of) {
    return measure_address(frozen_address(frozen.decision, ""), "", of).path();
  };
  Money areas, known;
  for (const FrozenLine& line : frozen.lines) {
    if (line.kind == "total" && line.amount) areas = *line.amount;
    if (line.kind == "known" && line.amount) known = *line.amount;
  }
  return marked(sentence, {as_date(frozen.at.date()),
                           {areas.text(), Numeral::Kind::figure, address("total"), "The frozen table"},
                           {known.text(), Numeral::Kind::figure, address("known"), "The frozen table"}});
}

// Does it work out to itself today, and what would come out of today's evidence.
void recompute_section(Writer& writer, const DecisionView& view, const Context& context) {
  if (!view.frozen) return;
  heading(writer, tr("Does it still work out?"));
  std::vector<govuk::SummaryListRow> rows;
  const Status kept = stands(*view.frozen);
  if (const std::string older = of_an_older_rule(*view.frozen); kept && !older.empty())
    rows.push_back(
        {.key = {.text = tr("The rule of then")}, .value = {.text = html::Content(marked_older(older, *view.frozen))}});
  rows.push_back({.key = {.text = tr("The record")},
                  .value = {.text = kept ? html::Content(tr("It is what was frozen on {0}: its checksum is the same.",
                                                            {view.frozen->at.date()}))
                                         : html::Content(kept.error().message)}});
  const auto again = recomputed(*view.frozen);
  rows.push_back(
      {.key = {.text = tr("From the frozen numbers")},
       .value = {.text = !again ? html::Content(again.error().message)
                         : again->empty()
                             ? html::Content(tr("Worked out again today, it comes to the same table in every line."))
                             : html::Content(joined(*again, " "))}});
  std::vector<std::string> moved;
  html::Content live;
  if (!view.table.allocation) {
    live = html::Content(tr("It cannot be worked out from today's evidence: {0}", {view.table.problem}));
  } else {
    moved = differences(*view.frozen, *view.table.allocation);
    for (std::string& sentence : differences(view.frozen->inputs, view.inputs_now, &*view.frozen))
      moved.push_back(std::move(sentence));
    const auto of_evidence = [](const FrozenInput& input) { return !input.address.empty(); };
    const bool asked = std::any_of(view.frozen->inputs.begin(), view.frozen->inputs.end(), of_evidence);
    live = moved.empty() && !asked
               ? html::Content(tr("Nothing to compare: no number of it is a figure of the evidence."))
           : moved.empty()
               ? html::Content(tr("Today's evidence gives the same table."))
               : html::Content(
                     tr("Today's evidence gives another table. The frozen one stands; the differences are below."));
  }
  rows.push_back({.key = {.text = tr("From today's evidence")}, .value = {.text = live}});
  rows.push_back({.key = {.text = tr("Checksum ({0})", {as_name("SHA-256")})},
                  .value = {.text = as_code(view.frozen->sha256), .classes = "tithing-checksum"}});
  render(writer, govuk::SummaryListParams{.rows = rows});
  if (!moved.empty()) list(writer, moved);
  writer.open("p", {{"class", "govuk-body"}})
      .element("a", {{"class", "govuk-link"}, {"href", decision_url(view.decision.id, "/frozen.json")}},
               tr("The frozen record with every input and working (JSON)"))
      .close("p");
  if (!view.frozen->inputs.empty()) {
    Table table{.id = "inputs",
                .title = tr("{0}: inputs", {view.decision.title}),
                .caption = tr("The numbers it was worked out from")};
    table.columns = {{"indicator", tr("Indicator")},
                     {"area", tr("Area")},
                     {"period", tr("Period")},
                     {"value", tr("Value as frozen")},
                     {"figure", tr("Figure of the evidence")},
                     {"version", tr("Evidence version")}};
    std::size_t place = 0;
    for (const FrozenInput& input : view.frozen->inputs) {
      ++place;
      exports::Cell value = exports::text_cell(shown_value(input));
      if (figures::Quantity::stated(input.value))
        value =
            measured_cell(std::move(value), frozen_address(view.decision.id, ""), "", "input-" + std::to_string(place));
      const FrozenLine* area = view.frozen->area(input.area);
      const auto origin =
          input.address.empty()
              ? exports::text_cell(input.source.empty() ? Words("given in the scheme") : Words(as_name(input.source)))
              : exports::text_cell(tr("as it is today")).linked(Url::parse(input.address));
      table.rows.push_back({exports::text_cell(as_name(input.indicator)),
                            exports::text_cell(area != nullptr ? area->name : input.area),
                            exports::text_cell(as_date(input.period)), std::move(value), origin,
                            exports::text_cell(as_code(input.evidence_version))});
    }
    exports::TableHtml html{.language = context.language};
    html.paged = false;
    writer.put(exports::to_html(table, html));
  }
}

void agreement_section(Writer& writer, const Decision& decision) {
  if (!decision.agreement) return;
  heading(writer, tr("The agreement"));
  std::vector<govuk::SummaryListRow> rows = {
      {.key = {.text = tr("Agreed on")}, .value = {.text = as_date(decision.agreement->on)}},
      {.key = {.text = tr("By")}, .value = {.text = decision.agreement->by_name}},
      {.key = {.text = tr("Authority")}, .value = {.text = as_name(decision.agreement->authority)}},
      {.key = {.text = tr("Interests")}, .value = {.text = as_name(decision.agreement->interests)}}};
  render(writer, govuk::SummaryListParams{.rows = rows});
}

// Who wrote it: the organisation for everyone, the account for who is signed in.
std::string writer_of(const Comment& comment, const Context& context) {
  std::string text = comment.organisation.empty() ? "A consultee without an organisation" : comment.organisation;
  if (context.actor.signed_in() && !comment.by_name.empty()) text += " (" + comment.by_name + ")";
  return text;
}

void comments_section(Writer& writer, const DecisionView& view, const Context& context) {
  const Decision& decision = view.decision;
  heading(writer, tr("Comments"));
  if (view.consulted && decision.state == DecisionState::consultation)
    paragraph(writer, tr("Consultation from {0} to {1}.", {*decision.consult_from, *decision.consult_to}));
  else if (view.consulted)
    paragraph(writer, in_words(*view.consulted));
  else
    paragraph(writer, tr("No consultation has been opened."));
  for (const Return& before : view.returns)
    if (!before.last || before.agreement) paragraph(writer, in_words(before));
  const bool may_comment = view.may_comment && decision.open_to_comments(context.today);
  const bool may_answer = context.reach().may(kPrepareDecision, whose_of(decision.area)) &&
                          (decision.state == DecisionState::draft || decision.state == DecisionState::consultation);
  int count = 0;
  for (const Comment& comment : view.comments) {
    if (comment.answers != 0) continue;
    ++count;
    writer.open("div", {{"class", "govuk-inset-text"}, {"id", "comment-" + std::to_string(comment.id)}});
    writer.open("p", {{"class", "govuk-body"}}).element("strong", writer_of(comment, context));
    writer.text(", ")
        .put(as_date(comment.at.date()))
        .put(as_name(comment.about.empty() ? "" : ", on " + about_of(comment, view.table.scheme)))
        .text(":")
        .close("p");
    paragraphs(writer, comment.text);
    if (changed_after(view, comment))
      paragraph(
          writer,
          comment.proposal.empty()
              ? html::Content(tr("It was written on the proposal as it stood then: the draft was changed afterwards."))
              : html::Content(
                    tr("It was written on the proposal as it stood then: {0}. The draft was changed afterwards.",
                       {as_name(comment.proposal)})));
    const auto answer = std::find_if(view.comments.begin(), view.comments.end(),
                                     [&](const Comment& one) { return one.answers == comment.id; });
    if (answer != view.comments.end()) {
      writer.open("p", {{"class", "govuk-body"}})
          .element("strong", tr("Answer of {0}:", {answer->at.date()}))
          .close("p");
      paragraphs(writer, answer->text);
    } else if (may_answer) {
      writer.open("p", {{"class", "govuk-body"}});
      writer
          .open("a", {{"class", "govuk-link"},
                      {"href", Url::path("/funding/decisions/{}/comments/{}",
                                         {std::to_string(decision.id.value), std::to_string(comment.id)})}})
          .put(tr("Answer it"));
      writer.open("span", {{"class", "govuk-visually-hidden"}})
          .text(": " + writer_of(comment, context))
          .close("span")
          .close("a")
          .close("p");
    } else {
      paragraph(writer, tr("No answer yet."));
    }
    writer.close("div");
  }
  if (count == 0 && view.consulted && view.consulted->any) paragraph(writer, tr("Nobody has commented."));
  if (!may_comment && context.actor.can(kComment) && decision.open_to_comments(context.today))
    paragraph(writer, tr("Comments are for the partnerships that this money is for and for those whose role reaches to "
                         "its area, and yours is another."));
  if (may_comment)
    render(writer, govuk::ButtonParams{.text = tr("Comment on it"),
                                       .href = decision_url(decision.id, "/comment"),
                                       .classes = "govuk-button--secondary"});
}

void path_section(Writer& writer, const DecisionView& view, const Context& context) {
  heading(writer, tr("The path so far"));
  writer.open("ol", {{"class", "govuk-list govuk-list--number"}});
  for (const path::Event& event : view.events) {
    writer.open("li").element("strong", as_date(event.at.date())).text(": ").put(as_name(event.sentence));
    if (context.actor.signed_in()) writer.text(" (" + shown_name(event.by, event.by_name) + ")");
    if (!event.reason.empty()) writer.text(" ").put(tr("Reason: {0}", {event.reason}));
    writer.close("li");
  }
  writer.close("ol");
}

// Where it stands on its path and what may be done; each move has a page of its own.
void path_of(Writer& writer, DecisionService& service, const DecisionView& view, const Context& context) {
  const Decision& decision = view.decision;
  const Whose whose = whose_of(decision.area);
  if (decision.state == DecisionState::draft && context.reach().may(kPrepareDecision, whose))
    writer.open("p", {{"class", "govuk-body"}})
        .element("a", {{"class", "govuk-link"}, {"href", decision_url(decision.id, "/edit")}}, tr("Change the draft"))
        .close("p");
  const path::Outline outline = kDecisionPath.outline();
  path::PathView path{.outline = outline,
                      .state = std::string(code_of(decision.state)),
                      .version = decision.version,
                      .events = view.events,
                      .unplanned = moves::supersede};
  path.own_form = [&](const path::Step& step) {
    return decision_url(decision.id, ("/" + std::string(step.code)).c_str());
  };
  if (context.actor.signed_in())
    path.offers = kDecisionPath.offers(path.state, facts_of(service.doing(context.actor), decision, view.table),
                                       context.reach(), whose);
  for (path::Offer& offer : path.offers) offer.step.asks = path::Asks::own_form;
  writer.put(path::path_part(context, path));
}

Answer decision_page(DecisionService& service, Context& context) {
  const auto id = decision_of(context);
  const auto view =
      id ? service.view(context.actor, *id)
         : Result<DecisionView>(not_found(tr("There is no such decision. The list is under Funding, Decisions.")));
  if (!view) {
    if (id)
      if (const auto told = service.taken_back(context.actor, *id)) return taken_back_page(*told, context);
    return web::problem_page(context, view.error());
  }
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
    text.element("a", {{"class", "govuk-link"}, {"href", decision_url(one.id)}},
                 as_name(one.reference() + ", " + one.title));
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
  recompute_section(writer, *view, context);
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

Table decision_table(const Decision& decision, const std::vector<FrozenLine>& lines,
                     const std::optional<figures::Address>& address) {
  const FrozenLine* total = line_of(lines, "total");
  const bool heads =
      std::any_of(lines.begin(), lines.end(), [](const FrozenLine& line) { return line.population.has_value(); });
  Table table{.id = "allocation", .title = decision.title, .caption = tr("What each area gets")};
  table.columns = {
      {"area", tr("Area")}, {"amount", tr("Amount"), ColumnKind::money}, {"share", tr("Share"), ColumnKind::per_cent}};
  if (heads) table.columns.push_back({"per-head", tr("Per head"), ColumnKind::money});
  table.columns.push_back({"last-year", tr("Last year"), ColumnKind::money});
  table.columns.push_back({"change", tr("Change"), ColumnKind::money});
  table.columns.push_back({"change-share", tr("Change in per cent"), ColumnKind::per_cent});
  std::size_t held = 0;
  for (const FrozenLine& line : lines) {
    const auto cell = [&](exports::Cell one, const std::string& of) {
      return address ? measured_cell(std::move(one), *address, line.key, of) : one;
    };
    const std::string name = line.kind == "held-back" ? "Held back: " + line.name : line.name;
    const bool area = line.kind == "area";
    Row row = {exports::text_cell(name), line.amount
                                             ? exports::money_cell(line.amount->pence)
                                             : exports::unknown_cell(tr("It is left out, not taken for nought."))};
    if (line.kind != "unknown")
      row[1] = cell(std::move(row[1]), area                       ? ""
                                       : line.kind == "held-back" ? "held-back-" + std::to_string(++held)
                                                                  : line.kind);
    if (!area) {
      row.resize(table.columns.size(), exports::text_cell(""));
      table.rows.push_back(std::move(row));
      continue;
    }
    const bool shares = total != nullptr && total->amount && total->amount->pence != 0 && line.amount;
    row.push_back(shares ? cell(exports::per_cent_cell(ratio(line.amount->pence, total->amount->pence), 2), "share")
                         : exports::unknown_cell(tr("There is no total to share.")));
    if (heads)
      row.push_back(line.population && *line.population > 0 && line.amount
                        ? cell(exports::money_cell(Fraction(Integer(line.amount->pence), Integer(*line.population))
                                                       .nearest()
                                                       .to_int64()
                                                       .value_or(0)),
                               "per-head")
                        : exports::unknown_cell(tr("The scheme gives no population.")));
    row.push_back(line.last_year ? cell(exports::money_cell(line.last_year->pence), "last-year")
                                 : exports::unknown_cell(tr("The scheme has no amount of last year.")));
    const bool both = line.last_year && line.amount;
    row.push_back(both ? cell(with_plus(exports::money_cell(line.amount->pence - line.last_year->pence)), "change")
                       : exports::unknown_cell(tr("Last year's amount is not known.")));
    row.push_back(both && line.last_year->pence != 0
                      ? cell(exports::signed_per_cent_cell(
                                 ratio(line.amount->pence - line.last_year->pence, line.last_year->pence), 2),
                             "change-share")
                      : exports::unknown_cell(no_change_share(line.last_year)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

html::Url decision_url(DecisionId id, const char* step) {
  return Url::parse("/funding/decisions/" + std::to_string(id.value) + step);
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
  DecisionService* const s = &service;
  wiring.router.get("/funding/decisions/:id", web::Access::anyone(),
                    [=](Context& context) { return decision_page(*s, context); });
  wiring.router.get("/funding/decisions/:id/frozen.json", web::Access::anyone(),
                    [=](Context& context) { return frozen_json(*s, context); });
}

}  // namespace tithing::decisions
