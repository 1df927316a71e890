// The list of figure kinds. Slices add theirs at start, explicitly; page, API, command line, exports and papers ask
// here.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/reach.h"
#include "figures/figure.h"

namespace tithing::figures {

// Who asks and when: everything a computation may depend on besides its parameters and what has been imported.
struct Viewer {
  Date today;
  bool protect_small_numbers = true;  // true for anyone who is not signed in
  // For figures of what not everybody may know of (a pot, a decision before it is published): a kind asks it as the
  // page of the record does. Nobody, where it is not said.
  Reach reach = {};

  static Viewer of(const Reach& reach) {
    return {reach.today(), !reach.actor().signed_in() && !reach.actor().trusted(), reach};
  }
};

// How much is wanted: a table of 300 cells needs values; a page that explains needs the tree.
enum class Detail { value, working };

struct ParameterSpecification {
  std::string name;  // "area"
  std::string type;  // "area", "month", "date", "crime-type", "text", "integer": for the OpenAPI document and messages
  bool required = false;
  std::string description;  // "Official code of an area: a police force area, partnership, district or LSOA."
  std::string example;      // "E22000368"
  // What an address without it stands for. Not empty: canonical addresses always name it, and one without it is the
  // same question (it was asked before there was a choice).
  std::string otherwise = {};
};

// What an answer costs. `heavy`: simulations, exact chances over many places, grids, densities: what may take longer
// than a page may. It is worked out for people with an account, by a queue of its own; visitors are shown what is kept
// for them (docs/adr/0033). What works it out says long_work() before it begins (base/long_work.h); a test asks every
// kind on a cold start whether it does. `light`: whatever its parameters, it is had while a page is made. A kind made
// of other kinds is what it does itself: what those cost is asked of each of them.
enum class Cost { light, heavy };

// Writes rows to a CSV: first the header, then each row.
using RowSink = std::function<void(const std::vector<std::string>&)>;

struct Kind {
  std::string name;   // "crimes"
  std::string title;  // "Recorded crime"
  std::string description;
  std::vector<ParameterSpecification> parameters;
  // Pure over what was imported: the same parameters, viewer and evidence give the same figure. With Detail::value the
  // working may be empty; quantity, coverage counts and versions are the same in both.
  std::function<Result<Figure>(const Parameters&, const Viewer&, Detail)> compute;
  // The rows behind the figure, or empty when the kind has none.
  std::function<Status(const Parameters&, const Viewer&, const RowSink&)> rows;
  // Who may read them; whoever is signed in, where none is named.
  std::optional<Permission> rows_permission = {};
  // Whether the viewer may know of what the figure is of, as the page of that record asks; asked before anything is
  // worked out, and before a figure that was frozen is shown. Empty: of what everybody may know.
  std::function<Status(const Parameters&, const Viewer&)> may = {};
  Cost cost = Cost::heavy;  // as it was added
};

class Answers;

// Every kind has it beside its own: a place in the working (part_address in figure.h).
const ParameterSpecification& part_parameter();

class Registry {
 public:
  Registry();
  void add(Kind kind, Cost cost);  // precondition: the name is new
  const Kind* find(std::string_view name) const;
  const std::vector<Kind>& kinds() const { return kinds_; }
  // invalid with field messages when a parameter is unknown, missing or malformed; not_found for an unknown kind.
  // The figure's address is the canonical one, whichever was asked.
  // Of a heavy kind: what is kept, else forbidden for a visitor where pages are answered; else QueueNeeded or Stopped
  // are thrown as base/long_work.h says, or it is worked out and kept.
  Result<Figure> ask(const Address& address, const Viewer& viewer, Detail detail = Detail::working) const;
  Status rows(const Address& address, const Viewer& viewer, const RowSink& sink) const;
  // Whether the viewer may know of this figure at all. Nothing is said of a kind that is not there any more.
  Status may(const Address& address, const Viewer& viewer) const;
  // The same of a figure as it stands, with every figure that it was worked out from.
  Status may(const Figure& figure, const Viewer& viewer) const;
  // The address with every parameter that has a standing meaning named: type=all. Of an unknown kind, as it is.
  Address canonical(Address address) const;
  // How the same question was written before its parameters had names for that meaning; the address itself when there
  // is none. Figures that were frozen then keep that address.
  Address former(const Address& address) const;

  // What is known, in a word that changes whenever an answer may; asked for every heavy figure. Without it none is
  // kept.
  void known_by(std::function<std::string()> version) { version_ = std::move(version); }
  std::string known() const { return version_ ? version_() : std::string(); }
  // What visitors may ask of heavy kinds: rooms say it, a job works it out after every import (app/visitors.h).
  using Views = std::function<std::vector<Address>(Date today)>;
  void show_visitors(Views views) { views_.push_back(std::move(views)); }
  std::vector<Address> views_for_visitors(Date today) const;
  // Drops what is kept of another state of knowledge than the present one.
  void forget_former() const;
  std::size_t bytes_kept() const;

 private:
  Result<Figure> heavy(const Kind& kind, const Address& whole, const Viewer& viewer) const;

  std::vector<Kind> kinds_;
  std::function<std::string()> version_;
  std::vector<Views> views_;
  std::shared_ptr<Answers> for_accounts_, for_visitors_;
};

// The OpenAPI 3.1 document of GET /api/v1/figures/{kind}, made from the kinds themselves.
std::string openapi(const Registry& registry);

}  // namespace tithing::figures
