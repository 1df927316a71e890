// Public face of `pots`: pots of money, the schemes that share them out, and the worked examples. The engine beneath is
// pure (src/allocation); the command line runs it on files, without a store.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/command_line.h"
#include "db/db.h"
#include "figures/registry.h"
#include "slices/pots/given.h"
#include "slices/pots/records.h"

namespace tithing {
struct Wiring;
}

namespace tithing::register_ {
class Service;
}

namespace tithing::pots {

inline constexpr Permission kEditFunding{"funding.edit", "Set up pots of money and schemes that share them out"};
inline constexpr Permission kReadFunding{"funding.read", "Read pots of money and schemes in the making"};

class Service {
 public:
  virtual ~Service() = default;
  // Who tells what is given out of pots (given.h). It outlives the service.
  virtual void decided_by(Decisions& decisions) = 0;
  // Every scheme that was not withdrawn, with its pot: by year (newest first), area and title of the pot.
  virtual std::vector<std::pair<PotRecord, SchemeRecord>> schemes() = 0;
  // The scheme of a worked example on a pot of its own, unless it is there already. `area` of a new pot.
  virtual Result<SchemeId> deliver_example(const std::string& name, const std::string& area) = 0;
  // The pots and schemes of the demonstration, from published tables and the imported sample; repeatable.
  virtual Status deliver_demonstration() = 0;
};

namespace store {
// Within the caller's own transaction: the newest version, or the one asked for.
std::optional<PotRecord> pot(db::Connection& connection, PotId id, std::optional<std::int64_t> version = {});
std::optional<SchemeRecord> scheme(db::Connection& connection, SchemeId id, std::optional<std::int64_t> version = {});
}  // namespace store

// A scheme ready for allocate(): its document on that pot, with every figure it names.
Result<Scheme> ready(const SchemeRecord& record, const PotRecord& pot, const figures::Registry& registry,
                     const figures::Viewer& viewer, figures::Detail detail);

// The address of an area's amount in a saved scheme. The same address gives the same amount for ever, as far as the
// evidence below it stays as it is known.
figures::Address address_of(const SchemeRecord& record, const PotRecord& pot, const std::string& area, int year = 0,
                            const std::vector<Fraction>& weights = {});

// `tithing allocate` and `tithing reconcile`: neither opens a data folder.
std::vector<Subcommand> subcommands();

// Pots and schemes as records.
void add_record_kinds(records::Kinds& kinds);

// `areas`: for the choice of areas; without it they are not looked up.
Service& register_slice(Wiring& wiring, register_::Service* areas = nullptr);

}  // namespace tithing::pots
