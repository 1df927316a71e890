#include "slices/comparison/service_likeness.h"

#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "slices/wiring.h"

namespace tithing::comparison {

std::vector<Characteristic> characteristics(ComparisonService& service, const evidence::Snapshot& snapshot) {
  std::vector<Characteristic> all = {{"residents", "Residents"},
                                     {"rate:crime", "Rate: Recorded crime"},
                                     {"rate", "Rate: Recorded crime and anti-social behaviour"}};
  for (const auto& type : snapshot.crime_types()) all.push_back({"rate:" + type.slug, "Rate: " + type.name});
  for (const AreaList& list : service.lists().counting()) {
    if (list.sort != kCharacteristics) continue;
    std::vector<std::string> names;
    for (const ListRow& row : service.rows(list.id))
      if (std::find(names.begin(), names.end(), row.other) == names.end()) names.push_back(row.other);
    for (const std::string& name : names)
      all.push_back({std::to_string(list.id) + ":" + name, name + " (" + list.name + ", " + list.version + ")"});
  }
  return all;
}

std::string keys_text(const std::vector<Characteristic>& chosen) {
  std::string out;
  for (const Characteristic& one : chosen) {
    if (!out.empty()) out += '|';
    for (const char c : one.key) {
      if (c == '|' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out;
}

std::vector<std::string> keys_from(std::string_view text) {
  std::vector<std::string> out(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '|')
      out.emplace_back();
    else if (text[i] == '\\' && i + 1 < text.size())
      out.back() += text[++i];
    else
      out.back() += text[i];
  }
  return out;
}

figures::Address characteristic_of(const std::string& area, const std::string& key, Period period,
                                   const std::string& as_at) {
  if (key.find(':') != std::string::npos && !key.starts_with("rate:")) {
    return {"characteristic", {{{"area", area}, {"characteristic", key}}}};  // of a list, which has no months
  }
  figures::Address address{"characteristic", asked_of(area, period, "", as_at)};
  address.parameters.values["characteristic"] = key;
  return address;
}

figures::Address listed_value_of(const std::string& area, std::int64_t list, const std::string& column) {
  return {"characteristic", {{{"area", area}, {"characteristic", std::to_string(list) + ":" + column}}}};
}

std::vector<Characteristic> chosen_of(ComparisonService& service, const evidence::Snapshot& snapshot,
                                      const std::vector<std::string>& keys) {
  std::vector<Characteristic> chosen;
  for (Characteristic& one : characteristics(service, snapshot))
    if (std::find(keys.begin(), keys.end(), one.key) != keys.end()) chosen.push_back(std::move(one));
  return chosen;
}

std::optional<std::string> too_few_likened(const Peers& peers, const std::vector<Characteristic>& chosen,
                                           const std::vector<std::vector<std::optional<double>>>& values) {
  constexpr std::size_t kMostNamed = 5;
  std::vector<std::string> without;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::any_of(values[i].begin(), values[i].end(), [](const auto& value) { return !value; }))
      without.push_back(peers.areas[i]->name);
  const std::size_t there = values.size() - without.size(), all = std::max(peers.extent.of_places, values.size());
  if (all == 0 || static_cast<double>(there) >= evidence::kLeastShare * static_cast<double>(all)) return std::nullopt;
  std::vector<std::string> by;
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    const auto known = std::count_if(values.begin(), values.end(), [&](const auto& row) { return row[k].has_value(); });
    if (static_cast<std::size_t>(known) < values.size()) by.push_back(chosen[k].name + " of " + std::to_string(known));
  }
  std::string text = "Nothing is likened: all that was chosen is known of " + std::to_string(there) + " of " +
                     std::to_string(all) + " " + peers.extent.of + " (" +
                     percent(static_cast<double>(there) / static_cast<double>(all), 1) + ") only, and " +
                     percent(evidence::kLeastShare, 0) + " is needed to speak for all.";
  if (!by.empty()) text += " Known is " + joined(by, ", ") + ".";
  if (!without.empty()) {
    const std::size_t more = without.size() > kMostNamed ? without.size() - kMostNamed : 0;
    without.resize(without.size() - more);
    text += " Not known of " + joined(without, ", ") + (more > 0 ? " and " + std::to_string(more) + " more" : "") + ".";
  }
  return text + " Choose other characteristics.";
}

Result<statistics::NearAreas> nearest(ComparisonService& service, const figures::Viewer& viewer, const Peers& peers,
                                      const std::vector<Characteristic>& chosen, Period period,
                                      const std::string& as_at, std::size_t count) {
  if (chosen.empty()) return invalid(tr("Choose at least one characteristic."));
  if (!peers.own) {
    return invalid(
        tr("This area's months are not all there, half of them or more are suspect, its count is withheld, "
           "or its population is not known, so it cannot be likened to others."));
  }
  if (const auto few = too_few_peers(peers)) return invalid(*few);
  std::vector<std::vector<std::optional<double>>> values(peers.areas.size());
  for (std::size_t i = 0; i < peers.areas.size(); ++i) {
    for (const Characteristic& one : chosen) {
      const auto figure = service.wiring().figures.ask(characteristic_of(peers.areas[i]->code, one.key, period, as_at),
                                                       viewer, figures::Detail::value);
      const bool known = figure && figure->quantity.known() && !figure->quantity.partial;
      values[i].push_back(known ? std::optional(figure->quantity.number()) : std::nullopt);
    }
  }
  if (const auto few = too_few_likened(peers, chosen, values)) return invalid(*few);
  return statistics::nearest_areas(values, *peers.own, count);
}

std::string likened_in_words(const Peers& peers, const statistics::NearAreas& near) {
  const std::size_t there = peers.areas.size() - near.left_out.size();
  return "Over " + std::to_string(there) + " of " + std::to_string(peers.extent.of_places) + " " + peers.extent.of +
         " (" + percent(static_cast<double>(there) / static_cast<double>(peers.extent.of_places), 1) +
         "): those of which all that was chosen is known.";
}

figures::Address distance_of(const figures::Parameters& asked, const std::string& other,
                             const std::vector<Characteristic>& chosen) {
  figures::Address address{"likeness", asked};
  address.parameters.values["other"] = other;
  address.parameters.values["by"] = keys_text(chosen);
  return address;
}

figures::Address difference_of(const figures::Parameters& asked, const std::string& other,
                               const std::vector<Characteristic>& chosen, const Characteristic& by) {
  figures::Address address = distance_of(asked, other, chosen);
  address.kind = "likeness-difference";
  address.parameters.values["characteristic"] = by.key;
  return address;
}

}  // namespace tithing::comparison
