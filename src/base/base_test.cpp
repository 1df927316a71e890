#include <doctest/doctest.h>

#include <limits>
#include <type_traits>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/json.h"
#include "base/log.h"
#include "base/random.h"
#include "base/secret.h"

using namespace tithing;

TEST_CASE("SHA-256 and HMAC agree with their published vectors") {
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4, B.1
  CHECK(hmac_sha256("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");  // RFC 4231, 4.3
  CHECK(sha256_of_file("no/such/file").error().kind == ProblemKind::not_found);
}

TEST_CASE("JSON is escaped, ordered, and never holds NaN") {
  JsonWriter json;
  json.begin_object()
      .member("a\"", "x\n\x01")
      .member("n", std::int64_t{9'000'000'000})
      .key("list")
      .begin_array()
      .value(1)
      .value(0.1)
      .value(std::numeric_limits<double>::quiet_NaN())
      .end_array()
      .member("t", true)
      .key("z")
      .null()
      .end_object();
  CHECK(json.text() == "{\"a\\\"\":\"x\\n\\u0001\",\"n\":9000000000,\"list\":[1,0.1,null],\"t\":true,\"z\":null}");
}

TEST_CASE("a secret cannot be logged or turned into text by accident") {
  static_assert(!std::is_convertible_v<Secret, std::string>);
  static_assert(!std::is_convertible_v<Secret, std::string_view>);
  static_assert(!std::is_constructible_v<log::Pair, std::string_view, Secret>);
  Secret a("x"), b = std::move(a);
  CHECK(a.empty());
  CHECK(b.reveal() == "x");
  CHECK(equal_in_constant_time("abc", "abc"));
  CHECK_FALSE(equal_in_constant_time("abc", "abd"));
}

TEST_CASE("identifiers of different kinds do not mix") {
  using AreaId = Id<struct AreaTag>;
  using BodyId = Id<struct BodyTag>;
  static_assert(!std::is_convertible_v<AreaId, BodyId>);
  CHECK(AreaId{9'000'000'000}.value == 9'000'000'000);
}

TEST_CASE("counted chance is the same in any order, and without bias") {
  CounterRandom one(7, 3), two(7, 3), other(7, 4);
  const auto first = one.next();
  CHECK(first == two.next());
  CHECK(first != other.next());
  CounterRandom dice(1, 1);
  int counts[6] = {};
  for (int i = 0; i < 60000; ++i) ++counts[dice.below(6)];
  for (const int count : counts) CHECK((count > 9600 && count < 10400));
  CHECK(random_token().size() == 43);
  CHECK(random_token() != random_token());
}

TEST_CASE("the clock can be moved") {
  FakeClock clock(Date::from_ymd(2012, 4, 1));
  CHECK(clock.today().iso() == "2012-04-01");
  clock.advance_milliseconds(86'400'000 + 1500);
  CHECK(clock.now().iso() == "2012-04-02T00:00:01.500Z");
}
