// The pages of the register of bodies as a visitor and as an editor get them, with the demonstration workspaces.
#include "slices/bodies/house_for_tests.h"

using namespace tithing;
using namespace tithing::bodies;

TEST_CASE("the files of the list are in the order that is shown, also between equals, and what is not known is last") {
  Pages pages;
  for (const std::string order :
       {"", "&sort=name&order=desc", "&sort=kind", "&sort=kind&order=desc", "&sort=seats", "&sort=seats&order=desc"}) {
    CAPTURE(order);
    const std::string query = "?area=E23000010" + order;  // West Yorkshire: seats known of some
    const std::string page = pages.get("/bodies" + query).body, file = pages.get("/bodies/files/list.csv" + query).body;
    std::size_t place = page.find("<tbody"), rows = 0;
    for (std::size_t line = file.find('\n') + 1; line < file.size(); line = file.find('\n', line) + 1) {
      const std::string name = file.substr(line, file.find(',', line) - line);
      if (name.empty() || name[0] == '"' || name[0] == '\r' || name[0] == '#') break;
      const std::size_t next = page.find(">" + name + "</a>", place);
      CAPTURE(name);
      REQUIRE(next != std::string::npos);
      place = next;
      ++rows;
    }
    CHECK(rows >= 5);
  }
}

TEST_CASE("bodies as at a day, what became of them, papers, and the difference of two days") {
  Pages pages;
  const auto before = pages.get("/bodies?area=E23000016&kind=csp&as-at=2012-01-01");
  CHECK(before.status == 200);
  for (const char* name : {"Bromsgrove", "Redditch", "Wyre Forest", "South Worcestershire"})
    CHECK(has(before, std::string(name) + " Community Safety Partnership</a>"));
  CHECK_FALSE(has(before, "North Worcestershire Community"));
  const auto after = pages.get("/bodies?area=E23000016&kind=csp&as-at=2012-05-01");
  CHECK(has(after, "North Worcestershire Community"));
  CHECK_FALSE(has(after, "Redditch Community"));
  CHECK(has(after, "You are looking at 1 May 2012"));

  const auto redditch = pages.get("/bodies/redditch-csp");
  CHECK(redditch.status == 200);
  CHECK(has(redditch, "It ended on 1 April 2012"));
  CHECK(has(redditch, "merged into"));
  CHECK(has(redditch, "/bodies/north-worcestershire-csp"));
  CHECK(has(redditch, "/bodies/papers/worcestershire-2011"));
  CHECK_FALSE(has(redditch, "Change record"));
  CHECK(has(pages.get("/bodies/redditch-csp?as-at=2012-01-01"), "Prepare and carry out a partnership plan"));
  CHECK(has(pages.get("/bodies/redditch-csp?as-at=2009-01-01"), "is not known. It is known from 22 September 2011"));
  CHECK(has(pages.get("/bodies/north-yorkshire-strategic-board"), "It is proposed"));
  CHECK(has(pages.get("/bodies/calderdale-csp?as-at=2018-11-09"), "Cllr Susan Press"));

  const auto difference = pages.get("/bodies/difference?from=2012-01-01&to=2012-12-01&area=E23000016");
  CHECK(has(difference, "Began"));
  CHECK(has(difference, "became North Worcestershire Community Safety Partnership"));
  CHECK(has(difference, "became Police and Crime Commissioner for West Mercia"));
  const auto paper = pages.get("/bodies/papers/worcestershire-2011");
  CHECK(has(paper, "currently four statutory Community Safety Partnerships"));
  CHECK(has(paper, "rest on it"));
  for (const char* path :
       {"/bodies", "/bodies/duties?as-at=2012-01-01&area=E23000016", "/bodies/calendar?year=2018&area=E23000010",
        "/bodies/overlap?area=E23000009&as-at=2012-09-05", "/bodies/difference", "/bodies/files/list.csv",
        "/bodies/files/facts.csv", "/bodies/files/list.xlsx", "/bodies/files/calendar.ics?year=2018"})
    CHECK_MESSAGE(pages.get(path).status == 200, path);
  CHECK(pages.get("/bodies/nobody").status == 404);
  CHECK(pages.get("/bodies/files/passwords.csv").status == 404);
  CHECK(pages.get("/bodies?as-at=yesterday").status == 400);
  CHECK(pages.get("/bodies/calendar?year=year").status == 400);
}

TEST_CASE("duties with gaps, the calendar with its rules, and the overlap of North Yorkshire's two trees") {
  Pages pages;
  const auto duties = pages.get("/bodies/duties?as-at=2012-01-01&area=E23000016");
  CHECK(has(duties, "Gap: nobody is recorded"));
  CHECK(has(duties, "Redditch Community Safety Partnership"));
  const auto calendar = pages.get("/bodies/calendar?year=2018&area=E23000010&sort=day&order=asc");
  CHECK(has(calendar, "west-yorkshire-notes, version 1"));
  CHECK(has(calendar, "26 October 2018"));
  const auto agenda = pages.get("/bodies/calendar?year=2018&body=west-yorkshire-police-and-crime-panel");
  CHECK(has(agenda, "1 November 2018"));
  const auto feed = pages.get("/bodies/files/calendar.ics?year=2018&body=west-yorkshire-police-and-crime-panel");
  CHECK(has(feed, "DTSTART;VALUE=DATE:20181026"));
  // A partnership's own calendar has the deadline of its note.
  const auto own = pages.get("/bodies/calendar?year=2018&body=bradford-csp");
  CHECK(has(own, "26 October 2018"));
  CHECK(has(own, "Briefing note to the panel, approved by the chair"));
  CHECK(has(own, "Meeting of West Yorkshire Police and Crime Panel on 9 November 2018"));
  CHECK(has(pages.get("/bodies/files/calendar.ics?year=2018&body=wakefield-csp"), "DTSTART;VALUE=DATE:20181026"));
  CHECK_FALSE(has(pages.get("/bodies/calendar?year=2018&body=sunderland-csp"), "Briefing note to the panel"));

  const auto overlap = pages.get("/bodies/overlap?area=E23000009&as-at=2012-09-05");
  CHECK(has(overlap, "York and North Yorkshire Safer Communities Forum"));
  CHECK(has(overlap, "North Yorkshire Criminal Justice Board"));
  CHECK(has(overlap, "/figures/shared-organisations?"));
  CHECK(has(overlap, "Papers say that several do, without naming them"));
  CHECK(has(overlap, "At the strategic level several organisations are members of both"));
  CHECK(has(overlap, "At the tactical level several organisations are members"));
  CHECK(has(overlap, "not known"));
  const auto figure = pages.wiring.figures.ask({"shared-organisations",
                                                {{{"a", "safer-communities-forum-north-yorkshire"},
                                                  {"as-at", "2012-09-05"},
                                                  {"b", "north-yorkshire-criminal-justice-board"}}}},
                                               {.today = Date::from_ymd(2026, 11, 22)});
  REQUIRE(figure.has_value());
  CHECK_FALSE(figure->quantity.known());
  CHECK(figure->quantity.reason().find("does not name them") != std::string::npos);
}

TEST_CASE("who held the functions of North Yorkshire's local policing body on a day, and since when") {
  Pages pages;
  const auto on = [&](const std::string& day) {
    return pages.get("/bodies/duties?area=E23000009&function=local-policing-body&as-at=" + day);
  };
  const auto before = on("2012-11-21");
  CHECK(before.status == 200);
  CHECK(has(before, "On 21 November 2012, in"));
  CHECK(has(before,
            ": The police authority of North Yorkshire, from a day that is not known, known from 21 November 2012, "
            "until 21 November 2012."));
  const auto after = on("2012-11-22");
  CHECK(has(after,
            ": Police and Crime Commissioner for North Yorkshire, since 22 November 2012 until 6 May 2024. Before it: "
            "The police authority of North Yorkshire."));
  CHECK_FALSE(has(after, ": The police authority of North Yorkshire, from"));
  CHECK(has(on("2024-05-06"), ": Police and Crime Commissioner for North Yorkshire, since"));
  const auto mayor = on("2024-05-07");
  CHECK(has(mayor,
            ": Mayor of York and North Yorkshire, since 7 May 2024. Before it: Police and Crime Commissioner for North "
            "Yorkshire."));
  CHECK(has(mayor, "transfers-to-mayors"));
  CHECK(has(on("2012-09-01"), ": not known."));
  // One function by its own record: the grants, from the commissioner to the mayor.
  CHECK(has(pages.get("/bodies/duties?area=E23000009&function=crime-reduction-grants&as-at=2024-05-06"),
            ": Police and Crime Commissioner for North Yorkshire, since 22 November 2012 until 6 May 2024"));
  CHECK(has(pages.get("/bodies/duties?area=E23000009&function=crime-reduction-grants&as-at=2024-05-07"),
            ": Mayor of York and North Yorkshire, since 7 May 2024"));
  CHECK(
      has(pages.get("/bodies/duties?area=E23000009&function=nothing"), "There is no function with the code nothing."));
  CHECK(has(pages.get("/bodies/north-yorkshire-pcc?as-at=2013-01-01"),
            "/bodies/duties?function=crime-reduction-grants&amp;area=E23000009&amp;as-at=2013-01-01"));
}

TEST_CASE("the calendar says what it could not derive, and what has no day") {
  Pages pages;
  const auto worcestershire = pages.get("/bodies/calendar?year=2012&area=E23000016");
  CHECK(has(worcestershire, "No crime and disorder scrutiny committee is recorded here"));
  CHECK(has(worcestershire, "As soon as possible: no day is fixed."));
  CHECK(has(pages.get("/bodies/files/calendar.xlsx?year=2012&area=E23000016"), "PK"));
  REQUIRE(
      pages.service
          ->import(Actor::command_line(pages.wiring.permissions),
                   "fact,body,role,value,from,to\nbody,redditch-scrutiny,scrutiny-committee,,2010-01-01,\nname,"
                   "redditch-scrutiny,,Redditch scrutiny,2010-01-01,\narea,redditch-scrutiny,,E07000236,2010-01-01,\n",
                   "s.csv", {}, false, "A test.")
          ->change > 0);
  CHECK(has(pages.get("/bodies/calendar?year=2012&body=redditch-scrutiny"),
            "No meeting is recorded of Redditch scrutiny"));
  REQUIRE(pages.service
              ->import(Actor::command_line(pages.wiring.permissions),
                       "fact,body,from,to\nmeeting,redditch-scrutiny,2011-06-14,2011-06-15\n", "m.csv", {}, false,
                       "A test.")
              ->change > 0);
  const auto met = pages.get("/bodies/calendar?year=2012&body=redditch-scrutiny");
  CHECK(has(met, "14 June 2012"));
  CHECK(has(met, "Counted from the meeting on 14 June 2011; no later one is recorded"));
  CHECK(has(met, "scrutiny-twelve-months, version 1"));
  CHECK(has(pages.get("/bodies/files/calendar.ics?year=2012&body=redditch-scrutiny"), "DTSTART;VALUE=DATE:20120614"));
  CHECK(has(pages.get("/bodies/calendar?year=2026&body=northumbria-pcc"), "31 March 2026"));
}

TEST_CASE("crime of a year in the areas of a body as at the day, each number a figure") {
  Pages pages;
  // The evidence stands in for itself here: it counts the letters of the area and the day it was asked for.
  const auto count = [](const figures::Parameters& p) {
    return static_cast<std::int64_t>(1000 * p.get("area").size() +
                                     static_cast<std::size_t>(Date::parse(p.get("as-at"))->year())) +
           (p.get("type") == "anti-social-behaviour" ? 300 : 0);
  };
  pages.wiring.figures.add({"crimes",
                            "Recorded crime",
                            "",
                            {{"area", "area", true, "", ""},
                             {"as-at", "date", false, "", ""},
                             {"from", "month", true, "", ""},
                             {"to", "month", true, "", ""},
                             {"type", "crime-type", false, "", "", "all"}},
                            [&](const figures::Parameters& p, const figures::Viewer&, figures::Detail) {
                              figures::Figure figure;
                              figure.quantity = figures::Quantity::count(count(p), "crimes");
                              return Result<figures::Figure>(figure);
                            },
                            {}});
  CHECK_FALSE(has(pages.get("/bodies/redditch-csp?as-at=2012-01-01"), "Recorded crime,"));  // no months yet
  pages.service->months_of_evidence_from([] {
    return std::optional(Period{Month::from_ym(2021, 3), Month::from_ym(2022, 11)});
  });
  REQUIRE(pages.service->areas()->find("X-redditch-csp"));
  const auto page = pages.get("/bodies/redditch-csp?as-at=2012-01-01");
  CHECK(
      has(page,
          "Recorded crime and anti-social behaviour, January to November 2022, in the areas served on 1 January 2012"));
  CHECK(has(page,
            "/figures/crimes?area=X-redditch-csp&amp;as-at=2012-01-01&amp;from=2022-01&amp;to=2022-11&amp;type=crime"));
  CHECK(has(page, ">16,012</a>"));
  CHECK(has(page, "to=2022-11&amp;type=anti-social-behaviour"));
  CHECK(has(page, ">16,312</a>"));
  // Today it is gone: its last day.
  const auto today = pages.get("/bodies/redditch-csp");
  CHECK(has(today, "as-at=2012-03-31&amp;from=2022-01"));
  CHECK(has(today, "It was there until 31 March 2012"));
  CHECK(has(pages.get("/bodies/redditch-csp?as-at=2012-01-01&year=2021"), "March to December 2021"));
}

namespace {

// Each source of a working, however deep, ends: at a paper that is known by its checksum where it is one of the five,
// or at a summary with its paragraph, or at who entered it.
bool all_end(const figures::Figure& figure) {
  for (const figures::Input& input : figure.working.inputs) {
    if (input.figure && !all_end(*input.figure)) return false;
    if (!input.source) continue;
    if (!input.source->ends()) return false;
    const bool summary = input.source->name.find("013/2014") != std::string::npos;
    if (input.source->kind == figures::Source::Kind::paper && (input.source->sha256.size() == 64) == summary)
      return false;
  }
  return true;
}

}  // namespace

TEST_CASE("every number of the overlap page opens a figure that comes to the same") {
  Pages pages;
  for (const char* where :
       {"area=E23000009&as-at=2012-09-05", "area=E23000016&as-at=2011-09-22", "area=E23000010&as-at=2018-11-09",
        "area=E23000007&as-at=2017-08-01", "as-at=2018-11-09", "area=E23000010&as-at=2018-11-09&kind=csp",
        "area=E23000010&as-at=2018-11-09&body=leeds-csp&body=west-yorkshire-csp-forum&body=nobody"}) {
    CAPTURE(where);
    const auto page = pages.get(std::string("/bodies/overlap?") + where);
    REQUIRE(page.status == 200);
    int figures_there = 0;
    int known = 0;
    for (std::size_t at = page.body.find("href=\"/figures/"); at != std::string::npos;
         at = page.body.find("href=\"/figures/", at + 1)) {
      std::string address = page.body.substr(at + 6, page.body.find('"', at + 6) - at - 6);
      for (std::size_t amp = address.find("&amp;"); amp != std::string::npos; amp = address.find("&amp;"))
        address.replace(amp, 5, "&");
      const std::size_t begin = page.body.find('>', at) + 1;
      const std::string shown = page.body.substr(begin, page.body.find('<', begin) - begin);
      const auto figure =
          pages.wiring.figures.ask(figures::Address::parse(address).value(), {.today = Date::from_ymd(2026, 11, 22)});
      REQUIRE_MESSAGE(figure.has_value(), address);
      CHECK_MESSAGE(figure->quantity.text() == shown, address);
      CHECK_MESSAGE(all_end(*figure), address);
      ++figures_there;
      known += figure->quantity.known() ? 1 : 0;
    }
    CHECK(figures_there > 0);
    CHECK(known > 0);
  }
  const auto chosen = pages.get(
      "/bodies/overlap?area=E23000010&as-at=2018-11-09&body=leeds-csp&body=west-yorkshire-csp-forum&body=nobody");
  CHECK(has(chosen, "Chosen are 2 of"));
  CHECK(has(chosen, "nobody is not in the matrix"));
  // More bodies than one part of the matrix shows.
  std::string rows = "fact,body,other,role,value\nbody,many-council,,council,\nname,many-council,,,Many Council\n";
  for (int i = 10; i < 35; ++i) {
    const std::string code = "many-" + std::to_string(i);
    rows += "body," + code + ",,forum,\nname," + code + ",,,Many " + std::to_string(i) + "\nmembership," + code +
            ",many-council,member,Leader\n";
  }
  REQUIRE(pages.service->import(Actor::command_line(pages.wiring.permissions), rows, "many.csv", {}, false, "A test.")
              ->change > 0);
  const auto all = pages.get("/bodies/overlap?as-at=2012-09-28");
  CHECK(has(all, "is shown in parts of 20 by 20"));
  CHECK(pages.get("/bodies/overlap?as-at=2012-09-28&rows=2&columns=2").body != all.body);
  CHECK(pages.get("/bodies/overlap?as-at=2018-11-09&rows=99&columns=x&hours-page=9").status == 200);
  for (const char* file : {"shared", "meetings", "hours", "shared-organisations", "shared-posts"})
    for (const char* form : {"csv", "xlsx"})
      CHECK(pages.get("/bodies/files/" + std::string(file) + "." + form + "?as-at=2018-11-09").status == 200);
}

TEST_CASE(
    "an editor enters, checks and saves; what cannot be is refused; a stale form shows both; a scope ends at its "
    "area") {
  Pages pages;
  CHECK(pages.get("/bodies/change?fact=name&body=redditch-csp").status == 303);  // to sign in
  pages.sign_in(Role::panel_member);
  CHECK(pages.get("/bodies/change?fact=name&body=redditch-csp").status == 403);
  pages.sign_in(Role::county_strategy_officer);
  const auto form = pages.get("/bodies/change?fact=succession&body=south-worcestershire-csp");
  REQUIRE(form.status == 200);
  const std::string token = pages.token(form);
  CHECK(pages.ask("POST", "/bodies/change", "fact=succession&step=save").status == 403);
  const std::string start =
      token + "fact=succession&action=add&record=0&seen-id=0&reason=Order&body=south-worcestershire-csp";
  const auto two = pages.ask(
      "POST", "/bodies/change",
      start + "%3Bnorth-worcestershire-csp&other=bradford-csp%3Bleeds-csp&role=merged&from=2020-04-01&step=check");
  CHECK(two.status == 400);
  CHECK(has(two, "exactly one successor"));
  CHECK(has(pages.shown(
                pages.ask("POST", "/bodies/change", start + "&other=bradford-csp&role=replaced&from=soon&step=check")),
            "2012-04-01"));

  CHECK(
      has(pages.shown(pages.ask("POST", "/bodies/change",
                                token + "fact=area&action=add&body=leeds-csp&value=E99999999&reason=Order&step=check")),
          "No area is called &quot;E99999999&quot;"));
  CHECK(has(pages.get("/bodies/leeds-csp?as-at=2018-11-09"), "/areas/E22000345/crime?type=crime&amp;as-at=2018-11-09"));

  const auto name = pages.service->known()->find("leeds-csp")->of(FactKind::name).front();
  const std::string change = token + "fact=name&action=replace&record=" + std::to_string(name->record) +
                             "&seen-id=" + std::to_string(name->id) +
                             "&body=leeds-csp&value=Safer%20%3CLeeds%3E&reason=Minute&effective=2019-01-01";
  const auto check = pages.shown(pages.ask("POST", "/bodies/change", change + "&step=check"));
  CHECK(check.status == 200);
  CHECK(has(check, "Check your answers"));
  CHECK(has(check, "Safer &lt;Leeds&gt;"));
  const auto saved = pages.ask("POST", "/bodies/change", change + "&step=save");
  CHECK(saved.status == 303);
  CHECK(has(pages.get("/bodies/leeds-csp"), "<h1 class=\"govuk-heading-l\">Safer &lt;Leeds&gt;"));
  CHECK(has(pages.get("/bodies/leeds-csp?as-at=2018-11-09"),
            "<h1 class=\"govuk-heading-l\">Leeds Community Safety Partnership"));
  CHECK(pages.ask("POST", "/bodies/change", change + "&step=save").status == 409);
  CHECK(has(pages.get("/bodies/leeds-csp/history"), "Safer &lt;Leeds&gt;"));
  CHECK(pages.get("/bodies/import").status == 200);
  const std::string newest = std::to_string(pages.service->known()->version);
  CHECK(has(pages.get("/bodies/changes"), "Minute"));
  CHECK(pages.get("/bodies/changes/" + newest).status == 200);
  CHECK(has(pages.ask("POST", "/bodies/changes/" + newest + "/undo", token + "reason="), "Give a reason"));
  CHECK(pages.ask("POST", "/bodies/changes/" + newest + "/undo", token + "reason=Wrong").status == 303);
  CHECK(has(pages.get("/bodies/leeds-csp"), "<h1 class=\"govuk-heading-l\">Leeds Community Safety Partnership"));

  pages.sign_in(Role::partnership_manager, "E23000016");  // West Mercia's does not reach Leeds
  const auto now = pages.service->known()->find("leeds-csp")->of(FactKind::name).front();
  const std::string reach = "fact=name&action=replace&record=" + std::to_string(now->record) +
                            "&seen-id=" + std::to_string(now->id) + "&body=leeds-csp&value=Mine&reason=Why&step=save";
  CHECK(pages.ask("POST", "/bodies/change", token + reach).status == 403);
}

TEST_CASE("route by role by scope: who may change Leeds's partnership") {
  Pages pages;
  struct Scope {
    const char* area;
    bool reaches;
  };
  // Everywhere; the force area that the partnership lies in; its own area; another force area; another partnership.
  const Scope scopes[] = {
      {"", true}, {"E23000010", true}, {"E22000345", true}, {"E23000016", false}, {"E22000342", false}};
  const auto name = pages.service->known()->find("leeds-csp")->of(FactKind::name).front();
  const std::string body = "fact=name&action=replace&record=" + std::to_string(name->record) +
                           "&seen-id=" + std::to_string(name->id) +
                           "&body=leeds-csp&value=Safer%20Leeds&reason=Minute&step=check";
  for (int r = 0; r < kRoleCount; ++r) {
    const Role role = static_cast<Role>(r);
    const bool edits = role == Role::commissioning_officer || role == Role::partnership_manager ||
                       role == Role::county_strategy_officer || role == Role::system_administrator;
    const bool imports = role == Role::county_strategy_officer || role == Role::performance_analyst ||
                         role == Role::system_administrator;
    for (const Scope& scope : scopes) {
      pages.sign_in(Role::county_strategy_officer);
      const std::string token = pages.token(pages.get("/bodies/change?fact=name&body=leeds-csp"));
      pages.sign_in(role, scope.area);
      CAPTURE(name_of(role));
      CAPTURE(scope.area);
      CHECK(pages.shown(pages.ask("POST", "/bodies/change", token + body)).status ==
            (edits && (scope.reaches || role == Role::system_administrator) ? 200 : 403));
      CHECK(pages.get("/bodies/change?fact=name").status == (edits || role == Role::panel_support_officer ? 200 : 403));
      CHECK(pages.get("/bodies/import").status ==
            (imports && (*scope.area == 0 || role == Role::system_administrator) ? 200 : 403));
      CHECK(pages.get("/bodies/leeds-csp").status == 200);
      CHECK(pages.get("/bodies/leeds-csp/history").status == 200);
    }
  }
  pages.sign_in(Role::county_strategy_officer, "E23000010");
  const std::string token = pages.token(pages.get("/bodies/change?fact=name&body=leeds-csp"));
  CHECK(pages.ask("POST", "/bodies/changes/1/undo", token + "reason=Why").status == 403);
  CHECK(pages
            .ask("POST", "/bodies/change",
                 token + "fact=area&action=add&body=leeds-csp&value=E23000016&reason=Why&step=check")
            .status == 403);
}

TEST_CASE("what is known of an earlier day is neither current nor over: on its page, in lists, files and the search") {
  Pages pages;
  const std::string still = "known on 5 September 2012, not known whether still";
  const auto then = pages.get("/bodies/safer-communities-forum-north-yorkshire?as-at=2012-09-05");
  CHECK_FALSE(has(then, "not known whether still"));
  const auto now = pages.get("/bodies/safer-communities-forum-north-yorkshire");
  CHECK(has(now, "It is known on 5 September 2012. Whether it is still there on 22 November 2026 is not known"));
  CHECK(has(now, "it is supported by this body; chain: community-safety"));
  CHECK_FALSE(has(now, "eports to"));
  CHECK(has(pages.get("/bodies/files/list.csv?area=E23000009"), still));
  CHECK(has(pages.get("/bodies/files/list.csv?area=E23000009&as-at=2012-09-05"), "in force"));
  const auto chair = pages.get("/bodies/bradford-csp");
  CHECK(has(chair, "known on 9 November 2018, not known whether still"));
  CHECK(has(chair, "1 of these seats is known from an earlier day"));
  CHECK_FALSE(has(chair, ">yes<"));
  CHECK(has(pages.get("/bodies/files/duties.csv?area=E23000007"), "\"Known earlier, not known whether still\""));
  CHECK(has(pages.get("/bodies/files/duties.csv?area=E23000007&as-at=2017-08-01"), "Covered"));
  CHECK(has(pages.get("/bodies/files/difference.csv?area=E23000009&from=2012-09-05&to=2026-11-22"),
            "Not known whether still"));
  // Counted is what is known on the day.
  const auto asked = [&](const std::string& day) {
    return pages.wiring.figures
        .ask({"meetings-a-year", {{{"as-at", day}, {"body", "northumbria-community-safety-leads"}}}},
             {.today = Date::from_ymd(2026, 11, 22)})
        .value()
        .quantity.text();
  };
  CHECK(asked("2017-08-01") == "8.7");
  CHECK(asked("2026-11-22") == "not known");
}

TEST_CASE("what papers say stands on the page of the body, with its amount, its time and from what it is inferred") {
  Pages pages;
  const auto board = pages.get("/bodies/safer-communities-board?as-at=2011-09-22");
  CHECK(has(board, "What papers say of it"));
  CHECK(has(board,
            "\xC2\xA3"
            "176,000"));
  CHECK(has(board, "60 per cent"));
  const auto panel = pages.get("/bodies/west-yorkshire-police-and-crime-panel?as-at=2018-11-09");
  CHECK(has(panel, "Cllr Alison Lowe"));
  CHECK(has(panel,
            "\xC2\xA3"
            "2,500,000"));
  CHECK(has(panel, "How we will measure our success"));
  CHECK(has(panel, "Inferred from"));
  CHECK(has(pages.get("/bodies/calderdale-csp?as-at=2018-11-09"), "CSP Manager"));
  CHECK_FALSE(has(pages.get("/bodies/calderdale-csp?as-at=2018-11-09"), "Derek"));
  const auto paper = pages.get("/bodies/papers/west-yorkshire-2018");
  CHECK(has(paper, "284a9db18e6fcaa84453a47a4d6c8d3820e4bd88c860d8347800deb664ff08f8"));
  CHECK(has(pages.get("/bodies/papers/north-yorkshire-2014"), "there is no checksum of it"));
  // Under the proposition of 5 September 2012 the local delivery groups are there.
  pages.sign_in(Role::system_administrator);
  const auto under = pages.get("/bodies?proposal=2&as-at=2012-11-22&area=E23000009");
  CHECK(has(under, "Local delivery group, Craven (proposed)"));
  CHECK(has(under, "Local delivery group, York (proposed)"));
}

TEST_CASE("the area and the body of a list are written by name: one leads to its address, several are asked for") {
  Pages pages;
  const auto one = pages.get("/bodies?area=city%20of%20york");
  CHECK(one.status == 303);
  CHECK(one.header("Location") == "/bodies?area=E22000371");
  CHECK(has(pages.get("/bodies?area=E22000371"), "name=\"area\" type=\"text\" value=\"City of York\""));
  const auto several = pages.get("/bodies/duties?area=north%20york&as-at=2018-11-09");
  CHECK(several.status == 404);
  CHECK(has(several, "Several areas could be meant by"));
  CHECK(has(several, "/bodies/duties?area=E23000009&amp;as-at=2018-11-09\""));
  CHECK(pages.get("/bodies/calendar?body=leeds%20community").status == 303);
  CHECK(has(pages.get("/bodies/overlap?area=Nowhere%20at%20all"), "No area is called"));
}
