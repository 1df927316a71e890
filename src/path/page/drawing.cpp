#include "path/page/drawing.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "base/text.h"
#include "govuk/components.h"

namespace tithing::path {
namespace {

using html::Content;
using html::Writer;

constexpr double kMargin = 6, kBoxWidth = 162, kLineHeight = 18, kPadding = 11, kGap = 26, kPort = 14, kFirstLane = 24,
                 kLane = 24, kBadge = 9;
constexpr std::size_t kLetters = 15;  // of a line in a box

std::string number(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.1f", value);
  return buffer;
}

// At spaces, where a line gets longer than a box is wide.
std::vector<std::string> lines_of(const std::string& name) {
  std::vector<std::string> lines;
  for (const std::string& word : split(name, ' ')) {
    if (!lines.empty() && lines.back().size() + 1 + word.size() <= kLetters)
      lines.back() += " " + word;
    else
      lines.push_back(word);
  }
  return lines;
}

void shape(Writer& writer, html::Literal name, const html::Attributes& attributes) {
  writer.open(name, attributes).close(name);
}

void text(Writer& writer, double x, double y, const char* css_class, const Content& words) {
  writer.element("text", {{"x", number(x)}, {"y", number(y)}, {"class", css_class}}, words);
}

void arrow(Writer& writer, const Layout& layout, const Layout::Arrow& one) {
  const std::string right = number(layout.box_right), lane = number(one.lane), from = number(one.from_y),
                    to = number(one.to_y);
  shape(writer, "path",
        {{"class", "tithing-path-drawing__arrow"},
         {"d", "M" + right + " " + from + "H" + lane + "V" + to + "H" + right}});
  shape(writer, "path", {{"class", "tithing-path-drawing__head"}, {"d", "M" + right + " " + to + "l8 -4.5v9z"}});
  shape(writer, "circle",
        {{"class", "tithing-path-drawing__badge"}, {"cx", lane}, {"cy", number(one.badge_y)}, {"r", number(kBadge)}});
  text(writer, one.lane, one.badge_y + 4, "tithing-path-drawing__number", std::to_string(one.step + 1));
}

// Shape and word tell them apart; colour says nothing alone.
void box(Writer& writer, const Layout& layout, const Layout::Box& one, bool final, bool here, bool passed) {
  const auto rect = [&](double inset, const char* css_class) {
    shape(writer, "rect",
          {{"class", css_class},
           {"x", number(layout.box_left + inset)},
           {"y", number(one.top + inset)},
           {"width", number(kBoxWidth - 2 * inset)},
           {"height", number(one.height - 2 * inset)},
           {"rx", final ? "12" : "3"}});
  };
  rect(0, here ? "tithing-path-drawing__box tithing-path-drawing__box--here" : "tithing-path-drawing__box");
  if (final) rect(4, "tithing-path-drawing__box");
  double y = one.top + kPadding + 13;
  for (const std::string& line : one.lines) {
    text(writer, layout.box_left + 28, y,
         here ? "tithing-path-drawing__name tithing-path-drawing__name--here" : "tithing-path-drawing__name", line);
    y += kLineHeight;
  }
  if (here) text(writer, layout.box_left + 28, y, "tithing-path-drawing__word", tr("here now"));
  const double x = layout.box_left + 15, middle = one.top + kPadding + 8;
  if (here)
    shape(writer, "circle",
          {{"class", "tithing-path-drawing__here"}, {"cx", number(x)}, {"cy", number(middle)}, {"r", "5"}});
  else if (passed)
    shape(writer, "path",
          {{"class", "tithing-path-drawing__passed"}, {"d", "M" + number(x - 5) + " " + number(middle) + "l4 4l7 -8"}});
}

std::string named(const Outline& outline, std::string_view code) {
  const State* state = outline.state(code);
  return state == nullptr ? std::string(code) : std::string(state->name);
}

bool has_passed(const StandsAt& stands, std::string_view code) {
  return std::find(stands.passed.begin(), stands.passed.end(), code) != stands.passed.end();
}

}  // namespace

Layout layout_of(const Outline& outline, std::string_view here) {
  Layout out;
  out.box_left = kMargin;
  out.box_right = kMargin + kBoxWidth;
  // Each box is high enough for its name and for every arrow that leaves or meets it.
  std::map<std::string_view, std::size_t> place, ports, used;
  for (const Step& step : outline.steps) {
    ++ports[step.from];
    ++ports[step.to];
  }
  double y = kMargin;
  for (const State& state : outline.states) {
    Layout::Box one{state.code, lines_of(state.name), y, 0};
    const std::size_t lines = one.lines.size() + (here == state.code ? 1 : 0);
    one.height = std::max(2 * kPadding + kLineHeight * static_cast<double>(lines),
                          kPort * static_cast<double>(ports[state.code] + 1));
    y += one.height + kGap;
    place[state.code] = out.boxes.size();
    out.boxes.push_back(std::move(one));
  }
  out.height = y - kGap + kMargin;
  // Ports from top to bottom: first what goes up, so that lines cross little.
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < outline.steps.size(); ++i)
    if (place.count(outline.steps[i].from) > 0 && place.count(outline.steps[i].to) > 0) order.push_back(i);
  const auto span = [&](std::size_t i) {
    const auto from = static_cast<int>(place[outline.steps[i].from]), to = static_cast<int>(place[outline.steps[i].to]);
    return from > to ? from - to : to - from;
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return span(a) < span(b); });
  const auto port = [&](std::string_view state) {
    const Layout::Box& one = out.boxes[place[state]];
    return one.top + one.height * static_cast<double>(++used[state]) / static_cast<double>(ports[state] + 1);
  };
  for (const std::size_t i : order) {
    Layout::Arrow one{i, port(outline.steps[i].from), 0, 0, 0};
    one.to_y = port(outline.steps[i].to);
    const auto top = [](const Layout::Arrow& a) { return std::min(a.from_y, a.to_y) - kBadge; };
    const auto bottom = [](const Layout::Arrow& a) { return std::max(a.from_y, a.to_y) + kBadge; };
    one.lane = out.box_right + kFirstLane;
    const auto crowded = [&](const Layout::Arrow& other) {
      return other.lane == one.lane && top(other) < bottom(one) && top(one) < bottom(other);
    };
    while (std::any_of(out.arrows.begin(), out.arrows.end(), crowded)) one.lane += kLane;
    one.badge_y = (one.from_y + one.to_y) / 2;
    out.width = std::max(out.width, one.lane + kBadge + kMargin);
    out.arrows.push_back(one);
  }
  out.width = std::max(out.width, out.box_right + kMargin);
  return out;
}

html::Markup drawing_of(const Outline& outline, const StandsAt& stands, const std::string& id,
                        const std::string& language) {
  const Layout layout = layout_of(outline, stands.state);
  Writer writer(language);
  writer.open("svg", {{"class", "tithing-path-drawing"},
                      {"viewBox", "0 0 " + number(layout.width) + " " + number(layout.height)},
                      {"width", number(layout.width)},
                      {"height", number(layout.height)},
                      {"role", "img"},
                      {"aria-labelledby", id + "-title " + id + "-description"},
                      {"focusable", "false"}});
  writer.element("title", {{"id", id + "-title"}}, tr("The path as a picture"));
  const Message description =
      stands.state.empty()
          ? tr("States as boxes and moves as numbered arrows. The list that follows says the same.")
          : tr("States as boxes and moves as numbered arrows. Here now: {0}. The list that follows says the same.",
               {named(outline, stands.state)});
  writer.element("desc", {{"id", id + "-description"}}, description);
  for (const Layout::Arrow& one : layout.arrows) arrow(writer, layout, one);
  for (std::size_t i = 0; i < layout.boxes.size(); ++i) {
    const Layout::Box& one = layout.boxes[i];
    box(writer, layout, one, outline.states[i].final, one.state == stands.state, has_passed(stands, one.state));
  }
  writer.close("svg");
  return writer.take();
}

html::Markup drawing_with_list(const Outline& outline, const StandsAt& stands, const std::string& id,
                               const std::string& language) {
  Writer writer(language);
  writer.open("div", {{"class", "tithing-path-picture"}});
  writer.put(drawing_of(outline, stands, id, language));
  writer.open("div", {{"class", "tithing-path-picture__words"}});
  writer.open("ul", {{"class", "govuk-list tithing-path-picture__states"}});
  for (const State& state : outline.states) {
    writer.open("li").element("b", std::string(state.name));
    if (state.code == stands.state)
      writer.text(" (").put(tr("here now")).text(")");
    else if (has_passed(stands, state.code))
      writer.text(" (").put(tr("passed")).text(")");
    writer.text(". ").text(state.meaning).close("li");
  }
  writer.close("ul").close("div").close("div");
  govuk::TableParams table;
  table.caption = tr("The moves");
  table.first_cell_is_header = true;
  table.head = {{.text = tr("Number"), .classes = "tithing-table__short"},
                {.text = tr("What is done")},
                {.text = tr("From")},
                {.text = tr("To")},
                {.text = tr("Who")},
                {.text = tr("What it needs")}};
  for (std::size_t i = 0; i < outline.steps.size(); ++i) {
    const Step& step = outline.steps[i];
    table.rows.push_back(
        {{.text = std::to_string(i + 1), .classes = "tithing-table__short"},
         {.text = std::string(step.name)},
         {.text = named(outline, step.from)},
         {.text = named(outline, step.to)},
         {.text = tr("who may “{0}”", {as_name(lowered(step.who->description))})},
         {.text = step.needs.empty() ? Content(tr("nothing more")) : Content(std::string(step.needs))}});
  }
  Writer body(language);
  render(body, table);
  render(writer, govuk::ScrollRegionParams{.label = table.caption, .body = body.take()});
  return writer.take();
}

}  // namespace tithing::path
