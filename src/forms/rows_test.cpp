// Rows of the same fields: added and taken out without script, pasted from a table, settled, merged; and the form that
// two have changed. The questions are made up.
#include <doctest/doctest.h>

#include "base/text.h"
#include "forms/editing.h"
#include "support/house.h"
#include "support/sent_form.h"

using namespace tithing;
using namespace tithing::forms;
using test::has;

namespace {

Finder towns() {
  static const std::vector<Match> all = {{"t1", "North Ashby", "town"}, {"t3", "Ashby", "town"}, {"t4", "Newport", ""}};
  Finder out{"town", "towns", "/towns/names"};
  out.of = [](std::string_view code) -> std::optional<Match> {
    for (const Match& one : all)
      if (one.code == code) return one;
    if (code.starts_with("own:")) return Match{std::string(code), std::string(code.substr(4)), {}};
    return std::nullopt;
  };
  out.matching = [](std::string_view text) {
    std::vector<Match> found;
    for (const Match& one : all)
      if (lowered(one.name).find(lowered(text)) != std::string::npos) found.push_back(one);
    return found;
  };
  out.as_written = [](std::string_view text) {
    return Match{"own:" + std::string(text), std::string(text), "as it is written"};
  };
  return out;
}

Rows grants() {
  return {
      .name = "grant",
      .legend = "Grants",
      .fields =
          {{.name = "town", .label = "Town", .kind = Kind::picked, .missing = "Say which town.", .finder = towns()},
           {.name = "kind", .label = "Kind", .kind = Kind::choice, .choices = {{"once", "Once"}, {"yearly", "Yearly"}}},
           {.name = "people", .label = "People", .kind = Kind::number},
           {.name = "amount", .label = "Amount", .kind = Kind::money, .missing = "Write its amount."}},
      .title = [](const std::string& number) { return html::Content("Grant " + number); },
      .add = "Add a grant",
      .paste = "Lines of grants",
      .none = "Name at least one grant."};
}

Questions asks() {
  return {.first = {{.name = "title", .label = "Title", .missing = "Give it a title."}}, .rows = {grants()}};
}

Values pasted(const std::string& text, Values values = {}) {
  values["grant-pasted"] = text;
  CHECK(turned(grants(), values));
  return values;
}

// A thing kept in versions, with a form as a room writes it.
struct Room : test::House {
  Room()
      : House([this](Wiring& all) {
          all.router.get("/thing", web::Access::anyone(),
                         [this](web::Context& c) { return opened(*wiring.database, c, editing(c)); });
          all.router.post("/thing", web::Access::anyone(), [this](web::Context& c) {
            Values values = values_in(c);
            const Editing form = editing(c);
            if (auto overtaken = sent(*wiring.database, c, form, values)) return std::move(*overtaken);
            if (turned(asks(), values)) return form.page(values, {}, false);
            const Problem problem = settle_all(asks(), values);
            if (!problem.message.empty()) return form.page(values, problem, false);
            for (const char* button : {"do", "seen"}) values.erase(button);
            versions.push_back(values);
            drafts::end(*wiring.database, c.actor, form.draft.key);
            return web::redirect(html::Url("/thing"));
          });
        }) {
    as(Role::performance_analyst);
  }
  Editing editing(const web::Context& context) {
    return {.draft = {"thing/1", "The thing", "/thing", std::to_string(versions.size())},
            .version = static_cast<std::int64_t>(versions.size()),
            .stored = versions.back(),
            .began = [this](std::int64_t seen) { return versions.at(static_cast<std::size_t>(seen - 1)); },
            .fields = [this](const Values& yours) { return fields_of(asks(), yours, versions.back()); },
            .rows = asks().rows,
            .change = "Somebody else changed it.",
            .page =
                [this, &context](const Values& values, const Problem& problem, bool) {
                  html::Writer writer;
                  Form form(writer, context, values, problem);
                  form.begin(html::Url("/thing"));
                  form.hidden("seen", std::to_string(seen_in(values) == 0 ? static_cast<std::int64_t>(versions.size())
                                                                          : seen_in(values)));
                  form.put(asks());
                  form.button("Save", "do", "save");
                  form.end();
                  web::PageOptions options{.title = tr("A thing")};
                  finish(options, form, problem);
                  return web::page(context, options, writer.take());
                }};
  }
  std::vector<Values> versions = {{{"title", "Begun"},
                                   {"grant-0-town", "t3"},
                                   {"grant-0-kind", "once"},
                                   {"grant-0-people", ""},
                                   {"grant-0-amount", "5.00"},
                                   {"grant-1-town", "t4"},
                                   {"grant-1-kind", "yearly"},
                                   {"grant-1-people", "20"},
                                   {"grant-1-amount", "7.00"}}};
};

}  // namespace

TEST_CASE("rows: one more, one less, and those that are filled") {
  Values values = {{"grant-0-town", "Ashby"}, {"grant-0-amount", "5"}, {"grant-1-kind", "yearly"}, {"other", "x"}};
  CHECK(count(grants(), values) == 2);
  CHECK(rows_in(grants(), values).size() == 1);  // a choice alone is nobody's typing
  CHECK_FALSE(turned(grants(), values));
  values["do"] = "add-grant";
  CHECK(turned(grants(), values));
  CHECK(count(grants(), values) == 3);
  values["grant-2-town"] = "Newport";
  values["do"] = "out-grant-0";
  CHECK(turned(grants(), values));
  CHECK(count(grants(), values) == 2);
  CHECK(values["grant-1-town"] == "Newport");
  CHECK(values["grant-0-kind"] == "yearly");
  CHECK(values.count("grant-0-amount") == 0);
  CHECK(values["other"] == "x");
}

TEST_CASE("rows: every fault is told at once, each with its row; none at all as well") {
  Values values = {
      {"grant-0-town", "Newport"}, {"grant-2-town", "Ashby"}, {"grant-2-amount", "5"}, {"grant-2-people", "1.000"}};
  const Problem problem = settle_all(asks(), values);
  std::string said;
  for (const FieldProblem& one : problem.fields) said += one.field + "=" + one.message + "\n";
  CHECK(said ==
        "title=Give it a title.\ngrant-0-amount=Grant 1: Write its amount.\n"
        "grant-2-people=Grant 3: “1.000” can be read as 1,000 or 1.000, so it was taken for neither. Enter a whole "
        "number from 0 to 999,999,999.\n");
  CHECK(values["grant-0-town"] == "t4");
  Values none = {{"title", "T"}};
  CHECK(settle_all(asks(), none).fields.front().field == "grant-0-town");
}

TEST_CASE("rows: a table is read as spreadsheets copy it, and as people write it") {
  for (const char* text : {"Ashby\t20\t1,234.50\nNewport\t\t£7", "Ashby,20,1,234.50\nNewport,,£7",
                           "Town\tPeople\tAmount\nAshby\t20\t1,234.50\n\nNewport\t\t£7",
                           "Amount\tWhy\tTown\tPeople\n1,234.50\tx\tAshby\t20\n£7\ty\tNewport\t",
                           "t3 | Ashby | 20 | 1,234.50\nt4 | Newport | | £7", "Ashby;20;1,234.50\r\nNewport;;£7\r\n"}) {
    CAPTURE(text);
    Values values = pasted(text);
    CHECK(rows_in(grants(), values).size() == 2);
    CHECK((values["grant-0-town"] == "Ashby" || values["grant-0-town"] == "t3"));
    CHECK(values["grant-0-people"] == "20");
    CHECK(values["grant-0-amount"] == "1,234.50");
    CHECK(values["grant-1-people"].empty());
    CHECK(values["grant-1-amount"] == "£7");
    CHECK(values["grant-read"] == "2 lines were");
    CHECK(values.count("grant-pasted") == 0);
  }
  // What stands there already is changed, not doubled, whatever name it bears; the rest stays.
  Values values =
      pasted("ashby,30\nElsewhere,1,2", {{"grant-0-town", "t3"}, {"grant-0-amount", "5"}, {"grant-1-town", "t4"}});
  CHECK(values["grant-0-people"] == "30");
  CHECK(values["grant-0-amount"] == "5");
  CHECK(values["grant-1-town"] == "t4");
  CHECK(values["grant-2-town"] == "Elsewhere");
  CHECK(values["grant-2-amount"] == "2");
}

TEST_CASE("a name of one's own is taken where nothing comes near, and asked about where something does") {
  CHECK(look_up(towns(), "Zzyzx").found->code == "own:Zzyzx");
  const Looked near = look_up(towns(), "Ash");
  CHECK_FALSE(near.found);
  CHECK(near.offered.size() == 3);
  CHECK(near.offered.back().code == "own:Ash");
  CHECK(look_up(towns(), "Ash", "own:Ash").found->code == "own:Ash");
  CHECK(look_up(towns(), "ashby").found->code == "t3");
  // A name that is another one's code is not theirs, as the form was filled.
  Finder twisted = towns();
  twisted.of = [of = twisted.of](std::string_view code) {
    return code == "t1" ? std::optional(Match{"t1", "t3", {}}) : of(code);
  };
  CHECK(look_up(twisted, "t3", "t1").found->code == "t1");
  CHECK(look_up(twisted, "t3").found->code == "t3");
}

TEST_CASE("two who changed rows: what one took out or added moves nothing onto another row") {
  const Values began = {
      {"title", "T"}, {"grant-0-town", "t3"}, {"grant-0-amount", "5"}, {"grant-1-town", "t4"}, {"grant-1-amount", "7"}};
  // I took Ashby out; they wrote people into Ashby and changed Newport.
  const Values mine = {{"title", "Mine"}, {"grant-0-town", "t4"}, {"grant-0-amount", "7"}};
  Values theirs = began;
  theirs["grant-0-people"] = "20";
  theirs["grant-1-amount"] = "8";
  theirs["grant-2-town"] = "t1";
  theirs["grant-2-amount"] = "1";
  const Values both = merged({grants()}, began, mine, theirs);
  CHECK(both == Values{{"title", "Mine"},
                       {"grant-0-town", "t4"},
                       {"grant-0-amount", "8"},
                       {"grant-1-town", "t1"},
                       {"grant-1-amount", "1"}});
  // They took it out, and I had changed it: mine stays to be seen.
  Values changed = began;
  changed["grant-0-amount"] = "6";
  const Values other =
      merged({grants()}, began, changed, {{"title", "T"}, {"grant-0-town", "t4"}, {"grant-0-amount", "7"}});
  CHECK(at(other, "grant-0-amount") == "6");
  CHECK(at(other, "grant-1-town") == "t4");
}

TEST_CASE("a form that comes back untouched is what it was; buttons change it without script, and nothing is lost") {
  Room room;
  const http::Response page = room.get("/thing");
  CHECK(has(page, "value=\"Ashby\""));
  CHECK(has(page, "formaction=\"/thing#grant-2-town\""));
  CHECK(has(page, "Remove grant 1"));
  web::Fields form = test::sent_form(page, "/thing");
  REQUIRE(room.post("/thing", form).status == 303);
  for (const auto& [name, text] : room.versions.front()) CHECK(at(room.versions.back(), name) == text);
  form = test::sent_form(room.get("/thing"), "/thing");
  form.emplace_back("grant-pasted", "Newport\t30\t9\nHaven\t\t1");
  const http::Response shown = room.post("/thing", form);
  CHECK(has(shown, "2 lines were read. Check them here, then save."));
  CHECK(has(shown, "value=\"Haven\""));
  CHECK(test::field_value(shown, "grant-1-amount") == "9");
  CHECK(room.versions.size() == 2);  // nobody saves what they have not seen
  REQUIRE(room.post("/thing", test::sent_form(shown, "/thing")).status == 303);
  CHECK(at(room.versions.back(), "grant-2-town") == "own:Haven");
}

TEST_CASE("somebody else was first: both stand beside each other in words, and the draft goes on with both") {
  Room room;
  web::Fields mine = test::sent_form(room.get("/thing"), "/thing");
  Values theirs = room.versions.back();
  theirs["grant-1-amount"] = "8.00";
  room.versions.push_back(theirs);
  for (auto& [name, text] : mine)
    if (name == "grant-0-people") text = "many";
  CHECK(room.post("/thing", mine).status == 409);
  const http::Response both = room.get("/thing");
  CHECK(both.status == 409);
  for (const char* wanted : {"Amount (grant 2)", "8.00", "People (grant 1)", "many", "Somebody else changed it."})
    CHECK(has(both, wanted));
  const http::Response carried = room.get("/thing?draft=merged");
  CHECK(carried.status == 200);
  CHECK(test::field_value(carried, "grant-0-people") == "many");
  CHECK(test::field_value(carried, "grant-1-amount") == "8.00");
  CHECK(test::field_value(carried, "seen") == "2");
}
