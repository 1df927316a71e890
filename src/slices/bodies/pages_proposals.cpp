// Proposals: the list, and one with its edits and what it comes to on a day.
#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "path/page/path_part.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_proposals.h"
#include "slices/bodies/proposal_path.h"

namespace tithing::bodies {
namespace {

Message state_name(Proposal::State state) {
  return state == Proposal::State::open        ? tr("Open")
         : state == Proposal::State::withdrawn ? tr("Withdrawn")
                                               : tr("Enacted");
}

std::string who(const std::string& audit_name) {
  return audit_name == "system" ? "the program, with the demonstration" : audit_name;
}

// The register as it is, on the day of the address: these pages say themselves what a proposal does to it.
Result<Seen> register_of(BodiesService& service, const Context& context) {
  const auto as_at = context.as_at();
  if (!as_at) return pass_on(as_at);
  return Seen{service.known(), *as_at, nullptr};
}

Answer list_page(BodiesService& service, Context& context) {
  const auto view = register_of(service, context);
  if (!view) return not_seen(context, view.error());
  lists::Filter states{.name = "state", .label = tr("State")};
  for (const auto state : {Proposal::State::open, Proposal::State::withdrawn, Proposal::State::enacted})
    states.choices.emplace_back(std::string(code_of(state)), state_name(state));
  const std::string state = lists::asked(context, states);
  const exports::Paging paging = lists::paging(context, service.count_proposals(state));
  exports::Table table{.id = "proposals", .title = tr("Proposals")};
  table.columns = {{"number", tr("Number"), ColumnKind::integer},
                   {"title", tr("Title"), ColumnKind::text},
                   {"state", tr("State"), ColumnKind::text},
                   {"reason", tr("Reason"), ColumnKind::text},
                   {"made", tr("Made"), ColumnKind::text}};
  for (const Proposal& one : service.proposals(state, lists::limit_of(paging), lists::offset_of(paging)))
    table.rows.push_back({exports::integer_cell(one.number),
                          text_cell(one.title).linked(proposal_page(one.number, "", context)),
                          text_cell(Content(state_name(one.state)).plain(context.language)), text_cell(one.reason),
                          text_cell(one.made_at.date().text())});
  Writer writer(context.language);
  paragraph(writer, tr("What might become of the register, kept apart from it. Each proposal is tried on the register "
                       "by the same rules as a change, and every page can be shown under it."));
  writer.put(lists::part(context, {.table = std::move(table),
                                   .none = tr("There is no such proposal."),
                                   .paging = paging,
                                   .chosen_before = {std::move(states)}}));
  if (context.actor.can(kEditBodies))
    render(writer, govuk::ButtonParams{.text = tr("Make a proposal"),
                                       .href = web::carry(context, Url("/bodies/proposals/new"))});
  return register_page(service, context, *view, options_of(tr("Proposals")), writer.take(), {.proposals = false});
}

void put_state(Writer& writer, const Proposal& proposal, const std::vector<path::Event>& events,
               const Context& context) {
  paragraph(writer, proposal.reason);
  writer.open("p", {{"class", "govuk-body"}});
  render(writer,
         govuk::TagParams{.text = state_name(proposal.state),
                          .classes = proposal.state == Proposal::State::open ? "govuk-tag--blue" : "govuk-tag--grey"});
  writer.text(" ").put(
      tr("Made on {0} by {1}.", {proposal.made_at.date().text(), who(context.person(proposal.author))}));
  if (!events.empty()) {
    const path::Event& last = events.back();
    const std::string day = last.at.date().text(), by = who(context.person(last.by));
    writer.text(" ").put(proposal.state == Proposal::State::enacted
                             ? tr("Enacted on {0} by {1}: {2}", {day, by, last.reason})
                             : tr("Withdrawn on {0} by {1}: {2}", {day, by, last.reason}));
  }
  if (proposal.enacted_in) {
    writer.text(" ");
    link(writer, web::carry(context, change_url(*proposal.enacted_in)),
         tr("Change {0} of the register", {std::to_string(*proposal.enacted_in)}));
  }
  writer.close("p");
}

// Pages of the register, and forms, under the proposal.
Url under_it(const char* path, const Proposal& proposal, const Context& context, const std::string& fact = {}) {
  return Url::path(
      path, {},
      {{"fact", fact}, {"as-at", context.query_value("as-at")}, {"proposal", std::to_string(proposal.number)}});
}

// What can be looked at and entered while it is open.
void put_ways(Writer& writer, const Under& under, const Context& context) {
  const Proposal& proposal = under.proposal;
  if (const std::size_t misfits = under.applied.misfits.size(); misfits > 0)
    render(writer,
           govuk::WarningTextParams{.text = tr("The register has changed since: {0} of this proposal no longer fit. "
                                               "Each says why, below. Until then nothing of it can be enacted.",
                                               {plural(static_cast<std::int64_t>(misfits), "edit", "edits")})});
  links_line(writer,
             {{under_it("/bodies", proposal, context), tr("bodies")},
              {under_it("/bodies/duties", proposal, context), tr("duties")},
              {under_it("/bodies/calendar", proposal, context), tr("calendar")},
              {under_it("/bodies/overlap", proposal, context), tr("overlap")},
              {under_it("/bodies/difference", proposal, context), tr("two days compared")}},
             tr("The register under this proposal:"), ", ");
}

void put_entering(Writer& writer, const Proposal& proposal, const Context& context) {
  links_line(writer,
             {{under_it("/bodies/change", proposal, context, "body"), tr("a body")},
              {under_it("/bodies/change", proposal, context, "succession"), tr("what became of bodies")},
              {under_it("/bodies/reorganise", proposal, context), tr("a merger or a split")}},
             tr("Add to the proposal:"), ", ");
  paragraph(writer, tr("All else is added on the page of the body that it is about."));
}

// Where it stands, and what may be done next by whoever reaches to all that is in it.
void put_path(Writer& writer, const Under& under, const std::vector<path::Event>& events, bool may,
              const Context& context) {
  const Proposal& proposal = under.proposal;
  const records::Standing standing = standing_of(proposal);
  const path::Outline outline = kProposalPath.outline();
  path::PathView view{.outline = outline, .state = standing.state, .version = standing.version, .events = events};
  view.offers = kProposalPath.offers(standing.state, {proposal, under.applied}, context.reach(), standing.whose);
  for (path::Offer& offer : view.offers) offer.may = offer.may && may;
  view.own_form = [&](const path::Step& step) {
    return proposal_page(proposal.number, "/" + std::string(step.code), context);
  };
  writer.put(path::path_part(context, view));
}

}  // namespace

Url proposal_page(std::int64_t number, const std::string& further, const Context& context) {
  return Url::path("/bodies/proposals/{}" + further, {std::to_string(number)},
                   {{"as-at", context.query_value("as-at")}});
}

web::PageOptions proposal_options(const Content& title, const Context& context) {
  web::PageOptions options = options_of(title);
  options.breadcrumbs.push_back({tr("Proposals"), web::carry(context, Url("/bodies/proposals")), false});
  return options;
}

Answer proposal_answer(BodiesService& service, Context& context, const Problem& problem) {
  const auto view = register_of(service, context);
  if (!view) return not_seen(context, view.error());
  const auto under = service.under(context.actor, number_of(context.parameter("number")));
  if (!under) return web::problem_page(context, under.error());
  const Proposal& proposal = (*under)->proposal;
  const bool open = proposal.state == Proposal::State::open;
  const bool may = service.may_change(context.actor, **under).has_value();
  Writer writer(context.language);
  const std::vector<path::Event> events = service.events_of_proposal(proposal.number);
  put_state(writer, proposal, events, context);
  if (open) put_ways(writer, **under, context);
  put_edits(writer, **under, may, context);
  if (open && may) put_entering(writer, proposal, context);
  if (open) {
    put_comparison(writer, service, **under, view->as_at, context);
    put_facts(writer, **under, context);
  }
  put_path(writer, **under, events, may, context);
  put_taken_out(writer, **under, may, context);
  if (open && may) link_line(writer, proposal_page(proposal.number, "/words", context), tr("Change title or reason"));
  web::PageOptions options = proposal_options(proposal.title, context);
  options.caption = tr("Proposal {0}", {std::to_string(proposal.number)});
  forms::say(options, problem, context.language);
  return register_page(service, context, *view, options, writer.take(), {.proposals = false});
}

void register_proposal_pages(Wiring& wiring, BodiesService& service) {
  BodiesService* s = &service;
  const web::Access reader = web::Access::signed_in();
  wiring.router.get("/bodies/proposals", reader, [s](Context& context) { return list_page(*s, context); });
  wiring.router.get("/bodies/proposals/:number", reader,
                    [s](Context& context) { return proposal_answer(*s, context); });
  register_proposal_forms(wiring, service);
}

}  // namespace tithing::bodies
