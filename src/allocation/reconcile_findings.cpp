// The findings of a reconciliation by name, for the figures of their numbers (kinds_printed.cpp).
#include <charconv>

#include "allocation/reconcile.h"

namespace tithing::allocation {
namespace {

template <class Finding>
NamedFinding at(const std::vector<Finding>& findings, std::string_view name, std::string_view kind) {
  if (!name.starts_with(kind)) return {};
  name.remove_prefix(kind.size());
  std::size_t place = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), place);
  if (error != std::errc() || end != name.data() + name.size() || place < 1 || place > findings.size()) return {};
  return {&findings[place - 1].said, &findings[place - 1].sentence};
}

}  // namespace

NamedFinding finding_named(const Reconciliation& found, std::string_view name) {
  for (const NamedFinding& one :
       {at(found.reproductions, name, "reproduction-"), at(found.not_reproduced, name, "not-reproduced-"),
        at(found.pro_rata, name, "follows-"), at(found.corrections, name, "cell-"), at(found.rows, name, "row-")})
    if (one.said != nullptr) return one;
  return {};
}

}  // namespace tithing::allocation
