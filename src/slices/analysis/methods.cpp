#include "slices/analysis/methods.h"

#include <charconv>
#include <cmath>
#include <map>

#include "base/text.h"
#include "base/translation.h"

namespace tithing::analysis {

std::string Settings::text(const std::string& name, const std::string& fallback) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? fallback : found->second;
}

void Settings::complain(const std::string& sentence) {
  if (status_) status_ = invalid(sentence);
}

double Settings::number(const std::string& name, double fallback, double low, double high) {
  const std::string written = text(name);
  if (written.empty()) return fallback;
  double number = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), number);
  if (error != std::errc() || end != written.data() + written.size() || !std::isfinite(number) || number < low ||
      number > high) {
    complain("--" + name + " must be a number from " + significant(low) + " to " + significant(high) + ", not \"" +
             written + "\".");
    return fallback;
  }
  return number;
}

std::int64_t Settings::whole(const std::string& name, std::int64_t fallback, std::int64_t low, std::int64_t high) {
  const std::string written = text(name);
  if (written.empty()) return fallback;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), number);
  if (error != std::errc() || end != written.data() + written.size() || number < low || number > high) {
    complain("--" + name + " must be a whole number from " + grouped(low) + " to " + grouped(high) + ", not \"" +
             written + "\".");
    return fallback;
  }
  return number;
}

std::string Settings::choice(const std::string& name, const std::string& fallback,
                             std::initializer_list<std::string_view> among) {
  const std::string written = text(name, fallback);
  std::string list;
  for (const std::string_view one : among) {
    if (one == written) return written;
    list += (list.empty() ? "" : ", ") + std::string(one);
  }
  complain("--" + name + " is one of " + list + ", not \"" + written + "\".");
  return fallback;
}

std::vector<Method> methods() {
  std::vector<Method> all;
  for (auto* group : {&count_methods, &series_methods, &place_methods, &place_and_time_methods, &scoring_methods})
    for (Method& method : group()) all.push_back(std::move(method));
  return all;
}

Result<std::size_t> column_of(const Input& input, std::initializer_list<std::string_view> names) {
  if (const auto found = input.find_any(names)) return *found;
  std::string wanted;
  for (const std::string_view name : names) wanted += (wanted.empty() ? "" : " or ") + std::string(name);
  std::string there;
  for (std::size_t i = 0; i < input.columns.size() && i < 20; ++i) there += (i == 0 ? "" : ", ") + input.columns[i];
  return invalid(there.empty() ? tr("{0} has no column {1}; it has none. Name the right one with --column {2}=COLUMN.",
                                    {input.name, wanted, std::string(*names.begin())})
                               : tr("{0} has no column {1}; it has {2}. Name the right one with --column {3}=COLUMN.",
                                    {input.name, wanted, there, std::string(*names.begin())}));
}

std::vector<std::string> labels_of(const Input& input) {
  const auto column = input.find_any({"name", "code", "area", "lsoa", "item"});
  std::vector<std::string> labels;
  labels.reserve(input.rows.size());
  for (std::size_t i = 0; i < input.rows.size(); ++i)
    labels.push_back(column ? input.rows[i][*column] : std::to_string(i + 1));
  return labels;
}

Result<Neighbourhood> neighbourhood_of(const Input& input, Settings& settings) {
  std::string choice = settings.text("neighbours");
  const auto listed = input.find("neighbours");
  if (choice.empty()) choice = listed ? "listed" : input.shapes.size() == input.rows.size() ? "queen" : "nearest:8";
  const auto colon = choice.find(':');
  const std::string kind = choice.substr(0, colon);
  Neighbourhood out;
  if (kind == "listed") {
    if (!listed) return invalid(tr("{0} has no column neighbours.", {input.name}));
    std::map<std::string, std::uint32_t> place_of;
    // Lists name areas by code where there is one, else as rows are labelled.
    const auto code = input.find("code");
    const auto labels = labels_of(input);
    for (std::size_t i = 0; i < input.rows.size(); ++i) {
      const std::string& label = code ? input.rows[i][*code] : labels[i];
      if (!place_of.emplace(label, static_cast<std::uint32_t>(i)).second)
        return invalid(tr("{0}, {1}: {2} is there twice, so a list of neighbours cannot name it.",
                          {input.name, input.where(i), label}));
    }
    std::vector<std::vector<std::uint32_t>> lists(input.rows.size());
    for (std::size_t i = 0; i < input.rows.size(); ++i) {
      std::string text = input.rows[i][*listed];
      for (char& c : text)
        if (c == ';') c = ' ';
      for (const std::string& label : split(text, ' ')) {
        if (label.empty()) continue;
        const auto found = place_of.find(label);
        if (found == place_of.end())
          return invalid(tr("{0}, {1}: the neighbour {2} has no row.", {input.name, input.where(i), label}));
        lists[i].push_back(found->second);
      }
    }
    out.graph = statistics::NeighbourGraph::from_lists(std::move(lists));
    out.words = "neighbours as listed in the file";
    return out;
  }
  if (kind == "queen" || kind == "rook") {
    if (input.shapes.size() != input.rows.size() || input.shapes.empty())
      return invalid(
          tr("{0} has no outlines, so which areas touch is not known. Give a GeoJSON of polygons, or "
             "--neighbours nearest:8.",
             {input.name}));
    auto graph = statistics::contiguity(input.shapes,
                                        kind == "queen" ? statistics::Contiguity::queen : statistics::Contiguity::rook);
    if (!graph) return pass_on(graph);
    out.graph = std::move(*graph);
    out.words =
        kind == "queen" ? "areas that share at least one corner (queen)" : "areas that share at least one side (rook)";
    return out;
  }
  double size = 0;
  const std::string number = colon == std::string::npos ? "" : choice.substr(colon + 1);
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), size);
  const bool whole_text = error == std::errc() && end == number.data() + number.size() && !number.empty();
  if ((kind != "distance" && kind != "nearest") || !whole_text || !(size > 0) || size > 1e9)
    return invalid(
        tr("--neighbours is queen, rook, listed, distance:METRES (distance:500) or nearest:NUMBER "
           "(nearest:8), not \"{0}\".",
           {choice}));
  const auto points = places_of(input);
  if (!points) return pass_on(points);
  auto graph = kind == "distance" ? statistics::within_distance(*points, size)
                                  : statistics::nearest(*points, static_cast<std::size_t>(size));
  if (!graph) return pass_on(graph);
  out.graph = std::move(*graph);
  out.words = kind == "distance" ? "places no further apart than " + significant(size) + " metres"
                                 : "the " + significant(std::floor(size)) + " nearest places";
  return out;
}

Result<PlaceMonths> place_months(const Input& input, std::initializer_list<std::string_view> value_columns) {
  const auto value = column_of(input, value_columns);
  if (!value) return pass_on(value);
  const auto place = column_of(input, {"code", "name", "area", "lsoa", "cell"});
  if (!place) return pass_on(place);
  const auto read = counts(input, *value);
  if (!read) return pass_on(read);
  const auto month = input.find("month");
  std::vector<Month> when;
  PlaceMonths out;
  if (month) {
    when.reserve(input.rows.size());
    for (std::size_t row = 0; row < input.rows.size(); ++row) {
      const auto one = month_in(input, row, *month);
      if (!one) return pass_on(one);
      when.push_back(*one);
    }
    const auto [first, last] = std::minmax_element(when.begin(), when.end());
    out.from = *first;
    out.months = static_cast<std::size_t>(last->index() - first->index()) + 1;
    if (out.months > 1200) return invalid(tr("{0} spans more than 1,200 months.", {input.name}));
  }
  std::map<std::string, std::size_t> index;
  std::vector<bool> any(out.months, false);
  std::vector<std::vector<bool>> seen;
  for (std::size_t row = 0; row < input.rows.size(); ++row) {
    const std::string& label = input.rows[row][*place];
    if (label.empty())
      return invalid(tr("{0}, {1}: the column {2} is empty.", {input.name, input.where(row), input.columns[*place]}));
    const auto [found, fresh] = index.try_emplace(label, out.places.size());
    if (fresh) {
      out.places.push_back(label);
      out.first_row.push_back(row);
      out.counts.emplace_back(out.months, 0.0);
      seen.emplace_back(out.months, false);
      if (out.places.size() * out.months > 50'000'000)
        return invalid(tr("{0} has too many places and months.", {input.name}));
    }
    const std::size_t at = month ? static_cast<std::size_t>(when[row].index() - out.from.index()) : 0;
    if (seen[found->second][at])
      return invalid(
          month ? tr("{0}, {1}: {2} has a second row for {3}.", {input.name, input.where(row), label, when[row].text()})
                : tr("{0}, {1}: {2} has a second row.", {input.name, input.where(row), label}));
    seen[found->second][at] = true;
    any[at] = true;
    out.counts[found->second][at] = static_cast<double>((*read)[row]);
  }
  for (std::size_t i = 0; i < out.months; ++i)
    if (!any[i])
      return invalid(tr("{0} has no row for {1}. A missing month is not zero: choose months without a gap.",
                        {input.name, out.from.plus(static_cast<int>(i)).text()}));
  return out;
}

}  // namespace tithing::analysis
