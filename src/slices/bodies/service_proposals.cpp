// Proposals of the service: tried on the newest register, and kept as they were tried while neither has changed.
#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "slices/bodies/delivered.h"
#include "slices/bodies/proposal_path.h"
#include "slices/bodies/service.h"
#include "slices/bodies/store_proposals.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

constexpr std::size_t kMostKept = 4;  // each holds an index of the whole register

}  // namespace

Result<std::shared_ptr<const Under>> BodiesService::under(const Actor& actor, std::int64_t number) {
  if (!actor.signed_in() && !actor.trusted())
    return forbidden(tr("Proposals are for people who work with the register. Sign in to see them."));
  const auto all = known();
  const std::optional<std::int64_t> version =
      wiring_.database->read([&](db::Connection& connection) { return store::proposal_version(connection, number); });
  if (!version) return not_found(tr("There is no proposal with this number."));
  {
    const std::lock_guard lock(mutex_);
    for (const auto& kept : under_)
      if (kept->proposal.number == number && kept->proposal.version == *version && kept->known == all) return kept;
  }
  std::optional<Proposal> proposal =
      wiring_.database->read([&](db::Connection& connection) { return store::proposal(connection, number); });
  if (!proposal) return not_found(tr("There is no proposal with this number."));
  auto fresh = std::make_shared<Under>();
  fresh->known = all;
  if (proposal->state == Proposal::State::open) {
    fresh->applied = apply(*all, *proposal);
  } else {
    fresh->applied.draft = *all;
    fresh->applied.draft.proposal = number;
  }
  fresh->proposal = std::move(*proposal);
  const std::lock_guard lock(mutex_);
  under_.erase(std::remove_if(under_.begin(), under_.end(),
                              [&](const auto& kept) { return kept->proposal.number == number || kept->known != all; }),
               under_.end());
  if (under_.size() >= kMostKept) under_.erase(under_.begin());
  under_.push_back(fresh);
  return std::shared_ptr<const Under>(fresh);
}

std::vector<Proposal> BodiesService::proposals(const std::string& state, int limit, int offset) {
  return wiring_.database->read(
      [&](db::Connection& connection) { return store::proposals(connection, state, limit, offset); });
}

std::int64_t BodiesService::count_proposals(const std::string& state) {
  return wiring_.database->read([&](db::Connection& connection) { return store::count_proposals(connection, state); });
}

std::optional<std::int64_t> BodiesService::proposal_enacted_in(std::int64_t change) {
  return wiring_.database->read(
      [&](db::Connection& connection) { return store::proposal_enacted_in(connection, change); });
}

Status BodiesService::may_change(const Actor& actor, const Under& under) {
  if (Status allowed = actor.require(kEditBodies); !allowed) return allowed;
  std::vector<Edit> edits;
  for (const ProposedEdit& one : under.proposal.edits) edits.push_back(one.edit);
  return within_reach(*under.known, edits, scope_of(actor));
}

std::vector<path::Event> BodiesService::events_of_proposal(std::int64_t number) {
  return wiring_.database->read([&](db::Connection& connection) {
    return path::events_of(connection, records::record_of(kProposalKind, number));
  });
}

Result<Done> BodiesService::enact_proposal(const Actor& actor, std::int64_t number, std::int64_t seen_version,
                                           std::int64_t seen_register, const std::string& reason,
                                           const Instrument& instrument) {
  return seen_at_once(bodies::enact_proposal(keeping(actor), number, seen_version, seen_register, reason, instrument));
}

// Rows with the number of a proposal in the file: its title and reason come first, then its edits in their order. What
// is to be replaced or taken away is the one fact of that kind that the body has.
Status BodiesService::deliver_proposals() {
  for (const DeliveredFile& file : delivered_files()) {
    if (file.name != "proposals.csv") continue;
    auto rows = read_csv(file.bytes);
    if (!rows) return pass_on(rows);
    const std::vector<std::string> header = rows->front().fields;
    const auto get = [&](const CsvRow& row, std::string_view column) {
      for (std::size_t i = 0; i < header.size() && i < row.fields.size(); ++i)
        if (header[i] == column) return row.fields[i];
      return std::string();
    };
    const auto where = [&](const CsvRow& row) { return file.name + ", line " + std::to_string(row.line) + ": "; };
    const Actor actor = Actor::system(wiring_.permissions);
    std::int64_t number = 0;
    for (std::size_t i = 1; i < rows->size(); ++i) {
      const CsvRow& row = (*rows)[i];
      const std::string action = get(row, "action");
      if (action == "proposal") {
        const bool there = wiring_.database->read(
            [&](db::Connection& connection) { return store::has_proposal_called(connection, get(row, "title")); });
        number = 0;
        if (there) continue;
        const auto made = make_proposal(keeping(actor), get(row, "title"), get(row, "reason"));
        if (!made) return invalid(where(row) + made.error().message);
        number = *made;
        continue;
      }
      if (number == 0) continue;  // it has been delivered before
      auto fact = fact_from(header, row.fields);
      if (!fact) return invalid(where(row) + fact.error().message);
      Edit edit{Edit::Action::add, *fact, 0, 0};
      const auto tried = under(actor, number);
      if (!tried) return pass_on(tried);
      if (action == "replace" || action == "remove") {
        const Register::Entry* entry = (*tried)->known->find(fact->body);
        if (!entry || entry->of(fact->kind).size() != 1)
          return invalid(tr("{0}There is not exactly one such fact.", {where(row)}));
        edit.action = action == "replace" ? Edit::Action::replace : Edit::Action::remove;
        edit.record = entry->of(fact->kind).front()->record;
        edit.seen_id = entry->of(fact->kind).front()->id;
      }
      if (const Status added =
              add_to_proposal(keeping(actor), number, (*tried)->proposal.version, {edit}, get(row, "reason"));
          !added)
        return invalid(where(row) + added.error().message);
    }
  }
  return {};
}

}  // namespace tithing::bodies
