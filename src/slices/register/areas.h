// Public face of `register`: areas in time. Official codes name boundaries, not legal persons.
//
// Areas is an immutable snapshot held in memory (35,000 LSOAs included), cheap to share and safe from any thread; a new
// one is made when the register changes. All look-ups take the day they are asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/geometry.h"
#include "base/result.h"

namespace tithing::register_ {

// From the largest to the smallest. A ward is known by best fit only: whole LSOAs of 2021, not its own outline.
enum class AreaKind { police_force_area, community_safety_partnership, district, ward, lsoa_2011, lsoa_2021 };
std::string_view name_of(AreaKind kind);  // "community safety partnership"
std::string_view code_of(AreaKind kind);  // "community-safety-partnership"
std::optional<AreaKind> kind_from(std::string_view code);

struct Area {
  std::string code;  // official code, or a local one ("X-bromsgrove-csp") where none is known
  AreaKind kind = AreaKind::district;
  std::string name;
  // Holds over [from, to). `from` empty: since before the first look-up; `to` empty: still there in the latest one.
  std::optional<Date> from;
  std::optional<Date> to;
  std::string dates_note;  // "Between 31 December 2019 and 31 December 2022: the look-ups do not say when." or empty
  // A force that polices no area of its own: British Transport Police, Northern Ireland. Its code is its name in the
  // files of data.police.uk ("btp"), its kind that of a force area; it has no LSOAs and nothing lies in it.
  bool without_area = false;
};
inline bool is_lsoa(AreaKind kind) { return kind == AreaKind::lsoa_2011 || kind == AreaKind::lsoa_2021; }
// "community safety partnership", "ward (best fit)", "police force without an area".
std::string kind_words(const Area& area);

// A zone is what can be counted alike in the LSOAs of 2011 and in those of 2021: the smallest set of LSOAs that has one
// outline in both. U: one unchanged; S: one of 2011 that was split; M: several of 2011 that were merged; X: neither.
struct Zone {
  std::vector<std::string> of_2011;  // ascending codes
  std::vector<std::string> of_2021;
  char change = 'U';
  friend auto operator<=>(const Zone&, const Zone&) = default;
};

enum class SuccessionKind { renamed, recoded, merged, split, replaced };
struct Succession {
  std::int64_t id = 0;
  SuccessionKind kind = SuccessionKind::renamed;
  AreaKind area_kind = AreaKind::district;
  std::vector<std::string> predecessors;  // codes
  std::vector<std::string> successors;
  std::optional<Date> on;  // the day, where it is known
  std::string evidence;    // "Look-ups of December 2019 and December 2022" or a paper and its paragraph
  enum class Review { proposed, accepted, rejected } review = Review::proposed;
};

class Areas {
 public:
  virtual ~Areas() = default;
  virtual std::int64_t version() const = 0;
  // The area that bears `code` on that day; when it has gone or not begun, still the area (see `in_force`).
  virtual const Area* find(std::string_view code) const = 0;
  virtual bool in_force(const Area& area, Date as_at) const = 0;
  virtual std::vector<const Area*> of_kind(AreaKind kind, Date as_at) const = 0;
  // The name it bore on that day ("Shepway" before "Folkestone and Hythe"); Area::name is the latest one.
  virtual std::string name_at(const Area& area, Date as_at) const = 0;
  struct NamePeriod {
    std::string name;
    std::string seen_in;  // "look-ups of January 2017 and December 2018"
  };
  virtual std::vector<NamePeriod> names(std::string_view code) const = 0;  // oldest first
  // Areas of `kind` that make up `code` on that day, by name. A partnership's districts, a force's partnerships, a
  // district's LSOAs.
  virtual std::vector<const Area*> constituents(std::string_view code, AreaKind kind, Date as_at) const = 0;
  // The LSOAs within `code` on that day. Never null; empty for an unknown code. Street data are in 2011 codes until May
  // 2023 and in 2021 codes from June 2023: both are given.
  struct LsoaSet {
    std::vector<std::string> lsoa_2011;  // sorted codes
    std::vector<std::string> lsoa_2021;  // sorted codes
    std::vector<std::string>
        notes;  // what had to be decided, in sentences ("4 LSOAs of 2011 lie in two districts; ...")
  };
  virtual std::shared_ptr<const LsoaSet> lsoas(std::string_view code, Date as_at) const = 0;
  virtual const Area* force_of(std::string_view code,
                               Date as_at) const = 0;  // of a partnership, district or LSOA; itself for a force
  // Of a district or LSOA; null for a district that is split between partnerships.
  virtual const Area* partnership_of(std::string_view code, Date as_at) const = 0;
  virtual const Area* district_of(std::string_view lsoa, Date as_at) const = 0;
  virtual std::vector<Succession> successions_of(std::string_view code) const = 0;  // before and after
  virtual std::vector<Succession> successions() const = 0;
  // 2021 LSOAs that a 2011 LSOA became, with the ONS change indicator U, S, M or X.
  struct Fit {
    std::vector<std::string> lsoa_2021;
    char change = 'U';
  };
  virtual const Fit* fit(std::string_view lsoa_2011) const = 0;
  // The zone of an LSOA of either census; empty for what is no LSOA, or where the register holds no exact fit.
  virtual std::optional<Zone> zone_of(std::string_view) const { return std::nullopt; }
  // By name (old names too) or code, best first.
  virtual std::vector<const Area*> search(std::string_view text, int limit) const = 0;
  virtual std::vector<std::string> sources() const = 0;  // "/evidence/sources/3" of the look-ups it rests on
};

// Longitude and latitude in degrees (WGS 84); the first ring of a polygon is its outside.
using geometry::MultiPolygon;
using geometry::Point;
using geometry::Polygon;
using geometry::Ring;

struct Boundary {
  std::string code;
  MultiPolygon shape;
  std::string vintage;  // "2011", "2022-12"
};

}  // namespace tithing::register_
