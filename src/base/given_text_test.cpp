// What somebody typed on its way into a command, and what an audit row holds beside its sentence.
#include "base/given_text.h"

#include <doctest/doctest.h>

#include "base/json_object.h"

using namespace tithing;

TEST_CASE("a text that is missing or too long is said at its field, the first of them in the sentence") {
  std::vector<FieldProblem> wrong;
  need_text(wrong, "title", " \n", "Give it a title.", 200);
  need_text(wrong, "text", std::string(4001, 'a'), "Write it.", 4000);
  need_text(wrong, "fine", std::string(4000, 'a'), "Write it.", 4000);
  REQUIRE(wrong.size() == 2);
  CHECK(wrong[0].message == "Give it a title.");
  CHECK(wrong[1].field == "text");
  CHECK(wrong[1].message == "Shorten this to 4,000 characters.");
  const Status refusal = refused(wrong);
  REQUIRE_FALSE(refusal);
  CHECK(refusal.error().kind == ProblemKind::invalid);
  CHECK(refusal.error().message == "Give it a title.");
  CHECK(refusal.error().fields.size() == 2);
  CHECK(refused({}));
}

TEST_CASE("an object in one expression escapes what it holds and keeps the order") {
  CHECK(json_object({{"version", 3}, {"note", "say \"no\""}}) == R"({"version":3,"note":"say \"no\""})");
  CHECK(json_object({}) == "{}");
}
