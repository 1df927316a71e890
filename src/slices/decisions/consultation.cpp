#include "slices/decisions/consultation.h"

#include <algorithm>

#include "slices/decisions/moves.h"

namespace tithing::decisions {

std::optional<Consulted> consulted(const Decision& decision, std::optional<Date> taken_back) {
  if (!decision.consult_from || !decision.consult_to) return std::nullopt;
  Consulted out{*decision.consult_from, *decision.consult_to, true, std::nullopt, *decision.consult_to};
  if (!taken_back || *decision.consult_to < *taken_back) return out;
  out.taken_back = taken_back;
  out.any = !(*taken_back < out.from);
  if (out.any) out.to = *taken_back;  // until it was taken back, some time on that day
  return out;
}

Words in_words(const Consulted& consulted) {
  if (!consulted.any)
    return Words("It was to be open to comments from ") + consulted.from + " to " + consulted.planned_to +
           ", and was taken back to a draft on " + *consulted.taken_back +
           ", before the first of these days: nobody could comment.";
  const Words open = Words("It was open to comments from ") + consulted.from;
  if (!consulted.taken_back) return open + " to " + consulted.to + ".";
  const Words until = open + " until it was taken back to a draft on " + *consulted.taken_back;
  return *consulted.taken_back == consulted.planned_to
             ? until + "."
             : until + "; it was to be open until " + consulted.planned_to + ".";
}

namespace {

// "from 9 January 2012 to 6 February 2012", of the sentence with which it was opened (sentence_of).
std::string days_in(const std::string& sentence) {
  constexpr std::string_view kWords = "\" to comments, ";
  const std::size_t at = sentence.rfind(kWords);
  return at == std::string::npos ? std::string()
                                 : sentence.substr(at + kWords.size(), sentence.size() - at - kWords.size() - 1);
}

// The last of these moves, or null.
const path::Event* last_of(const std::vector<path::Event>& events, std::initializer_list<std::string_view> codes) {
  for (auto event = events.rbegin(); event != events.rend(); ++event)
    if (std::find(codes.begin(), codes.end(), event->move) != codes.end()) return &*event;
  return nullptr;
}

}  // namespace

std::vector<Return> returns_of(const std::vector<path::Event>& events) {
  std::vector<Return> out;
  const path::Event* opened = nullptr;
  for (const path::Event& event : events) {
    if (event.move == moves::consult) {
      opened = &event;
      for (Return& before : out) before.last = false;
    }
    const bool withdrawn = event.move == moves::withdraw_agreement;
    if (opened == nullptr || (!withdrawn && event.move != moves::take_back)) continue;
    out.push_back({opened->at.date(), event.at.date(), days_in(opened->sentence), event.reason, withdrawn, true});
    opened = nullptr;
  }
  return out;
}

Words in_words(const Return& back) {
  Words out = Words("It was opened to comments on ") + back.opened +
              (back.days.empty() ? Words() : Words(", ") + as_date(back.days)) +
              (back.agreement      ? ", then agreed, and the agreement was withdrawn on "
               : back.days.empty() ? " and taken back to a draft on "
                                   : ", and taken back to a draft on ") +
              back.on;
  if (back.why.empty()) return out + ".";
  out += Words(": ");
  out += Words(as_name(back.why));
  return back.why.ends_with('.') ? out : out + ".";
}

std::optional<Date> taken_back_on(const std::vector<path::Event>& events) {
  const path::Event* last = last_of(events, {moves::consult, moves::take_back});
  return last != nullptr && last->move == moves::take_back ? std::optional(last->at.date()) : std::nullopt;
}

std::string opened_with(const std::vector<path::Event>& events) {
  const path::Event* last = last_of(events, {moves::consult});
  return last == nullptr ? std::string() : last->sentence;
}

}  // namespace tithing::decisions
