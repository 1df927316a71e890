// What became of areas, read from the differences between look-ups. Nothing here is taken for granted: it is proposed,
// and a person accepts or rejects it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "slices/register/look_up.h"
#include "slices/register/lsoa_table.h"

namespace tithing::register_ {

// A succession as it is known before review.
struct ProposedSuccession {
  Succession succession;      // id 0, review proposed
  std::optional<Date> after;  // it happened after this day ...
  std::optional<Date> by;     // ... and by this one
  std::string origin;         // "look-ups 2019-12-31 2022-12-31" or "paper <source>"
  // The same for the same finding, so that an import that is repeated finds it again.
  std::string key() const;
};

// Between two look-ups, `before` the earlier. Districts are linked by the LSOAs they share; where the LSOA table does
// not know them, by the table of codes since 2011 (`history`); where that does not either, by the partnership they lie
// in. What `history` says is added to the evidence.
//
// Rules, for districts, then partnerships, then forces:
//   renamed   same code, other name
//   recoded   one code gone and one new, same name, same territory
//   merged    several into one; a partnership that goes on with the territory of others that went is their successor
//   and its own split     one into several replaced  one into one of another name, or several into several
std::vector<ProposedSuccession> derive(const LookUp& before, const LookUp& after, const LsoaTable& lsoas,
                                       const std::vector<CodeHistoryRow>& history);

// Papers' facts grouped by successor (or, for a split, predecessor) and source.
std::vector<ProposedSuccession> from_facts(const std::vector<SuccessionFactRow>& facts);

// "E07000112" becomes "Folkestone and Hythe (E07000112)" where the name is known.
struct NamedCode {
  std::string code;
  std::string name;
};

// A sentence: "Poole (E22000067) and Bournemouth (E22000063) were merged into Bournemouth (E22000063)."
std::string sentence(const Succession& succession, const std::vector<NamedCode>& names);

// What is wrong with a day for this succession, or empty.
std::string date_fault(const std::optional<Date>& after, const std::optional<Date>& by, Date on);

}  // namespace tithing::register_
