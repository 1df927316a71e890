#include "slices/decisions/drawn_pot.h"

#include <utility>

#include "allocation/known_funds.h"
#include "slices/decisions/store.h"
#include "slices/pots/pots.h"

namespace tithing::decisions {
namespace {

template <class Record>
std::string changed(const char* what, const Record& used, const Record& newest) {
  return std::string("The ") + what + (newest.withdrawn ? " was withdrawn" : " was changed") + " on " +
         newest.saved.at.date().text() + ": this decision rests on version " + std::to_string(used.version) + " of \"" +
         used.title + "\", and the newest is version " + std::to_string(newest.version) + ".";
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
    for (Decision& decision : store::decisions_in_force(connection, id)) {
      std::optional<Frozen> frozen = store::frozen(connection, decision.id);
      standing.emplace_back(std::move(decision), std::move(frozen));
    }
  });
  for (const auto& [decision, frozen] : standing) {
    GivenOut one{decision.id, decision.reference(), decision.state, decision.replaces,
                 {},          decision.created_at,  std::nullopt};
    if (decision.agreement) one.by_name = decision.agreement->by_name;
    if (frozen) {
      one.at = frozen->at;
      if (const auto taken = taken_by(*frozen)) one.taken = *taken;
    } else if (const DecisionTable table = table_of(database, registry, decision, today, figures::Detail::value);
               table.allocation) {
      one.taken = taken_by(*table.allocation);
    }
    out.decisions.push_back(std::move(one));
  }
  return out;
}

std::vector<std::string> newer_versions(db::Connection& connection, const Decision& decision) {
  std::vector<std::string> out;
  const auto pot = pots::store::pot(connection, decision.pot),
             pot_then = pots::store::pot(connection, decision.pot, decision.pot_version);
  if (pot && pot_then && pot->version != pot_then->version) out.push_back(changed("pot", *pot_then, *pot));
  const auto scheme = pots::store::scheme(connection, decision.scheme),
             scheme_then = pots::store::scheme(connection, decision.scheme, decision.scheme_version);
  if (scheme && scheme_then && scheme->version != scheme_then->version)
    out.push_back(changed("scheme", *scheme_then, *scheme));
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
