// What the register's files say, in the terms of the rule that all slices share (sources/publications.h): which of
// several look-ups of one month counts, and which files of boundaries are laid over each other. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "slices/register/areas.h"
#include "slices/register/look_up.h"
#include "slices/register/shape.h"
#include "slices/sources/publications.h"

namespace tithing::register_ {

// Kinds of things, as choices name them, and the keys of one of them.
inline constexpr const char* kLookUpKind = "look-up";          // key: its day, "2022-12-31"
inline constexpr const char* kExactFitKind = "exact-fit";      // key: kOnlyKey
inline constexpr const char* kWardFitKind = "ward-fit";        // key: kOnlyKey
inline constexpr const char* kCodeHistoryKind = "area-codes";  // key: kOnlyKey
inline constexpr const char* kFactsKind = "successions";       // key: kOnlyKey; every file counts
inline constexpr const char* kBoundariesKind = "boundaries";   // key: "district 2022-12"; laid over each other
inline constexpr const char* kOnlyKey = "all";
inline constexpr const char* const kPublicationKinds[] = {kLookUpKind,      kExactFitKind, kWardFitKind,
                                                          kCodeHistoryKind, kFactsKind,    kBoundariesKind};

sources::Manner manner_of(std::string_view kind);
std::string boundaries_key(AreaKind kind, std::string_view vintage);
std::string about_of(std::string_view kind, std::string_view key);  // "Look-up of December 2022"

// Rows, and the partnerships and forces that would be missed.
sources::Holding holding_of(const LookUp& look_up);

// Districts that both look-ups show, and how many of them lie in another partnership or force.
struct LookUpAgreement {
  std::int64_t shared = 0;
  std::int64_t differing = 0;
};
LookUpAgreement agreement(const LookUp& former, const LookUp& later);

// How two shapes of one area lie to each other, for the warning before one takes the other's place. Empty: not far
// apart; else a sentence without its full stop: "its area would be 94% smaller", "it lies elsewhere".
std::string far_apart(const Shape& former, const Shape& later);

}  // namespace tithing::register_
