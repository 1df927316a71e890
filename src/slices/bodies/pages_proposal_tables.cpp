// The tables on the page of a proposal: its edits, the facts that would come and go, and what it comes to on a day.
#include "base/text.h"
#include "base/translation.h"
#include "slices/bodies/pages_proposals.h"

namespace tithing::bodies {
namespace {

html::Markup post_button(const Context& context, const Url& to, const Proposal& proposal, const char* name,
                         std::int64_t value, const Message& text) {
  Writer writer(context.language);
  writer.open("form", {{"method", "post"}, {"action", to}});
  writer.put(web::csrf_field(context));
  web::hidden_field(writer, "version", std::to_string(proposal.version));
  web::hidden_field(writer, name, std::to_string(value));
  render(writer, govuk::ButtonParams{.text = text, .classes = "govuk-button--secondary", .prevent_double_click = true});
  writer.close("form");
  return writer.take();
}

std::string cover_text(const std::optional<Cover::State>& state, const std::vector<std::string>& held,
                       const Register& all, Date day) {
  if (!state) return "Laid on nobody there";
  if (*state == Cover::State::gap) return "Gap: nobody is recorded";
  std::vector<std::string> names;
  for (const std::string& code : held) names.push_back(all.name_at(code, day));
  return (*state == Cover::State::twice     ? "Double cover: "
          : *state == Cover::State::earlier ? "Known earlier, not known whether still: "
                                            : "") +
         joined(names, "; ");
}

Cell hours_cell(const Load& load) {
  if (load.seats == 0) return exports::decimal_cell(0, 1);
  if (load.minutes == 0 && !load.complete())
    return exports::unknown_cell(tr("How often, or how long, the bodies meet is not known."));
  const Cell cell = exports::decimal_cell(static_cast<double>(load.minutes) / 60, 1);
  return load.complete() ? cell
                         : cell.noted(tr("At least: of some bodies it is not known how often or how long they meet."));
}

// On the register as it is now; an edit of a fact that has changed since can be put on what is there.
Cell fit_cell(const Under& under, const ProposedEdit& one, const std::string& number, bool may,
              const Context& context) {
  const auto misfit = under.applied.misfits.find(one.id);
  if (misfit == under.applied.misfits.end()) return text_cell(tr("Fits"));
  Cell cell = text_cell(tr("Does not fit any more. {0}", {misfit->second.message}));
  const FactPointer now = one.edit.action == Edit::Action::add ? nullptr : under.known->current(one.edit.record);
  if (may && now && now->id != one.edit.seen_id)
    cell.picture = post_button(context, proposal_page(under.proposal.number, "/put", context), under.proposal, "edit",
                               one.id, tr("Put edit {0} on what is there now", {number}));
  return cell;
}

}  // namespace

void put_edits(Writer& writer, const Under& under, bool may, const Context& context) {
  const Proposal& proposal = under.proposal;
  const bool open = proposal.state == Proposal::State::open;
  heading(writer, tr("What is proposed"));
  exports::Table table{.id = "edits", .title = tr("Edits in the order in which they are tried")};
  table.columns = {{"edit", tr("Edit")}, {"source", tr("Source and reason")}};
  if (open) table.columns.push_back({"fits", tr("On the register as it is now")});
  if (open && may) table.columns.push_back({.key = "out", .heading = tr("Take out"), .on_page_only = true});
  std::int64_t last_step = 0;
  for (const ProposedEdit& one : proposal.edits) {
    const std::string number = std::to_string(table.rows.size() + 1);
    exports::Row row{text_cell(words_of(under.applied.draft, one.edit)), source_cell(one.edit.fact, context)};
    row.back().note = Words(sentences({one.edit.fact.note, one.reason}));
    if (open) row.push_back(fit_cell(under, one, number, may, context));
    if (open && may && one.step == last_step)
      row.push_back(text_cell(Content(tr("Goes with the edit above")).plain(context.language)));
    else if (open && may)
      row.push_back(
          text_cell(Content(tr("Take out edit {0}", {number})).plain(context.language))
              .linked(Url::path("/bodies/proposals/{}/take-out", {std::to_string(proposal.number)},
                                {{"as-at", context.query_value("as-at")}, {"edits", std::to_string(one.step)}})));
    last_step = one.step;
    table.rows.push_back(std::move(row));
  }
  writer.put(lists::part(context, {.table = std::move(table), .none = tr("Nothing yet."), .page_name = "edits-page"}));
}

void put_taken_out(Writer& writer, const Under& under, bool may, const Context& context) {
  const Proposal& proposal = under.proposal;
  if (proposal.taken_out.empty()) return;
  const bool offered = may && proposal.state == Proposal::State::open;
  exports::Table table{.id = "taken-out", .title = tr("Edits that were taken out")};
  table.columns = {{"edit", tr("Edit")}, {"when", tr("Taken out")}, {"by", tr("By")}};
  if (offered) table.columns.push_back({.key = "back", .heading = tr("Put back"), .on_page_only = true});
  std::int64_t last_step = 0;
  for (const ProposedEdit& one : proposal.taken_out) {
    const std::string edit = words_of(under.applied.draft, one.edit);
    table.rows.push_back(
        {text_cell(edit), text_cell(moment(*one.taken_out_at)), text_cell(context.person(one.taken_out_by))});
    if (offered)
      table.rows.back().push_back(
          one.step == last_step
              ? text_cell(Content(tr("Goes with the edit above")).plain(context.language))
              : exports::picture_cell(post_button(context, proposal_page(proposal.number, "/put-back", context),
                                                  proposal, "edits", one.step, tr("Put back: {0}", {edit}))));
    last_step = one.step;
  }
  writer.put(lists::part(context, {.table = std::move(table), .page_name = "taken-out-page"}));
}

void put_facts(Writer& writer, const Under& under, const Context& context) {
  exports::Table table{.id = "effect", .title = tr("Facts that would come and go")};
  table.columns = {{"what", tr("What"), ColumnKind::text, {}, true},
                   {"body", tr("Body"), ColumnKind::text, {}, true},
                   {"fact", tr("Fact"), ColumnKind::text},
                   {"holds", tr("Holds"), ColumnKind::text}};
  const Effect& effect = under.applied.effect;
  for (const auto& [facts, what] : {std::pair{&effect.before, "Goes"}, {&effect.after, "Comes"}})
    for (const Fact& fact : *facts)
      table.rows.push_back({text_cell(what), text_cell(names_of(under.applied.draft, predecessors_of(fact))),
                            text_cell(text_of(fact)), text_cell(period_text(fact))});
  writer.put(shown(table, context, "", tr("Nothing would come or go.")));
}

void put_comparison(Writer& writer, BodiesService& service, const Under& under, Date day, const Context& context) {
  const Register& known = *under.known;
  const Register& draft = under.applied.draft;
  const Comparison result = compare(known, under.applied, day);
  heading(writer, tr("What it comes to on {0}", {day.text()}));
  exports::Table bodies{.id = "bodies",
                        .title = tr("Bodies that would begin, end, move or change, on {0}", {day.text()})};
  bodies.columns = {{"what", tr("What"), ColumnKind::text, {}, true},
                    {"body", tr("Body"), ColumnKind::text, {}, true},
                    {"fact", tr("Fact"), ColumnKind::text, {}, true},
                    {"then", tr("In the register"), ColumnKind::text},
                    {"now", tr("Under the proposal"), ColumnKind::text}};
  for (const Difference& one : result.bodies)
    bodies.rows.push_back({text_cell(std::string(name_of(one.what))),
                           text_cell(draft.name_at(one.body, day)).linked(plain_url(draft, one.body, day)),
                           text_cell(std::string(name_of(one.fact))), text_cell(one.then.empty() ? "-" : one.then),
                           text_cell(one.now.empty() ? "-" : one.now)});
  writer.put(shown(bodies, context, "", tr("No body would be otherwise on that day.")));

  const auto areas = service.areas();
  exports::Table duties{.id = "duties", .title = tr("Duties that would be discharged otherwise, on {0}", {day.text()})};
  duties.columns = {{"function", tr("Function"), ColumnKind::text, {}, true},
                    {"area", tr("Area"), ColumnKind::text, {}, true},
                    {"then", tr("In the register"), ColumnKind::text},
                    {"now", tr("Under the proposal"), ColumnKind::text}};
  for (const CoverChange& one : result.duties) {
    const auto* area = areas->find(one.area);
    duties.rows.push_back({text_cell(one.function),
                           text_cell(area ? areas->name_at(*area, day) + " (" + one.area + ")" : one.area),
                           text_cell(cover_text(one.before, one.held_before, known, day)),
                           text_cell(cover_text(one.after, one.held_after, draft, day))});
  }
  writer.put(
      shown(duties, context, "",
            tr("No gap and no double cover would arise or go, and nobody else would discharge a duty on that day.")));

  exports::Table loads{.id = "hours",
                       .title = tr("Seats, attendances and hours a year, by organisation, on {0}", {day.text()})};
  loads.columns = {{"organisation", tr("Organisation"), ColumnKind::text, {}, true},
                   {"seats-then", tr("Seats now"), ColumnKind::integer},
                   {"seats-now", tr("Seats under the proposal"), ColumnKind::integer},
                   {"then", tr("Hours now"), ColumnKind::decimal},
                   {"now", tr("Hours under the proposal"), ColumnKind::decimal}};
  for (const LoadChange& one : result.loads)
    loads.rows.push_back(
        {text_cell(draft.name_at(one.organisation, day)).linked(plain_url(draft, one.organisation, day)),
         exports::integer_cell(one.before.seats), exports::integer_cell(one.after.seats),
         hours_cell(one.before)
             .linked(
                 Url::path("/figures/meeting-hours", {}, {{"as-at", day.iso()}, {"organisation", one.organisation}}),
                 "How it came about, in the register"),
         hours_cell(one.after).linked(Url::path("/figures/meeting-hours", {},
                                                {{"as-at", day.iso()},
                                                 {"organisation", one.organisation},
                                                 {"proposal", std::to_string(draft.proposal)}}),
                                      "How it came about, under the proposal")});
  writer.put(
      shown(loads, context, "", tr("No organisation would sit in more or fewer rooms, as far as seats are known.")));
}

}  // namespace tithing::bodies
