// What several files say about the same thing, in the terms of the rule that all slices share (sources/publications.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "slices/evidence/street_counts.h"
#include "slices/sources/publications.h"

namespace tithing::evidence {

// Kinds of things that publications are about, and the key of one of them.
inline constexpr const char* kPoliceMonth = "police-month";
inline constexpr const char* kTableC2Kind = "table-c2";  // key: "Year ending June 2025"
inline constexpr const char* kPopulationKind =
    "population";  // key: "LSOA 2021"; every file counts, laid over the former
std::string police_month_key(const std::string& force_slug, Month month);  // "surrey 2022-11"

enum class PublicationState { counts, superseded, set_aside, malformed };
PublicationState state_of(const sources::Standing& standing);

struct Publication {
  std::int64_t id = 0;
  std::string force_slug;
  Month month;
  std::int64_t version = 0;
  PublicationState state = PublicationState::counts;
  bool is_extract = false;
  std::string sha256;  // of the file
};

enum class Decision {
  known,      // this very file is there already
  takes,      // nothing counted for this force-month
  replaces,   // what counted before is kept as superseded
  set_aside,  // kept, not counted
};

// Rows by crime type as kept beside a publication: "burglary:215 drugs:14". Empty when the counts have no cells.
std::string types_text(const ForceMonthCounts& counts);
// What a force-month says, from that text: its rows, and which crime types, by their names.
sources::Holding holding_of(std::int64_t rows, const std::string& types);

}  // namespace tithing::evidence
