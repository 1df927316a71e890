// Public face of `evidence`: recorded crime as it was published, what is missing from it, and populations.
//
// Snapshot is immutable, cheap to share and safe from any thread: everything known at one moment, read through the
// register of the same moment. Ask the Service for one per request and keep it for the length of the request only.
//
// Which rows count for an area (docs/adr): for a police force area all rows of that force's files, placed or not; for a
// partnership, a district, an LSOA or a chosen set of LSOAs the rows of the territorial force of that area whose LSOA
// lies in it. `Recorder::all` counts the rows of every imported force there instead. LSOAs, wards and sets of LSOAs are
// counted through the exact fit (register/zones.h): what can be added is added, what cannot be split is not known.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/date.h"
#include "base/result.h"
#include "figures/figure.h"
#include "slices/register/areas.h"
#include "slices/register/zones.h"

namespace tithing {
struct Wiring;
}

namespace tithing::evidence {

extern const Permission kImportEvidence;  // "evidence.import"
extern const Permission kReadRows;        // "evidence.rows": the rows behind a figure, refused rows

// A category of the street-level data. Categories came and went: 6 in December 2010, 11 from September 2011, 14 from
// May 2013.
struct CrimeType {
  std::string slug;            // "violence-and-sexual-offences"
  std::string name;            // "Violence and sexual offences"
  std::optional<Month> first;  // published from ..
  std::optional<Month> last;   // .. to; empty: still published, or not one of the known categories
};

struct Force {
  std::string slug;       // "north-yorkshire", as in the file names
  std::string name;       // "North Yorkshire Police", as in "Reported by"
  std::string area_code;  // "E23000009"; empty for British Transport Police and Northern Ireland
};

enum class FileState { submitted, missing, malformed };
std::string_view name_of(FileState state);  // "submitted", "missing", "malformed"

// What is doubtful about one category in the file of a force-month that is there.
struct TypeDoubt {
  int type = 0;  // index in Snapshot::crime_types()
  bool absent =
      false;        // no row of it, where the force's other months have it: not known, never nought. Else: far too few
  std::string why;  // "no row of Burglary, where its other months have 310 in the middle"
};

// One force and one month in the ledger. `missing` only within the span of months that have been imported.
struct ForceMonth {
  int force = 0;  // index in Snapshot::forces()
  Month month;
  FileState state = FileState::missing;
  std::vector<std::string> suspicions;  // sentences; not empty: suspect
  std::vector<TypeDoubt> doubts;        // by type; a suspicion of the file as a whole stands in `suspicions`
  // Rows of fewer than half of the categories of its time: what it has no row of is not known, whatever the other
  // months are.
  bool few_categories = false;
  // What its rows say of its own area. `elsewhere`: kAwayShare or more of those with an LSOA lie in other forces'
  // areas, so they know nothing of the force's own, whole or part. `unplaced`: as large a share of all its rows names
  // no LSOA, so they know nothing of any part. Neither is nought crimes there.
  bool elsewhere = false;
  bool unplaced = false;
  std::int64_t rows = 0;
  std::int64_t without_lsoa = 0;
  std::int64_t without_coordinates = 0;
  std::int64_t without_crime_id = 0;
  std::int64_t in_other_forces = 0;  // rows whose LSOA lies in another police force area
  std::int64_t refused = 0;
  int lsoa_vintage = 0;          // 2011, 2021, or 0 when no row tells
  int publications = 0;          // how many different ones have been imported
  std::int64_t source_file = 0;  // sources::SourceFileId of the one that counts; 0 when missing
  // A file that is there and that something is wrong with, as a whole or in a category.
  bool suspect() const { return state == FileState::submitted && (!suspicions.empty() || !doubts.empty()); }
  std::vector<std::string> reasons()
      const;  // all of it as sentences; of a whole month the categories are not told one by one
};

enum class Recorder { territorial_force, all };

// Areas in the shape in which the cube is asked: made once, asked often. Belongs to the snapshot that made it.
struct Selection {
  std::string code;   // of the area, or empty for chosen LSOAs
  std::string title;  // "North Worcestershire", "3 LSOAs"
  std::optional<register_::AreaKind> kind;
  std::vector<int> forces;              // whose rows count (indexes in Snapshot::forces())
  std::string unimported_force;         // a force whose rows would count, but of which there is no file; or empty
  bool whole_force = false;             // rows without a place count too
  std::vector<std::uint32_t> pairs;     // force x LSOA numbers in the cube, ascending
  std::vector<std::uint32_t> others;    // the same places as recorded by other forces: not counted, said in a caveat
  std::vector<std::string> lsoas_2021;  // for the population
  std::vector<std::string> notes;       // what had to be decided, in sentences
  // LSOAs of two censuses (docs/adr/0015): whether files in LSOAs of 2011, and of 2021, can be counted for all of it.
  // Where one cannot, those months are not known.
  bool in_2011 = true;
  bool in_2021 = true;
  std::string why_not_known;  // sentences; empty where both are true
  // What can be asked in any month instead: an area, or LSOAs.
  struct Instead {
    std::string text;
    std::string area;
    std::vector<std::string> lsoas;  // where `area` is empty
  };
  std::vector<Instead> instead;
};

// What stands for more than one category wherever the index of a type is taken: every row (recorded crime and
// anti-social behaviour incidents), and every row but anti-social behaviour. Their names and words: crime_types.h.
constexpr int kAllTypes = -1;
constexpr int kCrimeTypes = -2;

// Rows by position. data.police.uk moves each crime to the nearest of some 750,000 map points, each with at least eight
// addresses or none, so a position is a street or a place, never an address.
struct PointCounts {
  struct Point {
    std::int32_t longitude = 0;  // millionths of a degree, as published
    std::int32_t latitude = 0;
    std::uint32_t lsoa = 0;  // index in `lsoas`: the one that the rows name
  };
  Period months;
  std::vector<std::string> lsoas;     // ascending; an empty text for rows that name none
  std::vector<Point> points;          // distinct, by LSOA, longitude, latitude
  std::vector<std::uint32_t> counts;  // [point x months.months() + month]
  std::int64_t rows = 0;              // as Snapshot::count gives them
  std::int64_t without_position = 0;  // rows among them that name an LSOA, or none, but no position
};

class Snapshot {
 public:
  virtual ~Snapshot() = default;

  virtual const std::string& version() const = 0;  // changes with every import that changes a figure
  virtual const register_::Areas& areas() const = 0;
  virtual std::span<const Force> forces() const = 0;                       // that have a file
  virtual std::span<const CrimeType> crime_types() const = 0;              // that occur, by name
  virtual std::optional<int> type_index(std::string_view slug) const = 0;  // in crime_types(): one category that occurs
  virtual std::optional<int> force_index(std::string_view area_code_or_slug) const = 0;  // empty: it has no file
  virtual std::optional<Period> months() const = 0;  // first to last imported; empty when nothing is

  // not_found for an unknown area. invalid for LSOA codes that are none.
  virtual Result<std::shared_ptr<const Selection>> select(const std::string& area_code, Date as_at,
                                                          Recorder recorder = Recorder::territorial_force) const = 0;
  virtual Result<std::shared_ptr<const Selection>> select_lsoas(
      const std::vector<std::string>& codes, Date as_at, Recorder recorder = Recorder::territorial_force) const = 0;

  // Rows over the months of the period that are there. `type` is an index of crime_types(), kAllTypes or
  // kCrimeTypes. Whoever shows it asks `coverage` of the same type: present < expected makes it a floor, present == 0
  // not known, however many rows there are.
  virtual std::int64_t count(const Selection& selection, Period period, int type = kAllTypes) const = 0;
  struct MonthCount {
    Month month;
    // Empty: a force whose rows count here submitted nothing, or nothing of that type (see `coverage`), or the
    // selection is a part of an LSOA of that month's files. Never zero for missing.
    std::optional<std::int64_t> count;
  };
  virtual std::vector<MonthCount> series(const Selection& selection, Period period, int type = kAllTypes) const = 0;
  struct LsoaCount {
    std::string lsoa;
    std::int64_t count = 0;
  };
  // LSOAs of the selection in which there was something, by code.
  virtual std::vector<LsoaCount> by_lsoa(const Selection& selection, Period period, int type = kAllTypes) const = 0;
  // Rows of the selection's forces that name no LSOA: they count in a whole force and in no part of it.
  virtual std::int64_t without_place(const Selection& selection, Period period, int type = kAllTypes) const = 0;
  // Where the rows of the selection lie, over the months of the period that are there (cut to months()). Problems: a
  // kept original that is needed and cannot be read.
  virtual Result<PointCounts> points(const Selection& selection, Period period, int type = kAllTypes) const = 0;
  virtual std::int64_t by_other_forces(const Selection& selection, Period period, int type = kAllTypes) const = 0;

  // Force-months that the selection needs in the period, which are missing, which are suspect. A force-month is present
  // for a type only when that type is known in it: published at the time (the dated table of categories), and not
  // absent from a file whose force has it in other months. kAllTypes needs every category that was published at the
  // time. Notes say where the category was narrowed or began within the period (`category_breaks`).
  virtual figures::Coverage coverage(const Selection& selection, Period period, int type = kAllTypes) const = 0;
  virtual std::span<const ForceMonth> ledger()
      const = 0;  // by force, then month; every month of months() for every force
  virtual const ForceMonth* force_month(int force, Month month) const = 0;

  // Mid-year population of the selection; empty when that year is not imported, or not for every LSOA of it: a part of
  // the people is no denominator.
  virtual std::optional<std::int64_t> population(const Selection& selection, int year) const = 0;
  virtual std::span<const int> population_years() const = 0;  // ascending
  // The mid-year estimate for a period by the rule of the figures: the year of its last month, else the nearest earlier
  // one imported, else the earliest; of the years that are there for (nearly) as many LSOAs as any.
  virtual std::optional<int> population_year_for(Period period) const = 0;
};

// Where a category began, ended or was narrowed between the first and the last month, as sentences; what compares two
// periods or shows a series asks it for the span from the first month of the one to the last of the other. Empty for a
// type without breaks.
std::vector<std::string> category_breaks(std::string_view type_slug, Period span);

// The censuses whose LSOAs the submitted files of the selection's forces use in a period.
register_::Vintages vintages_of(const Snapshot& snapshot, const Selection& selection, Period period);
// Why the selection cannot be counted over the whole period although its files are there: a part of an LSOA that was
// split, or the like. Nothing where it can.
std::optional<std::string> not_known_by_fit(const Snapshot& snapshot, const Selection& selection, Period period);
// The months next to what was asked in which a selection that is not known over the whole of it is known; nothing: in
// none.
std::optional<Period> known_by_fit(const Selection& selection, Period period);

class Service {
 public:
  virtual ~Service() = default;
  // What is known now. Never null; after an import by another process it is at most a second old.
  virtual std::shared_ptr<const Snapshot> snapshot() = 0;
};

// Adds figure kinds (crimes, population, rate, official-crimes), pages, subcommands, permissions. `areas` gives the
// register's present snapshot, never null.
Service& register_slice(Wiring& wiring, std::function<std::shared_ptr<const register_::Areas>()> areas);

}  // namespace tithing::evidence
