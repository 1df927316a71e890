#include "figures/combined.h"

#include <cstdlib>

#include "base/translation.h"

namespace tithing::figures {
namespace {

constexpr int kDecimalsOfChange = 2;

Result<Figure> asked(const Registry& registry, const std::string& text, const char* name, const Viewer& viewer) {
  auto address = Address::parse(text);
  if (!address) return invalid(std::string(name) + ": " + address.error().message, {{name, address.error().message}});
  // One that is a difference itself could name itself without end.
  if (address->kind == "difference")
    return invalid(tr("A difference is of two figures that are none themselves."),
                   {{name, tr("Name the figures themselves.")}});
  return registry.ask(*address, viewer, Detail::working);
}

// For people who are not signed in. Two counts that lie less than five apart tell a count under 5 where one is within
// the other: January to November less February to November is January. So do two rates of one place and type over
// months that overlap.
bool tells_a_small_count(const Figure& first, const Figure& second) {
  if (!first.quantity.known() || !second.quantity.known() || first.quantity.unit() == Unit::pence) return false;
  if (first.quantity.exact() && second.quantity.exact())
    return std::abs(first.quantity.integer() - second.quantity.integer()) < kSmallNumber;
  const auto of = [](const Figure& figure, const char* name) { return figure.address.parameters.get(name); };
  if (first.address.kind != second.address.kind || of(first, "area") != of(second, "area")) return false;
  return of(first, "from") <= of(second, "to") && of(second, "from") <= of(first, "to");
}

Quantity quantity_of(const Quantity& first, const Quantity& second, bool share) {
  using State = Quantity::State;
  if (first.state() == State::suppressed || second.state() == State::suppressed)
    return Quantity::withheld(share ? Unit::change : first.unit(), share ? "" : first.unit_text());
  if (!first.known() || !second.known())
    return Quantity::unknown(share ? Unit::change : first.unit(), share ? "" : first.unit_text(),
                             "One of the two is not known: " + (first.known() ? second : first).reason());
  if (share)
    return Quantity::real((first.number() - second.number()) / second.number(), Unit::change, "", kDecimalsOfChange);
  if (first.unit() == Unit::pence) return Quantity::pence(first.integer() - second.integer());
  if (first.exact() && second.exact()) return Quantity::count(first.integer() - second.integer(), first.unit_text());
  return Quantity::real(first.number() - second.number(), first.unit(), first.unit_text(), first.decimals());
}

Result<Figure> compute(const Registry& registry, const Parameters& parameters, const Viewer& viewer) {
  auto first = asked(registry, parameters.get("first"), "first", viewer);
  if (!first) return first;
  auto second = asked(registry, parameters.get("second"), "second", viewer);
  if (!second) return second;
  const std::string as = parameters.get("as");
  if (!as.empty() && as != "share")
    return invalid(tr("Write share, or leave it out."), {{"as", tr("Write share, or leave it out.")}});
  if (first->quantity.unit() != second->quantity.unit())
    return invalid(tr("The two figures are of different units."), {{"second", tr("Name a figure of the same unit.")}});
  const bool share = as == "share";
  Figure out;
  out.quantity =
      viewer.protect_small_numbers && tells_a_small_count(*first, *second)
          ? Quantity::withheld(share ? Unit::change : first->quantity.unit(), share ? "" : first->quantity.unit_text())
          : quantity_of(first->quantity, second->quantity, share);
  out.quantity.partial = first->quantity.partial || second->quantity.partial;
  // With a floor taken away it is the most it can be; a floor less a floor is neither, and a share of what is not known
  // is neither.
  out.quantity.at_most = !share && second->quantity.partial && !first->quantity.partial;
  out.quantity.either_way =
      (share && second->quantity.partial) || (first->quantity.partial && second->quantity.partial);
  out.working.title = first->working.title + ", less " + second->working.title + (share ? ", in per cent" : "");
  out.working.formula = share ? "r = (a - b) / b" : "d = a - b";
  out.working.rounding = share ? "Shown to two decimals of a per cent; held unrounded." : "None.";
  out.as_at = first->as_at;
  out.evidence_version = first->evidence_version;
  out.coverage = first->coverage;
  out.coverage.expected += second->coverage.expected;
  out.coverage.present += second->coverage.present;
  out.coverage.in_part += second->coverage.in_part;
  for (auto member : {&Coverage::missing, &Coverage::suspect, &Coverage::notes, &Coverage::without})
    (out.coverage.*member)
        .insert((out.coverage.*member).end(), (second->coverage.*member).begin(), (second->coverage.*member).end());
  out.working.inputs.push_back(Input::of("a", first->working.title, std::move(*first)));
  out.working.inputs.push_back(Input::of("b", second->working.title, std::move(*second)));
  return out;
}

}  // namespace

Address combined_address(const Address& first, const Address& second, Combined as) {
  Address out{"difference", {{{"first", first.path()}, {"second", second.path()}}}};
  if (as == Combined::difference_share) out.parameters.values["as"] = "share";
  return out;
}

void add_combined_kinds(Registry& registry) {
  Kind kind;
  kind.name = "difference";
  kind.title = "Difference of two figures";
  kind.description =
      "The first figure less the second, both by their addresses; with as=share over the second, in per cent.";
  kind.parameters = {{"as", "text", false, "share: over the second, in per cent", "share"},
                     {"first", "text", true, "Address of a figure",
                      "/figures/allocation?area=bromsgrove&example=worcestershire-2012-13"},
                     {"second", "text", true, "Address of a figure of the same unit",
                      "/figures/allocation?area=redditch&example=worcestershire-2012-13"}};
  const Registry* const all = &registry;
  kind.compute = [all](const Parameters& parameters, const Viewer& viewer, Detail) {
    return compute(*all, parameters, viewer);
  };
  kind.may = [all](const Parameters& parameters, const Viewer& viewer) -> Status {
    for (const char* name : {"first", "second"})
      if (const auto address = Address::parse(parameters.get(name)); address && address->kind != "difference")
        if (const Status allowed = all->may(*address, viewer); !allowed) return allowed;
    return {};
  };
  registry.add(std::move(kind), Cost::light);
}

}  // namespace tithing::figures
