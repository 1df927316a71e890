// The figures of overlap: what is not known is never 0, and each working ends at facts with paper and paragraph.
#include "slices/bodies/kinds.h"

#include <doctest/doctest.h>

#include "base/json.h"

using namespace tithing;
using namespace tithing::bodies;
using figures::Figure;

namespace {

const Date kDay = Date::from_ymd(2018, 12, 1);

std::shared_ptr<Register> small() {
  auto all = std::make_shared<Register>();
  const auto body = [&](const char* code, const char* kind, const char* name) {
    all->add({.kind = FactKind::body, .body = code, .role = kind, .paper = "A paper", .paragraph = "1"});
    all->add({.kind = FactKind::name, .body = code, .value = name});
  };
  body("board", "forum", "The Board");
  body("panel", "forum", "The Panel");
  body("group", "forum", "The Group");
  body("empty", "forum", "The Empty Room");
  body("north", "council", "North Council");
  body("south", "council", "South Council");
  const auto seat = [&](const char* in, const char* organisation, const char* post, const char* state = "") {
    all->add({.kind = FactKind::membership,
              .body = in,
              .other = organisation,
              .role = "member",
              .value = post,
              .state = state,
              .paper = "Minutes",
              .paragraph = "2.3"});
  };
  seat("board", "north", "Leader");
  seat("board", "north", "Officer");
  seat("board", "south", "Leader");
  seat("panel", "north", "Leader");
  seat("panel", "south", "Director");
  seat("group", "north", "");
  seat("group", "south", "Leader", "vacant");
  all->add({.kind = FactKind::meetings,
            .body = "board",
            .detail = "90",
            .amount = 4,
            .paper = "Terms of reference",
            .paragraph = "6"});
  all->add({.kind = FactKind::meetings, .body = "panel", .amount = 6, .paper = "Terms of reference", .paragraph = "7"});
  all->add({.kind = FactKind::statement,
            .body = "board",
            .other = "group",
            .value = "Several sit in both.",
            .paper = "A paper",
            .paragraph = "9"});
  all->version = 12;
  return all;
}

struct House {
  House() {
    add_kinds(registry, {[this] { return all; },
                         [](const Register&, const std::string& area, Date) {
                           return area == "E2"
                                      ? std::vector<std::string>{"group"}
                                      : std::vector<std::string>{"board", "empty", "group", "north", "panel", "south"};
                         }});
  }
  Result<Figure> ask(const std::string& address, figures::Detail detail = figures::Detail::working) const {
    return registry.ask(figures::Address::parse("/figures/" + address).value(), {.today = kDay}, detail);
  }
  std::string text(const std::string& address) const {
    const auto figure = ask(address);
    REQUIRE_MESSAGE(figure.has_value(), figure.error().message);
    return figure->quantity.text() + (figure->quantity.partial ? " at least" : "");
  }
  std::shared_ptr<const Register> all = small();
  figures::Registry registry;
};

int leaves(const Figure& figure) {
  int count = 0;
  for (const figures::Input& input : figure.working.inputs) {
    if (input.figure) count += leaves(*input.figure);
    if (!input.source) continue;
    ++count;
    CHECK(input.source->ends());  // at a paper's paragraph, or at who entered it and when
    CHECK(input.source->sha256
              .empty());  // a record is no file: the papers of this test are made up, so none has a checksum
    CHECK_FALSE(input.source->url.empty());
  }
  return count;
}

}  // namespace

TEST_CASE("shared organisations and posts, rooms, seats, attendances, hours and meetings") {
  const House house;
  CHECK(house.text("shared-organisations?a=board&b=panel") == "2");
  CHECK(house.text("shared-posts?a=board&b=panel") == "1");
  CHECK(house.text("shared-organisations?a=board&b=group") == "1 at least");
  CHECK(house.text("shared-posts?a=board&b=group") == "not known");
  CHECK(house.text("shared-posts?a=panel&b=group") ==
        "not known");  // by which post it sits in the group is not known: it may be the Leader
  CHECK(house.text("shared-posts?a=panel&b=board") == "1");
  CHECK(house.text("shared-organisations?a=board&b=empty") == "not known");
  CHECK(house.text("rooms?organisation=north") == "3");
  CHECK(house.text("rooms?organisation=north&post=Leader") == "2");
  CHECK(house.text("rooms?organisation=south") == "2");
  CHECK(house.text("rooms?organisation=north&area=E2") == "1");
  CHECK(house.text("seats?organisation=north") == "4");
  CHECK(house.text("attendances?organisation=north") ==
        "14 at least");  // 2 x 4 in the board, 6 in the panel, the group not known
  CHECK(house.text("attendances?organisation=south") == "10");
  CHECK(house.text("attendances?organisation=north&area=E2") == "not known");
  CHECK(house.text("meeting-hours?organisation=north") == "12.0 at least");  // 2 x 4 x 1.5
  CHECK(house.text("meeting-hours?organisation=south") == "6.0 at least");
  CHECK(house.text("meeting-hours?organisation=board") == "0");  // it sits nowhere
  CHECK(house.text("seats") == "6");
  CHECK(house.text("attendances") == "24 at least");
  CHECK(house.text("meeting-hours") == "18.0 at least");
  CHECK(house.text("meetings-a-year?body=board") == "4");
  CHECK(house.text("meetings-a-year?body=group") == "not known");
  CHECK(house.text("meetings-a-year") == "10 at least");
  CHECK(house.text("meetings-a-year?area=E2") == "not known");
}

TEST_CASE("each figure is the same when asked again, without its working and from its own text, and ends at facts") {
  const House house;
  for (const char* address :
       {"shared-organisations?a=board&b=panel", "shared-posts?a=board&b=group", "rooms?organisation=north&post=Leader",
        "seats?organisation=north", "attendances", "meeting-hours?organisation=south", "meeting-hours",
        "meetings-a-year", "meetings-a-year?body=board"}) {
    CAPTURE(address);
    const auto figure = house.ask(address);
    REQUIRE(figure.has_value());
    const auto again = house.ask(figure->address.path());
    CHECK(figures::to_json(*figure) == figures::to_json(house.ask(address).value()));
    CHECK(house.ask(address, figures::Detail::value)->quantity.text() == figure->quantity.text());
    CHECK(house.ask(address, figures::Detail::value)->working.inputs.empty());
    const auto read = figures::from_json(figures::to_json(*figure));
    REQUIRE(read.has_value());
    CHECK(figures::differences(*read, *figure).empty());
    CHECK(leaves(*figure) > 0);
    CHECK(figure->as_at == "2018-12-01");
    CHECK(figure->evidence_version == "register change 12");
    for (const figures::Input& input : figure->working.inputs) {
      if (!input.figure) continue;
      const auto part =
          house.registry.ask(input.figure->address, {.today = Date::from_ymd(2026, 1, 1)});  // says its own day
      REQUIRE(part.has_value());
      CHECK(part->quantity.text() == input.figure->quantity.text());
    }
  }
  // A seat that goes is told as the difference.
  House later;
  const auto frozen = later.ask("seats?organisation=north");
  auto changed = small();
  changed->remove(later.all->seats_of("north", kDay).front()->record);
  later.all = changed;
  CHECK_FALSE(figures::differences(*frozen, later.ask("seats?organisation=north").value()).empty());
}

TEST_CASE("a fact without a paper ends at who entered it and when, who is named to people who are signed in") {
  House house;
  auto all = small();
  all->add({.kind = FactKind::meetings, .body = "group", .amount = 12, .added_in = 7});
  all->add({.kind = FactKind::meetings,
            .body = "empty",
            .role = "6",
            .paper = "worcestershire-2011",
            .paragraph = "Background 2"});
  house.all = all;
  figures::Registry registry;
  add_kinds(
      registry,
      {.known = [all] { return std::shared_ptr<const Register>(all); },
       .in_area = [](const Register&, const std::string&, Date) { return std::vector<std::string>{"group"}; },
       .entered =
           [](std::int64_t change) {
             return change == 7 ? KindSources::Entered{"A. Manager", "2018-11-01T10:00:00Z"} : KindSources::Entered();
           }});
  const auto ask = [&](const std::string& address, bool public_) {
    return registry
        .ask(figures::Address::parse("/figures/" + address).value(), {.today = kDay, .protect_small_numbers = public_})
        .value();
  };
  for (const bool is_public : {true, false}) {
    const auto figure = ask("meetings-a-year?body=group", is_public);
    REQUIRE(figure.working.inputs.size() == 1);
    const figures::Source& source = *figure.working.inputs.front().source;
    CHECK(source.kind == figures::Source::Kind::entry);
    CHECK(source.ends());
    CHECK(source.imported_at == "2018-11-01T10:00:00Z");
    CHECK((source.entered_by == "A. Manager") == !is_public);
  }
  // A paper that is known by its checksum: the working has it, and the number of weeks as the paper gives it.
  const auto weeks = ask("meetings-a-year?body=empty", true);
  CHECK(weeks.quantity.text() == "8.7");
  const figures::Source& paper = *weeks.working.inputs.front().source;
  CHECK(weeks.working.inputs.front().given == "6");
  CHECK(paper.kind == figures::Source::Kind::paper);
  CHECK(paper.sha256 == "dffee29db257ee5231b358d6676ce00b526bcf036a0e5b0e7f4f9a3348a7a61d");
  CHECK(paper.paragraph == "Background 2");
  CHECK(paper.url == "/bodies/papers/worcestershire-2011");
}

TEST_CASE("what is asked wrongly is refused at its parameter") {
  const House house;
  CHECK(house.ask("rooms?organisation=west").error().fields.front().field == "organisation");
  CHECK(house.ask("shared-posts?a=board&b=board").error().fields.front().field == "b");
  CHECK(house.ask("shared-posts?a=board&b=nobody").error().fields.front().field == "b");
  CHECK(house.ask("meetings-a-year?body=board&area=E2").error().fields.front().field == "area");
  CHECK(house.ask("seats?as-at=yesterday").error().fields.front().field == "as-at");
  House large;
  auto many = small();
  for (int i = 0; i < 1001; ++i) many->add({.kind = FactKind::body, .body = "b" + std::to_string(i), .role = "forum"});
  large.all = many;
  CHECK(large.ask("seats").error().fields.front().field == "area");
  CHECK(large.ask("seats?area=E2").has_value());
}
