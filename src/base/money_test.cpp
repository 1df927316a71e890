#include "base/money.h"

#include <doctest/doctest.h>

#include <limits>

using namespace tithing;

TEST_CASE("amounts are read as people write them") {
  CHECK(Money::parse("\xC2\xA3"
                     "1,234.56")
            ->pence == 123456);
  CHECK(Money::parse("275000")->pence == 27500000);
  CHECK(Money::parse("-12.5")->pence == -1250);
  CHECK(Money::parse(" 0.07 ")->pence == 7);
  CHECK(Money::parse("12,345,678")->pence == 1234567800);
  for (const char* wrong :
       {"", "TBC", "1,23", "12,34.5", ",123", "1.234", "1.", "12e3", "1 000", "--1", "1234,567", "9223372036854775807"})
    CHECK_FALSE_MESSAGE(Money::parse(wrong), wrong);
}

TEST_CASE("amounts are written with thousands and pence") {
  CHECK(Money{123456}.text() ==
        "\xC2\xA3"
        "1,234.56");
  CHECK(Money{-5}.text() ==
        "-\xC2\xA3"
        "0.05");
  CHECK(Money{150}.pounds() ==
        "\xC2\xA3"
        "2");
  CHECK(Money{-149}.pounds() ==
        "-\xC2\xA3"
        "1");
  CHECK(Money{15064800}.plain() == "150648.00");
  CHECK(Money{std::numeric_limits<std::int64_t>::min()}.plain() == "-92233720368547758.08");
}

TEST_CASE("sums never wrap") {
  CHECK_FALSE(add(Money{std::numeric_limits<std::int64_t>::max()}, Money{1}));
  CHECK_FALSE(subtract(Money{std::numeric_limits<std::int64_t>::min()}, Money{1}));
  CHECK(add(Money{1}, Money{2})->pence == 3);
}

TEST_CASE("shares are exact") {
  const auto share = Share::of(159, 1000);
  CHECK(share->of_money_truncated(Money{55078000})->pence == 8757402);
  CHECK(*Share::of(2, -4) == *Share::of(-1, 2));
  CHECK_FALSE(Share::of(1, 0));
  CHECK(Share::of(1, 1)->of_money_truncated(Money{std::numeric_limits<std::int64_t>::max()})->pence ==
        std::numeric_limits<std::int64_t>::max());
  CHECK_FALSE(Share::of(2, 1)->of_money_truncated(Money{std::numeric_limits<std::int64_t>::max()}));
}
