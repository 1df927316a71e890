// Pots and schemes as they are kept. A record is one saved version; nothing that was saved is changed afterwards, so
// (scheme id, scheme version, pot version) names an allocation for ever. Several schemes on one pot are scenarios
// beside each other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "allocation/scheme.h"
#include "base/actor.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "records/record.h"

namespace tithing::pots {

using namespace allocation;  // the engine's words: an Area, a Scheme, a Fraction of this room is the engine's

using PotId = Id<struct PotTag>;
using SchemeId = Id<struct SchemeTag>;

inline constexpr const char* kPotKind = "pot";
inline constexpr const char* kSchemeKind = "scheme";
inline records::Record record_of(PotId id) { return records::record_of(kPotKind, id.value); }
inline records::Record record_of(SchemeId id) { return records::record_of(kSchemeKind, id.value); }

// As the audit names the program itself. It is nobody: what it brings is the demonstration's (grounds.h).
constexpr std::string_view kProgram = "system";

// Who saved a version, when and why.
struct Saved {
  Instant at;
  std::string by;       // as in the audit: "account:12", "command line"
  std::string by_name;  // "E. Reed", or as in the audit where there is no name
  std::string reason;
};
// As a name stands on pages: "E. Reed", "command line", "the program, with its demonstration".
std::string shown_name(const Actor& actor);
std::string shown_name(std::string_view by, const std::string& name);  // `by` as in the audit
// The reason of a version. The first has often none, and says what it is then.
std::string why_of(const Saved& saved, std::int64_t version);

struct PotRecord {
  PotId id;
  std::int64_t version = 0;  // from 1
  std::string title;
  std::string financial_year;  // "2012/13"
  std::string area;            // official codes of the areas within which it is shared (reach.h); empty: every area
  Pot pot;
  bool withdrawn = false;
  std::string delivered;  // its name in the demonstration, or empty
  Saved saved;
};

struct SchemeRecord {
  SchemeId id;
  std::int64_t version = 0;  // from 1
  PotId pot;
  std::int64_t pot_version = 0;  // of the pot when this version was saved and worked out
  std::string title;
  std::string document;  // the scheme as JSON (docs/guide/allocation.md) without the pot
  bool withdrawn = false;
  std::optional<SchemeId> copied_from;
  std::int64_t copied_version = 0;
  std::string delivered;
  Saved saved;
};

// A table whose values stand in a scheme. It is kept in `sources` as it came; the origin of an indicator, of direct
// shares or of last year's money that bears its checksum gets the address of its page.
struct KeptTable {
  std::string name;
  std::string bytes;
  std::string publisher, licence;
  std::int64_t rows = 0;
};

// As threads, files and commands see them. A scheme is its pot's.
records::Standing standing_of(const PotRecord& pot);
records::Standing standing_of(const SchemeRecord& scheme, const PotRecord& pot);

// The scheme of a record on a version of its pot. Figures of the evidence are not asked for yet: resolved() in
// resolve.h does that, then allocate(). invalid when the pot is another's, or the document cannot be read.
Result<Scheme> scheme_of(const SchemeRecord& record, const PotRecord& pot);

}  // namespace tithing::pots
