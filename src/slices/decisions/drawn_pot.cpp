#include "slices/decisions/drawn_pot.h"

#include <utility>

#include "allocation/known_funds.h"
#include "slices/decisions/store.h"
#include "slices/pots/pots.h"

namespace tithing::decisions {
namespace {

// A sentence where the newest version is not the one that is used.
template <class Record>
void add_changed(std::vector<std::string>& out, const char* what, const std::optional<Record>& used,
                 const std::optional<Record>& newest) {
  if (!used || !newest || used->version == newest->version) return;
  out.push_back(std::string("The ") + what + (newest->withdrawn ? " was withdrawn" : " was changed") + " on " +
                newest->saved.at.date().text() + ": this decision rests on version " + std::to_string(used->version) +
                " of \"" + used->title + "\", and the newest is version " + std::to_string(newest->version) + ".");
}

}  // namespace

DrawnPot drawn_pot(db::Database& database, const figures::Registry& registry, PotId id, Date today) {
  DrawnPot out;
  std::vector<std::pair<Decision, std::optional<Frozen>>> standing;
  database.read([&](db::Connection& connection) {
    const auto pot = pots::store::pot(connection, id);
    if (!pot) return;
    out.version = pot->version;
    out.withdrawn = pot->withdrawn;
    if (const auto totals = totals_of(pot->pot)) {
      out.known = totals->known;
      out.top_slices = Money{totals->known.pence - totals->available.pence};
      out.nothing_known = nothing_known(pot->pot);
    }
    for (const Decision& decision : store::decisions_in_force(connection, id))
      standing.emplace_back(decision, store::frozen(connection, decision.id));
  });
  for (const auto& [decision, frozen] : standing) {
    GivenOut one{.decision = decision.id,
                 .reference = decision.reference(),
                 .state = decision.state,
                 .replaces = decision.replaces,
                 .by_name = decision.agreement ? decision.agreement->by_name : "",
                 .at = frozen ? frozen->at : decision.created_at,
                 .taken = std::nullopt};
    if (frozen) {
      if (const auto taken = taken_by(*frozen)) one.taken = *taken;
    } else if (const DecisionTable table = table_of(database, registry, decision, today, figures::Detail::value);
               table.allocation) {
      one.taken = taken_by(*table.allocation);
    }
    out.decisions.push_back(std::move(one));
  }
  return out;
}

DecisionTable written_table(db::Connection& connection, SchemeId id, std::int64_t version,
                            std::optional<std::int64_t> pot_version) {
  DecisionTable out{.scheme_record = pots::store::scheme(connection, id, version)};
  if (!out.scheme_record) return out;
  out.pot_record =
      pots::store::pot(connection, out.scheme_record->pot, pot_version.value_or(out.scheme_record->pot_version));
  if (!out.pot_record) return out;
  if (auto scheme = scheme_of(*out.scheme_record, *out.pot_record)) out.scheme = std::move(*scheme);
  return out;
}

std::vector<std::string> newer_versions(db::Connection& connection, const Decision& decision) {
  std::vector<std::string> out;
  add_changed(out, "pot", pots::store::pot(connection, decision.pot, decision.pot_version),
              pots::store::pot(connection, decision.pot));
  add_changed(out, "scheme", pots::store::scheme(connection, decision.scheme, decision.scheme_version),
              pots::store::scheme(connection, decision.scheme));
  return out;
}

PotMoment moment_of(db::Connection& connection, const Decision& decision) {
  PotMoment out;
  if (const auto pot = pots::store::pot(connection, decision.pot)) out.pot_version = pot->version;
  if (const auto scheme = pots::store::scheme(connection, decision.scheme)) out.scheme_version = scheme->version;
  for (const Decision& one : store::decisions_in_force(connection, decision.pot))
    out.in_force.emplace_back(one.id.value, one.version);
  return out;
}

}  // namespace tithing::decisions
