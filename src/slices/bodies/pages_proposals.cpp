// Proposals: the list, one with its edits and what it comes to on a day, making, wording, withdrawing and enacting it.
#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "path/page/path_part.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_fields.h"
#include "slices/bodies/pages_view.h"
#include "slices/bodies/proposal_path.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

using exports::Cell;
using exports::ColumnKind;
using exports::text_cell;
using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::size_t kPageOfEdits = 50;

Url proposal_url(std::int64_t number, const std::string& further, const Context& context) {
  return Url::path("/bodies/proposals/{}" + further, {std::to_string(number)},
                   {{"as-at", context.query_value("as-at")}});
}

void hidden(Writer& writer, const std::string& name, std::int64_t value) {
  writer.void_element("input", {{"type", "hidden"}, {"name", name}, {"value", std::to_string(value)}});
}

void link(Writer& writer, const Url& url, const Content& text) {
  writer.element("a", {{"class", "govuk-link"}, {"href", url}}, text);
}

Message state_name(Proposal::State state) {
  return state == Proposal::State::open        ? tr("Open")
         : state == Proposal::State::withdrawn ? tr("Withdrawn")
                                               : tr("Enacted");
}

std::string who(const std::string& audit_name) {
  return audit_name == "system" ? "the program, with the demonstration" : audit_name;
}

void put_problem(web::PageOptions& options, const Problem& problem, const Context& context) {
  if (problem.message.empty()) return;
  options.notice = web::error_summary(problem, context.language);
  options.has_error = true;
  options.status = web::status_of(problem.kind);
}

web::PageOptions options_for(const Content& title, const Context& context) {
  web::PageOptions options = options_of(title);
  options.breadcrumbs.push_back({tr("Proposals"), web::carry(context, Url("/bodies/proposals")), false});
  return options;
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
  std::string state = context.query_value("state");
  if (!proposal_state_from(state)) state.clear();
  const exports::Paging paging =
      exports::paging(service.count_proposals(state),
                      static_cast<int>(std::clamp<std::int64_t>(number_of(context.query_value("page")), 1, 1'000'000)));
  exports::Table table{.id = "proposals", .title = tr("Proposals")};
  table.columns = {{"number", tr("Number"), ColumnKind::integer},
                   {"title", tr("Title"), ColumnKind::text},
                   {"state", tr("State"), ColumnKind::text},
                   {"reason", tr("Reason"), ColumnKind::text},
                   {"made", tr("Made"), ColumnKind::text}};
  for (const Proposal& one : service.proposals(state, exports::kPageSize, static_cast<int>(paging.first)))
    table.rows.push_back({exports::integer_cell(one.number),
                          text_cell(one.title).linked(proposal_url(one.number, "", context)),
                          text_cell(Content(state_name(one.state)).plain(context.language)), text_cell(one.reason),
                          text_cell(one.made_at.date().text())});
  Writer writer(context.language);
  paragraph(writer, tr("What might become of the register, kept apart from it. Each proposal is tried on the register "
                       "by the same rules as a change, and every page can be shown under it."));
  writer.open("p", {{"class", "govuk-body"}});
  bool first = true;
  for (const auto& [code, name] : {std::pair<std::string, Message>{"", tr("All")},
                                   {"open", tr("Open")},
                                   {"withdrawn", tr("Withdrawn")},
                                   {"enacted", tr("Enacted")}}) {
    if (!first) writer.text(" · ");
    first = false;
    if (code == state)
      writer.element("strong", name);
    else
      link(writer, web::with_query(context, "state", code), name);
  }
  writer.close("p");
  writer.put(exports::to_html(
      table, {.language = context.language, .paged = false, .empty_text = "There is no such proposal."}));
  std::vector<std::pair<std::string, std::string>> query = web::carried(context);
  if (!state.empty()) query.emplace_back("state", state);
  writer.put(exports::pager(paging, "/bodies/proposals", query, context.language));
  if (context.actor.can(kEditBodies))
    render(writer, govuk::ButtonParams{.text = tr("Make a proposal"),
                                       .href = web::carry(context, Url("/bodies/proposals/new"))});
  return register_page(service, context, *view, options_of(tr("Proposals")), writer.take(), {.proposals = false});
}

const std::vector<forms::Field>& word_fields() {
  static const std::vector<forms::Field> fields = {
      {.name = "title", .label = tr("Title"), .hint = tr("By which people will know it.")},
      {.name = "reason",
       .label = tr("Reason"),
       .kind = forms::Kind::long_text,
       .hint = tr("What it is for, who proposes it, and in which paper."),
       .rows = 4}};
  return fields;
}

forms::Values words_of(const Proposal& proposal) { return {{"title", proposal.title}, {"reason", proposal.reason}}; }

drafts::Form words_draft(const Context& context, std::int64_t number, std::int64_t version) {
  const std::string id = std::to_string(number);
  if (number == 0)
    return {"bodies.proposal/new", tr("Make a proposal").in(context.language).text, "/bodies/proposals/new", ""};
  return {"bodies.proposal/" + id, tr("Title and reason of proposal {0}", {id}).in(context.language).text,
          Url::path("/bodies/proposals/{}/words", {id}).text(), std::to_string(version)};
}

// Title and reason, for a new one (number 0) and for one that is there. `back`: the draft has come back.
Answer words_page(Wiring& wiring, Context& context, std::int64_t number, std::int64_t version,
                  const forms::Values& values, const Problem& problem, bool back = false) {
  const drafts::Form draft = words_draft(context, number, version);
  const auto kept = drafts::find(*wiring.database, context.actor, draft.key);
  Writer writer(context.language);
  forms::Form form(writer, context, values, problem);
  form.begin(number > 0 ? proposal_url(number, "/words", context) : web::carry(context, Url("/bodies/proposals")));
  if (number > 0) form.hidden("version", std::to_string(version));
  form.put(word_fields());
  form.save_buttons(draft, kept, number > 0 ? tr("Save") : tr("Make the proposal"), "", "");
  form.end();
  if (number == 0)
    paragraph(writer, tr("Its edits come after: on the pages of the register as they are under the proposal, by the "
                         "same forms as a change."));
  web::PageOptions options = options_for(
      number > 0 ? tr("Title and reason of proposal {0}", {std::to_string(number)}) : tr("Make a proposal"), context);
  options.as_at_control = false;
  options.narrow = true;
  forms::finish(options, form, problem);
  if (back && kept) options.notice += drafts::notice(context, *kept);
  return web::page(context, options, writer.take());
}

void post_button(Writer& writer, const Context& context, const Url& to, const Proposal& proposal, const char* name,
                 std::int64_t value, const Message& text) {
  writer.open("form", {{"method", "post"}, {"action", to}});
  writer.put(web::csrf_field(context));
  hidden(writer, "version", proposal.version);
  hidden(writer, name, value);
  render(writer, govuk::ButtonParams{.text = text, .classes = "govuk-button--secondary", .prevent_double_click = true});
  writer.close("form");
}

void edits_table(Writer& writer, const Under& under, bool may, const Context& context) {
  const Proposal& proposal = under.proposal;
  heading(writer, tr("What is proposed"));
  if (proposal.edits.empty()) {
    paragraph(writer, tr("Nothing yet."));
    return;
  }
  const bool open = proposal.state == Proposal::State::open;
  const exports::Paging paging =
      exports::paging(static_cast<std::int64_t>(proposal.edits.size()),
                      static_cast<int>(std::clamp<std::int64_t>(number_of(context.query_value("page")), 1, 1'000)));
  govuk::TableParams table;
  table.caption = tr("Edits in the order in which they are tried");
  table.head = {{.text = tr("Edit")}, {.text = tr("Source and reason")}};
  if (open) table.head.push_back({.text = tr("On the register as it is now")});
  if (open && may) table.head.push_back({.text = tr("Take out")});
  std::int64_t last_step = 0;
  for (std::int64_t i = paging.first; i < paging.last; ++i) {
    const ProposedEdit& one = proposal.edits[static_cast<std::size_t>(i)];
    Writer source(context.language);
    source.put(source_link(one.edit.fact, context));
    std::string before;
    for (const std::string& sentence : {one.edit.fact.note, one.reason}) {
      if (sentence.empty()) continue;
      source.text((before.empty() || before.back() != '.' ? ". " : " ") + sentence);
      before = sentence;
    }
    std::vector<govuk::TableCell> row{{.text = words_of(under.applied.draft, one.edit)}, {.text = source.take()}};
    if (open) {
      Writer fit(context.language);
      const auto misfit = under.applied.misfits.find(one.id);
      if (misfit == under.applied.misfits.end()) {
        render(fit, govuk::TagParams{.text = tr("Fits"), .classes = "govuk-tag--teal"});
      } else {
        render(fit, govuk::TagParams{.text = tr("Does not fit any more"), .classes = "govuk-tag--red"});
        fit.text(" " + misfit->second.message);
        const FactPointer now = one.edit.action == Edit::Action::add ? nullptr : under.known->current(one.edit.record);
        if (may && now && now->id != one.edit.seen_id)
          post_button(fit, context, proposal_url(proposal.number, "/put", context), proposal, "edit", one.id,
                      tr("Put edit {0} on what is there now", {std::to_string(i + 1)}));
      }
      row.push_back({.text = fit.take()});
    }
    if (open && may) {
      Writer out(context.language);
      if (one.step != last_step)
        post_button(out, context, proposal_url(proposal.number, "/take-out", context), proposal, "step", one.step,
                    tr("Take out edit {0}", {std::to_string(i + 1)}));
      else
        out.put(tr("Goes with the edit above"));
      row.push_back({.text = out.take()});
    }
    last_step = one.step;
    table.rows.push_back(std::move(row));
  }
  Writer body(context.language);
  render(body, table);
  render(writer, govuk::ScrollRegionParams{.label = table.caption, .body = body.take()});
  writer.put(exports::pager(paging, context.request->path, web::carried(context), context.language));
}

void facts_table(Writer& writer, const Under& under, const Context& context) {
  exports::Table table{.id = "effect", .title = tr("Facts that would come and go")};
  table.columns = {{"what", tr("What"), ColumnKind::text, {}, true},
                   {"body", tr("Body"), ColumnKind::text, {}, true},
                   {"fact", tr("Fact"), ColumnKind::text},
                   {"holds", tr("Holds"), ColumnKind::text}};
  const auto rows = [&](const std::vector<Fact>& facts, const char* what) {
    for (const Fact& fact : facts) {
      std::vector<std::string> names;
      for (const std::string& code :
           fact.kind == FactKind::succession ? predecessors_of(fact) : std::vector<std::string>{fact.body})
        names.push_back(under.applied.draft.last_name(code));
      table.rows.push_back(
          {text_cell(what), text_cell(joined(names, ", ")), text_cell(text_of(fact)), text_cell(period_text(fact))});
    }
  };
  rows(under.applied.effect.before, "Goes");
  rows(under.applied.effect.after, "Comes");
  writer.put(shown(table, context, "", "Nothing would come or go."));
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

void comparison(Writer& writer, BodiesService& service, const Under& under, Date day, const Context& context) {
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
  writer.put(shown(bodies, context, "", "No body would be otherwise on that day."));

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
            "No gap and no double cover would arise or go, and nobody else would discharge a duty on that day."));

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
  writer.put(shown(loads, context, "", "No organisation would sit in more or fewer rooms, as far as seats are known."));
}

void state_of(Writer& writer, const Proposal& proposal, const std::vector<path::Event>& events,
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
    writer.text(" ").put(
        proposal.state == Proposal::State::enacted
            ? tr("Enacted on {0} by {1}: {2}", {last.at.date().text(), who(context.person(last.by)), last.reason})
            : tr("Withdrawn on {0} by {1}: {2}", {last.at.date().text(), who(context.person(last.by)), last.reason}));
  }
  if (proposal.enacted_in) {
    writer.text(" ");
    link(writer, web::carry(context, Url::path("/bodies/changes/{}", {std::to_string(*proposal.enacted_in)})),
         tr("Change {0} of the register", {std::to_string(*proposal.enacted_in)}));
  }
  writer.close("p");
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
    return proposal_url(proposal.number, "/" + std::string(step.code), context);
  };
  writer.put(path::path_part(context, view));
}

Answer one_page(BodiesService& service, Context& context, const Problem& problem) {
  const auto view = register_of(service, context);
  if (!view) return not_seen(context, view.error());
  const auto under = service.under(context.actor, number_of(context.parameter("number")));
  if (!under) return web::problem_page(context, under.error());
  const Proposal& proposal = (*under)->proposal;
  const bool open = proposal.state == Proposal::State::open;
  const bool may = service.may_change(context.actor, **under).has_value();
  const std::string number = std::to_string(proposal.number);
  Writer writer(context.language);
  const std::vector<path::Event> events = service.events_of_proposal(proposal.number);
  state_of(writer, proposal, events, context);
  if (open) {
    if (const std::size_t misfits = (*under)->applied.misfits.size(); misfits > 0)
      render(writer,
             govuk::WarningTextParams{.text = tr("The register has changed since: {0} of this proposal no longer fit. "
                                                 "Each says why, below. Until then nothing of it can be enacted.",
                                                 {plural(static_cast<std::int64_t>(misfits), "edit", "edits")})});
    writer.open("p", {{"class", "govuk-body"}}).put(tr("The register under this proposal:"));
    for (const auto& [path, name] : {std::pair<std::string, Message>{"/bodies", tr("bodies")},
                                     {"/bodies/duties", tr("duties")},
                                     {"/bodies/calendar", tr("calendar")},
                                     {"/bodies/overlap", tr("overlap")},
                                     {"/bodies/difference", tr("two days compared")}}) {
      writer.text(path == "/bodies" ? " " : ", ");
      link(writer, Url::path(path, {}, {{"as-at", context.query_value("as-at")}, {"proposal", number}}), name);
    }
    writer.close("p");
  }
  edits_table(writer, **under, may, context);
  if (open && may) {
    writer.open("p", {{"class", "govuk-body"}}).put(tr("Add to the proposal:"));
    for (const auto& [kind, name] : {std::pair<FactKind, Message>{FactKind::body, tr("a body")},
                                     {FactKind::succession, tr("what became of bodies")}}) {
      writer.text(kind == FactKind::body ? " " : ", ");
      link(writer,
           Url::path(
               "/bodies/change", {},
               {{"fact", std::string(code_of(kind))}, {"as-at", context.query_value("as-at")}, {"proposal", number}}),
           name);
    }
    writer.text(", ");
    link(writer, Url::path("/bodies/reorganise", {}, {{"as-at", context.query_value("as-at")}, {"proposal", number}}),
         tr("a merger or a split"));
    writer.text("; ").put(tr("all else on the page of the body that it is about."));
    writer.close("p");
  }
  if (open) {
    comparison(writer, service, **under, view->as_at, context);
    facts_table(writer, **under, context);
  }
  put_path(writer, **under, events, may, context);
  if (open && may) {
    writer.open("p", {{"class", "govuk-body"}});
    link(writer, proposal_url(proposal.number, "/words", context), tr("Change title or reason"));
    writer.close("p");
  }
  web::PageOptions options = options_for(proposal.title, context);
  options.caption = tr("Proposal {0}", {number});
  put_problem(options, problem, context);
  return register_page(service, context, *view, options, writer.take(), {.proposals = false});
}

// Where bodies merge, split, end or follow one another, somebody has decided it elsewhere.
bool asks_for_instrument(const Proposal& proposal) {
  return std::any_of(proposal.edits.begin(), proposal.edits.end(), [](const ProposedEdit& one) {
    return one.edit.fact.kind == FactKind::succession && one.edit.action != Edit::Action::remove &&
           one.edit.fact.state.empty();
  });
}

std::vector<forms::Field> decide_fields(bool instrument) {
  std::vector<forms::Field> fields = instrument ? instrument_fields() : std::vector<forms::Field>();
  if (instrument)
    fields.front().hint =
        tr("The register records what was decided elsewhere. Where nobody has decided it yet, it stays a proposal.");
  fields.push_back({.name = "reason",
                    .label = tr("Reason"),
                    .kind = forms::Kind::long_text,
                    .hint = tr("Such as the order or the minute by which it was decided. "
                               "Everyone who may read the audit will see it.")});
  return fields;
}

// The last page before it is decided. Enacting shows all that comes and goes.
Answer decide_page(BodiesService& service, Context& context, bool enact, const Problem& problem) {
  const auto under = service.under(context.actor, number_of(context.parameter("number")));
  if (!under) return web::problem_page(context, under.error());
  const Proposal& proposal = (*under)->proposal;
  if (const Status allowed = service.may_change(context.actor, **under); !allowed)
    return web::problem_page(context, allowed.error());
  if (proposal.state != Proposal::State::open)
    return one_page(service, context,
                    {ProblemKind::conflict, "This proposal has been decided already. Nothing was changed.", {}});
  Writer writer(context.language);
  if (enact) {
    paragraph(writer, tr("The register changes at once, by one change with all that follows. It can be undone as long "
                         "as nothing later rests on it."));
    facts_table(writer, **under, context);
  } else {
    paragraph(writer, tr("It stays in the list as withdrawn, with your reason. The register does not change."));
  }
  const forms::Values values = forms::values_in(context);
  forms::Form form(writer, context, values, problem);
  // Nobody fills in a form that cannot be sent; what was sent already is not taken away.
  const path::Obstacles obstacles =
      enact && problem.message.empty()
          ? kProposalPath.obstacles_of(*kProposalPath.find("open", "enact"), {proposal, (*under)->applied})
          : path::Obstacles();
  if (!obstacles.empty()) {
    writer.element("h2", {{"class", "govuk-heading-m"}}, tr("It cannot be done yet"))
        .open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    for (const std::string& one : obstacles) writer.element("li", one);
    writer.close("ul");
  } else {
    form.begin(proposal_url(proposal.number, enact ? "/enact" : "/withdraw", context));
    form.hidden("version", std::to_string(proposal.version));
    if (enact) form.hidden("register", std::to_string((*under)->known->version));
    form.put(decide_fields(enact && asks_for_instrument(proposal)));
    form.button(enact ? tr("Enact the proposal") : tr("Withdraw the proposal"), "", "",
                enact ? "" : "govuk-button--warning");
    form.end();
  }
  web::PageOptions options =
      options_for(enact ? tr("Enact proposal {0}: {1}", {std::to_string(proposal.number), proposal.title})
                        : tr("Withdraw proposal {0}: {1}", {std::to_string(proposal.number), proposal.title}),
                  context);
  options.breadcrumbs.push_back({proposal.title, proposal_url(proposal.number, "", context), false});
  options.as_at_control = false;
  forms::finish(options, form, problem);
  return web::page(context, options, writer.take());
}

Answer make_post(BodiesService& service, Wiring& wiring, Context& context) {
  const forms::Values values = forms::values_in(context);
  const drafts::Form draft = words_draft(context, 0, 0);
  drafts::keep_posted(*wiring.database, context, draft);
  const auto made =
      make_proposal(service.keeping(context.actor), forms::at(values, "title"), forms::at(values, "reason"));
  if (!made) return words_page(wiring, context, 0, 0, values, made.error());
  drafts::end(*wiring.database, context.actor, draft.key);
  return web::redirect(proposal_url(*made, "", context));
}

Answer words_overtaken(Context& context, const forms::Values& typed, std::int64_t seen, const Proposal& now) {
  return forms::overtaken_page(context, forms::overtaken(words_draft(context, now.number, seen), word_fields(), {},
                                                         typed, words_of(now), context.language));
}

Answer words_get(BodiesService& service, Wiring& wiring, Context& context) {
  if (context.parameter("number").empty()) {
    const auto kept = drafts::find(*wiring.database, context.actor, words_draft(context, 0, 0).key);
    return words_page(wiring, context, 0, 0, kept ? forms::values_in(*kept) : forms::Values(), {}, true);
  }
  const auto under = service.under(context.actor, number_of(context.parameter("number")));
  if (!under) return web::problem_page(context, under.error());
  if (const Status allowed = service.may_change(context.actor, **under); !allowed)
    return web::problem_page(context, allowed.error());
  const Proposal& proposal = (*under)->proposal;
  if (proposal.state != Proposal::State::open)
    return one_page(service, context,
                    {ProblemKind::conflict, "This proposal has been decided already, so its words stay.", {}});
  const auto kept = drafts::find(*wiring.database, context.actor, words_draft(context, proposal.number, 0).key);
  if (!kept) return words_page(wiring, context, proposal.number, proposal.version, words_of(proposal), {});
  const std::int64_t seen = number_of(kept->form.version);
  if (seen != proposal.version && context.query_value("draft") != "merged")
    return words_overtaken(context, forms::values_in(*kept), seen, proposal);
  return words_page(wiring, context, proposal.number, proposal.version, forms::values_in(*kept), {}, true);
}

Answer words_post(BodiesService& service, Wiring& wiring, Context& context) {
  const std::int64_t number = number_of(context.parameter("number"));
  const forms::Values values = forms::values_in(context);
  const std::int64_t version = number_of(context.form_value("version"));
  const drafts::Form draft = words_draft(context, number, version);
  drafts::keep_posted(*wiring.database, context, draft);
  const Status saved = reword_proposal(service.keeping(context.actor), number, version, forms::at(values, "title"),
                                       forms::at(values, "reason"));
  if (saved) {
    drafts::end(*wiring.database, context.actor, draft.key);
    return web::redirect(proposal_url(number, "", context));
  }
  if (saved.error().kind == ProblemKind::conflict)
    if (const auto under = service.under(context.actor, number);
        under && (*under)->proposal.state == Proposal::State::open)
      return words_overtaken(context, values, version, (*under)->proposal);
  if (saved.error().kind != ProblemKind::invalid) return web::problem_page(context, saved.error());
  return words_page(wiring, context, number, version, values, saved.error());
}

// A button on the page of the proposal: what went wrong is said there, above what is in it now.
Answer pressed(BodiesService& service, Context& context, const Status& done) {
  if (done) return web::redirect(proposal_url(number_of(context.parameter("number")), "", context));
  if (done.error().kind == ProblemKind::conflict || done.error().kind == ProblemKind::invalid)
    return one_page(service, context, done.error());
  return web::problem_page(context, done.error());
}

Answer enact_post(BodiesService& service, Context& context) {
  const std::int64_t number = number_of(context.parameter("number"));
  const Instrument instrument{context.form_value("state"), context.form_value("value"),
                              forms::day_of(context.form_value("seen"))};
  const auto done =
      service.enact_proposal(context.actor, number, number_of(context.form_value("version")),
                             number_of(context.form_value("register")), context.form_value("reason"), instrument);
  if (done) return web::redirect(web::carry(context, Url::path("/bodies/changes/{}", {std::to_string(done->change)})));
  if (done.error().kind == ProblemKind::invalid && !done.error().fields.empty())
    return decide_page(service, context, true, done.error());
  return pressed(service, context, pass_on(done));
}

Answer withdraw_post(BodiesService& service, Context& context) {
  const Status done = withdraw_proposal(service.keeping(context.actor), number_of(context.parameter("number")),
                                        number_of(context.form_value("version")), context.form_value("reason"));
  if (!done && done.error().kind == ProblemKind::invalid) return decide_page(service, context, false, done.error());
  return pressed(service, context, done);
}

}  // namespace

void register_proposal_pages(Wiring& wiring, BodiesService& service) {
  BodiesService* s = &service;
  Wiring* w = &wiring;
  const web::Access reader = web::Access::signed_in();
  const web::Access editor = web::Access::permission(kEditBodies);
  const auto number = [](Context& context) { return number_of(context.parameter("number")); };
  const auto version = [](Context& context) { return number_of(context.form_value("version")); };
  wiring.router.get("/bodies/proposals", reader, [s](Context& context) { return list_page(*s, context); });
  wiring.router.get("/bodies/proposals/new", editor, [s, w](Context& context) { return words_get(*s, *w, context); });
  wiring.router.post("/bodies/proposals", editor, [s, w](Context& context) { return make_post(*s, *w, context); });
  wiring.router.get("/bodies/proposals/:number", reader, [s](Context& context) { return one_page(*s, context, {}); });
  wiring.router.get("/bodies/proposals/:number/words", editor,
                    [s, w](Context& context) { return words_get(*s, *w, context); });
  wiring.router.post("/bodies/proposals/:number/words", editor,
                     [s, w](Context& context) { return words_post(*s, *w, context); });
  wiring.router.post("/bodies/proposals/:number/take-out", editor, [s, number, version](Context& context) {
    return pressed(*s, context,
                   take_out_of_proposal(s->keeping(context.actor), number(context), version(context),
                                        number_of(context.form_value("step"))));
  });
  wiring.router.post("/bodies/proposals/:number/put", editor, [s, number, version](Context& context) {
    return pressed(*s, context,
                   put_on_what_is_now(s->keeping(context.actor), number(context), version(context),
                                      number_of(context.form_value("edit"))));
  });
  wiring.router.get("/bodies/proposals/:number/withdraw", editor,
                    [s](Context& context) { return decide_page(*s, context, false, {}); });
  wiring.router.post("/bodies/proposals/:number/withdraw", editor,
                     [s](Context& context) { return withdraw_post(*s, context); });
  wiring.router.get("/bodies/proposals/:number/enact", editor,
                    [s](Context& context) { return decide_page(*s, context, true, {}); });
  wiring.router.post("/bodies/proposals/:number/enact", editor,
                     [s](Context& context) { return enact_post(*s, context); });
}

}  // namespace tithing::bodies
