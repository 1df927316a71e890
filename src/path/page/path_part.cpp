#include "path/page/path_part.h"

#include <algorithm>

#include "base/text.h"
#include "govuk/components.h"
#include "path/page/drawing.h"
#include "web/form_parts.h"

namespace tithing::path {
namespace {

Outline planned(const PathView& view) {
  Outline out = view.outline;
  std::erase_if(out.steps, [&](const Step& step) { return step.code == view.unplanned; });
  return out;
}

using html::Content;
using html::Literal;
using html::Writer;

// Shapes tell the stops apart, and words in front of each for who does not see them; colour says nothing alone.
void icon(Writer& writer, Stop::When when) {
  writer.open("svg",
              {{"class", "tithing-icon"}, {"viewBox", "0 0 16 16"}, {"aria-hidden", "true"}, {"focusable", "false"}});
  switch (when) {
    case Stop::When::done:
      writer.raw(
          "<circle cx=\"8\" cy=\"8\" r=\"7.4\" fill=\"currentColor\"/><path d=\"m4.3 8.2 2.6 2.6 4.8-5.2\" "
          "fill=\"none\" stroke=\"#fff\" stroke-width=\"2\"/>");
      break;
    case Stop::When::here:
      writer.raw(
          "<circle cx=\"8\" cy=\"8\" r=\"6.6\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.6\"/><circle "
          "cx=\"8\" cy=\"8\" r=\"2.7\" fill=\"currentColor\"/>");
      break;
    case Stop::When::next:
    case Stop::When::later:
      writer.raw("<circle cx=\"8\" cy=\"8\" r=\"5.6\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\"/>");
      break;
  }
  writer.close("svg");
}

void line(Writer& writer, const PathView& view) {
  const std::vector<Stop> all = stops(planned(view), view.state, view.events, view.answers);
  const auto here =
      std::find_if(all.begin(), all.end(), [](const Stop& stop) { return stop.when == Stop::When::here; });
  writer.element("p", {{"class", "tithing-path__short"}},
                 tr("Step {0} of {1}", {std::to_string(here - all.begin() + 1), std::to_string(all.size())}));
  writer.open("ol", {{"class", "tithing-path__line"}});
  for (const Stop& stop : all) {
    static constexpr const char* kClasses[] = {
        "tithing-path__step tithing-path__step--done", "tithing-path__step tithing-path__step--here",
        "tithing-path__step tithing-path__step--next", "tithing-path__step tithing-path__step--later"};
    const Content before[] = {tr("Done:"), tr("Here now:"), tr("Next:"), tr("Later:")};
    html::Attributes attributes{{"class", kClasses[static_cast<int>(stop.when)]}};
    if (stop.when == Stop::When::here) attributes.push_back({"aria-current", "step"});
    writer.open("li", attributes);
    icon(writer, stop.when);
    writer.element("span", {{"class", "govuk-visually-hidden"}}, before[static_cast<int>(stop.when)])
        .text(" ")
        .text(stop.state->name);
    for (const State* one : stop.or_else) writer.text(" ").put(tr("or")).text(" ").text(one->name);
    if (stop.since) writer.element("small", as_date(*stop.since));
    writer.close("li");
  }
  writer.close("ol");
}

void move_form(Writer& writer, const web::Context& context, const PathView& view, const Step& step, bool first) {
  const bool typed = view.asked.move == step.code && !view.asked.reason.empty();  // and not done yet
  const bool wrong = !view.problem.message.empty() && view.asked.move == step.code;
  if (step.asks == Asks::reason) {
    html::Attributes open{{"class", "govuk-details"}};
    if (wrong || typed) open.push_back({"open", ""});
    writer.open("details", open).open("summary", {{"class", "govuk-details__summary"}});
    writer.element("span", {{"class", "govuk-details__summary-text"}}, std::string(step.name))
        .close("summary")
        .open("div", {{"class", "govuk-details__text"}});
  }
  writer.open("form", {{"method", "post"}, {"action", *view.post}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  web::hidden_field(writer, "move", std::string(step.code));
  web::hidden_field(writer, "version", std::to_string(view.version));
  if (step.asks == Asks::reason)
    render(writer, govuk::TextareaParams{
                       .id = wrong ? "reason" : "reason-" + std::string(step.code),
                       .name = "reason",
                       .rows = 2,
                       .value = typed ? view.asked.reason : std::string(),
                       .label = {.text = tr("Reason")},
                       .hint = {.text = tr("Such as the meeting and its date. It stays with the record.")},
                       .error_message = {.text = wrong ? web::field_error(view.problem, "reason") : Content()}});
  const char* classes = step.warning                          ? "govuk-button--warning"
                        : first && step.asks == Asks::nothing ? ""
                                                              : "govuk-button--secondary";
  render(writer, govuk::ButtonParams{.text = std::string(step.name), .classes = classes, .prevent_double_click = true});
  writer.close("form");
  if (step.asks == Asks::reason) writer.close("div").close("details");
}

}  // namespace

Posted posted(const web::Context& context) {
  return {{context.form_value("move"), context.form_value("reason")}, web::whole_number(context.form_value("version"))};
}

std::vector<Stop> stops(const Outline& outline, std::string_view state, const std::vector<Event>& events,
                        bool answers) {
  std::vector<Stop> out;
  const auto there = [&](std::string_view code) {
    return std::find_if(out.begin(), out.end(), [&](const Stop& stop) { return stop.state->code == code; });
  };
  const auto reach = [&](std::string_view code, std::optional<Date> since) {
    const State* found = outline.state(code);
    if (found == nullptr) return;  // of a path that has changed since
    // Back where it was before: what came after is to come again.
    if (const auto before = there(code); before != out.end()) out.erase(before, out.end());
    out.push_back({.state = found, .when = Stop::When::done, .since = since});
  };
  if (!outline.states.empty()) reach(outline.states.front().code, std::nullopt);
  for (const Event& event : events) reach(event.to, event.at.date());
  if (out.empty() || out.back().state->code != state) reach(state, std::nullopt);
  if (out.empty()) return out;
  out.back().when = Stop::When::here;
  if (answers) {
    const std::string_view here = out.back().state->code;
    if (here != outline.states.front().code) return out;
    Stop next{.when = Stop::When::next};
    for (const Step& step : outline.steps)
      if (step.from == here && next.state == nullptr)
        next.state = outline.state(step.to);
      else if (step.from == here)
        next.or_else.push_back(outline.state(step.to));
    if (next.state != nullptr) out.push_back(std::move(next));
    return out;
  }
  for (bool first = true;; first = false) {
    const std::string_view last = out.back().state->code;
    const auto on = std::find_if(outline.steps.begin(), outline.steps.end(),
                                 [&](const Step& step) { return step.from == last && there(step.to) == out.end(); });
    if (on == outline.steps.end()) return out;
    out.push_back({.state = outline.state(on->to), .when = first ? Stop::When::next : Stop::When::later});
  }
}

html::Markup path_part(const web::Context& context, const PathView& view) {
  const State* state = view.outline.state(view.state);
  Writer writer(context.language);
  writer.open("section", {{"class", "tithing-path"}, {"aria-label", Content(tr("The path")).plain(context.language)}});
  line(writer, view);
  writer.open("div", {{"class", "tithing-path__now"}});

  writer.open("div")
      .element("h2", tr("Here now"))
      .open("p")
      .element("b", state == nullptr ? view.state : std::string(state->name));
  if (state != nullptr) writer.text(". ").text(state->meaning);
  writer.close("p").close("div");

  const auto open = [](const Offer& offer) { return offer.open(); };
  writer.open("div").element("h2", tr("You may"));
  bool first = true;
  for (const Offer& offer : view.offers) {
    if (!offer.open()) continue;
    if (offer.step.asks == Asks::own_form && view.own_form) {
      writer.open("p")
          .element("a", {{"class", "govuk-link"}, {"href", view.own_form(offer.step)}}, std::string(offer.step.name))
          .close("p");
    } else if (view.post) {
      move_form(writer, context, view, offer.step, first);
    }
    first = false;
  }
  if (std::none_of(view.offers.begin(), view.offers.end(), open))
    writer.element("p", tr("No step from here, for now."));
  writer.close("div");

  writer.open("div").element("h2", tr("Not yet"));
  bool any = false;
  for (const Offer& offer : view.offers) {
    if (offer.open()) continue;
    any = true;
    writer.open("p", {{"class", "tithing-path__why"}}).element("b", std::string(offer.step.name)).text(": ");
    if (!offer.may) {
      writer.put(tr("for those who may “{0}” here.", {as_name(lowered(offer.step.who->description))}));
    } else {
      writer.text(joined(offer.not_yet, " "));
    }
    writer.close("p");
  }
  if (!any)
    writer.element("p", {{"class", "tithing-path__why"}},
                   state != nullptr && state->final ? tr("Nothing is outstanding.") : tr("Nothing is in the way."));
  writer.close("div");

  writer.close("div");

  StandsAt stands{view.state, {}};
  for (const Stop& stop : stops(planned(view), view.state, view.events, view.answers))
    if (stop.when == Stop::When::done) stands.passed.emplace_back(stop.state->code);
  writer.open("details", {{"class", "govuk-details tithing-path__whole"}})
      .open("summary", {{"class", "govuk-details__summary"}})
      .element("span", {{"class", "govuk-details__summary-text"}}, tr("The whole path, as a picture and a list"))
      .close("summary")
      .open("div", {{"class", "govuk-details__text"}});
  writer.put(drawing_with_list(view.outline, stands, "path", context.language));
  writer.close("div").close("details").close("section");
  return writer.take();
}

exports::Table event_table(const Outline& outline, const std::vector<Event>& events,
                           const std::function<std::string(const Event&)>& name_of) {
  using exports::ColumnKind;
  exports::Table table{.id = "path", .title = tr("What became of it"), .caption = tr("What became of it")};
  table.columns = {{"when", tr("When"), ColumnKind::date},
                   {"what", tr("What was done"), ColumnKind::text},
                   {"to", tr("Now"), ColumnKind::text},
                   {"by", tr("By"), ColumnKind::text},
                   {"reason", tr("Reason"), ColumnKind::text}};
  for (const Event& event : events) {
    const Step* step = outline.step(event.from, event.move);
    const State* to = outline.state(event.to);
    table.rows.push_back({exports::date_cell(event.at.date()),
                          exports::text_cell(step == nullptr ? event.sentence : std::string(step->name)),
                          exports::text_cell(to == nullptr ? event.to : std::string(to->name)),
                          exports::text_cell(name_of(event)), exports::text_cell(event.reason)});
  }
  return table;
}

}  // namespace tithing::path
