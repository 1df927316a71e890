#include "slices/register/review.h"

#include "slices/register/register.h"

namespace tithing::register_ {
namespace {

using path::Asks;
using records::Publication;

// Everybody sees what waits, and every answer: nothing of a succession is ever hidden.
constexpr path::State kStates[] = {
    {"proposed", marked("Waiting for review"),
     marked("Look-ups or a paper show it, and nobody has said yet whether it happened."), false,
     Publication::published},
    {"accepted", marked("Accepted"),
     marked("It happened. What is shown as at a day follows it from the day that was given."), false,
     Publication::published},
    {"rejected", marked("Rejected"), marked("It did not happen, or not so. Nothing follows it."), false,
     Publication::published},
};
constexpr path::Move<ReviewFacts> answer(const char* from, const char* to, const char* code, Marked name,
                                         const char* sentence) {
  return {.from = from,
          .to = to,
          .code = code,
          .name = name,
          .who = &kReviewSuccession,
          .asks = Asks::own_form,
          .sentence = sentence};
}
constexpr path::Move<ReviewFacts> kMoves[] = {
    answer("proposed", "accepted", "accept", marked("Accept it"), "Accepted: {name}"),
    answer("proposed", "rejected", "reject", marked("Reject it"), "Rejected: {name}"),
    answer("accepted", "accepted", "accept", marked("Correct its day or its reason"), "Accepted: {name}"),
    answer("accepted", "rejected", "reject", marked("Reject it after all"), "Rejected: {name}"),
    answer("rejected", "accepted", "accept", marked("Accept it after all"), "Accepted: {name}"),
    answer("rejected", "rejected", "reject", marked("Give another reason"), "Rejected: {name}"),
};

}  // namespace

const path::Path<ReviewFacts> kReviewPath{"register.review", kStates, kMoves};

std::string_view move_of(Succession::Review answer) {
  return answer == Succession::Review::accepted ? "accept" : answer == Succession::Review::rejected ? "reject" : "";
}

std::vector<NamedCode> named_codes(const std::vector<LookUp>& look_ups, const std::vector<SuccessionFactRow>& facts) {
  std::vector<NamedCode> names;
  for (const LookUp& look_up : look_ups) {
    for (const LookUpRow& row : look_up.rows) {
      names.push_back({row.district, row.district_name});
      names.push_back({row.partnership, row.partnership_name});
      names.push_back({row.force, row.force_name});
    }
  }
  for (const SuccessionFactRow& fact : facts) names.push_back({fact.predecessor, fact.predecessor_name});
  return names;
}

}  // namespace tithing::register_
