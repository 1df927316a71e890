#include <doctest/doctest.h>

#include "base/marked.h"
#include "base/translation.h"

using namespace tithing;

TEST_CASE("words are plain text, and know what their numbers are") {
  Words words = "Recorded crimes, ";
  words += Month::from_ym(2022, 1);
  words += ", of ";
  words += listed(12, "files");
  CHECK(words.text() == "Recorded crimes, January 2022, of 12");
  REQUIRE(words.pieces().size() == 4);
  CHECK(words.pieces()[1].kind == Numeral::Kind::date);
  CHECK(words.pieces()[1].of == "2022-01");
  CHECK(words.pieces()[3].kind == Numeral::Kind::listed);
  CHECK(words.pieces()[3].of == "files");
  CHECK_FALSE(words.plain());
  CHECK(Words("a").plain());
  CHECK(Words("").empty());
}

TEST_CASE("texts beside each other are one piece; what is empty is none") {
  Words words = Words("a") + "b" + std::string() + as_code("") + "c";
  CHECK(words.pieces().size() == 1);
  CHECK(words.text() == "abc");
  words += words;
  CHECK(words.text() == "abcabc");
}

TEST_CASE("a period of one month is that month, a longer one has no single day") {
  const Month may = Month::from_ym(2022, 5);
  CHECK(as_date(Period{may, may}).of == "2022-05");
  CHECK(as_date(Period{may, may.plus(2)}).of.empty());
  CHECK(as_date(Date::from_ymd(2012, 4, 1)).of == "2012-04-01");
  CHECK(as_date(FinancialYear{2011}).text == "2011/12");
}

TEST_CASE("a message keeps what was put into it, in any order and language") {
  const Message message = tr("{1} of {0} in {2}", {listed(1234, "rows"), as_code("E22000368"), std::string("plain")});
  CHECK(message.english() == "E22000368 of 1,234 in plain");
  CHECK(message.in("en").text == "E22000368 of 1,234 in plain");
  const Words words = message.words("en");
  REQUIRE(words.pieces().size() == 4);
  CHECK(words.pieces()[0].kind == Numeral::Kind::code);
  CHECK(words.pieces()[2].kind == Numeral::Kind::listed);
  CHECK(words.pieces()[3].text == " in plain");
  bool fallback = false;
  CHECK(message.words("cy", &fallback).text() == message.english());
  CHECK(fallback);
  CHECK(tr("{0} and {9} and {x", {std::string("a")}).english() == "a and  and {x");
}

TEST_CASE("several are joined with their kinds") {
  const Words all = joined({Words(as_code("1")), Words("b"), Words(as_code("3"))}, ", ", " and ");
  CHECK(all.text() == "1, b and 3");
  CHECK(all.pieces().front().kind == Numeral::Kind::code);
  CHECK(all.pieces().back().kind == Numeral::Kind::code);
}

TEST_CASE(
    "a plain sentence is marked where its writer says what its numbers are, in their order and not within longer "
    "numbers") {
  const Words words = marked("At a p of 0.05 (Diggle 1985), 5% of 10.05 and 5% again.",
                             {as_setting("0.05"), as_name("Diggle 1985"), as_setting("5%")});
  CHECK(words.text() == "At a p of 0.05 (Diggle 1985), 5% of 10.05 and 5% again.");
  REQUIRE(words.pieces().size() == 7);
  CHECK(words.pieces()[1].kind == Numeral::Kind::setting);
  CHECK(words.pieces()[3].text == "Diggle 1985");
  CHECK(words.pieces()[3].kind == Numeral::Kind::name);
  CHECK(words.pieces()[6].text == " of 10.05 and 5% again.");
  CHECK(marked("10.05 and 1,0.05x", {as_setting("0.05")}).plain());
  CHECK(marked("May 2023", {as_date("2024")}).plain());
}

TEST_CASE("the dates of a plain sentence are said to be dates; years alone, codes and counts are not") {
  const auto dates = [](std::string_view text) {
    std::vector<std::string> out;
    const tithing::Words words = tithing::dated(text);
    CHECK(words.text() == text);
    for (const tithing::Numeral& piece : words.pieces())
      if (piece.kind == tithing::Numeral::Kind::date) out.push_back(piece.text);
    return out;
  };
  using List = std::vector<std::string>;
  CHECK(dates("Suspect: Surrey Police, October 2022: perhaps only part of the month: 50 of 102 rows.") ==
        List{"October 2022"});
  CHECK(dates("From January to November 2022, and December 2021 to March 2022.") ==
        List{"January to November 2022", "December 2021 to March 2022"});
  CHECK(dates("On 1 April 2012 and 2022-11-30, of 2022-11, for 2011/12.") ==
        List{"1 April 2012", "2022-11-30", "2022-11", "2011/12"});
  CHECK(dates("LSOAs of 2011; 2022 rows; 12345-67; 1/2012; E01000001 May; 131 May 2013x").empty());
  CHECK(dates("May 2013") == List{"May 2013"});
  CHECK(dates("").empty());
}
