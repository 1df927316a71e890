#include "slices/register/service.h"

#include <algorithm>
#include <set>

#include "base/translation.h"
#include "slices/register/review.h"
#include "slices/register/shape.h"
#include "slices/register/store_choices.h"
#include "slices/register/zones.h"
#include "slices/wiring.h"

namespace tithing::register_ {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kDissolvedKept = 2000;

std::shared_ptr<const Boundary> make_boundary(const std::string& code, const Shape& shape, const std::string& vintage) {
  auto boundary = std::make_shared<Boundary>();
  boundary->code = code;
  boundary->shape = to_degrees(shape);
  boundary->vintage = vintage;
  return boundary;
}

const store::StoredBoundary* of_vintage(const std::vector<store::StoredBoundary>& stored, std::string_view vintage) {
  for (const store::StoredBoundary& boundary : stored)
    if (boundary.vintage == vintage) return &boundary;
  return nullptr;
}

}  // namespace

RegisterService::RegisterService(Wiring& wiring) : wiring_(wiring) {}

std::shared_ptr<const Snapshot> RegisterService::load(db::Connection& connection, std::int64_t at_version) {
  SnapshotInput input;
  input.version = std::min(at_version, store::version(connection));
  input.look_ups = store::look_ups(connection, at_version);
  input.facts = store::facts(connection, at_version);
  input.successions = store::successions(connection, at_version);
  if (const auto id = store::exact_fit_id(connection, at_version)) {
    if (!fit_ || fit_id_ != *id) {
      const ExactFit fit = store::exact_fit(connection, *id);
      fit_ = std::make_shared<const LsoaTable>(fit);
      fit_source_ = fit.source;
      fit_id_ = *id;
    }
    input.lsoas = fit_;
    input.fit_source = fit_source_;
  }
  if (const auto id = store::ward_fit_id(connection, at_version)) {
    if (!wards_ || ward_fit_id_ != *id) {
      wards_ = std::make_shared<const WardTable>(store::ward_fit(connection, *id));
      ward_fit_id_ = *id;
    }
    input.wards = wards_;
  }
  return make_snapshot(std::move(input));
}

std::shared_ptr<const Snapshot> RegisterService::snapshot() {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (snapshot_ && now - checked_ < 1s) return snapshot_;
  snapshot_ = wiring_.database->read([&](db::Connection& connection) -> std::shared_ptr<const Snapshot> {
    const std::int64_t version = store::version(connection);
    if (snapshot_ && snapshot_->version() == version) return snapshot_;
    if (snapshot_ && version < snapshot_->version()) {
      fit_.reset();  // a backup was restored: the same number may be another file
      wards_.reset();
    }
    return load(connection, store::kNewest);
  });
  checked_ = now;
  return snapshot_;
}

Result<std::shared_ptr<const Areas>> RegisterService::areas_as_known(std::int64_t version) {
  const std::lock_guard lock(mutex_);
  return wiring_.database->read([&](db::Connection& connection) -> Result<std::shared_ptr<const Areas>> {
    if (version >= 0 && version <= store::version(connection)) return load(connection, version);
    return not_found(tr("The register has no version {0}.", {std::to_string(version)}));
  });
}

void RegisterService::forget_check() {
  const std::lock_guard lock(mutex_);
  checked_ = {};
}

Result<GeographyReport> RegisterService::import_geography(const Actor& actor, const std::vector<std::string>& paths,
                                                          std::optional<Date> dated, const sources::Manners& manners) {
  return seen_at_once(register_::import_geography(wiring_.doing(actor), sources::OriginalStore(wiring_.data_folder),
                                                  paths, dated, manners));
}

std::vector<sources::Thing> RegisterService::things(const std::string& kind, const std::string& key, bool all) {
  return register_::things(*wiring_.database, kind, key, all);
}

Result<std::vector<sources::Change>> RegisterService::choose(const Actor& actor, const Choosing& choosing) {
  return seen_at_once(register_::choose(wiring_.doing(actor), choosing));
}

Status RegisterService::review_succession(const Actor& actor, std::int64_t id, Succession::Review review,
                                          std::optional<Date> on, const std::string& reason) {
  return review_succession(actor, id, review, on, reason, commands::kAnyVersion);
}

Status RegisterService::review_succession(const Actor& actor, std::int64_t id, Succession::Review review,
                                          std::optional<Date> on, const std::string& reason, std::int64_t seen) {
  return seen_at_once(register_::review_succession(wiring_.doing(actor), id, seen, review, on, reason));
}

std::optional<RegisterService::Reviewed> RegisterService::reviewed(std::int64_t succession) {
  return wiring_.database->read([&](db::Connection& connection) -> std::optional<Reviewed> {
    const records::Record record = records::record_of(kSuccessionKind, succession);
    auto standing = wiring_.kinds.standing(connection, record);
    if (!standing) return std::nullopt;
    return Reviewed{std::move(*standing), store::reviews(connection, succession), path::events_of(connection, record)};
  });
}

Status RegisterService::demonstrate(const std::string& sample_folder) {
  const Actor actor = Actor::system(wiring_.permissions);
  if (auto report = import_geography(actor, {sample_folder + "/geography"}, std::nullopt); !report)
    return pass_on(report);
  const auto areas = snapshot();
  for (const Succession& s : areas->successions()) {
    const ProposedSuccession* proposal = areas->proposal(s.id);
    if (!proposal || proposal->origin.compare(0, 6, "paper ") != 0 || s.review != Succession::Review::proposed)
      continue;
    const std::string reason =
        "Part of the demonstration: the paper that the sample names tells of it, and the look-up of January 2017 shows "
        "the successor in place.";
    if (auto done = review_succession(actor, s.id, Succession::Review::accepted, s.on, reason); !done) return done;
  }
  return {};
}

// ---- boundaries

std::map<std::string, RegisterService::Stored> RegisterService::stored(const std::vector<std::string>& codes) {
  const std::int64_t version = snapshot()->version();
  std::map<std::string, Stored> out;
  std::vector<std::string> wanted;
  {
    const std::lock_guard lock(mutex_);
    if (boundary_version_ != version) {
      stored_.clear();
      dissolved_.clear();
      boundary_version_ = version;
    }
    for (const std::string& code : codes) {
      const auto found = stored_.find(code);
      if (found == stored_.end()) {
        wanted.push_back(code);
      } else {
        out[code] = found->second;
      }
    }
  }
  if (wanted.empty()) return out;
  wiring_.database->read([&](db::Connection& connection) {
    const std::set<std::int64_t> without = store::not_counted(connection, kBoundariesKind);
    for (const std::string& code : wanted)
      out[code] =
          std::make_shared<const std::vector<store::StoredBoundary>>(store::boundaries(connection, code, without));
  });
  const std::lock_guard lock(mutex_);
  if (boundary_version_ == version)
    for (const std::string& code : wanted) stored_[code] = out[code];
  return out;
}

// The most detailed of what was imported for this very code.
std::shared_ptr<const Boundary> RegisterService::own_shape(const Area& area,
                                                           const std::map<std::string, Stored>& shapes) const {
  const auto found = shapes.find(area.code);
  if (found == shapes.end()) return nullptr;
  const store::StoredBoundary* best = nullptr;
  for (const store::StoredBoundary& boundary : *found->second)
    if (!best || boundary.points > best->points) best = &boundary;
  if (!best) return nullptr;
  const auto shape = decode(best->shape);
  if (!shape) throw std::runtime_error("boundary of " + area.code + ": " + shape.error().message);
  return make_boundary(area.code, *shape, best->vintage);
}

std::shared_ptr<const Boundary> RegisterService::dissolved_from_lsoas(const Area& area, const Snapshot& areas,
                                                                      Date as_at) {
  const auto set = areas.lsoas(area.code, as_at);
  if (set->lsoa_2011.empty()) return nullptr;
  // Of a ward with a part of a zone, the LSOAs of 2011 are not all of it.
  if (area.kind == AreaKind::ward &&
      !answer_for(set->lsoa_2021, [&](std::string_view code) { return areas.zone_of(code); }).whole())
    return nullptr;
  const auto shapes = stored(set->lsoa_2011);
  std::vector<Shape> parts;
  for (const std::string& code : set->lsoa_2011) {
    const store::StoredBoundary* boundary = of_vintage(*shapes.at(code), "2011");
    if (!boundary) return nullptr;
    auto shape = decode(boundary->shape);
    if (!shape) throw std::runtime_error("boundary of " + code + ": " + shape.error().message);
    parts.push_back(std::move(*shape));
  }
  std::vector<const Shape*> pointers;
  for (const Shape& part : parts) pointers.push_back(&part);
  return make_boundary(area.code, dissolve(pointers), "2011");
}

std::shared_ptr<const Boundary> RegisterService::from_the_other_census(const Area& area, const Snapshot& areas) {
  const auto zone = areas.zone_of(area.code);
  if (!zone || zone->change == 'U' || zone->change == 'X') return nullptr;
  const bool old = area.kind == AreaKind::lsoa_2011;
  if ((old ? zone->of_2011 : zone->of_2021).size() != 1) return nullptr;
  const std::vector<std::string>& codes = old ? zone->of_2021 : zone->of_2011;
  const auto shapes = stored(codes);
  std::vector<Shape> parts;
  for (const std::string& code : codes) {
    const store::StoredBoundary* boundary = of_vintage(*shapes.at(code), old ? "2021" : "2011");
    if (!boundary) return nullptr;
    auto shape = decode(boundary->shape);
    if (!shape) throw std::runtime_error("boundary of " + code + ": " + shape.error().message);
    parts.push_back(std::move(*shape));
  }
  std::vector<const Shape*> pointers;
  for (const Shape& part : parts) pointers.push_back(&part);
  return make_boundary(area.code, dissolve(pointers), old ? "2021" : "2011");
}

std::shared_ptr<const Boundary> RegisterService::dissolved(const Area& area, const Snapshot& areas, Date as_at) {
  std::vector<std::string> districts;
  bool split = false;
  for (const Area* district : areas.constituents(area.code, AreaKind::district, as_at)) {
    districts.push_back(district->code);
    split |=
        area.kind == AreaKind::community_safety_partnership && areas.partnership_of(district->code, as_at) == nullptr;
  }
  if (districts.empty()) return nullptr;
  if (split) return dissolved_from_lsoas(area, areas, as_at);
  const auto shapes = stored(districts);
  std::map<std::string, std::pair<std::size_t, std::int64_t>>
      vintages;  // how many districts have it, with how many points
  for (const auto& [code, boundaries] : shapes) {
    for (const store::StoredBoundary& boundary : *boundaries) {
      auto& [count, points] = vintages[boundary.vintage];
      ++count;
      points += boundary.points;
    }
  }
  std::string best;
  for (const auto& [vintage, held] : vintages)
    if (held.first == districts.size() && (best.empty() || held.second > vintages[best].second)) best = vintage;
  if (best.empty()) return dissolved_from_lsoas(area, areas, as_at);
  std::vector<Shape> parts;
  for (const std::string& code : districts) {
    auto shape = decode(of_vintage(*shapes.at(code), best)->shape);
    if (!shape) throw std::runtime_error("boundary of " + code + ": " + shape.error().message);
    parts.push_back(std::move(*shape));
  }
  std::vector<const Shape*> pointers;
  for (const Shape& part : parts) pointers.push_back(&part);
  return make_boundary(area.code, dissolve(pointers), best);
}

std::vector<std::shared_ptr<const Boundary>> RegisterService::boundaries(const std::vector<std::string>& codes,
                                                                         Date as_at) {
  const auto areas = snapshot();
  const auto own = stored(codes);
  std::vector<std::shared_ptr<const Boundary>> out;
  out.reserve(codes.size());
  for (const std::string& code : codes) {
    const Area* area = areas->find(code);
    if (!area) {
      out.push_back(nullptr);
      continue;
    }
    if (is_lsoa(area->kind)) {
      // A code that both editions have is an unchanged LSOA, so either shape is its own.
      auto shape = own_shape(*area, own);
      out.push_back(shape ? shape : from_the_other_census(*area, *areas));
      continue;
    }
    const std::string key = code + "|" + as_at.iso();
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = dissolved_.find(key); found != dissolved_.end()) {
        out.push_back(found->second);
        continue;
      }
    }
    std::shared_ptr<const Boundary> made;
    if (area->kind == AreaKind::district || area->kind == AreaKind::ward) {
      made = own_shape(*area, own);
      if (!made) made = dissolved_from_lsoas(*area, *areas, as_at);
    } else {
      made = dissolved(*area, *areas, as_at);
      if (!made) made = own_shape(*area, own);
    }
    const std::lock_guard lock(mutex_);
    if (dissolved_.size() >= kDissolvedKept) dissolved_.clear();
    if (boundary_version_ == areas->version()) dissolved_[key] = made;
    out.push_back(std::move(made));
  }
  return out;
}

std::shared_ptr<const Boundary> RegisterService::boundary(std::string_view code, Date as_at) {
  return boundaries({std::string(code)}, as_at).front();
}

}  // namespace tithing::register_
