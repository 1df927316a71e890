#include "slices/bodies/rules.h"

#include <algorithm>
#include <limits>
#include <set>

#include "base/text.h"
#include "base/translation.h"

namespace tithing::bodies {
namespace {

constexpr std::int32_t kAlways = std::numeric_limits<std::int32_t>::max();

tl::unexpected<Problem> refuse(const char* field, const std::string& sentence) {
  return invalid(sentence, {{field, sentence}});
}

struct Span {
  std::int32_t from = -kAlways;
  std::int32_t to = kAlways;
  bool empty() const { return from >= to; }
};
Span span_of(const Fact& fact) {
  return {fact.from ? fact.from->days() : -kAlways, fact.to ? fact.to->days() : kAlways};
}
Span both(Span a, Span b) { return {std::max(a.from, b.from), std::min(a.to, b.to)}; }
bool overlap(const Fact& a, const Fact& b) { return !both(span_of(a), span_of(b)).empty(); }

bool is_code(const std::string& text) {
  return text.size() >= 2 && text.size() <= 80 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

// The first day of which the body is known to stand, where one is known; and the day it ended.
struct Life {
  std::optional<Date> from;
  std::optional<Date> to;
  bool known_from = true;
};
Life life_of(const Register& draft, const std::string& body) {
  Life life;
  bool open = false;
  for (const FactPointer& fact : draft.find(body)->of(FactKind::body)) {
    if (!fact->from) life.known_from = false;
    if (fact->from && (!life.from || *fact->from < *life.from)) life.from = fact->from;
    if (!fact->to) open = true;
    if (fact->to && (!life.to || *fact->to > *life.to)) life.to = fact->to;
  }
  if (!life.known_from) life.from.reset();
  if (open) life.to.reset();
  return life;
}

// That `fact` does not begin before the body does, nor when it has ended.
Status within(const Register& draft, const std::string& body, const Fact& fact, const char* field) {
  if (!draft.exists(body))
    return refuse(field, "There is no body with the code \"" + body + "\". Enter the body first, or choose another.");
  const Life life = life_of(draft, body);
  const std::string name = draft.last_name(body);
  if (fact.from && life.from && *fact.from < *life.from)
    return refuse("from", name + " begins on " + life.from->text() + ". Choose that day or a later one.");
  if (fact.from && life.to && *fact.from >= *life.to)
    return refuse("from", name + " ended on " + life.to->text() + ". Choose an earlier day.");
  return {};
}

Status check_body(const Register& draft, const Fact& fact) {
  if (!is_code(fact.body))
    return refuse(
        "body", "Give the body a code of 2 to 80 small letters, digits and hyphens, such as north-worcestershire-csp.");
  const Fact* kind = draft.kind(fact.role);
  if (!kind)
    return refuse("role", "There is no kind of body called \"" + fact.role + "\". Choose one from the list of kinds.");
  if (!fact.state.empty() && fact.state != "proposed")
    return refuse("state", "The state of a body is empty or \"proposed\".");
  if (kind->from && fact.from && *fact.from < *kind->from)
    return refuse("from", "There is no " + kind->value + " before " + kind->from->text() +
                              ". Choose a later day, or another kind.");
  if (kind->to && fact.from && *fact.from >= *kind->to)
    return refuse("from", "There is no " + kind->value + " from " + kind->to->text() +
                              " on. Choose an earlier day, or another kind.");
  if (kind->to && fact.to && *fact.to > *kind->to)
    return refuse("to",
                  "The last " + kind->value + " ended on " + kind->to->text() + ". Choose that day or an earlier one.");
  if (const Register::Entry* entry = draft.find(fact.body))
    for (const FactPointer& other : entry->of(FactKind::body))
      if (overlap(*other, fact))
        return refuse("body", "There is a body with the code " + fact.body +
                                  " in that time already. Choose another code or other days.");
  return {};
}

// Whether `from` leads up to `wanted` by one chain within the span.
bool leads_to(const Register& draft, const std::string& from, const std::string& wanted, const std::string& chain,
              Span span, std::set<std::string>& on_the_way) {
  if (from == wanted) return true;
  if (!on_the_way.insert(from).second) return false;
  bool found = false;
  if (const Register::Entry* entry = draft.find(from))
    for (const FactPointer& parent : entry->of(FactKind::parent)) {
      const Span common = both(span, span_of(*parent));
      if (parent->role == chain && !common.empty() &&
          leads_to(draft, parent->other, wanted, chain, common, on_the_way)) {
        found = true;
        break;
      }
    }
  on_the_way.erase(from);
  return found;
}

Status check_parent(const Register& draft, const Fact& fact) {
  if (fact.role != "community-safety" && fact.role != "criminal-justice" && fact.role != "corporate")
    return refuse("role", "The chain is community-safety, criminal-justice or corporate.");
  if (!line_words(fact.value)) {
    std::vector<std::string> codes;
    for (const LineWords& line : lines()) codes.emplace_back(line.code);
    return refuse("value",
                  "\"" + fact.value + "\" is no line between two bodies. Choose one of: " + joined(codes, ", ") + ".");
  }
  if (Status fine = within(draft, fact.other, fact, "other"); !fine) return fine;
  std::set<std::string> on_the_way;
  if (leads_to(draft, fact.other, fact.body, fact.role, span_of(fact), on_the_way))
    return refuse("other",
                  draft.last_name(fact.other) + " stands below " + draft.last_name(fact.body) +
                      " already, itself or by others, so each would stand above the other. Choose another body, "
                      "or end the other line first.");
  for (const FactPointer& other : draft.find(fact.body)->of(FactKind::parent))
    if (other->role == fact.role && other->other == fact.other && overlap(*other, fact))
      return refuse("other", draft.last_name(fact.other) + " stands above it in that time already.");
  return {};
}

Status check_membership(const Register& draft, const Fact& fact) {
  if (!seat_role(fact.role)) {
    std::vector<std::string> codes;
    for (const SeatRole& role : seat_roles()) codes.emplace_back(role.code);
    return refuse("role", "\"" + fact.role + "\" is no role of a seat. Choose one of: " + joined(codes, ", ") + ".");
  }
  if (!fact.state.empty() && fact.state != "vacant")
    return refuse("state", "The state of a seat is empty or \"vacant\".");
  if (!fact.detail.empty() && fact.detail != "yes" && fact.detail != "no")
    return refuse("detail", "Say yes or no where the source says whether the seat has a vote, or leave it empty.");
  if (fact.state == "vacant") {
    if (!fact.holder.empty())
      return refuse("holder", "A vacant seat has no holder. Take the name out, or say that it is filled.");
  } else if (fact.other.empty() && fact.holder.empty()) {
    return refuse("other", "Name the organisation or the office-holder that holds the seat, or say that it is vacant.");
  }
  if (!fact.other.empty()) {
    if (fact.other == fact.body) return refuse("other", "A body cannot sit in itself. Choose another organisation.");
    if (Status fine = within(draft, fact.other, fact, "other"); !fine) return fine;
    for (const FactPointer& other : draft.find(fact.body)->of(FactKind::membership))
      if (other->other == fact.other && other->role == fact.role && other->value == fact.value && overlap(*other, fact))
        return refuse("other", draft.last_name(fact.other) +
                                   " holds that seat in that time already. End it first, or choose other days.");
  }
  return {};
}

Status check_succession(const Register& draft, const Fact& fact) {
  const auto& types = succession_types();
  if (std::none_of(types.begin(), types.end(), [&](const SuccessionType& type) { return type.code == fact.role; }))
    return refuse("role",
                  "Choose what happened: was renamed (renamed), was replaced by (replaced), merged into (merged), was "
                  "split into (split), "
                  "passed functions to (functions-transferred) or ended.");
  if (!fact.from) return refuse("from", "Enter the day on which it took effect, such as 2012-04-01.");
  const std::vector<std::string> before = predecessors_of(fact);
  const auto after = successors_of(fact);
  if (!after) return refuse("other", after.error().message);
  if (before.empty()) return refuse("body", "Name the body to which it happened.");
  if (fact.role == "merged" && after->size() != 1)
    return refuse("other", "A merger has exactly one successor, and " + std::to_string(after->size()) +
                               " are named. Name the one body that they became, or choose \"was split into\".");
  if (fact.role == "merged" && before.size() < 2)
    return refuse("body", "A merger is of two bodies or more. Name the others, or choose \"was replaced by\".");
  if (fact.role == "split") {
    if (before.size() != 1) return refuse("body", "A split is of one body. Enter one split for each.");
    if (after->size() < 2)
      return refuse("other", "A split has two successors or more. Name them, or choose \"was replaced by\".");
    std::int64_t sum = 0;
    bool all = true;
    for (const Share& share : *after) {
      sum += share.per_cent;
      all = all && share.per_cent > 0;
    }
    if (!all || sum != 100)
      return refuse("other",
                    "Give each successor of a split its share in whole per cent; together they must be 100, and they "
                    "are " +
                        std::to_string(sum) + ".");
  }
  if ((fact.role == "renamed" || fact.role == "replaced") && after->size() != 1)
    return refuse("other", "Name the one body that came after it.");
  if (fact.role == "renamed" && before.size() != 1) return refuse("body", "One body is renamed at a time.");
  if (fact.role == "ended" && !after->empty())
    return refuse("other", "What simply ended has no successor. Take it out, or choose \"replaced\".");
  if (fact.role == "functions-transferred" && (after->empty() || trimmed(fact.detail).empty()))
    return refuse("detail", "Name the functions that were passed on, and to whom.");
  if (fact.role == "functions-transferred")
    for (const std::string& code : split(fact.detail, ';'))
      if (!draft.function(std::string(trimmed(code))))
        return refuse("detail", "There is no function with the code \"" + std::string(trimmed(code)) + "\".");
  const std::set<std::string> once(before.begin(), before.end());
  if (once.size() != before.size()) return refuse("body", "A body is named twice. Name each once.");
  for (const std::string& code : before) {
    if (!draft.exists(code)) return refuse("body", "There is no body with the code \"" + code + "\". Enter it first.");
    const Life life = life_of(draft, code);
    const std::string name = draft.last_name(code);
    if (life.from && *fact.from <= *life.from)
      return refuse("from", name + " begins on " + life.from->text() + ", so this cannot take effect on " +
                                fact.from->text() + ". Choose a later day.");
    if (fact.role != "functions-transferred" && life.to && *life.to != *fact.from)
      return refuse("from", name + " ended on " + life.to->text() + ". Choose that day, or correct the end of " + name +
                                " first.");
    for (const FactPointer& other : draft.find(code)->of(FactKind::succession)) {
      const std::vector<std::string> others = predecessors_of(*other);
      if (other->role != "functions-transferred" && fact.role != "functions-transferred" &&
          std::find(others.begin(), others.end(), code) != others.end())
        return refuse("body", "What became of " + name + " is entered already. Correct or undo that first.");
    }
  }
  std::set<std::string> successors;
  for (const Share& share : *after) {
    if (!successors.insert(share.code).second) return refuse("other", "A successor is named twice. Name each once.");
    if (once.count(share.code) != 0)
      return refuse("other", draft.last_name(share.code) + " cannot become itself. Name another successor.");
    if (!draft.exists(share.code))
      return refuse("other", "There is no body with the code \"" + share.code + "\". Enter it first.");
    const Life life = life_of(draft, share.code);
    if (life.from && *life.from > *fact.from)
      return refuse("from", draft.last_name(share.code) + " begins on " + life.from->text() +
                                ", after the day entered. Choose that day, or correct its beginning first.");
    if (life.to && *life.to <= *fact.from)
      return refuse("other",
                    draft.last_name(share.code) + " ended on " + life.to->text() + ". Name another successor.");
    for (const std::string& code : before) {
      const std::vector<std::string> former = draft.comes_from(code);
      if (fact.role != "functions-transferred" && std::find(former.begin(), former.end(), share.code) != former.end())
        return refuse("other", draft.last_name(share.code) + " went before " + draft.last_name(code) +
                                   ". Name another successor.");
    }
  }
  return {};
}

}  // namespace

Status check(const Register& draft, const Fact& fact) {
  for (const std::string& field : fields_of(fact))
    if (field.size() > 2000) return refuse("value", "A field is longer than 2,000 characters. Shorten it.");
  if (fact.from && fact.to && *fact.to <= *fact.from) {
    const std::string what = fact.kind == FactKind::membership ? "The membership" : "It";
    return refuse("to", what + " would end on " + fact.to->text() + ", before it begins on " + fact.from->text() +
                            " or on the same day. Enter a later end, or leave the end empty.");
  }
  if (is_general(fact.kind)) {
    if (fact.kind == FactKind::bank_holiday) {
      if (!fact.from) return refuse("from", "Enter the day of the bank holiday.");
      return {};
    }
    if (!is_code(fact.role)) return refuse("role", "Give it a code of small letters, digits and hyphens.");
    if (fact.value.empty()) return refuse("value", "Say what it is called.");
    for (const FactPointer& other : draft.general(fact.kind))
      if (other->role == fact.role && overlap(*other, fact))
        return refuse("role", "There is a " + std::string(name_of(fact.kind)) + " with the code " + fact.role +
                                  " in that time already. End it first.");
    return {};
  }
  if (fact.kind == FactKind::body) return check_body(draft, fact);
  if (fact.kind == FactKind::succession) return check_succession(draft, fact);
  if (Status fine = within(draft, fact.body, fact, "body"); !fine) return fine;
  const Register::Entry& entry = *draft.find(fact.body);
  switch (fact.kind) {
    case FactKind::name:
      if (trimmed(fact.value).empty()) return refuse("value", "Enter the name.");
      for (const FactPointer& other : entry.of(FactKind::name))
        if (overlap(*other, fact))
          return refuse("from", "It is called " + other->value +
                                    " in that time already. End that name first, or choose other days.");
      return {};
    case FactKind::identifier:
      if (fact.role.empty() || fact.value.empty()) return refuse("value", "Enter the scheme and the identifier.");
      return {};
    case FactKind::area:
      if (fact.value.empty()) return refuse("value", "Enter the code of the area, such as E22000368.");
      for (const FactPointer& other : entry.of(FactKind::area))
        if (other->value == fact.value && overlap(*other, fact))
          return refuse("value", "It serves that area in that time already.");
      return {};
    case FactKind::parent:
      return check_parent(draft, fact);
    case FactKind::post:
      if (fact.value.empty()) return refuse("value", "Enter the title of the post.");
      return {};
    case FactKind::membership:
      return check_membership(draft, fact);
    case FactKind::meetings:
      if (!fact.role.empty()) {
        if (fact.role.size() > 2 || fact.role.find_first_not_of("0123456789") != std::string::npos ||
            fact.role == "0" || fact.role == "00")
          return refuse("role", "Enter how many weeks lie between two meetings, from 1 to 99, or leave it empty.");
        if (fact.amount)
          return refuse("role", "Enter either how many meetings a year there are, or in how many weeks there is one.");
      } else if (!fact.amount || *fact.amount < 1 || *fact.amount > 366) {
        return refuse("amount",
                      "Enter how many meetings a year there are, from 1 to 366, or in how many weeks there is one.");
      }
      if (fact.detail.find_first_not_of("0123456789") != std::string::npos || fact.detail.size() > 4)
        return refuse("detail", "Enter how many minutes a meeting takes, as a whole number, or leave it empty.");
      for (const FactPointer& other : entry.of(FactKind::meetings))
        if (overlap(*other, fact))
          return refuse("from", "How often it meets in that time is entered already. End that first.");
      return {};
    case FactKind::meeting:
      if (!fact.from) return refuse("from", "Enter the day of the meeting.");
      return {};
    case FactKind::discharge:
      if (!draft.function(fact.role))
        return refuse("role", "There is no function with the code \"" + fact.role + "\".");
      for (const FactPointer& other : entry.of(FactKind::discharge))
        if (other->role == fact.role && overlap(*other, fact))
          return refuse("role", "It discharges that function in that time already.");
      return {};
    case FactKind::statement:
      if (fact.value.empty()) return refuse("value", "Enter what the paper says.");
      if (!fact.role.empty()) {
        std::vector<std::string> codes;
        for (const Term& topic : statement_topics()) codes.emplace_back(topic.code);
        if (std::find(codes.begin(), codes.end(), fact.role) == codes.end())
          return refuse("role", "Say of what it is: " + joined(codes, ", ") + "; or leave it empty.");
      }
      if (fact.amount && fact.detail.empty())
        return refuse("detail", "Enter the unit of the amount, such as pounds or per cent.");
      if (!fact.amount && !fact.detail.empty()) return refuse("amount", "Enter the amount, or take its unit out.");
      return {};
    default:
      return {};
  }
}

Status check_instrument(const Fact& fact, Date today) {
  std::vector<std::string> codes;
  bool known = false;
  for (const Term& kind : instrument_kinds()) {
    codes.emplace_back(kind.code);
    known = known || kind.code == fact.state;
  }
  std::vector<FieldProblem> fields;
  if (!known) fields.push_back({"state", tr("Say by what it was decided: {0}.", {joined(codes, ", ")})});
  if (trimmed(fact.value).empty())
    fields.push_back(
        {"value", tr("Give the reference of the order, agreement, decision or minute, such as 013/2014.")});
  if (!fact.seen)
    fields.push_back({"seen", tr("Give the day of the order, agreement, decision or minute, such as 2014-09-09.")});
  else if (today < *fact.seen)
    fields.push_back(
        {"seen", tr("Its day, {0}, is still to come, so nobody has decided it yet. Give the day on which it was "
                    "decided, or enter this in a proposal.",
                    {fact.seen->text()})});
  if (fields.empty()) return {};
  return invalid(tr("The register records what was decided elsewhere: name the order, act, agreement, decision or "
                    "minute, its reference and its day. Where nothing has been decided yet, enter it in a proposal "
                    "instead."),
                 std::move(fields));
}

Status check_removal(const Register& draft, const Fact& fact) {
  if (fact.kind == FactKind::kind) {
    for (const auto& [code, entry] : draft.entries())
      for (const FactPointer& body : entry.of(FactKind::body))
        if (body->role == fact.role)
          return invalid(tr("There are bodies of the kind {0}, such as {1}. Change them first.",
                            {fact.value, draft.last_name(code)}));
    return {};
  }
  if (fact.kind != FactKind::body) return {};
  const Register::Entry* entry = draft.find(fact.body);
  if (!entry || entry->of(FactKind::body).size() > 1) return {};
  for (int k = 0; k < kFactKindCount; ++k)
    if (static_cast<FactKind>(k) != FactKind::body && !entry->facts[static_cast<std::size_t>(k)].empty())
      return invalid(tr("Other facts rest on {0}: a {1}, for one. Take them away first, or let it end.",
                        {draft.last_name(fact.body), std::string(name_of(static_cast<FactKind>(k)))}));
  if (!entry->seats.empty() || !entry->children.empty())
    return invalid(
        tr("Other bodies refer to {0}. Take those facts away first, or let it end.", {draft.last_name(fact.body)}));
  return {};
}

Fact passed_on(const Register& draft, const Fact& fact, const std::string& to, const Fact& succession) {
  Fact fresh = fact;
  fresh.id = fresh.record = 0;
  fresh.body = to;
  fresh.from = succession.from;
  fresh.to.reset();
  fresh.seen.reset();
  fresh.paper = succession.paper;
  fresh.paragraph = succession.paragraph;
  fresh.note = "Passed on from " + draft.last_name(fact.body) + ".";
  fresh.inferred.clear();
  return fresh;
}

std::vector<Fact> consequences(const Register& draft, const Fact& succession) {
  std::vector<Fact> out;
  const Date day = *succession.from;
  const Date eve = day.plus_days(-1);
  const std::vector<std::string> before = predecessors_of(succession);
  const std::vector<Share> after = *successors_of(succession);
  const bool transfer = succession.role == "functions-transferred";
  const auto ended = [&](const Fact& fact) {
    Fact changed = fact;
    changed.to = day;
    // Its own paper says how it began, not how it ended.
    if (fact.kind == FactKind::body && !succession.value.empty())
      changed.note += std::string(changed.note.empty() ? "" : " ") + "Its end: by " +
                      std::string(term_of(instrument_kinds(), succession.state)) + ": " + succession.value +
                      (succession.seen ? ", " + succession.seen->text() : "") + ".";
    out.push_back(std::move(changed));
  };
  const auto passed = [&](const Fact& fact, const std::string& to) {
    Fact fresh = passed_on(draft, fact, to, succession);
    const auto same = [&](const Fact& other) {
      return other.kind == fresh.kind && other.body == fresh.body && other.other == fresh.other &&
             other.role == fresh.role &&
             (other.value == fresh.value ||
              fresh.kind == FactKind::parent);  // one line of a chain to one body, whatever it is called
    };
    for (const Fact& other : out)
      if (same(other)) return;
    for (const FactPointer& other : draft.find(to)->of(fact.kind))
      if (same(*other) && overlap(*other, fresh)) return;
    out.push_back(std::move(fresh));
  };
  const std::vector<std::string> transferred = split(succession.detail, ';');
  for (const std::string& code : before) {
    if (!transfer)
      for (const FactPointer& fact : draft.find(code)->of(FactKind::body))
        if (!fact->to) ended(*fact);
    for (const FactKind kind :
         {FactKind::area, FactKind::parent, FactKind::discharge, FactKind::post, FactKind::membership}) {
      const bool by_name = succession.role == "renamed";
      if (!by_name && (kind == FactKind::post || kind == FactKind::membership)) continue;
      if (!transfer && succession.role != "merged" && succession.role != "replaced" && !by_name) continue;
      for (const FactPointer& fact : draft.of_body(code, kind, eve)) {
        if (transfer) {
          const bool named = kind == FactKind::discharge &&
                             std::any_of(transferred.begin(), transferred.end(),
                                         [&](const std::string& t) { return trimmed(t) == fact->role; });
          if (!named) continue;
          ended(*fact);
        }
        for (const Share& share : after)
          if (fact->other != share.code) passed(*fact, share.code);
      }
    }
  }
  return out;
}

}  // namespace tithing::bodies
