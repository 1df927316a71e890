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
  http::Response post(const std::string& fields) { return ask("POST", "/bodies/change", token_ + fields); }
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
      "bradford-csp;leeds-csp");
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
