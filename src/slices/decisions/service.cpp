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

constexpr Marked kNothingFrozen = marked("There is no frozen amount under this address, or it is not published yet.");

// Of the decision of a figure's address; nothing where that is no number.
std::optional<DecisionId> decision_in(const figures::Parameters& parameters) {
  const std::string text = parameters.get("decision");
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return DecisionId{std::stoll(text)};
}

Result<figures::Figure> compute(db::Database& database, const figures::Parameters& parameters,
                                const figures::Viewer& viewer) {
  const auto id = decision_in(parameters);
  const std::string area = parameters.get("area"), of = parameters.get("of");
  if (!id) return not_found(tr(kNothingFrozen));
  const auto [decision, frozen] = database.read([&](db::Connection& connection) {
    return std::pair(store::decision(connection, *id), store::frozen(connection, *id));
  });
  if (!decision || !frozen || (of.empty() && frozen->area(area) == nullptr)) return not_found(tr(kNothingFrozen));
  return frozen_figure(*frozen, decision->title, area, of, !viewer.protect_small_numbers);
}

}  // namespace

tl::unexpected<Problem> no_such_decision() {
  return not_found(
      tr("There is no such decision, or it is not published yet. "
         "The list is under Funding, Decisions."));
}

Doing DecisionService::doing(const Actor& actor) const { return {wiring_.doing(actor), wiring_.figures}; }

db::Database& DecisionService::database() { return *wiring_.database; }

std::vector<Decision> DecisionService::list(const Actor& actor, std::optional<DecisionState> state) {
  const store::DecisionFilter readable{may_read(actor, DecisionState::consultation),
                                       may_read(actor, DecisionState::draft), state};
  return wiring_.database->read([&](db::Connection& connection) { return store::decisions(connection, readable); });
}

Result<Decision> DecisionService::find(const Actor& actor, DecisionId id) {
  const std::optional<Decision> found =
      wiring_.database->read([&](db::Connection& connection) { return store::decision(connection, id); });
  if (!found || !may_read(actor, found->state)) return no_such_decision();
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
    if (out.decision.state != DecisionState::superseded) {
      out.newer = newer_versions(connection, out.decision);
      out.taking_place = store::decisions_taking_place(connection, id);
    }
    if (out.decision.superseded_by) out.successor = store::decision(connection, *out.decision.superseded_by);
  });
  if (out.successor && !may_read(actor, out.successor->state)) out.successor.reset();
  std::erase_if(out.taking_place, [&](const Decision& one) { return !may_read(actor, one.state); });
  out.consulted = consulted(out.decision, taken_back_on(out.events));
  out.returns = returns_of(out.events);
  out.may_comment = may_comment(wiring_.reach_of(actor), out.decision, out.table.areas());
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
  TakenBack out{decision.id,         decision.reference(), decision.asked ? decision.asked->title : "",
                opened_with(events), returns.back(),       {}};
  const auto comments = store::comments(connection, decision.id);
  for (const Comment& one : comments) {
    if (one.answers != 0 || one.by != actor.audit_name()) continue;
    out.own.push_back(one);
    if (const Comment* answer = answer_to(comments, one)) out.own.push_back(*answer);
  }
  if (!out.own.empty()) return out;
  // Who was asked, by what was put to comments: the new draft may be for other areas.
  if (!decision.asked || !actor.can(kComment)) return std::nullopt;
  const DecisionTable asked = written_table(connection, decision.asked->scheme, decision.asked->scheme_version);
  return takes_part(reach, kComment, decision.asked->area, asked.areas()) ? std::optional(out) : std::nullopt;
}

Result<TakenBack> DecisionService::taken_back(const Actor& actor, DecisionId id) {
  const Reach reach = wiring_.reach_of(actor);
  std::optional<TakenBack> out = wiring_.database->read([&](db::Connection& connection) {
    const auto decision = store::decision(connection, id);
    return decision ? told_of(connection, reach, *decision) : std::nullopt;
  });
  if (!out) return no_such_decision();
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
  GivenOfPot out = sum_of(drawn);
  for (const GivenOut& one : drawn.decisions) {
    const auto readable = find(reader, one.decision);
    out.decisions.push_back({one.reference, std::string(name_of(one.state)), address_of(one.decision),
                             readable ? readable->title : std::string(), one.by_name, one.at, one.taken,
                             one.replaces ? reference_of(*one.replaces) : std::string()});
  }
  return out;
}

std::vector<std::pair<DecisionId, std::string>> DecisionService::replaceable(const Actor& actor) {
  std::vector<std::pair<DecisionId, std::string>> out;
  for (const DecisionState state : {DecisionState::published, DecisionState::frozen})
    for (const Decision& one : list(actor, state)) out.emplace_back(one.id, one.reference() + ", " + one.title);
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
    const auto id = decision_in(parameters);
    if (!id || w->database == nullptr) return {};
    const auto decision =
        w->database->read([&](db::Connection& connection) { return store::decision(connection, *id); });
    if (decision && !may_read(viewer.reach.actor(), decision->state)) return not_found(tr(kNothingFrozen));
    return {};
  };
  wiring.figures.add(std::move(kind), figures::Cost::light);
}

}  // namespace tithing::decisions
