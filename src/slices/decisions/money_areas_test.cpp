// Whose role reaches to money, and who takes part in what is decided about it; on the sample's register.
#include "slices/pots/money_areas.h"

#include <doctest/doctest.h>

#include "slices/decisions/commands.h"
#include "slices/decisions/posts_for_tests.h"
#include "slices/register/ground.h"
#include "slices/register/sample_snapshot.h"

using namespace tithing;
using namespace tithing::decisions;

namespace {

const Date kDay = Date::from_ymd(2022, 12, 31);
constexpr const char* kNorthWorcestershire = "E22000368";
constexpr const char* kYork = "E22000372";
constexpr const char* kBromsgrove = "E07000234";
constexpr const char* kWestMercia = "E23000016";

const register_::Areas& areas() {
  static const auto snapshot = register_::make_snapshot(register_::sample_input());
  return *snapshot;
}

std::shared_ptr<const Ground> ground() {
  return std::make_shared<const register_::AreaGround>(register_::make_snapshot(register_::sample_input()));
}

Reach with(const TestPosts& posts, Role role, std::vector<std::string> codes) {
  std::vector<Grant> grants;
  for (std::string& code : codes) grants.push_back({role, "Office", std::move(code)});
  return {posts.as(5, "Somebody", std::move(grants)), ground(), kDay};
}

Area named(const std::string& key) { return {key, key, {}, {}}; }

}  // namespace

TEST_CASE("areas of money are one text of codes") {
  CHECK(codes_of("").empty());
  CHECK(codes_of(" E2 ; E1;E2;") == std::vector<std::string>{"E1", "E2"});
  CHECK(area_of({"E2", "E1;E3", "E2"}) == "E1;E2;E3");
}

TEST_CASE("a role reaches to money when it reaches to every one of its areas") {
  const TestPosts posts;
  const auto reach = [&](const Reach& role, const std::string& area) { return role.may(kEditFunding, whose_of(area)); };
  const Reach north = with(posts, Role::commissioning_officer, {kNorthWorcestershire});
  CHECK(reach(north, kNorthWorcestershire));
  CHECK(reach(north, kBromsgrove));  // a district within it
  CHECK_FALSE(reach(north, kYork));
  CHECK_FALSE(reach(north, area_of({kNorthWorcestershire, kYork})));
  CHECK_FALSE(reach(north, kWestMercia));
  CHECK_FALSE(reach(north, ""));
  const Reach both = with(posts, Role::commissioning_officer, {kNorthWorcestershire, kYork});
  CHECK(reach(both, area_of({kNorthWorcestershire, kYork})));
  const Reach force = with(posts, Role::commissioning_officer, {kWestMercia});
  CHECK(reach(force, area_of({kNorthWorcestershire, kBromsgrove, kWestMercia})));
  CHECK(reach(with(posts, Role::commissioning_officer, {""}), ""));
  CHECK_FALSE(reach(with(posts, Role::partnership_manager, {kNorthWorcestershire}), kNorthWorcestershire));
}

TEST_CASE("comments are for those whom the money is for") {
  const TestPosts posts;
  const auto part = [&](const std::string& mine, const std::string& area, const std::vector<Area>& scheme) {
    return takes_part(with(posts, Role::partnership_manager, {mine}), kComment, area, scheme);
  };
  // A scheme that names its areas by code: the partnerships among them, districts within them, the force around them.
  const std::vector<Area> north = {named(kNorthWorcestershire)};
  CHECK(part(kNorthWorcestershire, kWestMercia, north));
  CHECK(part(kBromsgrove, kWestMercia, north));
  CHECK(part(kWestMercia, kWestMercia, north));
  CHECK_FALSE(part(kYork, kWestMercia, north));
  CHECK_FALSE(part(kYork, kNorthWorcestershire, north));
  CHECK_FALSE(part(kNorthWorcestershire, kWestMercia, {named(kYork)}));
  // One that names them by words: whoever lies within the area of the money.
  const std::vector<Area> words = {named("bromsgrove"), named("redditch")};
  CHECK(part(kNorthWorcestershire, kWestMercia, words));
  CHECK(part(kBromsgrove, kWestMercia, words));
  CHECK_FALSE(part(kYork, kWestMercia, words));
  // Money for every area: who is named, and who has every area.
  CHECK(part(kNorthWorcestershire, "", north));
  CHECK_FALSE(part(kYork, "", north));
  CHECK(part("", "", words));
  CHECK_FALSE(takes_part(with(posts, Role::auditor, {kNorthWorcestershire}), kComment, kWestMercia, north));
}

TEST_CASE("areas are named as the register names them") {
  const auto found = area_named("North Worcestershire\nE22000372; bromsgrove \n\n", areas(), kDay);
  REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().message));
  CHECK(*found == area_of({kNorthWorcestershire, kYork, kBromsgrove}));
  const auto missing = area_named("Narnia", areas(), kDay);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().fields.front().field == "areas");
  CHECK(missing.error().message.starts_with(
      "There is no partnership, police force area or district called “Narnia” today."));
  CHECK(area_named("", areas(), kDay).value() == "");
}

TEST_CASE("refusals name areas before their codes") {
  const TestPosts posts;
  const Reach york = with(posts, Role::commissioning_officer, {kYork});
  const Status refused = york.require(kEditFunding, whose_of(area_of({kNorthWorcestershire, kYork})));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ProblemKind::forbidden);
  CHECK(refused.error().message.find("North Worcestershire (E22000368) and ") != std::string::npos);
  CHECK(refused.error().message.find("Yours reaches to ") != std::string::npos);
  CHECK(york.require(kEditFunding, whose_of(kYork)).has_value());
  CHECK(york.require(kEditFunding, whose_of("")).error().message.find("the whole site") != std::string::npos);
  CHECK(areas_in_words("", *ground(), kDay) == "every area");
  CHECK(areas_in_words(kBromsgrove, *ground(), kDay) == "Bromsgrove (E07000234)");
  CHECK(areas_in_words("E99999999", *ground(), kDay) == "E99999999");  // of which nothing else is known
  CHECK(areas_in_words("E1;E2;E3;E4;E5;E6;E7;E8", Ground(), kDay) == "E1, E2, E3, E4, E5, E6 and 2 more");
}

TEST_CASE("a partnership may be named in full") {
  CHECK(area_named("North Worcestershire Community Safety Partnership", areas(), kDay).value() == kNorthWorcestershire);
  CHECK_FALSE(area_named("Narnia Community Safety Partnership", areas(), kDay));
  CHECK_FALSE(area_named("Community Safety Partnership", areas(), kDay));
}
