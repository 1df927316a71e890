#include "slices/decisions/service.h"

#include <algorithm>

#include "allocation/measures.h"
#include "base/text.h"
#include "slices/pots/grounds.h"
#include "slices/pots/reach.h"
#include "slices/wiring.h"

namespace tithing::decisions {
namespace {

constexpr const char* kKind = "frozen-allocation";

tl::unexpected<Problem> no_decision() {
  return not_found(
      "There is no such decision, or it is not published yet: if you take part in it, sign in first. The list is under "
      "Funding, Decisions.");
}

constexpr const char* kNothingFrozen = "There is no frozen amount under this address, or it is not published yet.";

store::DecisionFilter filter_of(const Actor& actor, std::optional<DecisionState> state) {
  return {may_read(actor, DecisionState::consultation), may_read(actor, DecisionState::draft), state};
}

// Everything below a frozen amount is frozen with it: its parts have addresses under it, whatever they were figures of.
void address_parts(figures::Figure& figure, const figures::Address& cell, const std::string& way) {
  const std::string before = figure.address.kind.empty() ? std::string() : figure.address.path();
  figure.address = cell;
  if (!way.empty()) figure.address.parameters.values["part"] = way;
  if (!before.empty()) figure.working.caveats.push_back("Frozen. Its address in the evidence was " + before + ".");
  figure.working.rows_url.clear();
  for (std::size_t i = 0; i < figure.working.inputs.size(); ++i) {
    figures::Input& input = figure.working.inputs[i];
    if (input.figure == nullptr) continue;
    figures::Figure part = *input.figure;
    address_parts(part, cell, way + (way.empty() ? "" : ".") + std::to_string(i + 1));
    input.figure = std::make_shared<const figures::Figure>(std::move(part));
  }
}

std::optional<std::int64_t> whole(const std::string& text) {
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stoll(text);
}

// An area's amount as it was frozen, to be shown to this viewer.
Result<figures::Figure> amount_of(const FrozenLine& line, DecisionId id, const figures::Viewer& viewer) {
  auto figure = figures::from_json(line.working);
  if (!figure) return figure;
  address_parts(*figure, frozen_address(id, line.key), {});
  if (viewer.protect_small_numbers) hide_names(*figure);
  return figure;
}

// A number that the frozen table was worked out from, as it was then.
Result<figures::Figure> input_of(const Frozen& frozen, const FrozenInput& input, figures::Source record, DecisionId id,
                                 const std::string& of, const figures::Viewer& viewer) {
  const auto quantity = figures::Quantity::stated(shown_value(input));
  if (!quantity) return not_found("This number of the frozen record is no decimal number: " + input.value + ".");
  figures::Figure out;
  out.address = measure_address(frozen_address(id, ""), "", of);
  out.quantity = *quantity;
  out.as_at = input.as_at;
  out.evidence_version = input.evidence_version;
  out.working.title = input.indicator + ": " +
                      (frozen.area(input.area) == nullptr ? input.area : frozen.area(input.area)->name) +
                      (input.period.empty() ? "" : ", " + input.period) + ", as frozen";
  out.working.in_words = "The number as it stood when the decision was frozen. It is not asked for again.";
  if (!input.address.empty())
    out.working.caveats.push_back("Frozen. Its address in the evidence was " + input.address + ".");
  if (!input.source.empty()) out.working.caveats.push_back("Its source: " + input.source + ".");
  out.working.inputs.push_back(figures::Input::of("", input.indicator, shown_value(input), std::move(record)));
  if (viewer.protect_small_numbers) hide_names(out);
  return out;
}

Result<figures::Figure> compute(db::Database& database, const figures::Parameters& parameters,
                                const figures::Viewer& viewer) {
  const auto id = whole(parameters.get("decision"));
  const std::string area = parameters.get("area"), of = parameters.get("of");
  struct Kept {
    std::string title;
    std::optional<FrozenLine> line;
    std::optional<Frozen> frozen;
  };
  if (!id) return not_found(kNothingFrozen);
  const auto [title, line, frozen] = database.read([&](db::Connection& connection) {
    Kept kept;
    const auto decision = store::decision(connection, {*id});
    if (!decision) return kept;
    kept.title = decision->title;
    if (of.empty()) kept.line = store::frozen_area(connection, {*id}, area);
    if (kept.line || !of.empty()) kept.frozen = store::frozen(connection, {*id});
    return kept;
  });
  if (!frozen) return not_found(kNothingFrozen);
  // A number of a table that does not come out, or is not what was frozen, is no figure.
  if (const Status kept = stands(*frozen); !kept) return pass_on(kept);
  if (line) {
    auto amount = amount_of(*line, {*id}, viewer);
    if (const std::string older = of_an_older_rule(*frozen); amount && !older.empty())
      amount->working.caveats.push_back(older);
    return amount;
  }
  // It is kept as it was frozen and can be fetched: a file, whoever froze it.
  figures::Source record;
  record.name = "The record that was frozen, decision-" + std::to_string(*id) + ".json";
  record.sha256 = frozen->sha256;
  record.imported_at = frozen->at.iso();
  record.url = "/funding/decisions/" + std::to_string(*id) + "/frozen.json";
  if (const auto n = of.starts_with("input-") ? whole(of.substr(6)) : std::nullopt) {
    if (*n < 1 || *n > static_cast<std::int64_t>(frozen->inputs.size()))
      return not_found("The frozen record has no number " + of + ".");
    return input_of(*frozen, frozen->inputs[static_cast<std::size_t>(*n - 1)], record, {*id}, of, viewer);
  }
  MeasuredTable table = measured(*frozen, title, frozen_address({*id}, ""), {record, record});
  table.amount = [&](const std::string& key) {
    const FrozenLine* found = frozen->area(key);
    auto figure = found == nullptr ? Result<figures::Figure>(not_found("")) : amount_of(*found, {*id}, viewer);
    return figure ? std::move(*figure) : figures::Figure();
  };
  auto figure = measure(table, area, of);
  if (const std::string older = of_an_older_rule(*frozen); figure && !older.empty())
    figure->working.caveats.push_back(older);
  if (figure && viewer.protect_small_numbers) hide_names(*figure);
  return figure;
}

}  // namespace

template <class Work>
auto DecisionService::with(const Actor& actor, Work work) {
  const std::shared_ptr<const register_::Areas> areas = areas_ ? areas_() : nullptr;
  const Doing doing{*wiring_.database, actor,   wiring_.clock->now(), wiring_.figures,
                    areas.get(),       nullptr, organisation_name_};
  return work(doing);
}

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
  if (!found) return not_found("This decision has not been frozen yet.");
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
    out.events = store::events(connection, id);
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
  const Status comment = with(actor, [&](const Doing& doing) {
    return decisions::may_comment(doing, out.decision,
                                  out.table.scheme ? out.table.scheme->areas : std::vector<Area>());
  });
  out.may_comment = comment.has_value();
  if (!comment) out.may_not_comment = comment.error().message;
  if (out.frozen && out.table.allocation) out.inputs_now = inputs_of(*out.table.scheme);
  return out;
}

std::optional<TakenBack> DecisionService::told_of(db::Connection& connection, const Actor& actor,
                                                  const Decision& decision, const register_::Areas* areas) {
  if (decision.state != DecisionState::draft || !actor.signed_in() || may_read(actor, DecisionState::draft))
    return std::nullopt;
  const auto events = store::events(connection, decision.id);
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
  for (const store::DecisionEvent& event : events)
    if (event.what == code_of(Move::consult)) out.opened = event.sentence;
  if (decision.asked) out.title = decision.asked->title;
  if (!out.own.empty()) return out;
  // Who was asked, by what was put to comments: the new draft may be for other areas.
  if (!decision.asked || !actor.can(kComment)) return std::nullopt;
  const auto record = pots::store::scheme(connection, decision.asked->scheme, decision.asked->scheme_version);
  const auto pot = record ? pots::store::pot(connection, record->pot, record->pot_version) : std::nullopt;
  const auto scheme = pot ? scheme_of(*record, *pot) : Result<Scheme>(not_found(""));
  if (!takes_part(actor, kComment, decision.asked->area, scheme ? scheme->areas : std::vector<Area>(), areas,
                  wiring_.clock->today()))
    return std::nullopt;
  return out;
}

Result<TakenBack> DecisionService::taken_back(const Actor& actor, DecisionId id) {
  const auto areas = areas_ ? areas_() : nullptr;
  std::optional<TakenBack> out = wiring_.database->read([&](db::Connection& connection) {
    const auto decision = store::decision(connection, id);
    return decision ? told_of(connection, actor, *decision, areas.get()) : std::nullopt;
  });
  if (!out) return no_decision();
  return std::move(*out);
}

std::vector<TakenBack> DecisionService::all_taken_back(const Actor& actor) {
  constexpr int kMost = 200;
  const auto areas = areas_ ? areas_() : nullptr;
  if (!actor.signed_in()) return {};
  return wiring_.database->read([&](db::Connection& connection) {
    std::vector<TakenBack> out;
    for (const Decision& decision : store::once_asked(connection, kMost))
      if (auto one = told_of(connection, actor, decision, areas.get())) out.push_back(std::move(*one));
    return out;
  });
}

bool changed_after(const DecisionView& view, const Comment& comment) {
  if (!comment.proposal.empty()) return comment.proposal != proposal_of(view.decision);
  return std::any_of(view.events.begin(), view.events.end(), [&](const store::DecisionEvent& event) {
    return event.what == "revise" && comment.at.milliseconds < event.at.milliseconds;
  });
}

Result<Comment> DecisionService::comment(const Actor& actor, std::int64_t id) {
  const std::optional<Comment> found =
      wiring_.database->read([&](db::Connection& connection) { return store::comment(connection, id); });
  if (!found || !find(actor, found->decision)) return not_found("There is no such comment.");
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
  if (!with(reader, [&](const Doing& doing) { return may_prepare(doing, area); })) return {};
  return "/funding/decisions/new?scheme=" + std::to_string(scheme.value);
}

Result<Decision> DecisionService::prepare(const Actor& actor, const DecisionDraft& draft) {
  return with(actor, [&](const Doing& doing) { return prepare_decision(doing, draft); });
}
Result<Decision> DecisionService::revise(const Actor& actor, DecisionId id, std::int64_t seen,
                                         const DecisionDraft& draft) {
  return with(actor, [&](const Doing& doing) { return revise_decision(doing, id, seen, draft); });
}
Result<Decision> DecisionService::move(const Actor& actor, DecisionId id, std::int64_t seen, Move step,
                                       const MoveRequest& request) {
  return with(actor, [&](const Doing& doing) { return move_decision(doing, id, seen, step, request); });
}
MoveOutlook DecisionService::outlook(const Actor& actor, const Decision& decision, Move step) {
  return with(actor, [&](const Doing& doing) { return decisions::outlook(doing, decision, step); });
}
Result<Comment> DecisionService::comment_on(const Actor& actor, DecisionId id, const std::string& about,
                                            const std::string& text) {
  return with(actor, [&](const Doing& doing) { return decisions::comment_on(doing, id, about, text); });
}
Result<Comment> DecisionService::answer(const Actor& actor, std::int64_t comment, const std::string& text) {
  return with(actor, [&](const Doing& doing) { return answer_comment(doing, comment, text); });
}

figures::Address frozen_address(DecisionId decision, const std::string& area) {
  return {kKind, {{{"area", area}, {"decision", std::to_string(decision.value)}}}};
}

std::string address_of(DecisionId id) { return "/funding/decisions/" + std::to_string(id.value); }

void add_frozen_kind(Wiring& wiring) {
  figures::Kind kind;
  kind.name = kKind;
  kind.title = "Allocation as it was frozen";
  kind.description = "What a frozen decision gave an area, with the working and every input as they were then.";
  kind.parameters = {
      {"area", "text", false, "Key of an area of the decision; without it, a measure of the whole table", "bromsgrove"},
      {"decision", "integer", true, "Number of the decision, as under /funding/decisions", "1"},
      {"of", "text", false, kMeasures, "share"}};
  Wiring* const w = &wiring;
  kind.compute = [w](const figures::Parameters& parameters, const figures::Viewer& viewer,
                     figures::Detail) -> Result<figures::Figure> {
    if (w->database == nullptr) return unavailable("The store is not open.");
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
