#include "base/text.h"

#include <doctest/doctest.h>

#include <limits>

using namespace tithing;

TEST_CASE("numbers are grouped by thousands and never read -0") {
  CHECK(grouped(61779) == "61,779");
  CHECK(grouped(-1000) == "-1,000");
  CHECK(grouped(std::numeric_limits<std::int64_t>::min()) == "-9,223,372,036,854,775,808");
  CHECK(fixed(1234.567, 1) == "1,234.6");
  CHECK(fixed(-0.04, 1) == "0.0");
  CHECK(fixed(-0.06, 1) == "-0.1");
  CHECK(fixed(std::numeric_limits<double>::quiet_NaN(), 1) == "not known");
  CHECK(percent(0.5470, 2) == "54.70%");
}

TEST_CASE("UTF-8 is told from what only looks like it") {
  CHECK(is_utf8("On or near Cl\xC3\xB4s Y G\xC3\xA2t"));
  CHECK_FALSE(is_utf8("\xC0\xAF"));
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));
  CHECK_FALSE(is_utf8("\xE2\x82"));
  CHECK_FALSE(is_utf8("\xF5\x80\x80\x80"));
  CHECK(to_valid_utf8("a\xFF"
                      "b\xC3\xB4") ==
        "a\xEF\xBF\xBD"
        "b\xC3\xB4");
}

TEST_CASE("slugs, urls, splitting") {
  CHECK(slug("Violence and sexual offences") == "violence-and-sexual-offences");
  CHECK(slug("  ASB (all) ") == "asb-all");
  CHECK(url_encoded("a b/\xC3\xB4") == "a%20b%2F%C3%B4");
  CHECK(split("a,,b", ',') == std::vector<std::string>{"a", "", "b"});
  CHECK(joined({"a", "b"}, ", ") == "a, b");
  CHECK(trimmed(" \ta\r\n") == "a");
  CHECK(plural(1, "row", "rows") == "1 row");
}
