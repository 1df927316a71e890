// Fields that read and complain themselves, names that are looked up, two versions put together, and the form on a
// page.
#include <doctest/doctest.h>

#include "base/text.h"
#include "forms/form.h"
#include "support/house.h"

using namespace tithing;
using namespace tithing::forms;
using test::has;

namespace {

// Four towns, made up; two bear one name.
Finder towns() {
  static const std::vector<Match> all = {{"t1", "North Ashby", "town"},
                                         {"t2", "South Ashby", "town"},
                                         {"t3", "Ashby", "town"},
                                         {"t4", "Newport", "town"},
                                         {"t5", "Newport", "port"}};
  return {"town", "towns", "/towns/names",
          [](std::string_view code) -> std::optional<Match> {
            for (const Match& one : all)
              if (one.code == code) return one;
            return std::nullopt;
          },
          [](std::string_view text) {
            std::vector<Match> found;
            for (const Match& one : all)
              if (lowered(one.name).find(lowered(text)) != std::string::npos) found.push_back(one);
            return found;
          }};
}

std::string said(const Field& field, const std::string& typed) {
  Values values = {{field.name, typed}};
  return settle(field, values).value_or("kept as " + values[field.name]);
}

// A page with a form of every kind of field, as a room writes it.
struct Room : test::House {
  explicit Room(std::vector<Field> of = {})
      : House([this](Wiring& all) {
          all.router.get("/form", web::Access::anyone(), [this](web::Context& c) { return page(c, {}); });
          all.router.post("/form", web::Access::anyone(), [this](web::Context& c) {
            values = values_in(c);
            return page(c, settle_all(fields, values));
          });
          all.router.get("/towns/names", web::Access::anyone(),
                         [](web::Context& c) { return names_answer(c, towns()); });
        }),
        fields(std::move(of)) {
    as(Role::performance_analyst);
  }
  web::Answer page(web::Context& context, const Problem& problem) {
    html::Writer writer;
    Form form(writer, context, values, problem);
    form.begin(html::Url("/form"));
    form.put(fields);
    form.button(tr("Save"));
    form.end();
    web::PageOptions options{.title = tr("A form")};
    finish(options, form, problem);
    return web::page(context, options, writer.take());
  }
  std::vector<Field> fields;
  Values values;
};

}  // namespace

TEST_CASE("a value is read in the ways people write it, and what is none is said with what to do") {
  CHECK(said({.name = "day", .kind = Kind::day}, "1 April 2012") == "kept as 2012-04-01");
  CHECK(said({.name = "day", .kind = Kind::day}, " 1/4/2012 ") == "kept as 2012-04-01");
  CHECK(said({.name = "day", .kind = Kind::day}, "2012-04-01") == "kept as 2012-04-01");
  CHECK(said({.name = "day", .kind = Kind::day}, "31 April 2012") == "Enter a day such as 2012-04-01 or 1 April 2012.");
  CHECK(said({.name = "day", .kind = Kind::day}, "1 April 12") == "Enter a day such as 2012-04-01 or 1 April 2012.");
  CHECK(said({.name = "m", .kind = Kind::month}, "January 2022") == "kept as 2022-01");
  CHECK(said({.name = "m", .kind = Kind::month}, "sept 2022") == "kept as 2022-09");
  CHECK(said({.name = "m", .kind = Kind::month}, "11/2022") == "kept as 2022-11");
  CHECK(said({.name = "m", .kind = Kind::month}, "13/2022") == "Enter a month such as January 2022 or 2022-01.");
  CHECK(said({.name = "t", .kind = Kind::time}, "6.30 pm") == "kept as 18:30");
  CHECK(said({.name = "t", .kind = Kind::time}, "12 am") == "kept as 00:00");
  CHECK(said({.name = "t", .kind = Kind::time}, "12 pm") == "kept as 12:00");
  CHECK(said({.name = "t", .kind = Kind::time}, "9:05") == "kept as 09:05");
  CHECK(said({.name = "t", .kind = Kind::time}, "24:00") == "Enter a time such as 18:30 or 6.30 pm.");
  CHECK(said({.name = "t", .kind = Kind::time}, "9") == "Enter a time such as 18:30 or 6.30 pm.");
  const Field number{.name = "n", .kind = Kind::number, .least = 1, .most = 1000};
  CHECK(said(number, "1000") == "kept as 1000");
  for (const char* none : {"0", "1001", "-1", "1.5", "a", "99999999999999999999"})
    CHECK(said(number, none) == "Enter a whole number from 1 to 1,000.");
  CHECK(said({.name = "£", .kind = Kind::money}, "£1,234.50") == "kept as £1,234.50");
  CHECK(said({.name = "£", .kind = Kind::money}, "-5") == "Enter an amount in pounds, such as 1,234.50.");
  const Field choice{.name = "c", .kind = Kind::choice, .choices = {{"", "Choose"}, {"a", "A"}}};
  CHECK(said(choice, "a") == "kept as a");
  CHECK(said(choice, "b") == "Choose one of the list.");
  CHECK(said({.name = "x", .missing = "Say why."}, " ") == "Say why.");
  CHECK(said({.name = "x"}, "") == "kept as ");
  CHECK(said({.name = "x"}, "sent\ntwice") == "kept as sent");
  CHECK(said({.name = "x", .kind = Kind::long_text}, "two\nlines") == "kept as two\nlines");
}

TEST_CASE("a name that one has is taken, several are offered, none is said with the nearest; a code still works") {
  const Finder finder = towns();
  CHECK(look_up(finder, "t2").found->code == "t2");
  CHECK(look_up(finder, "south").found->code == "t2");
  CHECK(look_up(finder, "ashby").found->code == "t3");  // its whole name
  CHECK(look_up(finder, "Newport (t5)").found->code == "t5");
  const Looked several = look_up(finder, "ash");
  CHECK_FALSE(several.found);
  CHECK(several.offered.size() == 3);
  CHECK(several.sentence == "Several towns could be meant by \"ash\". Choose which one, or write more of its name.");
  CHECK(look_up(finder, "Newport").offered.size() == 2);
  CHECK(look_up(finder, "Newport", "t5").found->code == "t5");
  CHECK_FALSE(look_up(finder, "Newport", "t1").found);  // chosen for other words: it counts for nothing
  const Looked none = look_up(finder, "Newprt town");
  CHECK_FALSE(none.found);
  CHECK(none.sentence == "No town is called \"Newprt town\". Choose one of the nearest, or write its name.");
  REQUIRE(none.offered.size() == 2);
  CHECK(none.offered.front().name == "Newport");
  CHECK(look_up(finder, "Newprt town", "t4").found->code == "t4");
  CHECK(look_up(finder, "zzzz").offered.empty());
  CHECK(look_up(finder, "zzzz").sentence == "No town is called \"zzzz\". Write another part of its name.");
  CHECK_FALSE(look_up(finder, " ").found);
  CHECK(look_up(finder, " ").sentence.empty());
  CHECK(name_alone(finder, *finder.of("t4")) == "Newport (t4)");
  CHECK(name_alone(finder, *finder.of("t3")) == "Ashby");
}

TEST_CASE("several are picked line by line, with their shares, and read in words") {
  Field field{.name = "to", .label = "Successors", .kind = Kind::picked, .finder = towns()};
  field.several = true;
  field.share = "Share";
  Values values = {{"to-1", "north ashby"}, {"to-1-share", "60"}, {"to-2", "t2"}, {"to-2-share", "40"}, {"to-3", " "}};
  CHECK_FALSE(settle(field, values));
  CHECK(values["to"] == "t1=60;t2=40");
  CHECK(in_words(field, values, "en") == "North Ashby (60%); South Ashby (40%)");
  Values wrong = {{"to-1", "north ashby"}, {"to-2", "Newport"}};
  CHECK(settle(field, wrong) ==
        "Several towns could be meant by \"Newport\". Choose which one, or write more of its name.");
  Values shares = {{"to-1", "t1"}, {"to-1-share", "half"}};
  CHECK(settle(field, shares) == "The share \"half\" is none. Enter a whole number of per cent.");
  // All at once, in the words of the form.
  Values short_of = {{"to-1", "t1"}, {"to-1-share", "60"}, {"to-2", "t2"}, {"to-2-share", "30"}};
  CHECK(settle(field, short_of) == "The shares must be 100 per cent together, and they are 90. Change them.");
  Values one_without = {{"to-1", "t1"}, {"to-1-share", "60"}, {"to-2", "t2"}};
  CHECK(settle(field, one_without) == "Give each of them its share, a whole number of per cent from 1 to 99.");
  Values together = {{"to", "t1;t2"}};
  CHECK_FALSE(settle(field, together));
  CHECK(together["to"] == "t1;t2");
}

TEST_CASE("the form says every fault at its field and above, keeps what was typed, and offers the names") {
  Field where{.name = "where", .label = "Town", .kind = Kind::picked, .missing = "Say which town.", .finder = towns()};
  Room room({where,
             {.name = "when", .label = "Day", .kind = Kind::day},
             {.name = "why", .label = "Reason", .kind = Kind::long_text, .missing = "Give a reason."}});
  CHECK(has(room.get("/form"), "data-url=\"/towns/names\""));
  const auto answer = room.post("/form", {{"where", "Newport"}, {"when", "soon"}, {"why", ""}});
  CHECK(answer.status == 400);
  CHECK(has(answer, "<a href=\"#where\">Several towns could be meant"));
  CHECK(has(answer, "<a href=\"#when\">Enter a day"));
  CHECK(has(answer, "<a href=\"#why\">Give a reason."));
  CHECK(has(answer, "value=\"Newport\""));
  CHECK(has(answer, "value=\"soon\""));
  CHECK(has(answer, "name=\"where-is\" type=\"radio\" value=\"t4\""));
  CHECK(has(answer, "name=\"where-is\" type=\"radio\" value=\"t5\""));
  // One is chosen: the rest of the form is still there, and what was picked is carried by its code.
  const auto chosen =
      room.post("/form", {{"where", "Newport"}, {"where-is", "t5"}, {"when", "1 May 2020"}, {"why", "It is"}});
  CHECK(chosen.status == 200);
  CHECK(room.values["where"] == "t5");
  CHECK(has(chosen, "name=\"where-is\" value=\"t5\""));
  CHECK(has(chosen, "value=\"Newport\""));
  CHECK(has(chosen, "value=\"2020-05-01\""));
  CHECK(has(chosen, "It is"));
}

TEST_CASE("another line is added where the form is, with the focus in it, and nothing that was typed is lost") {
  Field several{.name = "of", .label = "Towns", .kind = Kind::picked, .finder = towns()};
  several.several = true;
  Room room({several});
  CHECK(has(room.get("/form"), "formaction=\"/form#of-3\""));
  const auto answer = room.post("/form", {{"of-1", "Ashby"}, {"of-2", "Newp"}, {"add", "of"}});
  CHECK(has(answer, "value=\"Newp\""));
  CHECK(has(answer, "id=\"of-3\""));
  CHECK(has(answer, "autofocus"));
  // Enter sends the form and adds no line: the first button is a silent one.
  CHECK(answer.body.find("aria-hidden=\"true\" name=\"\" value=\"\">Continue") < answer.body.find("Add another line"));
  CHECK(has(answer, "name=\"of-2-is\" type=\"radio\" value=\"t4\""));
}

TEST_CASE("names are offered while somebody types, at most ten, and not for a single letter") {
  Room room;
  // Eleven, made up: the first ten are offered, and that there are more is said to who types and to who has sent.
  Finder many{"town", "towns", "/towns/names", [](std::string_view) -> std::optional<Match> { return std::nullopt; },
              [](std::string_view) {
                std::vector<Match> all;
                for (int i = 1; i <= 11; ++i)
                  all.push_back({"m" + std::to_string(i), "Ford " + std::to_string(i), "town"});
                return all;
              }};
  const auto offered = look_up(many, "ford");
  CHECK(offered.offered.size() == 10);
  CHECK(offered.sentence.find("These are the first ten, and there are more") != std::string::npos);
  http::Request request;
  request.method = "GET";
  request.path = request.target = "/many/names";
  web::Context context;
  context.request = &request;
  context.query = {{"q", "ford"}};
  const auto answer = names_answer(context, many);
  CHECK(has(answer, "Ford 10"));
  CHECK_FALSE(has(answer, "Ford 11"));
  CHECK(has(answer, R"json({"name":"ford","kind":"There are more: write more of the name"}])json"));
  CHECK(room.get("/towns/names?q=newport").body ==
        R"json([{"name":"Newport (t4)","kind":"town"},{"name":"Newport (t5)","kind":"port"}])json");
  CHECK(room.get("/towns/names?q=n").body == "[]");
  CHECK(room.get("/towns/names").body == "[]");
}

TEST_CASE(
    "two who changed the same: mine where I changed it, theirs where I did not; rows of lists alone are nobody's") {
  const Values began = {{"a", "1"}, {"b", "1"}, {"fund-1-kind", "grant"}};
  const Values mine = {{"a", "2"}, {"b", "1"}, {"fund-1-kind", "grant"}, {"fund-2-kind", "grant"}};
  const Values theirs = {{"a", "1"}, {"b", "3"}, {"fund-1-kind", "levy"}, {"fund-1-amount", "5"}};
  const Values both = merged(began, mine, theirs);
  CHECK(at(both, "a") == "2");
  CHECK(at(both, "b") == "3");
  CHECK(at(both, "fund-1-amount") == "5");
  CHECK(at(both, "fund-1-kind") == "levy");
  CHECK(both.count("fund-2-kind") == 0);
  CHECK(merged({}, mine, theirs) == mine);
  // What only one side has stays: a reason for the change.
  CHECK(merged({{"name", "Old"}, {"from", "2012"}, {"note", ""}, {"paper", "order"}},
               {{"name", "Mine"}, {"from", "2012"}, {"note", "x"}, {"paper", "order"}, {"reason", "why"}},
               {{"name", "Theirs"}, {"from", "2013"}, {"note", ""}, {"paper", "order"}}) ==
        Values{{"name", "Mine"}, {"from", "2013"}, {"note", "x"}, {"paper", "order"}, {"reason", "why"}});
  CHECK(label_of_row("fund-1-amount", "Amount") == "Amount (fund 2)");
  CHECK(label_of_row("amount", "Amount") == "Amount");
}
