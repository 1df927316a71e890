#include "slices/bodies/pages_view.h"

#include <algorithm>

#include "base/text.h"
#include "drafts/drafts.h"
#include "slices/bodies/delivered.h"
#include "slices/bodies/pages_fields.h"
#include "slices/register/area_picker.h"

namespace tithing::bodies {

std::string moment(Instant at) { return at.date().text() + ", " + drafts::time_text(at); }

std::int64_t number_of(const std::string& text) { return forms::whole_or(text, 0); }

Result<Seen> seen(BodiesService& service, const web::Context& context) {
  const auto as_at = context.as_at();
  if (!as_at) return pass_on(as_at);
  const std::string proposal = context.query_value("proposal");
  if (proposal.empty()) return Seen{service.known(), *as_at, nullptr};
  const auto under = service.under(context.actor, number_of(proposal));
  if (!under) return pass_on(under);
  return Seen{std::shared_ptr<const Register>(*under, &(*under)->applied.draft), *as_at, *under};
}

web::Answer not_seen(const web::Context& context, const Problem& problem) {
  if (problem.kind == ProblemKind::forbidden && !context.actor.signed_in() && context.request->method != "POST")
    return web::to_sign_in(context);
  return web::problem_page(context, problem);
}

namespace {

Markup proposal_banner(const web::Context& context, const Under& under) {
  const Proposal& proposal = under.proposal;
  const std::string number = std::to_string(proposal.number);
  Writer writer(context.language);
  bool first = true;
  const auto link = [&](const Url& url, const Message& text) {
    writer.text(first ? " " : " · ");
    first = false;
    writer.element("a", {{"class", "govuk-notification-banner__link"}, {"href", url}}, text);
  };
  writer.open("p", {{"class", "govuk-notification-banner__heading"}});
  if (proposal.state == Proposal::State::open)
    writer.put(tr("This is not the register. It is what the register would be under proposal {0}: {1}.",
                  {number, proposal.title}));
  else if (proposal.state == Proposal::State::enacted)
    writer.put(
        tr("This is the register as it is: proposal {0}, {1}, was enacted and is in it.", {number, proposal.title}));
  else
    writer.put(tr("This is the register as it is: proposal {0}, {1}, was withdrawn.", {number, proposal.title}));
  writer.close("p");
  writer.open("p", {{"class", "govuk-body"}});
  if (const std::size_t misfits = under.applied.misfits.size(); misfits > 0)
    writer.put(tr("{0} of it cannot be shown, because the register has changed since.",
                  {plural(static_cast<std::int64_t>(misfits), "edit", "edits")}));
  link(Url::path("/bodies/proposals/{}", {number}, {{"as-at", context.query_value("as-at")}}),
       tr("Look at the proposal"));
  // A body that is in the proposal alone has no page in the register as it is.
  const std::string body = context.parameter("code").empty() ? context.query_value("body") : context.parameter("code");
  const bool stays = body.empty() || under.known->exists(body);
  link(stays ? web::with_query(context, "proposal", "")
             : Url::path("/bodies", {}, {{"as-at", context.query_value("as-at")}}),
       tr("Leave it: show the register as it is"));
  writer.close("p");
  return govuk::rendered(govuk::NotificationBannerParams{.text = writer.take(), .title = tr("Proposal")},
                         context.language);
}

// A filter that is written by name; the address has the code, and the field shows what it is called.
web::AsAtField name_field(const web::Context& context, const forms::Finder& finder, Message label) {
  web::AsAtField field{finder.what, std::move(label)};
  field.names = finder.address;
  if (const auto known = finder.of(context.query_value(finder.what))) field.shown = known->name;
  return field;
}

web::AsAtField area_field(BodiesService& service, const web::Context& context, Date as_at) {
  return name_field(context, register_::area_finder(service.areas(), as_at), tr("Area (empty for all)"));
}

// Several could be meant by what was written, or nothing is called so.
web::Answer which_page(const web::Context& context, const forms::Finder& finder, const forms::Looked& looked) {
  Writer writer(context.language);
  paragraph(writer, looked.sentence);
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (const forms::Match& one : looked.offered) {
    writer.open("li").element("a", {{"class", "govuk-link"}, {"href", web::with_query(context, finder.what, one.code)}},
                              forms::name_alone(finder, one));
    writer.text(one.kind.empty() ? "" : " (" + one.kind + ")").close("li");
  }
  writer.close("ul");
  web::PageOptions options = options_of(tr("Which {0} is meant?", {finder.what}), false);
  options.status = 404;
  return web::page(context, options, writer.take());
}

}  // namespace

web::Handler by_names(BodiesService& service, bool with_body, web::Handler handler) {
  return [s = &service, with_body, handler = std::move(handler)](web::Context& context) {
    const Date day = context.as_at().value_or(context.today);
    for (const forms::Finder& finder : {register_::area_finder(s->areas(), day), body_finder(s->known(), day)}) {
      const std::string typed = context.query_value(finder.what);
      if (typed.empty() || finder.of(typed) || (finder.what == "body" && !with_body)) continue;
      // A body that is only proposed is known under its proposal.
      if (const auto view = seen(*s, context); view && finder.what == "body" && view->all->exists(typed)) continue;
      const forms::Looked looked = forms::look_up(finder, typed);
      return looked.found ? web::redirect(web::with_query(context, finder.what, looked.found->code))
                          : which_page(context, finder, looked);
    }
    return handler(context);
  };
}

web::Answer register_page(BodiesService& service, const web::Context& context, const Seen& seen,
                          web::PageOptions options, const Markup& body, const Control& control) {
  web::AsAtControl day{.as_at = seen.as_at, .without = control.without};
  if (control.area) day.fields.push_back(area_field(service, context, seen.as_at));
  if (control.body)
    day.fields.push_back(name_field(context, body_finder(seen.all, seen.as_at), tr("Body (empty for all)")));
  if (context.actor.signed_in() && control.proposals) {
    const std::vector<Proposal> open = service.proposals("open", 50, 0);
    if (!open.empty() || seen.under) {
      day.choice_name = "proposal";
      day.choice_label = tr("Register");
      day.choices.push_back({"", tr("As it is")});
      for (const Proposal& one : open)
        day.choices.push_back(
            {std::to_string(one.number), "Under proposal " + std::to_string(one.number) + ": " + one.title});
      const bool listed = !seen.under || std::any_of(open.begin(), open.end(), [&](const Proposal& one) {
        return one.number == seen.under->proposal.number;
      });
      if (!listed)
        day.choices.push_back(
            {std::to_string(seen.under->proposal.number),
             "Proposal " + std::to_string(seen.under->proposal.number) + ": " + seen.under->proposal.title});
    }
  }
  if (context.actor.signed_in()) options.rooms.push_back({tr("Proposals"), Url("/bodies/proposals"), false});
  for (auto* links : {&options.rooms, &options.breadcrumbs})
    for (web::NavigationItem& item : *links)
      if (item.url.text() != "/") item.url = web::carry(context, item.url);
  options.as_at_control = true;
  if (seen.under) options.notice += proposal_banner(context, *seen.under);
  Markup whole;
  // The page that answers a form is not one that another day could be asked of.
  if (context.request->method == "GET" || context.request->method == "HEAD") whole = web::as_at_control(context, day);
  whole += body;
  return web::page(context, options, whole);
}

Url body_url(const std::string& code, const web::Context& context) {
  return Url::path("/bodies/{}", {code}, web::carried(context));
}

Url change_url(std::int64_t number) { return Url::path("/bodies/changes/{}", {std::to_string(number)}); }
Url record_url(std::int64_t record) { return Url::path("/bodies/records/{}", {std::to_string(record)}); }
Url proposal_url(std::int64_t number) { return Url::path("/bodies/proposals/{}", {std::to_string(number)}); }

Url plain_url(const Register& all, const std::string& code, Date as_at) {
  return Url::path(
      "/bodies/{}", {code},
      {{"as-at", as_at.iso()}, {"proposal", all.proposal > 0 ? std::to_string(all.proposal) : std::string()}});
}

Markup body_link(const Register& all, const std::string& code, Date as_at, const web::Context& context) {
  Writer writer(context.language);
  writer.element("a", {{"class", "govuk-link"}, {"href", body_url(code, context)}}, all.name_at(code, as_at));
  return writer.take();
}

exports::Cell source_cell(const Fact& fact, const web::Context& context) {
  const std::string text = fact.paper + (fact.paragraph.empty() ? "" : ", " + fact.paragraph);
  exports::Cell cell = exports::text_cell(text.empty() ? "none given" : text);
  if (const Paper* paper = find_paper(fact.paper))
    cell.url = Url::path("/bodies/papers/{}", {paper->code}, web::carried(context));
  return cell;
}

Markup source_link(const Fact& fact, const web::Context& context) {
  const exports::Cell source = source_cell(fact, context);
  Writer writer(context.language);
  if (source.url.empty())
    writer.text(source.text);
  else
    link(writer, source.url, source.text);
  return writer.take();
}

std::string names_of(const Register& all, const std::vector<std::string>& codes) {
  std::vector<std::string> names;
  for (const std::string& code : codes) names.push_back(all.last_name(code));
  return joined(names, ", ");
}

std::string sentences(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) {
    if (text.empty()) continue;
    if (!out.empty()) out += out.back() == '.' ? " " : ". ";
    out += text;
  }
  return out;
}

void put_source(Writer& writer, const Fact& fact, const web::Context& context) {
  writer.put(source_link(fact, context));
  if (!fact.note.empty()) writer.text(" " + fact.note);
  if (!fact.inferred.empty()) writer.text(" ").element("em", {}, "Inferred from " + fact.inferred);
}

void put_effect(Writer& writer, BodiesService& service, const Seen& seen, const Effect& effect) {
  // With what comes: a body that is new has its name there.
  auto then = std::make_shared<Register>(*seen.all);
  for (const Fact& fact : effect.after) {
    then->remove(fact.record);
    then->add(fact);
  }
  const Names names{then, service.areas(), seen.as_at};
  for (const auto& [title, which] : {std::pair{tr("What stands now and will be replaced"), &effect.before},
                                     {tr("What will stand then"), &effect.after}}) {
    if (which->empty()) continue;
    heading(writer, title);
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    for (const Fact& fact : *which)
      writer.element("li", names_of(*then, predecessors_of(fact)) + ": " + said_by(fact, names, writer.language()) +
                               "; " + period_text(fact));
    writer.close("ul");
  }
  paragraph(writer, tr("Everyone can read the register, so everyone will see what you save. Who changed it and the "
                       "reason are shown to people who are signed in."));
}

web::PageOptions options_of(const Content& title, bool as_at_control) {
  web::PageOptions options;
  options.title = title;
  options.as_at_control = as_at_control;
  options.breadcrumbs = {{tr("Home"), Url("/"), false}, {tr("Bodies"), Url("/bodies"), false}};
  options.rooms = {{tr("Bodies"), Url("/bodies"), false},
                   {tr("Duties"), Url("/bodies/duties"), false},
                   {tr("Calendar"), Url("/bodies/calendar"), false},
                   {tr("Overlap"), Url("/bodies/overlap"), false},
                   {tr("Two days compared"), Url("/bodies/difference"), false}};
  return options;
}

Markup shown(exports::Table& table, const web::Context& context, const std::string& file, const Label& empty_text) {
  lists::List list{.table = std::move(table), .none = empty_text};
  if (!file.empty()) {
    list.csv_path = "/bodies/files/" + file + ".csv";
    list.xlsx_path = "/bodies/files/" + file + ".xlsx";
  }
  return lists::part(context, std::move(list));
}

std::string standing_text(const Register& all, const std::string& code, Date as_at) {
  const Fact* fact = all.existence(code, as_at);
  if (!fact) return "Nothing is known of it.";
  switch (standing(*fact, as_at)) {
    case Standing::in_force:
      return {};
    case Standing::known_then:
      return "It is known on " + last_known(*fact)->text() + ". Whether it is still there on " + as_at.text() +
             " is not known: no source here says so.";
    case Standing::over:
      return "It ended on " + fact->to->text() + ", so it was not there on " + as_at.text() + ".";
    case Standing::not_yet:
      return "It was not there yet on " + as_at.text() + ": it begins on " + fact->from->text() + ".";
    case Standing::proposed:
      return "It is proposed; no paper says that it came about.";
    case Standing::not_known:
      return "Whether it was there on " + as_at.text() + " is not known. It is known from " + fact->seen->text() + ".";
  }
  return {};
}

}  // namespace tithing::bodies
