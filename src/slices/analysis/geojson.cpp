#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <map>

#include "base/memory_budget.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/input.h"

namespace tithing::analysis {
namespace {

namespace json = boost::json;

std::string cell_text(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_null()) return {};
  if (value.is_double()) {
    // json::serialize writes 1.5E0; the reader of cells takes that too.
    return json::serialize(value);
  }
  return json::serialize(value);
}

std::optional<statistics::Point> position(const json::value& value) {
  if (!value.is_array() || value.get_array().size() < 2) return std::nullopt;
  statistics::Point point;
  for (int i = 0; i < 2; ++i) {
    const json::value& number = value.get_array()[static_cast<std::size_t>(i)];
    if (!number.is_number()) return std::nullopt;
    (i == 0 ? point.x : point.y) = number.to_number<double>();
  }
  if (!std::isfinite(point.x) || !std::isfinite(point.y)) return std::nullopt;
  return point;
}

bool add_rings(const json::value& value, statistics::Polygon& shape) {
  if (!value.is_array()) return false;
  for (const json::value& ring : value.get_array()) {
    if (!ring.is_array()) return false;
    std::vector<statistics::Point> points;
    for (const json::value& corner : ring.get_array()) {
      const auto point = position(corner);
      if (!point) return false;
      points.push_back(*point);
    }
    shape.rings.push_back(std::move(points));
  }
  return true;
}

// Shapes in degrees become metres by one rule for all, so that shared corners stay shared.
Status make_plane(std::vector<statistics::Polygon>& shapes, const std::string& name) {
  std::vector<statistics::Point> all;
  bool degrees = true;
  for (const auto& shape : shapes)
    for (const auto& ring : shape.rings)
      for (const auto& point : ring) {
        all.push_back(point);
        degrees = degrees && std::abs(point.x) <= 180 && std::abs(point.y) <= 90;
      }
  if (!degrees) return {};
  if (const std::string fault = misplaced(all, true); !fault.empty())
    return invalid(
        tr("{0}: longitude and latitude stand in each other's place. GeoJSON has the longitude first: "
           "change their places and try again.",
           {name}));
  all = to_plane(all);
  std::size_t at = 0;
  for (auto& shape : shapes)
    for (auto& ring : shape.rings)
      for (auto& point : ring) point = all[at++];
  return {};
}

}  // namespace

Result<Input> read_geojson(std::string_view text, const std::string& name) {
  const Status fits = fits_in_memory(json_memory(text), kReaderMemory, name,
                                     "Split it, or leave out the properties that are not needed.");
  if (!fits) return pass_on(fits);
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 32;
  const json::value root = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
  if (error) return invalid(tr("{0} is not JSON: {1}.", {name, error.message()}));
  const json::object* object = root.if_object();
  const json::value* features = object == nullptr ? nullptr : object->if_contains("features");
  if (features == nullptr || !features->is_array())
    return invalid(tr("{0} is not a GeoJSON FeatureCollection: it has no list of features.", {name}));
  Input input;
  input.name = name;
  std::map<std::string, std::size_t> place_of_column;
  std::size_t points = 0, polygons = 0;
  const auto column = [&](std::string heading) {
    heading = lowered(trimmed(heading));
    std::replace(heading.begin(), heading.end(), ' ', '_');
    const auto [found, fresh] = place_of_column.try_emplace(heading, input.columns.size());
    if (fresh) input.columns.push_back(heading);
    return found->second;
  };
  const auto put = [&](std::vector<std::string>& row, const std::string& heading, std::string cell) {
    const std::size_t at = column(heading);
    if (row.size() <= at) row.resize(at + 1);
    row[at] = std::move(cell);
  };
  for (const json::value& one : features->get_array()) {
    const std::string where = name + ", feature " + std::to_string(input.rows.size() + 1);
    const json::object* feature = one.if_object();
    if (feature == nullptr) return invalid(tr("{0} is not an object.", {where}));
    if (input.rows.size() >= kMostRows) return invalid(tr("{0} has too many features.", {name}));
    std::vector<std::string> row;
    if (const json::value* properties = feature->if_contains("properties");
        properties != nullptr && properties->is_object())
      for (const auto& [key, value] : properties->get_object()) {
        put(row, std::string(key), cell_text(value));
        if (input.columns.size() > kMostColumns)
          return invalid(tr("{0}: there are more than {1} properties.", {where, std::to_string(kMostColumns)}));
      }
    statistics::Polygon shape;
    const json::value* geometry = feature->if_contains("geometry");
    if (geometry != nullptr && geometry->is_object()) {
      const json::value* type = geometry->get_object().if_contains("type");
      const json::value* coordinates = geometry->get_object().if_contains("coordinates");
      const std::string kind = type != nullptr && type->is_string() ? std::string(type->get_string()) : std::string();
      if (coordinates == nullptr) return invalid(tr("{0}: the geometry has no coordinates.", {where}));
      if (kind == "Point") {
        const auto point = position(*coordinates);
        if (!point) return invalid(tr("{0}: a coordinate is not a number.", {where}));
        const bool degrees = std::abs(point->x) <= 180 && std::abs(point->y) <= 90;
        put(row, degrees ? "longitude" : "x", json::serialize(json::value(point->x)));
        put(row, degrees ? "latitude" : "y", json::serialize(json::value(point->y)));
        ++points;
      } else if (kind == "Polygon") {
        if (!add_rings(*coordinates, shape)) return invalid(tr("{0}: an outline is not a list of positions.", {where}));
        ++polygons;
      } else if (kind == "MultiPolygon" && coordinates->is_array()) {
        for (const json::value& part : coordinates->get_array())
          if (!add_rings(part, shape)) return invalid(tr("{0}: an outline is not a list of positions.", {where}));
        ++polygons;
      } else {
        return invalid(kind.empty()
                           ? tr("{0}: geometry without a type cannot be used. Give points or polygons.", {where})
                           : tr("{0}: geometry {1} cannot be used. Give points or polygons.", {where, kind}));
      }
    }
    input.rows.push_back(std::move(row));
    input.shapes.push_back(std::move(shape));
  }
  if (input.rows.empty()) return invalid(tr("{0} has no features.", {name}));
  if (polygons > 0 && points > 0) return invalid(tr("{0} mixes points and polygons. Give one kind.", {name}));
  if (polygons != input.rows.size()) input.shapes.clear();
  if (polygons > 0 && input.shapes.empty()) return invalid(tr("{0}: some features have no polygon.", {name}));
  if (const Status made = make_plane(input.shapes, name); !made) return pass_on(made);
  for (auto& row : input.rows) row.resize(input.columns.size());
  return input;
}

}  // namespace tithing::analysis
