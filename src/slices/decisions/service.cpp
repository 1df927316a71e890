#include "slices/decisions/service.h"

#include <algorithm>

#include "allocation/measures.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/decisions/drawn_pot.h"
#include "slices/decisions/frozen_figures.h"
#include "slices/decisions/given_out.h"
#include "slices/decisions/store.h"
#include "slices/pots/grounds.h"
#include "slices/pots/money_areas.h"
#include "slices/wiring.h"

namespace tithing::decisions {
namespace {

tl::unexpected<Problem> no_decision() {
  return not_found(tr("There is no such decision, or it is not published yet. The list is under Funding, Decisions."));
}

constexpr const char* kNothingFrozen = "There is no frozen amount under this address, or it is not published yet.";

store::DecisionFilter filter_of(const Actor& actor, std::optional<DecisionState> state) {
  return {may_read(actor, DecisionState::consultation), may_read(actor, DecisionState::draft), state};
}

std::optional<std::int64_t> whole(const std::string& text) {
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stoll(text);
}

Result<figures::Figure> compute(db::Database& database, const figures::Parameters& parameters,
                                const figures::Viewer& viewer) {
  const auto id = whole(parameters.get("decision"));
  const std::string area = parameters.get("area"), of = parameters.get("of");
  if (!id) return not_found(kNothingFrozen);
  const auto [decision, frozen] = database.read([&](db::Connection& connection) {
    return std::pair(store::decision(connection, {*id}), store::frozen(connection, {*id}));
  });
  if (!decision || !frozen || (of.empty() && frozen->area(area) == nullptr)) return not_found(kNothingFrozen);
  return frozen_figure(*frozen, decision->title, area, of, !viewer.protect_small_numbers);
}

}  // namespace

Doing DecisionService::doing(const Actor& actor) const { return {wiring_.doing(actor), wiring_.figures}; }

db::Database& DecisionService::database() { return *wiring_.database; }

std::vector<Decision> DecisionService::list(const Actor& actor, std::optional<DecisionState> state, int limit,
                                            int offset) {
  return wiring_.database->read(
      [&](db::Connection& connection) { return store::decisions(connection, filter_of(actor, state), limit, offset); });
}

std::int64_t DecisionService::count(const Actor& actor, std::optional<DecisionState> state) {
  return wiring_.database->read(
      [&](db::Connection& connection) { return store::count_decisions(connection, filter_of(actor, state)); });
}

Result<Decision> DecisionService::find(const Actor& actor, DecisionId id) {
  const std::optional<Decision> found =
      wiring_.database->read([&](db::Connection& connection) { return store::decision(connection, id); });
  if (!found || !may_read(actor, found->state)) return no_decision();
  return *found;
}

Result<Frozen> DecisionService::frozen(const Actor& actor, DecisionId id) {
  const auto decision = find(actor, id);
  if (!decision) return pass_on(decision);
  const std::optional<Frozen> found =
      wiring_.database->read([&](db::Connection& connection) { return store::frozen(connection, id); });
  if (!found) return not_found(tr("This decision has not been frozen yet."));
  return *found;
}

Result<DecisionView> DecisionService::view(const Actor& actor, DecisionId id) {
  auto decision = find(actor, id);
  if (!decision) return pass_on(decision);
  DecisionView out;
  out.decision = std::move(*decision);
  out.table =
      table_of(*wiring_.database, wiring_.figures, out.decision, wiring_.clock->today(), figures::Detail::value);
  wiring_.database->read([&](db::Connection& connection) {
    out.frozen = store::frozen(connection, id);
    out.events = path::events_of(connection, record_of(id));
    out.comments = store::comments(connection, id);
    if (out.decision.state != DecisionState::superseded) out.newer = newer_versions(connection, out.decision);
    if (out.decision.state != DecisionState::superseded)
      out.taking_place = store::decisions_taking_place(connection, id);
    if (out.decision.superseded_by) out.successor = store::decision(connection, *out.decision.superseded_by);
  });
  if (out.successor && !may_read(actor, out.successor->state)) out.successor.reset();
  std::erase_if(out.taking_place, [&](const Decision& one) { return !may_read(actor, one.state); });
  out.consulted = consulted(out.decision, taken_back_on(out.events));
  out.returns = returns_of(out.events);
  const Doing asked = doing(actor);
  const Status comment =
      may_comment(asked.reach, out.decision, out.table.scheme ? out.table.scheme->areas : std::vector<Area>());
  out.may_comment = comment.has_value();
  if (!comment) out.may_not_comment = comment.error().message;
  if (out.frozen && out.table.allocation) out.inputs_now = inputs_of(*out.table.scheme);
  return out;
}

std::optional<TakenBack> DecisionService::told_of(db::Connection& connection, const Reach& reach,
                                                  const Decision& decision) {
  const Actor& actor = reach.actor();
  if (decision.state != DecisionState::draft || !actor.signed_in() || may_read(actor, DecisionState::draft))
    return std::nullopt;
  const auto events = path::events_of(connection, record_of(decision.id));
  const auto returns = returns_of(events);
  if (returns.empty()) return std::nullopt;
  TakenBack out{decision.id, decision.reference(), {}, {}, returns.back(), {}};
  const auto comments = store::comments(connection, decision.id);
  for (const Comment& one : comments)
    if (one.answers == 0 && one.by == actor.audit_name()) {
      out.own.push_back(one);
      for (const Comment& answer : comments)
        if (answer.answers == one.id) out.own.push_back(answer);
    }
  out.opened = opened_with(events);
  if (decision.asked) out.title = decision.asked->title;
  if (!out.own.empty()) return out;
  // Who was asked, by what was put to comments: the new draft may be for other areas.
  if (!decision.asked || !actor.can(kComment)) return std::nullopt;
  const auto record = pots::store::scheme(connection, decision.asked->scheme, decision.asked->scheme_version);
  const auto pot = record ? pots::store::pot(connection, record->pot, record->pot_version) : std::nullopt;
  const auto scheme = pot ? scheme_of(*record, *pot) : Result<Scheme>(not_found(""));
  if (!takes_part(reach, kComment, decision.asked->area, scheme ? scheme->areas : std::vector<Area>()))
    return std::nullopt;
  return out;
}

Result<TakenBack> DecisionService::taken_back(const Actor& actor, DecisionId id) {
  const Reach reach = wiring_.reach_of(actor);
  std::optional<TakenBack> out = wiring_.database->read([&](db::Connection& connection) {
    const auto decision = store::decision(connection, id);
    return decision ? told_of(connection, reach, *decision) : std::nullopt;
  });
  if (!out) return no_decision();
  return std::move(*out);
}

std::vector<TakenBack> DecisionService::all_taken_back(const Actor& actor) {
  constexpr int kMost = 200;
  const Reach reach = wiring_.reach_of(actor);
  if (!actor.signed_in()) return {};
  return wiring_.database->read([&](db::Connection& connection) {
    std::vector<TakenBack> out;
    for (const Decision& decision : store::once_asked(connection, kMost))
      if (auto one = told_of(connection, reach, decision)) out.push_back(std::move(*one));
    return out;
  });
}

Result<Comment> DecisionService::comment(const Actor& actor, std::int64_t id) {
  const std::optional<Comment> found =
      wiring_.database->read([&](db::Connection& connection) { return store::comment(connection, id); });
  if (!found || !find(actor, found->decision)) return not_found(tr("There is no such comment."));
  return *found;
}

std::vector<std::pair<SchemeId, std::string>> DecisionService::schemes() {
  std::vector<std::pair<SchemeId, std::string>> out;
  for (const auto& [pot, scheme] : pots_.schemes())
    out.emplace_back(scheme.id, pot.title + ", " + pot.financial_year + ": " + scheme.title + " (version " +
                                    std::to_string(scheme.version) + ")");
  return out;
}

std::vector<FromScheme> DecisionService::prepared_from(const Actor& reader, SchemeId scheme, int limit) {
  std::vector<FromScheme> out;
  for (const Decision& one : wiring_.database->read(
           [&](db::Connection& connection) { return store::decisions_of(connection, scheme, limit); }))
    if (may_read(reader, one.state))
      out.push_back({one.reference(), one.title, std::string(name_of(one.state)), address_of(one.id),
                     one.scheme_version, one.pot_version});
  return out;
}

GivenOfPot DecisionService::given_out(const Actor& reader, PotId pot) {
  const DrawnPot drawn = drawn_pot(*wiring_.database, wiring_.figures, pot, wiring_.clock->today());
  const DrawnSum sum = sum_of(drawn);
  const CanBeDone can = can_be_done(drawn);
  GivenOfPot out{drawn.version,          drawn.nothing_known, {}, sum.taken, sum.beyond, sum.left, sum.not_known,
                 can.withdraw_agreement, can.take_place};
  for (const GivenOut& one : drawn.decisions) {
    const auto readable = find(reader, one.decision);
    out.decisions.push_back({one.reference, std::string(name_of(one.state)), address_of(one.decision),
                             readable ? readable->title : std::string(), one.by_name, one.at, one.taken,
                             one.replaces ? reference_of(*one.replaces) : std::string()});
  }
  return out;
}

std::vector<std::pair<DecisionId, std::string>> DecisionService::replaceable(const Actor& actor) {
  constexpr int kMost = 500;
  std::vector<std::pair<DecisionId, std::string>> out;
  for (const DecisionState state : {DecisionState::published, DecisionState::frozen})
    for (const Decision& one : list(actor, state, kMost, 0))
      out.emplace_back(one.id, one.reference() + ", " + one.title);
  return out;
}

std::string DecisionService::prepare_address(const Actor& reader, const std::string& area, SchemeId scheme) {
  if (!wiring_.reach_of(reader).may(kPrepareDecision, whose_of(area))) return {};
  return "/funding/decisions/new?scheme=" + std::to_string(scheme.value);
}

void add_frozen_kind(Wiring& wiring) {
  figures::Kind kind;
  kind.name = kFrozenKind;
  kind.title = "Allocation as it was frozen";
  kind.description = "What a frozen decision gave an area, with the working and every input as they were then.";
  kind.parameters = {
      {"area", "text", false, "Key of an area of the decision; without it, a measure of the whole table", "bromsgrove"},
      {"decision", "integer", true, "Number of the decision, as under /funding/decisions", "1"},
      {"of", "text", false, kMeasures, "share"}};
  Wiring* const w = &wiring;
  kind.compute = [w](const figures::Parameters& parameters, const figures::Viewer& viewer,
                     figures::Detail) -> Result<figures::Figure> {
    if (w->database == nullptr) return unavailable(tr("The store is not open."));
    return compute(*w->database, parameters, viewer);
  };
  kind.may = [w](const figures::Parameters& parameters, const figures::Viewer& viewer) -> Status {
    const auto id = whole(parameters.get("decision"));
    if (!id || w->database == nullptr) return {};
    const auto decision =
        w->database->read([&](db::Connection& connection) { return store::decision(connection, {*id}); });
    if (decision && !may_read(viewer.reach.actor(), decision->state)) return not_found(kNothingFrozen);
    return {};
  };
  wiring.figures.add(std::move(kind));
}

}  // namespace tithing::decisions
