#include "base/reach.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace tithing;

namespace {

constexpr Permission kEdit{"pots.edit", "Set up pots of money"};
constexpr Permission kAudit{"audit.read", "Read the audit"};
const Date kToday = Date::from_ymd(2026, 11, 22);

// York is a district and a partnership of North Yorkshire; the county's partnership took the place of Scarborough's in
// 2012.
struct Yorkshire : Ground {
  std::vector<std::string> around_area(std::string_view area, Date) const override {
    if (area == "york-district") return {"york-district", "york", "north-yorkshire"};
    if (area == "york" || area == "county") return {std::string(area), "north-yorkshire"};
    return {std::string(area)};
  }
  std::vector<std::string> areas_of_body(std::string_view body, Date) const override {
    if (body == "york-csp") return {"york"};
    if (body == "county-csp") return {"county"};
    if (body == "forum") return {"north-yorkshire"};
    return {};
  }
  std::vector<std::string> standing_for(std::string_view body, Date day) const override {
    if (body == "scarborough-csp" && day >= Date::from_ymd(2012, 4, 1)) return {"scarborough-csp", "county-csp"};
    if (body == "split-csp") return {};
    return {std::string(body)};
  }
  std::vector<std::string> above_body(std::string_view body, Date) const override {
    return body == "york-csp" ? std::vector<std::string>{"forum"} : std::vector<std::string>{};
  }
  std::string name_of_area(std::string_view area, Date) const override {
    return area == "york" ? "York" : area == "county" ? "The county" : std::string(area);
  }
};

PermissionTable table() {
  PermissionTable out;
  out.add(kEdit, {Role::commissioning_officer, Role::county_strategy_officer, Role::system_administrator});
  out.add(kAudit, {Role::auditor});
  return out;
}
const PermissionTable kTable = table();

Reach reach(std::vector<Grant> grants) {
  return {Actor::account(1, "A", std::move(grants), kTable), std::make_shared<Yorkshire>(), kToday};
}
Reach officer(std::string organisation, std::string area) {
  return reach({{Role::commissioning_officer, std::move(organisation), std::move(area)}});
}

}  // namespace

TEST_CASE("a role for an area reaches to it and to what lies in it, not to what holds it") {
  const Reach york = officer("", "york");
  CHECK(york.may(kEdit, Whose::of_area("york")));
  CHECK(york.may(kEdit, Whose::of_area("york-district")));
  CHECK_FALSE(york.may(kEdit, Whose::of_area("north-yorkshire")));
  CHECK_FALSE(york.may(kEdit, Whose::of_area("county")));
  CHECK(york.may(kEdit, Whose::of_body("york-csp")));
  CHECK_FALSE(york.may(kEdit, Whose::of_body("forum")));
  CHECK_FALSE(york.may(kAudit, Whose::of_area("york")));
  CHECK(officer("", "north-yorkshire").may(kEdit, Whose::of_areas({"york", "county"})));
  CHECK_FALSE(york.may(kEdit, Whose::of_areas({"york", "county"})));
}

TEST_CASE("no area is never every area") {
  CHECK_FALSE(officer("", "york").may(kEdit, Whose::of_areas({})));
  CHECK_FALSE(officer("", "york").may(kEdit, Whose::of_site()));
  CHECK(officer("", "").may(kEdit, Whose::of_site()));
  CHECK(officer("In words", "").may(kEdit, Whose::of_site()));
  CHECK_FALSE(officer("body:york-csp", "").may(kEdit, Whose::of_site()));
  CHECK(reach({{Role::system_administrator, "body:york-csp", "york"}}).may(kEdit, Whose::of_site()));
  // A record that its room gave to nobody is reached by those alone who reach to everything.
  CHECK(officer("", "").may(kEdit, Whose::of_areas({})));
  CHECK_FALSE(officer("body:york-csp", "").may(kEdit, Whose::of_bodies({})));
  // Nor can it come about by leaving something out: made by name, a role without its area or body does not come to be.
  CHECK_THROWS_AS((void)Grant::for_area(Role::auditor, ""), std::logic_error);
  CHECK_THROWS_AS((void)Grant::for_body(Role::auditor, ""), std::logic_error);
  CHECK_THROWS_AS((void)Grant::everywhere(Role::auditor, "body:york-csp"), std::logic_error);
  CHECK_FALSE(reach({Grant::for_body(Role::commissioning_officer, "york-csp")}).may(kEdit, Whose::of_site()));
  CHECK(reach({Grant::everywhere(Role::commissioning_officer, "In words")}).may(kEdit, Whose::of_site()));
}

TEST_CASE("a role for a body reaches to the body's own and to the areas that it serves") {
  const Reach york = officer("body:york-csp", "");
  CHECK(york.may(kEdit, Whose::of_body("york-csp")));
  CHECK(york.may(kEdit, Whose::of_area("york-district")));
  CHECK_FALSE(york.may(kEdit, Whose::of_area("county")));
  CHECK_FALSE(york.may(kEdit, Whose::of_body("county-csp")));
}

TEST_CASE("a role for a body does not reach to another body's that serves the same area; a role for the area does") {
  CHECK_FALSE(officer("body:forum", "").may(kEdit, Whose::of_body("york-csp")));
  CHECK(officer("body:forum", "").may(kEdit, Whose::of_area("york")));
  CHECK(officer("", "north-yorkshire").may(kEdit, Whose::of_body("york-csp")));
}

TEST_CASE("of several bodies or areas, who reaches to each, by one role or by several") {
  const Whose both = Whose::of_bodies({"york-csp", "county-csp"});
  CHECK_FALSE(officer("body:york-csp", "").may(kEdit, both));
  CHECK(officer("", "north-yorkshire").may(kEdit, both));
  const Reach two = reach({Grant::for_body(Role::commissioning_officer, "york-csp"),
                           Grant::for_area(Role::commissioning_officer, "county")});
  CHECK(two.may(kEdit, both));
  CHECK(two.may(kEdit, Whose::of_areas({"york", "county"})));
  CHECK(officer("body:york-csp", "").require(kEdit, both).error().message.find("for york-csp and county-csp.") !=
        std::string::npos);
}

TEST_CASE("a role for a body that was merged holds for what it became, of one that was split for nothing") {
  const Reach former = officer("body:scarborough-csp", "");
  CHECK(former.may(kEdit, Whose::of_body("scarborough-csp")));
  CHECK(former.may(kEdit, Whose::of_body("county-csp")));
  CHECK(former.may(kEdit, Whose::of_area("county")));
  CHECK_FALSE(former.may(kEdit, Whose::of_area("york")));
  CHECK_FALSE(officer("body:split-csp", "").may(kEdit, Whose::of_body("split-csp")));
}

TEST_CASE("a hub reaches to the bodies below it where the rule says so") {
  struct Below : Yorkshire {  // a forum that serves no area of its own
    std::vector<std::string> areas_of_body(std::string_view body, Date day) const override {
      return body == "forum" ? std::vector<std::string>{} : Yorkshire::areas_of_body(body, day);
    }
  };
  const Reach hub{Actor::account(1, "A", {{Role::county_strategy_officer, "body:forum", ""}}, kTable),
                  std::make_shared<Below>(), kToday};
  CHECK_FALSE(hub.may(kEdit, Whose::of_body("york-csp")));
  CHECK(hub.may(kEdit, Whose::of_body("york-csp"), Hub::bodies_below));
  CHECK_FALSE(hub.may(kEdit, Whose::of_body("county-csp"), Hub::bodies_below));
}

TEST_CASE("concerned: above, below and the same; not beside") {
  CHECK(officer("", "york").concerned(kEdit, {"north-yorkshire"}));
  CHECK(officer("", "north-yorkshire").concerned(kEdit, {"york"}));
  CHECK(officer("body:york-csp", "").concerned(kEdit, {"north-yorkshire"}));
  CHECK_FALSE(officer("", "york").concerned(kEdit, {"county"}));
  CHECK_FALSE(officer("", "york").concerned(kAudit, {"york"}));
  CHECK(officer("", "").concerned(kEdit, {"county"}));
}

TEST_CASE("what is shared is everybody's who holds the permission, wherever; one role can be asked by itself") {
  CHECK(officer("", "york").may(kEdit, Whose::shared()));
  CHECK(officer("body:york-csp", "").may(kEdit, Whose::shared()));
  CHECK_FALSE(officer("", "york").may(kAudit, Whose::shared()));
  CHECK_FALSE(Reach().may(kEdit, Whose::shared()));
  CHECK_FALSE(officer("", "york").may(kEdit, Whose::of_site()));
  CHECK_FALSE(Whose::shared() == Whose::of_site());

  const Reach nobody = reach({});
  const Grant york{Role::auditor, "", "york"}, scarborough{Role::auditor, "body:scarborough-csp", ""};
  CHECK(nobody.reaches(york, Whose::of_area("york-district"), kToday));
  CHECK(nobody.reaches(york, Whose::of_body("york-csp"), kToday));
  CHECK_FALSE(nobody.reaches(york, Whose::of_areas({"york", "county"}), kToday));
  CHECK(nobody.reaches(scarborough, Whose::of_body("county-csp"), kToday));
  CHECK_FALSE(nobody.reaches(scarborough, Whose::of_site(), kToday));
  CHECK(nobody.reaches({Role::auditor, "", ""}, Whose::of_site(), kToday));
  const Grant forum{Role::auditor, "body:forum", ""};
  CHECK_FALSE(nobody.reaches(forum, Whose::of_body("york-csp"), kToday));
  CHECK(nobody.reaches(forum, Whose::of_body("york-csp"), kToday, Hub::bodies_below));
}

TEST_CASE("a refusal says where the role reaches and what lies outside, names before codes") {
  const Status outside = officer("", "york").require(kEdit, Whose::of_area("county"));
  REQUIRE_FALSE(outside);
  CHECK(outside.error().kind == ProblemKind::forbidden);
  CHECK(outside.error().message ==
        "This needs the permission “Set up pots of money” for The county (county). Yours reaches to York (york). "
        "Ask whoever keeps it there, or an administrator of this site for a role.");
  const Status without = officer("", "york").require(kAudit, Whose::of_area("york"));
  REQUIRE_FALSE(without);
  CHECK(without.error().message.find("Read the audit") != std::string::npos);
  CHECK_FALSE(Reach().require(kEdit, Whose::of_area("york")));
  CHECK(officer("", "").in_words(kEdit) == "every area");
  CHECK(Reach().in_words(kEdit) == "nowhere");
}

TEST_CASE("two roles of one person reach each to its own") {
  const Reach both = reach({{Role::auditor, "", ""}, {Role::commissioning_officer, "", "york"}});
  CHECK(both.may(kAudit, Whose::of_site()));
  CHECK_FALSE(both.may(kEdit, Whose::of_area("county")));
  CHECK(both.offered(kEdit, {"york", "county", "york-district"}) == std::vector<std::string>{"york", "york-district"});
  CHECK(both.anywhere(kEdit));
}
