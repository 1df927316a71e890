#include "slices/register/area_search.h"

#include <algorithm>

#include "base/text.h"

namespace tithing::register_ {
namespace {

// How well a name or code answers a search: smaller is better, negative is not at all.
int rank_of(const std::string& lower_name, const std::string& lower_code, const std::string& wanted) {
  if (lower_code == wanted) return 0;
  if (lower_name == wanted) return 1;
  const std::size_t at = lower_name.find(wanted);
  if (at == 0) return 2;
  if (at != std::string::npos && (lower_name[at - 1] == ' ' || lower_name[at - 1] == '-' || lower_name[at - 1] == '('))
    return 3;
  if (wanted.size() >= 4 && lower_code.compare(0, wanted.size(), wanted) == 0) return 4;
  if (at != std::string::npos && wanted.size() >= 3) return 5;
  return -1;
}

}  // namespace

AreaSearch::AreaSearch(std::string_view text) : wanted_(lowered(trimmed(text))) {}

bool AreaSearch::wants_lsoas() const {
  return std::any_of(wanted_.begin(), wanted_.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void AreaSearch::look_at(const Area& area, const std::vector<std::string>& former_names) {
  if (wanted_.empty()) return;
  int best = rank_of(lowered(area.name), lowered(area.code), wanted_);
  for (const std::string& name : former_names) {
    const int old = rank_of(lowered(name), {}, wanted_);
    if (old >= 0 && (best < 0 || old < best)) best = old;
  }
  if (best >= 0) hits_.push_back({best, &area});
}

std::vector<const Area*> AreaSearch::best(int limit) {
  std::sort(hits_.begin(), hits_.end(), [](const Hit& a, const Hit& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    if (a.area->kind != b.area->kind) return a.area->kind < b.area->kind;
    if (a.area->name != b.area->name) return a.area->name < b.area->name;
    return a.area->code < b.area->code;
  });
  std::vector<const Area*> out;
  for (const Hit& hit : hits_)
    if (static_cast<int>(out.size()) < limit) out.push_back(hit.area);
  return out;
}

}  // namespace tithing::register_
