// The desk of the explained figure: its page, its rows, freezing, the API and the command line. The figures themselves
// are in figures/ and know nothing of pages and stores.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "figures/registry.h"
#include "slices/wiring.h"

namespace tithing::figures {

struct FrozenFigure {
  std::int64_t id = 0;
  Address address;
  std::string title;
  std::string value_text;
  std::string json;    // the whole figure with its working, as figures::to_json wrote it
  std::string sha256;  // of `json`
  std::string evidence_version;
  std::string reason;
  std::string frozen_by;
  std::string frozen_at;
};

// Registered last of all: it makes one subcommand for each figure kind there is.
void register_desk(Wiring& wiring);

// Stores the figure as it is now with its working, with its audit row, in one transaction. Needs the permission
// figures.freeze. invalid without a reason.
Result<std::int64_t> freeze(const commands::Doing& doing, const Figure& figure, const std::string& reason);

std::optional<FrozenFigure> find_frozen(db::Connection& connection, std::int64_t id);
// Newest first, without `json`. `former` is how the same question was written before (Registry::former): what was
// frozen then keeps its address and is found under the present one.
std::vector<FrozenFigure> freezings_of(db::Connection& connection, const Address& address, const Address& former);
std::vector<FrozenFigure> list_frozen(db::Connection& connection);

// A figure as a link with its working behind it: dotted underline, formula on hover and focus.
html::Markup figure_link(const Figure& figure);

}  // namespace tithing::figures
