// Editing as an officer meets it: drafts that come back, two editors, two versions side by side, and what is refused
// with nothing half-done.
#include "slices/bodies/house_for_tests.h"

#include "base/text.h"
#include "drafts/drafts.h"

using namespace tithing;
using namespace tithing::bodies;

namespace {

struct Editing : Pages {
  Editing() {
    sign_in(Role::county_strategy_officer);
    token_ = token(get("/bodies/change?fact=name&body=leeds-csp"));
  }
  http::Response post(const std::string& fields) { return shown(ask("POST", "/bodies/change", token_ + fields)); }
  FactPointer fact(const std::string& body, FactKind kind) { return service->known()->find(body)->of(kind).front(); }
  // Replaces the fact with these further fields.
  std::string change_of(const Fact& fact, const std::string& fields) {
    return "fact=" + std::string(code_of(fact.kind)) + "&action=replace&record=" + std::to_string(fact.record) +
           "&seen-id=" + std::to_string(fact.id) + "&body=" + fact.body + "&" + fields;
  }
  std::optional<drafts::Draft> draft(const std::string& key) { return drafts::find(store(), who(), key); }
  // Refused on the way to the check and when saving, with the sentence, with what was typed, and with nothing changed.
  void refused(const std::string& fields, const std::string& sentence, const std::string& typed) {
    const std::int64_t before = service->known()->version;
    const std::size_t facts = service->known()->facts().size();
    for (const char* step : {"check", "save"}) {
      CAPTURE(fields);
      CAPTURE(step);
      const auto answer = post(fields + "&step=" + step);
      CHECK(answer.status == 400);
      CHECK_MESSAGE(has(answer, sentence), sentence);
      CHECK_MESSAGE(has(answer, "value=\"" + typed + "\""), typed);
      CHECK(service->known()->version == before);
      CHECK(service->known()->facts().size() == facts);
    }
  }
  std::string token_;
};

}  // namespace

TEST_CASE("what cannot be is refused on the form with a sentence that says what to do, and nothing is half-done") {
  Editing house;
  // A merger with two successors.
  house.refused(
      "fact=succession&action=add&reason=Order&body=south-worcestershire-csp%3Bnorth-worcestershire-csp&other=bradford-"
      "csp%3Bleeds-csp&role=merged&from=2020-04-01",
      "A merger has exactly one successor, and 2 are named. Name the one body that they became",
      "Bradford Community Safety Partnership");
  // A membership that ends before it begins.
  house.refused(
      "fact=membership&action=add&reason=Minute&body=leeds-csp&other=bradford-csp&role=member&from=2018-06-01&to=2018-"
      "05-01",
      "The membership would end on 1 May 2018, before it begins on 1 June 2018", "2018-05-01");
  // An effective date before the body exists: of something new, and of a change.
  house.refused(
      "fact=membership&action=add&reason=Minute&body=north-worcestershire-csp&other=south-worcestershire-csp&role="
      "member&from=2012-03-31",
      "begins on 1 April 2012. Choose that day or a later one", "2012-03-31");
  const auto name = house.fact("north-worcestershire-csp", FactKind::name);
  house.refused(house.change_of(*name, "value=Safer%20North&reason=Minute&effective=2012-03-01"),
                "holds from 1 April 2012 on. Choose a later day", "2012-03-01");
  // A day that is none.
  house.refused("fact=name&action=add&reason=Minute&body=leeds-csp&value=Mine&from=soon", "2012-04-01", "soon");
}

TEST_CASE("bodies and areas are written by name: one is taken, several are offered, none is told with the nearest") {
  Editing house;
  const std::string seat =
      "fact=membership&action=add&reason=Minute&role=member&from=2019-01-01&body=Leeds%20Community%"
      "20Safety%20Partnership&value=Clerk&";
  const auto several = house.post(seat + "other=csp&step=check");
  CHECK(several.status == 400);
  CHECK(has(several, "Several bodies could be meant by &quot;csp&quot;. These are the first ten, and there are more"));
  CHECK(has(several, "name=\"other-is\" type=\"radio\" value=\"bradford-csp\""));
  CHECK(has(several, "value=\"Clerk\""));  // nothing else is lost
  const auto none = house.post(seat + "other=Bradfrd%20Partnership&step=check");
  CHECK(none.status == 400);
  CHECK(has(none, "No body is called &quot;Bradfrd Partnership&quot;. Choose one of the nearest"));
  CHECK(has(none, "name=\"other-is\" type=\"radio\""));
  const auto one = house.post(seat + "other=csp&other-is=bradford-csp&step=check");
  CHECK(one.status == 200);
  CHECK(has(one, "name=\"other\" value=\"bradford-csp\""));
  CHECK(has(one, "name=\"body\" value=\"leeds-csp\""));
  CHECK(house.post(seat + "other=bradford-csp&step=check").status == 200);  // a code still works

  const auto area =
      house.post("fact=area&action=add&reason=Minute&body=leeds-csp&value=north%20york&from=2019-01-01&step=check");
  CHECK(area.status == 400);
  CHECK(has(area, "Several areas could be meant"));
  CHECK(has(area, "name=\"value-is\" type=\"radio\" value=\"E23000009\""));
  const auto chosen = house.post(
      "fact=area&action=add&reason=Minute&body=leeds-csp&value=north%20york&value-is=E23000009&from=2019-01-01&step="
      "check");
  CHECK(chosen.status == 200);
  CHECK(has(chosen, "name=\"value\" value=\"E23000009\""));
  CHECK(has(chosen, "North Yorkshire"));

  const auto names = house.get("/bodies/names?q=leeds%20comm");
  CHECK(names.body ==
        R"json([{"name":"Leeds Community Safety Partnership","kind":"community safety partnership"}])json");
  CHECK(has(house.get("/areas/names?q=north%20york"), "North Yorkshire"));
  CHECK(has(house.get("/bodies/posts?q=chief"), "Chief"));
}

TEST_CASE("a new body gets its code from its name, and nobody is asked for one") {
  Editing house;
  const auto form = house.get("/bodies/change?fact=body");
  CHECK_FALSE(has(form, "Its code"));
  CHECK_FALSE(has(form, "name=\"body\""));
  CHECK(has(form, "<option value=\"csp\">"));
  const std::string fresh =
      "fact=body&action=add&reason=Minute&role=csp&from=2019-01-01&paper=minute&name=Leeds%20Community%20Safety%"
      "20Partnership";
  CHECK(has(house.post("fact=body&action=add&reason=Minute&role=csp&step=check"), "Enter the name of the body."));
  const auto check = house.post(fresh + "&step=check");
  CHECK(check.status == 200);
  CHECK(has(check, "It will be found at /bodies/leeds-community-safety-partnership."));
  REQUIRE(house.post(fresh + "&step=save").status == 303);
  CHECK(house.get("/bodies/leeds-community-safety-partnership").status == 200);
  CHECK(has(house.post(fresh + "&step=check"), "/bodies/leeds-community-safety-partnership-2."));
}

TEST_CASE("what became of bodies is entered line by line, with functions ticked, and no semicolon is typed") {
  Editing house;
  const auto form = house.get("/bodies/change?fact=succession&body=south-worcestershire-csp");
  CHECK_FALSE(has(form, "semicolon"));
  CHECK(has(form, "name=\"body-1\""));
  CHECK(has(form, "value=\"partnership-plan\""));
  const std::string merged =
      "fact=succession&action=add&reason=Order&role=merged&from=2030-04-01&state=order&value=1%2F2030&seen=2026-01-01&"
      "body-1=South%20Worcestershire%20Community%20Safety%20Partnership&body-2=north-worcestershire-csp&other-1=";
  const auto more = house.post(merged + "&add=other&step=check");
  CHECK(more.status == 200);
  CHECK(has(more, "name=\"other-3\"") == false);  // a line is still empty
  CHECK(has(more, "value=\"1/2030\""));
  const auto check = house.post(merged + "bradford-csp&step=check");
  CHECK(check.status == 200);
  CHECK(has(check, "name=\"body\" value=\"south-worcestershire-csp;north-worcestershire-csp\""));
  CHECK(house.post(merged + "bradford-csp&step=save").status == 303);
  const auto& facts = house.service->known()->find("south-worcestershire-csp")->of(FactKind::succession);
  REQUIRE(facts.size() >= 1);
  CHECK(facts.back()->body == "south-worcestershire-csp;north-worcestershire-csp");
  CHECK(facts.back()->other == "bradford-csp");
  const auto passed = house.post(
      "fact=succession&action=add&reason=Order&role=functions-transferred&from=2020-04-01&state=order&value=1&seen="
      "2020-01-01&body-1=leeds-csp&other-1=bradford-csp&detail=partnership-plan&detail=strategic-assessment&step=save");
  CHECK(passed.status == 303);
  CHECK(house.service->known()->find("leeds-csp")->of(FactKind::succession).back()->detail ==
        "partnership-plan;strategic-assessment");
}

TEST_CASE("an import with a cycle of parents is refused row by row, and nothing of it is written") {
  Editing house;
  const std::int64_t before = house.service->known()->version;
  const std::size_t facts = house.service->known()->facts().size();
  const std::string file =
      "fact,body,other,role,value,from,paper\n"
      "body,ring-a,,csp,,2015-01-01,order\nbody,ring-b,,csp,,2015-01-01,order\nbody,ring-c,,csp,,2015-01-01,order\n"
      "parent,ring-a,ring-b,community-safety,,2015-01-01,order\nparent,ring-b,ring-c,community-safety,,2015-01-01,"
      "order\n"
      "parent,ring-c,ring-a,community-safety,,2015-01-01,order\n";
  for (const char* mode : {"trial", "import"}) {
    const auto answer = house.upload("/bodies/import", mode, file);
    CAPTURE(mode);
    CHECK(has(answer, "so each would stand above the other. Choose another body"));
    CHECK(has(answer, "1 refused"));
    CHECK(has(answer, "Nothing was written"));
    CHECK(house.service->known()->version == before);
    CHECK(house.service->known()->facts().size() == facts);
    CHECK(house.get("/bodies/ring-a").status == 404);
  }
  // The same without its last line is taken, so that it is the cycle that was refused.
  const auto line = house.upload("/bodies/import", "import", file.substr(0, file.rfind("parent,ring-c")));
  CHECK(has(line, "Imported"));
  CHECK(house.get("/bodies/ring-a").status == 200);
}

TEST_CASE(
    "a draft is kept when the form is refused or left, comes back, is the person's own, and ends with the change") {
  Editing house;
  const std::string key = "bodies.change/add/name/leeds-csp";
  const std::string typed =
      "fact=name&action=add&record=0&seen-id=0&body=leeds-csp&value=Safer%20%3CLeeds%3E&from=2030-04-01";
  CHECK_FALSE(house.draft(key));
  const auto fresh = house.get("/bodies/change?fact=name&body=leeds-csp");
  CHECK(has(fresh, "is kept as your draft for 90 days. Only you see it."));
  CHECK(has(fresh, "data-module=\"tithing-draft\""));
  CHECK(has(fresh, "role=\"status\""));
  CHECK(has(fresh, "formaction=\"/drafts\""));
  CHECK(has(fresh, "name=\"draft-form\" value=\"" + key + "\""));

  house.clock.advance_milliseconds((10 * 60 + 42) * 60'000);
  const auto refused = house.post(typed + "&step=check");  // without a reason
  CHECK(refused.status == 400);
  CHECK(has(refused, "Draft saved at 10:42 UTC."));
  CHECK_FALSE(has(refused, "Your draft has come back"));
  REQUIRE(house.draft(key));
  CHECK(house.draft(key)->get("value") == "Safer <Leeds>");
  CHECK(house.draft(key)->form.title == "Enter: name, Leeds Community Safety Partnership");

  const auto back = house.get("/bodies/change?fact=name&body=leeds-csp");
  CHECK(has(back, "Your draft has come back. You saved it at 10:42 UTC; it is not entered yet."));
  CHECK(has(back, "value=\"Safer &lt;Leeds&gt;\""));
  CHECK(has(back, "Throw the draft away"));
  // Another form of the same person, and the same form of another person.
  CHECK_FALSE(has(house.get("/bodies/change?fact=name&body=bradford-csp"), "Your draft has come back"));
  CHECK_FALSE(has(house.get("/bodies/change?fact=post&body=leeds-csp"), "Your draft has come back"));
  house.sign_in(Role::county_strategy_officer, "", 8);
  CHECK_FALSE(has(house.get("/bodies/change?fact=name&body=leeds-csp"), "Safer"));
  house.sign_in(Role::county_strategy_officer);

  // Through the check, where the draft still stands: leaving there loses nothing. The body can be another than the form
  // was opened for.
  const std::string whole = typed + "&reason=Minute&draft-form=" + key +
                            "&draft-title=T&draft-address=/bodies/change%3Ffact%3Dname%26body%3Dleeds-csp";
  const auto check = house.post(whole + "&step=check");
  CHECK(check.status == 400);  // the present name is not ended
  const auto now = house.fact("leeds-csp", FactKind::name);
  REQUIRE(house
              .post(house.change_of(
                  *now, "value=Leeds%20Community%20Safety%20Partnership&to=2030-04-01&reason=Minute&step=save"))
              .status == 303);
  const auto fine = house.post(whole + "&step=check");
  CHECK(fine.status == 200);
  CHECK(has(fine, "Check your answers"));
  CHECK(has(fine, "name=\"draft-form\" value=\"" + key + "\""));
  CHECK(house.draft(key)->get("reason") == "Minute");
  CHECK(house.post(whole + "&step=save").status == 303);
  CHECK_FALSE(house.draft(key));
  CHECK(drafts::list(house.store(), house.who()).empty());
}

TEST_CASE(
    "a stale form shows what each changed, what was typed comes back put onto what is stored, and nothing is "
    "half-done") {
  Editing house;
  const auto seat = house.fact("calderdale-csp", FactKind::membership);
  const std::string key = "bodies.change/record/" + std::to_string(seat->record);
  const std::string open = "/bodies/change?record=" + std::to_string(seat->record);
  std::string same;  // the fields that nobody changes
  for (std::size_t i = 2; i < fact_columns().size(); ++i)
    if (fact_columns()[i] != "value" && fact_columns()[i] != "note")
      same += (same.empty() ? "" : "&") + fact_columns()[i] + "=" + url_encoded(fields_of(*seat)[i]);
  // One begins and leaves it; another changes the note; the first comes back.
  const std::string mine = house.change_of(
      *seat, same + "&value=Vice-chair%20of%20mine&note=" + url_encoded(seat->note) + "&reason=My%20minute");
  CHECK(house.post(mine + "&step=check").status == 200);
  REQUIRE(house.draft(key));
  house.sign_in(Role::county_strategy_officer, "", 8);
  REQUIRE(house
              .post(house.change_of(*seat, same + "&value=" + url_encoded(seat->value) +
                                               "&note=A%20note%20of%20theirs&reason=Their%20minute&step=save"))
              .status == 303);
  house.sign_in(Role::county_strategy_officer);
  const std::int64_t after = house.service->known()->version;

  for (const auto& stale : {house.post(mine + "&step=check"), house.post(mine + "&step=save"), house.get(open)}) {
    CHECK(stale.status == 409);
    CHECK(has(stale, "Somebody else saved a change since you opened the form"));
    CHECK(has(stale, "by account:8. Reason: Their minute"));
    CHECK(has(stale, "Vice-chair of mine"));
    CHECK(has(stale, "A note of theirs"));
    CHECK(has(stale, "only you changed it"));
    CHECK(has(stale, "only the other person changed it"));
    CHECK(has(stale, "draft=merged"));
    CHECK(house.service->known()->version == after);
  }
  const auto merged = house.get(open + "&draft=merged");
  CHECK(merged.status == 200);
  CHECK(has(merged, "value=\"Vice-chair of mine\""));
  CHECK(has(merged, "value=\"A note of theirs\""));
  CHECK(has(merged, "My minute"));
  const auto now = house.service->known()->current(seat->record);
  CHECK(has(merged, "name=\"seen-id\" value=\"" + std::to_string(now->id) + "\""));
  CHECK(house
            .post(house.change_of(
                *now, same + "&value=Vice-chair%20of%20mine&note=A%20note%20of%20theirs&reason=My%20minute&step=save"))
            .status == 303);
  CHECK_FALSE(house.draft(key));
  CHECK(house.service->known()->current(seat->record)->value == "Vice-chair of mine");
  CHECK(house.service->known()->current(seat->record)->note == "A note of theirs");

  // A record that is taken away meanwhile: what was typed is shown.
  const auto third = house.service->known()->current(seat->record);
  CHECK(house.post(house.change_of(*third, same + "&value=Too%20late&note=&reason=Minute&step=check")).status == 200);
  house.sign_in(Role::county_strategy_officer, "", 8);
  REQUIRE(house
              .post("fact=membership&action=remove&record=" + std::to_string(third->record) +
                    "&seen-id=" + std::to_string(third->id) + "&body=calderdale-csp&reason=Wrong&step=save")
              .status == 303);
  house.sign_in(Role::county_strategy_officer);
  const auto gone = house.get(open);
  CHECK(gone.status == 409);
  CHECK(has(gone, "Too late"));
  CHECK(has(gone, "Throw the draft away"));
  CHECK(house.get("/bodies/change?record=99999999").status == 404);
}

TEST_CASE("two versions of a record side by side, a change before and after, and their addresses") {
  Editing house;
  const auto name = house.fact("leeds-csp", FactKind::name);
  const std::string record = "/bodies/records/" + std::to_string(name->record);
  CHECK(has(house.get(record), "This record has one version"));
  REQUIRE(house
              .post(house.change_of(*name, "value=Safer%20%3CLeeds%3E&note=Plain&paper=" + name->paper +
                                               "&reason=Minute%20one&step=save"))
              .status == 303);
  const std::int64_t first = house.service->known()->version;
  const auto second_name = house.fact("leeds-csp", FactKind::name);
  REQUIRE(house
              .post(house.change_of(*second_name, "value=Safer%20Leeds%20Executive&note=&paper=" + name->paper +
                                                      "&reason=Minute%20two&step=save"))
              .status == 303);
  const std::int64_t second = house.service->known()->version;
  const std::string versions = "?from=" + std::to_string(name->added_in) + "&to=" + std::to_string(first);

  const auto newest = house.get(record);
  CHECK(newest.status == 200);
  CHECK(has(newest, "<strong>Safer &lt;Leeds&gt;</strong>"));
  CHECK(has(newest, "<strong>Safer Leeds Executive</strong>"));
  CHECK(has(newest, "emptied"));
  CHECK(has(newest, "the same"));
  CHECK(has(newest, "Reason: Minute two"));
  CHECK(has(newest, "by account:7"));
  const auto older = house.get(record + versions);
  CHECK(has(older, "<strong>Leeds Community Safety Partnership</strong>"));
  CHECK(has(older, "<strong>Safer &lt;Leeds&gt;</strong>"));
  CHECK(has(older, "filled in"));
  CHECK_FALSE(has(older, "<strong>Safer Leeds Executive</strong>"));
  CHECK(has(house.get(record + "?from=" + std::to_string(first) + "&to=" + std::to_string(first)),
            "The two versions say the same"));
  CHECK(house.get(record + "?from=99999999").status == 404);
  CHECK(house.get(record + "?from=x").status == 404);
  CHECK(house.get("/bodies/records/99999999").status == 404);

  const auto change = house.get("/bodies/changes/" + std::to_string(second));
  CHECK(has(change, "Changed"));
  CHECK(has(change, record + "?from=" + std::to_string(first) + "&amp;to=" + std::to_string(second)));
  CHECK(has(change, "What was changed, field by field"));
  CHECK(has(change, "Safer Leeds Executive"));
  CHECK(has(house.get("/bodies/leeds-csp/history"), record + "\""));
  house.as_nobody();
  CHECK(house.get(record).status == 303);
}

TEST_CASE("what moved between two days is told by who it is and not by what it is called") {
  Editing house;
  const std::string file =
      "fact,body,other,role,value,from,to,paper\n"
      "body,upper-one,,csp,,2015-01-01,,order\nname,upper-one,,,Upper "
      "One,2015-01-01,2017-01-01,order\nname,upper-one,,,Upper One Renamed,2017-01-01,,order\n"
      "body,upper-two,,csp,,2015-01-01,,order\nname,upper-two,,,Upper Two,2015-01-01,,order\n"
      "body,stays,,csp,,2015-01-01,,order\nname,stays,,,Stays,2015-01-01,,order\nparent,stays,upper-one,community-"
      "safety,,2015-01-01,,order\n"
      "body,moves,,csp,,2015-01-01,,order\nname,moves,,,Moves,2015-01-01,,order\nparent,moves,upper-one,community-"
      "safety,,2015-01-01,2017-01-01,order\n"
      "parent,moves,upper-two,community-safety,,2017-01-01,,order\ndischarge,moves,,partnership-plan,,2017-01-01,,"
      "order\npost,moves,,,Chief of moving,2017-01-01,,order\n";
  REQUIRE(has(house.upload("/bodies/import", "import", file), "Imported"));
  const auto table = house.get("/bodies/files/difference.csv?from=2016-01-01&to=2018-01-01");
  REQUIRE(table.status == 200);
  const auto line = [&](const std::string& text) { return table.body.find(text) != std::string::npos; };
  CHECK(line("Moved,Moves,line upward,reports to Upper One,reports to Upper Two"));
  CHECK(line("Changed,Upper One Renamed,name,Upper One,Upper One Renamed"));
  CHECK(line("Changed,Moves,function discharged,"));
  CHECK(line("Changed,Moves,post,"));
  CHECK(line(",Chief of moving"));
  CHECK_FALSE(line("Stays"));
}

TEST_CASE("what was typed beside a file that was refused comes back, until the file is imported") {
  Editing house;
  const std::string file = "fact,body,role,from,paper\nbody,new-one,csp,2015-01-01,order\n";
  CHECK(house.upload("/bodies/import", "trial", file).status == 200);
  CHECK(house.upload("/bodies/import", "import", "").status == 400);
  const auto back = house.get("/bodies/import");
  CHECK(has(back, "Your draft has come back"));
  CHECK(has(back, "A draft keeps no file. Choose it again."));
  CHECK(has(back, "value=\"A test\""));
  CHECK(has(house.upload("/bodies/import", "import", file), "Imported"));
  CHECK_FALSE(has(house.get("/bodies/import"), "Your draft has come back"));
}

TEST_CASE("the page that asks to check has an address: going back in the browser sends nothing again") {
  Editing house;
  const std::string typed =
      "fact=meeting&action=add&body=leeds-csp&from=2019-05-01&reason=Diary&draft-form="
      "bodies.change/add/meeting/leeds-csp&draft-title=T&draft-address=/bodies/change%3Ffact%3D"
      "meeting%26body%3Dleeds-csp";
  const auto sent = house.ask("POST", "/bodies/change", house.token_ + typed + "&step=check");
  REQUIRE(sent.status == 303);
  CHECK(sent.header("Location") == "/bodies/change?fact=meeting&body=leeds-csp&draft=check");
  const auto check = house.get(sent.header("Location"));
  CHECK(check.status == 200);
  CHECK(has(check, "Check your answers"));
  CHECK(has(check, "Diary"));
  // Back to the form is a link, and what was typed stands there.
  CHECK(has(check, "href=\"/bodies/change?fact=meeting&amp;body=leeds-csp\""));
  CHECK(has(house.get("/bodies/change?fact=meeting&body=leeds-csp"), "Diary"));
  // What is wrong by then is said on the form.
  REQUIRE(house.post(typed + "&step=save").status == 303);
  CHECK(has(house.get(sent.header("Location")), "<h1 class=\"govuk-heading-l\">Enter: "));
}

TEST_CASE("a name that was chosen among several stays chosen when a line is added") {
  Editing house;
  const std::string typed =
      "fact=succession&action=add&reason=Order&role=merged&from=2030-04-01&body-1=csp&"
      "body-1-is=bradford-csp&body-2=leeds-csp";
  const auto added = house.ask("POST", "/bodies/change", house.token_ + typed + "&add=body");
  REQUIRE(added.status == 303);
  CHECK(std::string(added.header("Location")).ends_with("add=body"));
  const auto page = house.get(added.header("Location"));
  CHECK(has(page, "value=\"Bradford Community Safety Partnership\""));
  CHECK(has(page, "name=\"body-1-is\" value=\"bradford-csp\""));
  CHECK(has(page, "name=\"body-3\""));
}
