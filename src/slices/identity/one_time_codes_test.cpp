#include "slices/identity/one_time_codes.h"

#include <doctest/doctest.h>

#include <set>

#include "base/random.h"

using namespace tithing;
using namespace tithing::identity;

namespace {
const std::string kKey = "12345678901234567890";  // of the test vectors
Instant at_second(std::int64_t second) { return {second * 1'000}; }
}  // namespace

TEST_CASE("codes are those of RFC 4226, appendix D, and of RFC 6238, appendix B, in their last six digits") {
  const char* const by_count[] = {"755224", "287082", "359152", "969429", "338314",
                                  "254676", "287922", "162583", "399871", "520489"};
  for (std::int64_t count = 0; count < 10; ++count) CHECK(code_of_step(kKey, count) == by_count[count]);
  const std::pair<std::int64_t, const char*> by_time[] = {{59, "287082"},
                                                          {1'111'111'109, "081804"},
                                                          {1'111'111'111, "050471"},
                                                          {1'234'567'890, "005924"},
                                                          {2'000'000'000, "279037"},
                                                          {20'000'000'000, "353130"}};
  for (const auto& [second, code] : by_time) CHECK(code_of_step(kKey, step_of(at_second(second))) == code);
}

TEST_CASE("a code holds for its step and one beside it, and once") {
  const Instant now = at_second(1'111'111'111);
  const std::int64_t step = step_of(now);
  CHECK(step_of_code(kKey, "050471", now, 0) == step);
  CHECK(step_of_code(kKey, "050471", at_second(1'111'111'111 + 30), 0) == step);
  CHECK(step_of_code(kKey, "050471", at_second(1'111'111'111 - 30), 0) == step);
  CHECK_FALSE(step_of_code(kKey, "050471", at_second(1'111'111'111 + 60), 0));
  CHECK_FALSE(step_of_code(kKey, "050471", at_second(1'111'111'111 - 61), 0));
  CHECK_FALSE(step_of_code(kKey, "050471", now, step));
  CHECK_FALSE(step_of_code(kKey, "081804", now, step));  // the one before it, seen over a shoulder
  CHECK(step_of_code(kKey, "050471", now, step - 1) == step);
  for (const char* wrong : {"", "0", "050472", "50471", "0050471", "05047 "})
    CHECK_FALSE(step_of_code(kKey, wrong, now, 0));
}

TEST_CASE("a clock that was set back by a month keeps nobody out") {
  const Instant now = at_second(1'111'111'111);
  CHECK(step_of_code(kKey, "050471", now, step_of(at_second(1'111'111'111 + 30 * 24 * 3'600))));
  CHECK_FALSE(step_of_code(kKey, "050471", now, step_of(at_second(1'111'111'111 + 300))));
}

TEST_CASE("keys are written in base32, as RFC 4648 has it, and read back") {
  CHECK(key_of(kKey).reveal() == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  CHECK(bytes_of(key_of(kKey)) == kKey);
  CHECK(bytes_of(Secret("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")) == kKey);
  CHECK_FALSE(bytes_of(Secret("not base 32!")));
  CHECK_FALSE(bytes_of(Secret("")));
  for (int i = 0; i < 50; ++i) {
    const std::string bytes = random_bytes(kKeyBytes);
    CHECK(bytes_of(key_of(bytes)) == bytes);
  }
  CHECK(in_groups("ABCDEFGHIJ") == "ABCD EFGH IJ");
  CHECK(app_address(key_of(kKey), "a b@example.org", "Tithing") ==
        "otpauth://totp/Tithing:a%20b%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Tithing");
}

TEST_CASE("recovery codes: ten letters and digits that nobody confuses, read however they are typed") {
  CHECK(recovery_code_of(std::string(10, '\0')) == "2222-2222-22");
  std::set<std::string> codes;
  for (int i = 0; i < 200; ++i) {
    const std::string code = recovery_code_of(random_bytes(10));
    CHECK(code.size() == 12);
    CHECK(code.find_first_of("01lo") == std::string::npos);
    codes.insert(code);
  }
  CHECK(codes.size() == 200);
  CHECK(plain_code(" ABCD-efgh 23 ") == "abcdefgh23");
  CHECK(plain_code("123 456") == "123456");
}

TEST_CASE("a role that needs a second factor asks it of whoever holds it, wherever") {
  const std::vector<Grant> grants = {{Role::auditor, "", ""}, {Role::panel_member, "Panel", "E22000368"}};
  CHECK_FALSE(needs_second_factor(grants, {}));
  CHECK_FALSE(needs_second_factor(grants, {Role::system_administrator}));
  CHECK(needs_second_factor(grants, {Role::system_administrator, Role::panel_member}));
  CHECK_FALSE(needs_second_factor({}, {Role::panel_member}));
}
