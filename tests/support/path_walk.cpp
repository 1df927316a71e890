#include "support/path_walk.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace tithing::test {

void walk(const path::Outline& outline, const std::vector<MayMove>& expected,
          const std::function<Status(Role role, std::string_view state, const std::string& move)>& make) {
  CHECK(path::faults_of(outline) == std::vector<std::string>());
  const auto row = [&](std::string_view state, std::string_view move) {
    return std::find_if(expected.begin(), expected.end(),
                        [&](const MayMove& one) { return one.from == state && one.move == move; });
  };
  std::set<std::string> moves;
  for (const path::Step& step : outline.steps) {
    moves.insert(std::string(step.code));
    CAPTURE(std::string(step.from));
    CAPTURE(std::string(step.code));
    CHECK_MESSAGE(row(step.from, step.code) != expected.end(), "a move of the table that the test does not expect");
  }
  for (const MayMove& one : expected)
    CHECK_MESSAGE(outline.step(one.from, one.move) != nullptr, "expected, and not in the table: ", one.from, " ",
                  one.move);
  for (const path::State& state : outline.states) {
    for (const std::string& move : moves) {
      for (int i = 0; i < kRoleCount; ++i) {
        const Role role = static_cast<Role>(i);
        const auto holds = [&](const MayMove& one) {
          return std::find(one.roles.begin(), one.roles.end(), role) != one.roles.end();
        };
        const auto here = row(state.code, move);
        const bool may_here = here != expected.end() && holds(*here);
        const bool may_anywhere = std::any_of(expected.begin(), expected.end(),
                                              [&](const MayMove& one) { return one.move == move && holds(one); });
        CAPTURE(state.code);
        CAPTURE(move);
        CAPTURE(std::string(name_of(role)));
        const Status done = make(role, state.code, move);
        if (may_here) {
          CHECK_MESSAGE(done.has_value(), done.error().message);
        } else if (done) {
          FAIL_CHECK("made, and should not be");
        } else if (may_anywhere) {
          // Of what is not public yet, it may be that this role must not even learn that it is there.
          const bool hidden =
              state.publication == records::Publication::draft && done.error().kind == ProblemKind::not_found;
          CHECK((here == expected.end() ? done.error().kind == ProblemKind::conflict || hidden
                                        : done.error().kind == ProblemKind::forbidden));
        } else {
          CHECK((done.error().kind == ProblemKind::forbidden || done.error().kind == ProblemKind::not_found));
        }
      }
    }
  }
}

}  // namespace tithing::test
