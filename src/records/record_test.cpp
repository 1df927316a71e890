#include "records/record.h"

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>

using namespace tithing;
using namespace tithing::records;

namespace {

constexpr Permission kRead{"notes.read", "Read notes"};
const Date kToday = Date::from_ymd(2026, 11, 22);

PermissionTable table() {
  PermissionTable out;
  out.add(kRead, {Role::auditor});
  return out;
}
const PermissionTable kTable = table();
Reach auditor(std::string area) {
  return {Actor::account(1, "A", {{Role::auditor, "", std::move(area)}}, kTable), nullptr, kToday};
}
Reach visitor() { return {Actor::nobody(), nullptr, kToday}; }

Kind kind(bool ever_public = true) {
  Kind out{.code = "note", .name = "note", .read = kRead, .ever_public = ever_public};
  out.find = [](db::Connection&, const std::string&) -> std::optional<Standing> { return std::nullopt; };
  return out;
}

}  // namespace

TEST_CASE("a record has one name in other tables") {
  CHECK(record_of("pot", 12).subject() == "pot:12");
  CHECK(record_from("pot:12") == record_of("pot", 12));
  CHECK(record_from("body:redditch-csp")->id == "redditch-csp");
  CHECK(record_from("body:redditch-csp")->number() == 0);
  for (const char* wrong : {"", "pot", "pot:", ":12", "Pot:12", "po t:12"}) CHECK_FALSE(record_from(wrong));
  CHECK(Record{"pot", "99999999999999999999"}.number() == 0);
  CHECK(Record{"pot", "-1"}.number() == 0);
}

TEST_CASE("the gate: before publication those with the permission and reach, afterwards everybody") {
  for (const Publication state : kPublications) {
    CAPTURE(code_of(state));
    CHECK(publication_from(code_of(state)) == state);
    Standing standing{.name = "A note", .whose = Whose::of_area("york"), .publication = state};
    const bool is_out =
        state == Publication::published || state == Publication::superseded || state == Publication::withdrawn;
    CHECK(may_know(kind(), standing, visitor()) == is_out);
    CHECK(may_know(kind(), standing, auditor("leeds")) == is_out);
    CHECK(may_know(kind(), standing, auditor("york")));
    CHECK_FALSE(may_know(kind(false), standing, visitor()));
  }
}

TEST_CASE("scheduled: public from its day on, not before, and never without a day") {
  Standing standing{.name = "A note", .whose = Whose::of_area("york"), .publication = Publication::scheduled};
  CHECK_FALSE(is_public(standing, kToday));
  standing.public_from = kToday.plus_days(1);
  CHECK_FALSE(is_public(standing, kToday));
  standing.public_from = kToday;
  CHECK(is_public(standing, kToday));
}

TEST_CASE("an exempt part stays with those who could read it before") {
  Standing standing{.name = "A note",
                    .whose = Whose::of_area("york"),
                    .publication = Publication::published,
                    .exempt = {{"section:4", "Schedule 12A, paragraph 2", "It names a family."}}};
  CHECK(may_know_part(kind(), standing, "section:3", visitor()));
  CHECK_FALSE(may_know_part(kind(), standing, "section:4", visitor()));
  CHECK_FALSE(may_know_part(kind(), standing, "section:4", auditor("leeds")));
  CHECK(may_know_part(kind(), standing, "section:4", auditor("york")));
}

TEST_CASE("a hub knows of what is its spokes' where the kind says so") {
  struct Below : Ground {
    std::vector<std::string> above_body(std::string_view, Date) const override { return {"forum"}; }
  };
  const Reach hub{Actor::account(1, "A", {Grant::for_body(Role::auditor, "forum")}, kTable), std::make_shared<Below>(),
                  kToday};
  const Standing standing{.name = "A note", .whose = Whose::of_body("york-csp")};
  Kind one = kind();
  CHECK_FALSE(may_know(one, standing, hub));
  one.read_hub = Hub::bodies_below;
  CHECK(may_know(one, standing, hub));
}

TEST_CASE("a kind says what it must, or the program does not start") {
  Kinds kinds;
  kinds.add(kind());
  CHECK_THROWS_AS(kinds.add(kind()), std::logic_error);
  const auto refused = [&](auto spoil) {
    Kind one = kind();
    one.code = "other";
    spoil(one);
    CHECK_THROWS_AS(kinds.add(one), std::logic_error);
  };
  refused([](Kind& one) { one.code = "Other 1"; });
  refused([](Kind& one) { one.name.clear(); });
  refused([](Kind& one) { one.read = {}; });
  refused([](Kind& one) { one.find = nullptr; });
  refused([](Kind& one) { one.at_end = AtEnd::carried; });
  refused([](Kind& one) { one.at_end_words = "It ends."; });
  refused([](Kind& one) {
    one.at_end = AtEnd::ended;
    one.at_end_words = "It ends.";  // but nothing says which are a body's
  });
  refused([](Kind& one) {
    one.at_end = AtEnd::carried;
    one.at_end_words = "It goes over.";
    one.of_body = [](db::Connection&, const std::string&) {
      return std::vector<std::string>();
    };  // but nothing carries it
  });
  refused([](Kind& one) { one.columns = {"note"}; });
  CHECK_THROWS_AS(kinds.leave_out("cache.area", ""), std::logic_error);
  CHECK_THROWS_AS(kinds.leave_out("cache", "It is a cache."), std::logic_error);
  CHECK(kinds.all().size() == 1);
}
