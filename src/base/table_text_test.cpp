#include "base/table_text.h"

#include <doctest/doctest.h>

#include "base/csv.h"

using namespace tithing;

namespace {

std::string utf16(std::string_view ascii, bool little, bool mark) {
  std::string out;
  const auto put = [&](char high, char low) {
    out += little ? low : high;
    out += little ? high : low;
  };
  if (mark) put('\xFE', '\xFF');
  for (const char c : ascii) put('\0', c);
  return out;
}

std::string sentence(std::string_view bytes) {
  const auto table = plain_table(bytes);
  return table ? "read: " + table->read_as : table.error().message;
}

std::vector<std::vector<std::string>> records(const std::string& text) {
  std::vector<std::vector<std::string>> out;
  CsvReader reader(text);
  std::vector<std::string> fields;
  while (reader.next(fields)) out.push_back(fields);
  return out;
}

}  // namespace

TEST_CASE("one table in every encoding and with every separator is one table") {
  const std::string plain =
      "code,name,note\nE07000163,\"Craven, upper\",\"says \"\"no\"\"\"\nE07000164,Hambleton,\"two\nlines\"\n";
  const auto wanted = records(plain);
  REQUIRE(wanted.size() == 3);
  const std::string semicolons =
      "code;name;note\nE07000163;Craven, upper;\"says \"\"no\"\"\"\nE07000164;Hambleton;\"two\nlines\"\n";
  std::string tabs = semicolons, crlf, cr = "code,name\rE07000163,Craven\r";
  for (char& c : tabs) c = c == ';' ? '\t' : c;
  for (const char c : semicolons) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  struct Case {
    std::string bytes, read_as;
  };
  const std::vector<Case> cases = {
      {plain, ""},
      {"\xEF\xBB\xBF" + plain, ""},
      {semicolons, "UTF-8, separated by semicolons"},
      {tabs, "UTF-8, separated by tabs"},
      {utf16(plain, true, true), "UTF-16"},
      {utf16(plain, false, true), "UTF-16"},
      {utf16(plain, true, false), "UTF-16"},
      {utf16(semicolons, true, true), "UTF-16, separated by semicolons"},
      {"sep=;\n" + semicolons, "UTF-8, separated by semicolons"},
      {"sep=,\n" + plain, ""},
  };
  for (const Case& one : cases) {
    const auto table = plain_table(one.bytes);
    REQUIRE_MESSAGE(table.has_value(), one.bytes);
    CHECK(records(table->text) == wanted);
    CHECK(table->read_as == one.read_as);
    CHECK_FALSE(table->decimal_comma);
  }
  CHECK(records(plain_table(crlf)->text)[1] == wanted[1]);
  CHECK(records(plain_table(cr)->text).size() == 2);
  // Windows-1252: pound signs, accents and quotes of word processors.
  const auto western = plain_table(
      "ardal;gwerth\nYnys M\xF4n;\xA3"
      "5\nB\x92r;1\n");
  REQUIRE(western.has_value());
  CHECK(western->read_as == "Windows-1252, separated by semicolons");
  CHECK(western->text ==
        "ardal,gwerth\nYnys M\xC3\xB4n,\xC2\xA3"
        "5\nB\xE2\x80\x99r,1\n");
  CHECK(plain_table("")->text.empty());
}

TEST_CASE("lines stay where they are, so that messages name them") {
  const auto table = plain_table("sep=;\na;b\n\n1;x, y\n");
  REQUIRE(table.has_value());
  CHECK(table->text == "\na,b\n\n1,\"x, y\"\n");
}

TEST_CASE("what is no table of text is told what it is and what to do") {
  CHECK(sentence(std::string_view("PK\x03\x04", 4)).starts_with("It is a workbook or a zip archive"));
  CHECK(sentence("\xD0\xCF\x11\xE0 and more").starts_with("It is a workbook of an old kind"));
  CHECK(sentence("%PDF-1.7").starts_with("It is a PDF"));
  CHECK(sentence("\x1F\x8B\x08").starts_with("It is packed (gzip)"));
  CHECK(sentence("  <!DOCTYPE html><html>").starts_with("It is a web page"));
  CHECK(sentence(std::string("a,b\n1,2\n3\0,4\n", 13)) ==
        "Line 3 holds a NUL character, which no table of text has. Save it as \"CSV UTF-8\" and try again.");
  CHECK(sentence("a,b\nM\xC3\xB4n,1\nM\xF4n,2\n").starts_with("Some of its letters are UTF-8 (the first in line 2)"));
  CHECK(sentence("a,b\n\x81,1\n").starts_with("It is no text in UTF-8, UTF-16 or Windows-1252."));
}

TEST_CASE("the separator is the one on most lines, and of two the one that comes first") {
  CHECK(separator_of("Area;Value, £\nA;5\n") == ';');
  CHECK(separator_of("Area,Value; £\nA,5; or so\n") == ',');
  CHECK(separator_of("Area;Value, £\nA;5,10\n") == ';');
  CHECK(separator_of("title only\nArea\tValue\nA\t1,5\n") == '\t');
  CHECK(separator_of("one column\n1\n") == ',');
  CHECK(separator_of("a,b\n\"x;y\",1\n\"x;y\",2\n") == ',');
}

TEST_CASE("numbers are read as people write them, and never as something else") {
  CHECK(whole_number_in("1,234") == 1234);
  CHECK(whole_number_in(" 1\xC2\xA0"
                        "234 ") == 1234);
  CHECK(whole_number_in("600\xC2\xA0") == 600);
  CHECK(whole_number_in("1\xE2\x80\xAF"
                        "234\xE2\x80\xAF"
                        "567") == 1234567);
  for (const char* none : {"1,5", "1,23,456", "1.5", "12,34", "1e3", "-5", "", "60%", "1234,567"})
    CHECK_MESSAGE(!whole_number_in(none), none);
  CHECK(number_in("1,234.5", false) == 1234.5);
  CHECK(number_in("1.234,5", true) == 1234.5);
  CHECK(number_in("12,5", true) == 12.5);
  CHECK(number_in("-12.5\xC2\xA0", false) == -12.5);
  CHECK(number_in("\xE2\x88\x92"
                  "3",
                  false) == -3);
  CHECK(number_in("1.5e2", false) == 150);
  for (const char* none : {"12,5", "1,23", "NaN", "inf", "1 5", "--1", "", "5%", "1e999"})
    CHECK_MESSAGE(!number_in(none, false), none);
  const auto table = plain_table("area;value\nA;12,5\nB;1.234,5\n");
  CHECK(table->decimal_comma);
  CHECK(table->read_as == "UTF-8, separated by semicolons, with decimal commas");
}

TEST_CASE("a text that comes in pieces is the same text") {
  const std::string given = "a;b;c\n\"x;\"\"y\"\"\";1,5;\r\n;\"two\nlines\";end";
  std::string whole;
  Separated at_once(';');
  at_once.take(given, whole);
  at_once.end(whole);
  CHECK(whole == "a,b,c\n\"x;\"\"y\"\"\",\"1,5\",\r\n,\"two\nlines\",end");
  for (std::size_t step = 1; step < given.size(); ++step) {
    Separated pieces(';');
    std::string out;
    for (std::size_t at = 0; at < given.size(); at += step) pieces.take(std::string_view(given).substr(at, step), out);
    pieces.end(out);
    CHECK(out == whole);
  }
}

TEST_CASE("the one reader of CSV takes any separator, and a quote after blanks") {
  CsvReader reader("a;\"b;c\"; \"d\"\"e\" ;\n\n1;2 \"x\";3\r\n", ';');
  std::vector<std::string> fields;
  REQUIRE(reader.next(fields));
  CHECK(fields == std::vector<std::string>{"a", "b;c", "d\"e ", ""});
  REQUIRE(reader.next(fields));
  CHECK(reader.line() == 3);
  CHECK(fields == std::vector<std::string>{"1", "2 \"x\"", "3"});
  CHECK_FALSE(reader.next(fields));
  CsvReader tabs("a\t\"b\tc\"\n", '\t');
  REQUIRE(tabs.next(fields));
  CHECK(fields == std::vector<std::string>{"a", "b\tc"});
  CHECK(csv_records("\xEF\xBB\xBF"
                    "a,b\n\"1\n2\",3\n4,5\n")
            .at(2)
            .line == 4);
}
