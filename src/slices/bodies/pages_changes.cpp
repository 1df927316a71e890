// What was changed: the list of changes, one change with what stood before and after, a record through its versions
// with any two of them side by side, and undoing.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "base/translation.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_work.h"

namespace tithing::bodies {
namespace {

// A version of a record is named by the change with which it came, so that its address holds for good.
Url version_url(std::int64_t record, std::int64_t from, std::int64_t to) {
  return Url::path("/bodies/records/{}", {std::to_string(record)},
                   {{"from", std::to_string(from)}, {"to", std::to_string(to)}});
}

// The list goes by the day on which a change was made, not by the days that it is about: as at a day, what had been
// entered by its end.
Answer changes_page(const Work& work) {
  const auto& [service, wiring, context, view] = work;
  const bool of_a_day = !context.query_value("as-at").empty();
  const Instant until =
      of_a_day ? Instant{(static_cast<std::int64_t>(view.as_at.days()) + 1) * 86'400'000} : BodiesService::kForever;
  const exports::Paging paging = lists::paging(context, service.count_changes(until));
  exports::Table table{.id = "changes", .title = tr("Changes of the register")};
  table.columns = {{.key = "number", .heading = tr("Change"), .holds = Numeral::Kind::code},
                   {"at", tr("When"), ColumnKind::text},
                   {"what", tr("What"), ColumnKind::text},
                   {"reason", tr("Reason"), ColumnKind::text}};
  for (const store::Change& change : service.changes(lists::limit_of(paging), lists::offset_of(paging), until))
    table.rows.push_back(
        {text_cell(std::to_string(change.number))
             .linked(Url::path("/bodies/changes/{}", {std::to_string(change.number)}, web::carried(context))),
         text_cell(moment(change.at)), text_cell(change.sentence), text_cell(change.reason)});
  Writer writer(context.language);
  if (of_a_day) {
    writer.open("p", {{"class", "govuk-body"}});
    writer
        .put(tr("What had been entered by the end of {0}. What the register says about that day may have been entered "
                "later.",
                {view.as_at.text()}))
        .text(" ");
    writer.element("a", {{"class", "govuk-link"}, {"href", web::with_query(context, "as-at", "")}}, tr("All changes"));
    writer.close("p");
  }
  writer.put(lists::part(
      context, {.table = std::move(table),
                .none = of_a_day ? tr("Nothing had been entered by then.") : tr("Nothing has been changed yet."),
                .paging = paging}));
  if (service.scope_of(context.actor).may_import()) link_line(writer, Url("/bodies/import"), tr("Import bodies"));
  return register_page(service, context, view, options_of(tr("Changes of the register")), writer.take());
}

std::string in_words(const Fact& fact) { return text_of(fact) + "; " + period_text(fact); }

// What came, what went, and what stood before and after where a record was changed.
exports::Table facts_of_change(const std::map<std::int64_t, Fact>& went, const std::vector<Fact>& came,
                               std::int64_t number, Date day) {
  exports::Table table{.id = "facts", .title = tr("Facts before and after")};
  table.columns = {{"what", tr("What"), ColumnKind::text, {}, true},
                   {"body", tr("Body"), ColumnKind::text, {}, true},
                   {"before", tr("Before"), ColumnKind::text},
                   {"after", tr("After"), ColumnKind::text},
                   {"on", tr("On {0}", {day.text()}), ColumnKind::text, {}, true},
                   {"record", tr("Record"), ColumnKind::integer, {}, true}};
  const auto on_the_day = [&](const Fact& fact) { return text_cell(standing_text(fact, day)); };
  std::map<std::int64_t, const Fact*> after;
  for (const Fact& fact : came) after[fact.record] = &fact;
  for (const auto& [record, fact] : went) {
    const auto next = after.find(record);
    const bool changed = next != after.end();
    table.rows.push_back({text_cell(changed ? tr("Changed") : tr("Went")), text_cell(fact.body),
                          text_cell(in_words(fact)), text_cell(changed ? in_words(*next->second) : "-"),
                          on_the_day(changed ? *next->second : fact),
                          exports::integer_cell(record).linked(changed ? version_url(record, fact.added_in, number)
                                                                       : record_url(record))});
  }
  for (const Fact& fact : came)
    if (went.count(fact.record) == 0)
      table.rows.push_back({text_cell(tr("Came")), text_cell(fact.body), text_cell("-"), text_cell(in_words(fact)),
                            on_the_day(fact), exports::integer_cell(fact.record).linked(record_url(fact.record))});
  return table;
}

// Only what differs, field by field.
exports::Table fields_of_change(const std::map<std::int64_t, Fact>& went, const std::vector<Fact>& came,
                                std::int64_t number, const std::string& language) {
  constexpr std::size_t kMost = 200;
  exports::Table table{.id = "fields", .title = tr("What was changed, field by field")};
  table.columns = {{"body", tr("Body"), ColumnKind::text},
                   {"field", tr("Field"), ColumnKind::text},
                   {"before", tr("Before"), ColumnKind::text},
                   {"after", tr("After"), ColumnKind::text},
                   {"record", tr("Record"), ColumnKind::integer}};
  std::int64_t left_out = 0;
  for (const Fact& fact : came) {
    const auto former = went.find(fact.record);
    if (former == went.end()) continue;
    const web::Fields before = labelled(former->second, language);
    const web::Fields after = labelled(fact, language);
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (before[i].second == after[i].second) continue;
      if (table.rows.size() >= kMost) {
        ++left_out;
        continue;
      }
      table.rows.push_back(
          {text_cell(fact.body), text_cell(after[i].first),
           text_cell(before[i].second.empty() ? "empty" : before[i].second),
           text_cell(after[i].second.empty() ? "empty" : after[i].second),
           exports::integer_cell(fact.record).linked(version_url(fact.record, former->second.added_in, number))});
    }
  }
  if (left_out > 0)
    table.notes.push_back(
        tr("{0} not shown; each record's own page has them.", {plural(left_out, "more field is", "more fields are")}));
  return table;
}

Answer change_page(const Work& work, const Problem& problem = {}) {
  const auto& [service, wiring, context, view] = work;
  const std::int64_t number = number_of(context.parameter("number"));
  const auto change = service.change(number);
  if (!change) return web::problem_page(context, {ProblemKind::not_found, "There is no change with this number.", {}});
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}}, change->sentence);
  paragraph(writer,
            tr("Made on {0} by {1}. Reason: {2}", {moment(change->at), context.person(change->actor), change->reason}));
  const auto undone = service.undone_by(number);
  if (undone) paragraph(writer, tr("Undone by change {0}.", {std::to_string(*undone)}));
  if (const auto proposal = service.proposal_enacted_in(number))
    link_line(writer, proposal_url(*proposal), tr("It enacted proposal {0}", {std::to_string(*proposal)}));
  std::map<std::int64_t, Fact> went;
  for (Fact& fact : service.removed_in(number)) went.emplace(fact.record, std::move(fact));
  const std::vector<Fact> came = service.added_in(number);
  exports::Table facts = facts_of_change(went, came, number, view.as_at);
  writer.put(shown(facts, context, "", tr("No fact came or went.")));
  const exports::Table fields = fields_of_change(went, came, number, context.language);
  if (!fields.rows.empty()) writer.put(exports::to_html(fields, {.language = context.language, .paged = false}));
  if (!undone && service.may_undo(context.actor, number)) {
    const forms::Values values = forms::values_in(context);
    forms::Form form(writer, context, values, problem);
    form.begin(Url::path("/bodies/changes/{}/undo", {std::to_string(number)}));
    form.input("reason", tr("Reason for undoing it"));
    form.button(tr("Undo this change"), "", "", "govuk-button--warning");
    form.end();
  }
  web::PageOptions options = options_of(tr("Change {0}", {std::to_string(number)}));
  forms::say(options, problem, context.language);
  return register_page(service, context, view, options, writer.take());
}

// One sentence about a version: the change with which it came.
void provenance(Writer& writer, BodiesService& service, const Fact& version, const Context& context) {
  const auto change = service.change(version.added_in);
  if (!change) return;
  writer.open("li");
  link(writer, change_url(change->number), tr("Change {0}", {std::to_string(change->number)}));
  writer.text(": ")
      .put(tr("made on {0} by {1}. Reason: {2}", {moment(change->at), context.person(change->actor), change->reason}))
      .close("li");
}

void side_by_side(Writer& writer, const Fact& before, const Fact& after) {
  const web::Fields left = labelled(before, writer.language());
  const web::Fields right = labelled(after, writer.language());
  govuk::TableParams table;
  table.caption = tr("The version of change {0} and the version of change {1}",
                     {std::to_string(before.added_in), std::to_string(after.added_in)});
  table.first_cell_is_header = true;
  table.head = {{.text = tr("Field")},
                {.text = tr("With change {0}", {std::to_string(before.added_in)})},
                {.text = tr("With change {0}", {std::to_string(after.added_in)})},
                {.text = tr("Changed?")}};
  const auto cell = [&](const std::string& value, bool differs) {
    Writer inside(writer.language());
    if (differs) inside.open("strong");
    if (value.empty())
      inside.put(tr("empty"));
    else
      inside.text(value);
    if (differs) inside.close("strong");
    return govuk::TableCell{.text = inside.take()};
  };
  int changed = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i].second.empty() && right[i].second.empty()) continue;
    const bool differs = left[i].second != right[i].second;
    changed += differs ? 1 : 0;
    const bool appeared = differs && left[i].second.empty();
    const bool vanished = differs && right[i].second.empty();
    table.rows.push_back({{.text = left[i].first},
                          cell(left[i].second, differs),
                          cell(right[i].second, differs),
                          {.text = appeared   ? tr("filled in")
                                   : vanished ? tr("emptied")
                                   : differs  ? tr("changed")
                                              : tr("the same")}});
  }
  paragraph(writer, changed == 0
                        ? tr("The two versions say the same.")
                        : tr("{0} between the two versions.", {plural(changed, "field differs", "fields differ")}));
  Writer body(writer.language());
  render(body, table);
  render(writer, govuk::ScrollRegionParams{.label = table.caption, .body = body.take()});
}

Answer record_page(const Work& work) {
  const auto& [service, wiring, context, view] = work;
  const std::int64_t record = number_of(context.parameter("record"));
  const std::vector<Fact> versions = service.versions_of(record);
  if (versions.empty())
    return web::problem_page(context, {ProblemKind::not_found, "There is no record with this number.", {}});
  const auto& all = view.all;
  const Fact& last = versions.back();
  const auto version_of = [&](const char* name, const Fact& otherwise) -> const Fact* {
    const std::string text = context.query_value(name);
    if (text.empty()) return &otherwise;
    for (const Fact& version : versions)
      if (version.added_in == number_of(text)) return &version;
    return nullptr;
  };
  const Fact* from = version_of("from", versions.size() > 1 ? versions[versions.size() - 2] : last);
  const Fact* to = version_of("to", last);
  if (!from || !to)
    return web::problem_page(context, {ProblemKind::not_found,
                                       "This record has no version that came with that change. Open the record without "
                                       "it, and choose two of its versions.",
                                       {}});

  Writer writer(context.language);
  const std::string body = is_general(last.kind)               ? std::string()
                           : last.kind == FactKind::succession ? predecessors_of(last).front()
                                                               : last.body;
  if (!body.empty() && all->exists(body)) {
    links_line(writer, {{body_url(body, context), all->last_name(body)},
                        {Url::path("/bodies/{}/history", {body}, web::carried(context)),
                         tr("History of {0}", {all->last_name(body)})}});
  }
  if (last.removed_in)
    paragraph(writer, tr("This record was taken away with change {0}.", {std::to_string(*last.removed_in)}));
  if (versions.size() > 1) {
    heading(writer, tr("Two versions compared"));
    const forms::Values chosen = {{"from", std::to_string(from->added_in)}, {"to", std::to_string(to->added_in)}};
    const Problem nothing;
    forms::Form form(writer, context, chosen, nothing);
    form.begin_asking(record_url(record));
    for (const auto& [name, value] : web::carried(context)) form.hidden(name, value);
    forms::Choices choices;
    for (const Fact& version : versions)
      choices.emplace_back(std::to_string(version.added_in),
                           tr("Change {0}: {1}", {std::to_string(version.added_in), in_words(version)}));
    form.select("from", tr("Former version"), choices);
    form.select("to", tr("Later version"), choices);
    form.button(tr("Compare"), "", "", "govuk-button--secondary");
    form.end();
    side_by_side(writer, *from, *to);
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    provenance(writer, service, *from, context);
    if (from != to) provenance(writer, service, *to, context);
    writer.close("ul");
  }
  exports::Table table{.id = "versions", .title = tr("Versions of this record")};
  table.columns = {{"change", tr("Change"), ColumnKind::text},
                   {"when", tr("When"), ColumnKind::text},
                   {"who", tr("Who"), ColumnKind::text},
                   {"why", tr("Why"), ColumnKind::text},
                   {"fact", tr("Fact"), ColumnKind::text},
                   {"holds", tr("Holds"), ColumnKind::text},
                   {"on", tr("On {0}", {view.as_at.text()}), ColumnKind::text},
                   {"until", tr("Until change"), ColumnKind::text}};
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    const auto change = service.change(version->added_in);
    exports::Cell number = text_cell(std::to_string(version->added_in));
    table.rows.push_back({version + 1 == versions.rend()
                              ? number
                              : number.linked(version_url(record, (version + 1)->added_in, version->added_in)),
                          text_cell(change ? moment(change->at) : ""),
                          text_cell(change ? context.person(change->actor) : ""),
                          text_cell(change ? change->reason : ""), text_cell(text_of(*version)),
                          text_cell(period_text(*version)), text_cell(standing_text(*version, view.as_at)),
                          text_cell(version->removed_in ? std::to_string(*version->removed_in) : "as it is now")});
  }
  if (versions.size() == 1) paragraph(writer, tr("This record has one version: it was never changed."));
  writer.put(shown(table, context, "", {}));
  web::PageOptions options =
      options_of(tr("Record {0}: {1}", {std::to_string(record), std::string(name_of(last.kind))}));
  if (!body.empty() && all->exists(body)) options.caption = all->last_name(body);
  return register_page(service, context, view, options, writer.take());
}

}  // namespace

void register_change_pages(Wiring& wiring, BodiesService& service) {
  const web::Access reader = web::Access::signed_in();
  wiring.router.get("/bodies/changes", reader, with_work(wiring, service, changes_page));
  wiring.router.get("/bodies/changes/:number", reader,
                    with_work(wiring, service, [](const Work& work) { return change_page(work); }));
  wiring.router.get("/bodies/records/:record", reader, with_work(wiring, service, record_page));
  wiring.router.post("/bodies/changes/:number/undo", web::Access::permission(kImportBodies),
                     with_work(wiring, service, [](const Work& work) {
                       const Context& context = work.context;
                       const auto done = work.service.undo(context.actor, number_of(context.parameter("number")),
                                                           context.form_value("reason"));
                       if (done) return web::redirect(change_url(done->change));
                       return done.error().kind == ProblemKind::not_found ? web::problem_page(context, done.error())
                                                                          : change_page(work, done.error());
                     }));
}

}  // namespace tithing::bodies
