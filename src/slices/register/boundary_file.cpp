#include "slices/register/boundary_file.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <map>
#include <set>

#include "base/memory_budget.h"
#include "base/national_grid.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/register/look_up.h"

namespace tithing::register_ {
namespace {

namespace json = boost::json;

// A country's LSOAs in full detail are below this; more is a mistake or an attack.
constexpr std::size_t kMaximumPoints = 20'000'000;

struct Failure {
  std::string sentence;
};

[[noreturn]] void fail(std::string sentence) { throw Failure{std::move(sentence)}; }

double number_of(const json::value& value) {
  if (const auto* d = value.if_double()) {
    if (!std::isfinite(*d)) fail("A coordinate is not a finite number.");
    return *d;
  }
  if (const auto* i = value.if_int64()) return static_cast<double>(*i);
  if (const auto* u = value.if_uint64()) return static_cast<double>(*u);
  fail("A coordinate is not a number.");
}

const json::array& array_of(const json::value& value, const char* what) {
  const auto* array = value.if_array();
  if (!array) fail(std::string(what) + " must be a list.");
  return *array;
}

std::string_view text_member(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  const auto* text = value ? value->if_string() : nullptr;
  return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

struct RawPoint {
  double x;
  double y;
};

enum class Coordinates { degrees, grid };

geometry::Point to_point(RawPoint raw, Coordinates coordinates) {
  if (coordinates == Coordinates::grid) {
    if (raw.x < -500000 || raw.x > 1200000 || raw.y < -500000 || raw.y > 2000000)
      fail("A coordinate lies outside the British National Grid.");
    return from_national_grid({raw.x, raw.y});
  }
  if (std::fabs(raw.x) > 180 || std::fabs(raw.y) > 90)
    fail("A coordinate is neither a longitude and latitude nor on the British National Grid.");
  return {raw.x, raw.y};
}

struct Feature {
  const json::object* properties = nullptr;
  std::string id;
  geometry::MultiPolygon shape;
};

class Budget {
 public:
  void take(std::size_t points) {
    used_ += points;
    if (used_ > kMaximumPoints) fail("The file holds more than 20 million points.");
  }

 private:
  std::size_t used_ = 0;
};

// ---- GeoJSON

geometry::Ring geojson_ring(const json::value& value, Coordinates coordinates, Budget& budget) {
  const json::array& points = array_of(value, "A ring");
  budget.take(points.size());
  geometry::Ring ring;
  ring.reserve(points.size());
  for (const json::value& point : points) {
    const json::array& pair = array_of(point, "A position");
    if (pair.size() < 2) fail("A position needs two numbers.");
    ring.push_back(to_point({number_of(pair[0]), number_of(pair[1])}, coordinates));
  }
  if (ring.size() < 4 || ring.front() != ring.back()) fail("A ring is not closed or has fewer than four positions.");
  return ring;
}

geometry::Polygon geojson_polygon(const json::value& value, Coordinates coordinates, Budget& budget) {
  geometry::Polygon polygon;
  for (const json::value& ring : array_of(value, "A polygon"))
    polygon.push_back(geojson_ring(ring, coordinates, budget));
  if (polygon.empty()) fail("A polygon has no ring.");
  return polygon;
}

geometry::MultiPolygon geojson_shape(const json::object& geometry_object, Coordinates coordinates, Budget& budget) {
  const std::string_view type = text_member(geometry_object, "type");
  const auto* parts = geometry_object.if_contains("coordinates");
  if (!parts) fail("A geometry has no coordinates.");
  geometry::MultiPolygon shape;
  if (type == "Polygon") {
    shape.push_back(geojson_polygon(*parts, coordinates, budget));
  } else if (type == "MultiPolygon") {
    for (const json::value& polygon : array_of(*parts, "A MultiPolygon"))
      shape.push_back(geojson_polygon(polygon, coordinates, budget));
  } else {
    fail("A boundary must be a Polygon or a MultiPolygon, not \"" + to_valid_utf8(type) + "\".");
  }
  return shape;
}

// The first number of the first geometry tells degrees from metres where `crs` does not.
Coordinates coordinates_of(const json::object& root) {
  if (const auto* crs = root.if_contains("crs"); crs && crs->is_object()) {
    const auto* properties = crs->as_object().if_contains("properties");
    if (properties && properties->is_object()) {
      const std::string_view name = text_member(properties->as_object(), "name");
      if (name.find("27700") != std::string_view::npos) return Coordinates::grid;
      if (name.find("CRS84") != std::string_view::npos || name.find("4326") != std::string_view::npos)
        return Coordinates::degrees;
      if (!name.empty())
        fail("The coordinates are in \"" + to_valid_utf8(name) +
             "\". Export them as WGS 84 (EPSG:4326) or British National Grid (EPSG:27700).");
    }
  }
  const auto* features = root.if_contains("features");
  const json::value* value = nullptr;
  if (features && features->is_array() && !features->as_array().empty() && features->as_array()[0].is_object()) {
    const auto* first = features->as_array()[0].as_object().if_contains("geometry");
    if (first && first->is_object()) value = first->as_object().if_contains("coordinates");
  }
  while (value && value->is_array() && !value->as_array().empty()) value = &value->as_array()[0];
  const bool metres = value && value->is_number() && std::fabs(number_of(*value)) > 180;
  return metres ? Coordinates::grid : Coordinates::degrees;
}

std::string id_text(const json::object& object) {
  const auto* id = object.if_contains("id");
  if (!id || !id->is_string()) return {};
  return std::string(id->as_string().data(), id->as_string().size());
}

std::vector<Feature> geojson_features(const json::object& root) {
  const Coordinates coordinates = coordinates_of(root);
  const auto* list = root.if_contains("features");
  if (!list) fail("The FeatureCollection has no features.");
  Budget budget;
  std::vector<Feature> features;
  for (const json::value& value : array_of(*list, "features")) {
    if (!value.is_object()) fail("A feature is not an object.");
    const json::object& object = value.as_object();
    Feature feature;
    feature.id = id_text(object);
    const auto* properties = object.if_contains("properties");
    if (properties && properties->is_object()) feature.properties = &properties->as_object();
    const auto* shape = object.if_contains("geometry");
    if (!shape || !shape->is_object()) fail("A feature has no geometry.");
    feature.shape = geojson_shape(shape->as_object(), coordinates, budget);
    features.push_back(std::move(feature));
  }
  return features;
}

// ---- TopoJSON

class Arcs {
 public:
  explicit Arcs(const json::object& root) {
    const auto* list = root.if_contains("arcs");
    if (!list) fail("The topology has no arcs.");
    double scale_x = 1;
    double scale_y = 1;
    double move_x = 0;
    double move_y = 0;
    bool quantised = false;
    if (const auto* transform = root.if_contains("transform")) {
      if (!transform->is_object()) fail("The topology's transform is not an object.");
      const auto* scale = transform->as_object().if_contains("scale");
      const auto* translate = transform->as_object().if_contains("translate");
      if (!scale || !translate) fail("The topology's transform needs scale and translate.");
      const json::array& s = array_of(*scale, "scale");
      const json::array& t = array_of(*translate, "translate");
      if (s.size() < 2 || t.size() < 2) fail("The topology's transform needs two numbers each.");
      scale_x = number_of(s[0]);
      scale_y = number_of(s[1]);
      move_x = number_of(t[0]);
      move_y = number_of(t[1]);
      quantised = true;
    }
    const json::array& arcs = array_of(*list, "arcs");
    Budget budget;
    std::vector<std::vector<RawPoint>> raw;
    raw.reserve(arcs.size());
    bool metres = false;
    for (const json::value& arc : arcs) {
      std::vector<RawPoint>& points = raw.emplace_back();
      double x = 0;
      double y = 0;
      const json::array& positions = array_of(arc, "An arc");
      budget.take(positions.size());
      for (const json::value& position : positions) {
        const json::array& pair = array_of(position, "A position");
        if (pair.size() < 2) fail("A position needs two numbers.");
        if (quantised) {
          x += number_of(pair[0]);  // each from the one before
          y += number_of(pair[1]);
        } else {
          x = number_of(pair[0]);
          y = number_of(pair[1]);
        }
        points.push_back({x * scale_x + move_x, y * scale_y + move_y});
        metres |= std::fabs(points.back().x) > 180 || std::fabs(points.back().y) > 90;
      }
      if (points.size() < 2) fail("An arc has fewer than two positions.");
    }
    // Each arc is converted once, so both its neighbours hold the very same points.
    const Coordinates coordinates = metres ? Coordinates::grid : Coordinates::degrees;
    arcs_.reserve(raw.size());
    for (const std::vector<RawPoint>& points : raw) {
      geometry::Ring& arc = arcs_.emplace_back();
      arc.reserve(points.size());
      for (const RawPoint p : points) arc.push_back(to_point(p, coordinates));
    }
  }

  geometry::Ring ring(const json::value& value) {
    geometry::Ring out;
    for (const json::value& item : array_of(value, "A ring")) {
      if (!item.is_int64() && !item.is_uint64()) fail("An arc of a ring is not a whole number.");
      const auto index = static_cast<std::int64_t>(number_of(item));
      const bool reversed = index < 0;
      const std::int64_t at = reversed ? ~index : index;
      if (at < 0 || static_cast<std::size_t>(at) >= arcs_.size())
        fail("A ring names arc " + std::to_string(index) + ", which is not there.");
      const geometry::Ring& arc = arcs_[static_cast<std::size_t>(at)];
      budget_.take(arc.size());
      const std::size_t skip = out.empty() ? 0 : 1;
      const geometry::Point joint = reversed ? arc.back() : arc.front();
      if (skip && (std::fabs(out.back().longitude - joint.longitude) > 1e-9 ||
                   std::fabs(out.back().latitude - joint.latitude) > 1e-9))
        fail("The arcs of a ring do not meet.");
      if (reversed) {
        out.insert(out.end(), arc.rbegin() + static_cast<std::ptrdiff_t>(skip), arc.rend());
      } else {
        out.insert(out.end(), arc.begin() + static_cast<std::ptrdiff_t>(skip), arc.end());
      }
    }
    // Quantising collapses islets to a line or a point: to_shape() leaves those out.
    if (out.empty()) fail("A ring has no arcs.");
    return out;
  }
  geometry::Polygon polygon(const json::value& value) {
    geometry::Polygon out;
    for (const json::value& item : array_of(value, "A polygon")) out.push_back(ring(item));
    if (out.empty()) fail("A polygon has no ring.");
    return out;
  }

 private:
  std::vector<geometry::Ring> arcs_;
  Budget budget_;
};

std::vector<Feature> topojson_features(const json::object& root, std::string& object_names) {
  Arcs arcs(root);
  const auto* objects = root.if_contains("objects");
  if (!objects || !objects->is_object()) fail("The topology has no objects.");
  std::vector<Feature> features;
  for (const auto& member : objects->as_object()) {
    object_names += " " + std::string(member.key().data(), member.key().size());
    if (!member.value().is_object()) continue;
    const auto* geometries = member.value().as_object().if_contains("geometries");
    if (!geometries) continue;
    for (const json::value& value : array_of(*geometries, "geometries")) {
      if (!value.is_object()) fail("A geometry is not an object.");
      const json::object& object = value.as_object();
      Feature feature;
      feature.id = id_text(object);
      const auto* properties = object.if_contains("properties");
      if (properties && properties->is_object()) feature.properties = &properties->as_object();
      const std::string_view type = text_member(object, "type");
      const auto* parts = object.if_contains("arcs");
      if (!parts) fail("A geometry of the topology has no arcs.");
      if (type == "Polygon") {
        feature.shape.push_back(arcs.polygon(*parts));
      } else if (type == "MultiPolygon") {
        for (const json::value& polygon : array_of(*parts, "A MultiPolygon"))
          feature.shape.push_back(arcs.polygon(polygon));
      } else {
        fail("A boundary must be a Polygon or a MultiPolygon, not \"" + to_valid_utf8(type) + "\".");
      }
      features.push_back(std::move(feature));
    }
  }
  return features;
}

// ---- which property holds the code, and which edition it is

bool is_other_nation(std::string_view code) {
  return code.size() == 9 && (code[0] == 'S' || code[0] == 'N') &&
         std::all_of(code.begin() + 1, code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string property_text(const Feature& feature, const std::string& property) {
  if (property.empty()) return feature.id;
  if (!feature.properties) return {};
  return std::string(text_member(*feature.properties, property.c_str()));
}

struct Choice {
  std::string property;
  AreaKind kind = AreaKind::district;
};

Choice choose_property(const std::vector<Feature>& features) {
  std::vector<std::string> names{""};
  if (features.front().properties)
    for (const auto& member : *features.front().properties)
      names.emplace_back(member.key().data(), member.key().size());
  std::optional<Choice> best;
  for (const std::string& name : names) {
    std::set<std::string> codes;
    std::optional<AreaKind> kind;
    bool usable = true;
    for (const Feature& feature : features) {
      const std::string code = property_text(feature, name);
      if (is_other_nation(code)) {
        usable = codes.insert(code).second;
      } else {
        const auto this_kind = kind_of_code(code);
        usable = this_kind && (!kind || *kind == *this_kind) && codes.insert(code).second;
        kind = this_kind;
      }
      if (!usable) break;
    }
    if (!usable || !kind) continue;
    if (!best || *kind > best->kind) best = Choice{name, *kind};
  }
  if (!best) fail("No property holds a different official code (such as E07000234 or E01031349) in every feature.");
  return *best;
}

std::optional<int> year_of_property(const std::string& property) {
  // LAD22CD, LSOA11CD
  if (property.size() < 6) return std::nullopt;
  const std::string_view tail = std::string_view(property).substr(property.size() - 4);
  if (lowered(tail.substr(2)) != "cd" || tail[0] < '0' || tail[0] > '9' || tail[1] < '0' || tail[1] > '9')
    return std::nullopt;
  return 2000 + (tail[0] - '0') * 10 + (tail[1] - '0');
}

std::optional<int> year_of_text(std::string_view text) {
  for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
    if (text[i] != '2' || text[i + 1] != '0') continue;
    if (i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9') continue;
    if (text[i + 2] < '0' || text[i + 2] > '9' || text[i + 3] < '0' || text[i + 3] > '9') continue;
    if (i + 4 < text.size() && text[i + 4] >= '0' && text[i + 4] <= '9') continue;
    return 2000 + (text[i + 2] - '0') * 10 + (text[i + 3] - '0');
  }
  return std::nullopt;
}

std::string vintage_of(AreaKind kind, const std::string& property, std::string_view hints, std::optional<Date> dated) {
  const bool lsoa = kind == AreaKind::lsoa_2011;
  if (dated) return lsoa ? std::to_string(dated->year()) : dated->iso().substr(0, 7);
  const auto year = year_of_property(property) ? year_of_property(property) : year_of_text(hints);
  if (!year) return "undated";
  if (lsoa) return std::to_string(*year);
  const std::string lower = lowered(hints);
  const std::string digits = std::to_string(*year);
  if (const std::size_t at = lower.find(digits + "-"); at != std::string::npos && at + 7 <= lower.size()) {
    const std::string_view month = std::string_view(lower).substr(at + 5, 2);
    if (month >= "01" && month <= "12") return digits + "-" + std::string(month);
  }
  static constexpr std::string_view kMonths[] = {"january", "february", "march",     "april",   "may",      "june",
                                                 "july",    "august",   "september", "october", "november", "december"};
  for (int m = 0; m < 12; ++m)
    if (lower.find(std::string(kMonths[m]) + "_" + digits) != std::string::npos)
      return digits + "-" + (m < 9 ? "0" : "") + std::to_string(m + 1);
  return digits;
}

// England and Wales with room around them, in degrees.
bool in_england_and_wales(double longitude, double latitude) {
  return longitude > -7 && longitude < 3 && latitude > 49 && latitude < 57;
}

// Every point lies outside, and within when its numbers change places.
bool stands_swapped(const Shape& shape) {
  bool any = false;
  for (const MicroPolygon& polygon : shape) {
    for (const MicroRing& ring : polygon) {
      for (const Micro& point : ring) {
        const double x = point.x / 1e6, y = point.y / 1e6;
        if (in_england_and_wales(x, y) || !in_england_and_wales(y, x)) return false;
        any = true;
      }
    }
  }
  return any;
}

}  // namespace

bool looks_like_boundaries(std::string_view text) {
  const std::string_view start = trimmed(text.substr(0, std::min<std::size_t>(text.size(), 4096)));
  std::string_view body = start.substr(0, 3) == "\xEF\xBB\xBF" ? start.substr(3) : start;
  if (body.empty() || body.front() != '{') return false;
  return body.find("FeatureCollection") != std::string_view::npos || body.find("Topology") != std::string_view::npos;
}

Result<BoundaryFile> read_boundaries(std::string_view text, std::string_view file_name, std::optional<Date> dated) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  const Status fits = fits_in_memory(json_memory(text), kGeographyMemory, "It",
                                     "Give the generalised boundaries (BGC or BSC), which maps here are drawn from, or "
                                     "split the file.");
  if (!fits) return pass_on(fits);
  boost::system::error_code error;
  json::monotonic_resource memory;
  json::parse_options options;
  options.max_depth = 16;
  const json::value document = json::parse(json::string_view(text.data(), text.size()), error, &memory, options);
  if (error) return invalid(tr("It is not well-formed JSON: {0}.", {error.message()}));
  if (!document.is_object()) return invalid(tr("It is not a JSON object."));
  try {
    const json::object& root = document.as_object();
    const std::string_view type = text_member(root, "type");
    BoundaryFile out;
    std::vector<Feature> features;
    std::string hints(file_name);
    if (type == "FeatureCollection") {
      out.form = "GeoJSON";
      features = geojson_features(root);
    } else if (type == "Topology") {
      out.form = "TopoJSON";
      features = topojson_features(root, hints);
    } else {
      fail("It is neither a FeatureCollection (GeoJSON) nor a Topology (TopoJSON).");
    }
    if (features.empty()) fail("It holds no boundary.");
    const Choice choice = choose_property(features);
    out.kind = choice.kind;
    out.vintage = vintage_of(choice.kind, choice.property, hints, dated);
    if (choice.kind == AreaKind::lsoa_2011) {
      if (out.vintage == "2021") {
        out.kind = AreaKind::lsoa_2021;
      } else if (out.vintage != "2011") {
        fail(
            "Nothing says whether these are the LSOAs of 2011 or of 2021. Give the day that they hold for: 2011-03-27 "
            "or 2021-03-21 (--dated on the "
            "command line).");
      }
    }
    for (const Feature& feature : features) {
      const std::string code = property_text(feature, choice.property);
      if (is_other_nation(code)) {
        ++out.left_out;
        continue;
      }
      FileBoundary boundary{code, to_shape(feature.shape)};
      if (boundary.shape.empty()) fail("The boundary of " + code + " has no area.");
      if (stands_swapped(boundary.shape))
        fail("The boundary of " + code +
             " lies far from England and Wales, and would lie within them with longitude and " +
             "latitude in each other's place. GeoJSON has the longitude first: change their places and import it "
             "again.");
      out.boundaries.push_back(std::move(boundary));
    }
    if (out.boundaries.empty()) fail("It holds no boundary in England or Wales.");
    return out;
  } catch (const Failure& failure) {
    return invalid(failure.sentence);
  }
}

}  // namespace tithing::register_
