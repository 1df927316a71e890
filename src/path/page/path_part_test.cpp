#include "path/page/path_part.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "path/page/drawing.h"

using namespace tithing;
using namespace tithing::path;

namespace {

constexpr Permission kWrite{"notes.write", "Write notes"};
constexpr Permission kApprove{"notes.approve", "Approve notes"};
struct Facts {};

constexpr State kStates[] = {{"draft", "Draft", "It is being written."},
                             {"sent", "With the chair", "It waits for the chair."},
                             {"approved", "Approved", "Nothing changes any more."},
                             {"out", "Published", "Everybody may read it.", true, records::Publication::published},
                             {"gone", "Withdrawn", "It was given up.", true}};
constexpr Move<Facts> kMoves[] = {
    {.from = "draft", .to = "sent", .code = "send", .name = "Send it", .who = &kWrite, .sentence = "Sent {name}."},
    {.from = "draft",
     .to = "gone",
     .code = "withdraw",
     .name = "Withdraw it",
     .who = &kWrite,
     .sentence = "Withdrew {name}."},
    {.from = "sent",
     .to = "draft",
     .code = "return",
     .name = "Return it",
     .who = &kApprove,
     .asks = Asks::reason,
     .sentence = "Returned {name}: {reason}"},
    {.from = "sent",
     .to = "approved",
     .code = "approve",
     .name = "Approve <it>",
     .who = &kApprove,
     .sentence = "Approved {name}."},
    {.from = "approved",
     .to = "out",
     .code = "publish",
     .name = "Publish it",
     .who = &kApprove,
     .asks = Asks::own_form,
     .sentence = "Published {name}."}};
constexpr Path<Facts> kPath{"notes", kStates, kMoves};

std::string line_of(std::string_view state, const std::vector<Event>& events) {
  static constexpr const char* kWhen[] = {"done", "here", "next", "later"};
  std::string out;
  for (const Stop& stop : stops(kPath.outline(), state, events))
    out += std::string(out.empty() ? "" : ", ") + stop.state->code + " " + kWhen[static_cast<int>(stop.when)] +
           (stop.since ? " " + stop.since->iso() : "");
  return out;
}

Event event(const char* move, const char* from, const char* to, int day) {
  Event out;
  out.move = move;
  out.from = from;
  out.to = to;
  out.at = {(static_cast<std::int64_t>(day) * 24 + 12) * 3'600'000};
  out.by_name = "Post 1";
  out.reason = "Because <b>.";
  return out;
}

std::string part(const web::Context& context, PathView view) { return path_part(context, view).text(); }
bool has(const std::string& text, std::string_view piece) { return text.find(piece) != std::string::npos; }

}  // namespace

TEST_CASE("the line: what is passed, where it stands, and the first way to an end") {
  CHECK(line_of("draft", {}) == "draft here, sent next, approved later, out later");
  CHECK(line_of("sent", {event("send", "draft", "sent", 1)}) ==
        "draft done, sent here 1970-01-02, approved next, out later");
  // Returned: what came after is to come again.
  CHECK(line_of("draft", {event("send", "draft", "sent", 1), event("return", "sent", "draft", 2)}) ==
        "draft here 1970-01-03, sent next, approved later, out later");
  CHECK(line_of("gone", {event("withdraw", "draft", "gone", 3)}) == "draft done, gone here 1970-01-04");
  // Records from before events were kept, and of a path that has changed since.
  CHECK(line_of("approved", {}) == "draft done, approved here, out next");
  CHECK(line_of("sent", {event("old", "draft", "nowhere", 1)}) == "draft done, sent here, approved next, out later");
}

TEST_CASE("the part: here now, what this person may, what not yet and why") {
  web::Context context;
  context.csrf_token = "token";
  const Outline outline = kPath.outline();
  PathView view{.outline = outline, .state = "sent", .version = 7};
  view.post = html::Url("/notes/1/move");
  const std::string nobody = part(context, view);
  CHECK(has(nobody, "With the chair"));
  CHECK(has(nobody, "It waits for the chair."));
  CHECK(has(nobody, "No step from here, for now."));
  CHECK_FALSE(has(nobody, "<form"));
  for (const Step& step : outline.steps)
    if (step.from == "sent") view.offers.push_back({step, true, {}});
  const std::string chair = part(context, view);
  CHECK(has(chair, "value=\"return\""));
  CHECK(has(chair, "name=\"version\" value=\"7\""));
  CHECK(has(chair, "Approve &lt;it&gt;"));
  CHECK(has(chair, "id=\"reason-return\""));
  // Not yet, and not by this person.
  view.offers[1].not_yet = {"A question has no answer.", "The meeting is not over."};
  view.offers[0].may = false;
  const std::string early = part(context, view);
  CHECK_FALSE(has(early, "<form"));
  CHECK(has(early, "A question has no answer. The meeting is not over."));
  CHECK(has(early, "for those who may"));
  // What was posted comes back, with the message at its field, opened.
  view.offers[0].may = true;
  view.problem = {ProblemKind::invalid, "The reason is too long.", {{"reason", "Shorten it."}}};
  view.asked = {"return", "Too long"};
  const std::string again = part(context, view);
  CHECK(has(again, "id=\"reason\""));
  CHECK(has(again, "Shorten it."));
  CHECK(has(again, ">Too long</textarea>"));
  CHECK(has(again, " open"));
}

TEST_CASE("a move with a form of its own is a link; an end has nothing outstanding") {
  web::Context context;
  const Outline outline = kPath.outline();
  PathView view{.outline = outline, .state = "approved"};
  view.own_form = [](const Step& step) { return html::Url::path("/notes/1/{}", {std::string(step.code)}); };
  view.offers = {{*outline.step("approved", "publish"), true, {}}};
  CHECK(has(part(context, view), "href=\"/notes/1/publish\""));
  view.state = "out";
  view.offers.clear();
  CHECK(has(part(context, view), "Nothing is outstanding."));
}

TEST_CASE("a move that nobody plans for is in the picture and not on the way to come") {
  web::Context context;
  const Outline outline = kPath.outline();
  PathView view{.outline = outline, .state = "approved"};
  const auto steps = [&] { return part(context, view).substr(0, part(context, view).find("tithing-path__now")); };
  CHECK(has(steps(), "Published"));
  view.unplanned = "publish";
  CHECK_FALSE(has(steps(), "Published"));
  CHECK(has(part(context, view), "Publish it"));
}

TEST_CASE("what became of it, with moves that are not there any more as they were told") {
  Event old = event("gone-since", "draft", "sent", 1);
  old.sentence = "Handed over.";
  const exports::Table table = event_table(kPath.outline(), {event("send", "draft", "sent", 1), old},
                                           [](const Event& one) { return one.by_name; });
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0][1].text == "Send it");
  CHECK(table.rows[0][2].text == "With the chair");
  CHECK(table.rows[0][3].text == "Post 1");
  CHECK(table.rows[0][4].text == "Because <b>.");
  CHECK(table.rows[1][1].text == "Handed over.");
  // With sentences, and nobody named to who is not to know it.
  Event sent = event("send", "draft", "sent", 1);
  sent.sentence = "Sent note 1.";
  const exports::Table told = event_table(kPath.outline(), {sent}, {}, Tells::sentence);
  told.check();
  CHECK(told.column("by") == nullptr);
  CHECK(told.rows[0][1].text == "Sent note 1.");
  CHECK(told.rows[0].back().text == "Because <b>.");
}

TEST_CASE("the picture: a box for each state, an arrow for each move, apart from one another, and where it stands") {
  const Outline outline = kPath.outline();
  const Layout layout = layout_of(outline);
  REQUIRE(layout.boxes.size() == 5);
  REQUIRE(layout.arrows.size() == 5);
  for (std::size_t i = 1; i < layout.boxes.size(); ++i)
    CHECK(layout.boxes[i].top > layout.boxes[i - 1].top + layout.boxes[i - 1].height);
  for (const Layout::Arrow& one : layout.arrows) {
    const auto in = [&](double y, std::string_view state) {
      const auto found = std::find_if(layout.boxes.begin(), layout.boxes.end(),
                                      [&](const Layout::Box& box) { return box.state == state; });
      return y > found->top && y < found->top + found->height;
    };
    CHECK(in(one.from_y, outline.steps[one.step].from));
    CHECK(in(one.to_y, outline.steps[one.step].to));
    for (const Layout::Arrow& other : layout.arrows) {
      if (&other == &one) continue;
      const bool pass = std::min(one.from_y, one.to_y) < std::max(other.from_y, other.to_y) &&
                        std::min(other.from_y, other.to_y) < std::max(one.from_y, one.to_y);
      if (pass) CHECK(one.lane != other.lane);
    }
  }
  // The longest way round has its lane outside.
  const std::string picture = drawing_with_list(outline, {"sent", {"draft"}}, "p", "en").text();
  CHECK(has(picture, "Here now: With the chair."));
  CHECK(has(picture, "<b>With the chair</b> (here now). It waits for the chair."));
  CHECK(has(picture, "<b>Draft</b> (passed). It is being written."));
  CHECK(has(picture, "<b>Approved</b>. Nothing changes any more."));
  CHECK(has(picture, "Approve &lt;it&gt;"));
  CHECK_FALSE(has(picture, "style="));
  CHECK_FALSE(has(picture, "nan"));
  // Without a record it is the path alone.
  CHECK_FALSE(has(drawing_with_list(outline, {}, "p", "en").text(), "here now)"));
}
