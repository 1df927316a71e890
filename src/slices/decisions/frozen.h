// A table of money as a value for ever: the scheme, its numbers, what each area got and how, in such a form that the
// same answer comes out of it without asking anything else, and a checksum over all of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "allocation/measures.h"
#include "slices/decisions/decision.h"

namespace tithing::decisions {

// A line of the table as it was printed. What is not known has no amount.
struct FrozenLine {
  std::string kind;  // "area", "total", "held-back", "over-programmed", "unallocated", "unknown", "known"
  std::string key, name;
  std::optional<Money> amount, last_year;
  std::optional<std::int64_t> population;
  std::string working;  // of an area: the figure with its whole tree, as figures::to_json wrote it
};

// A number that the scheme was worked out from.
struct FrozenInput {
  std::string indicator, area, period;
  std::string value;    // exactly: "25328", "1/3"
  std::string address;  // of the figure of the evidence that it was, or empty
  std::string evidence_version, as_at;
  std::string source;  // of a number that was given: file or paper, and checksum where there is one
};

struct Frozen {
  DecisionId decision;
  Instant at;
  std::string by, by_name;  // as in the audit, and as it is shown
  std::string scheme;       // with its pot, as it was kept: figures of the evidence by their addresses
  std::string values;       // the same with the numbers in their places: it is worked out again from this alone
  std::vector<FrozenLine> lines;
  std::vector<FrozenInput> inputs;
  std::vector<Acknowledgement> acknowledged;
  std::string sha256;  // of document_of()

  const FrozenLine* area(const std::string& key) const;
};

// The lines of a table that is not frozen yet, without workings.
std::vector<FrozenLine> lines_of(const Scheme& scheme, const Allocation& allocation);

// The same read back: the areas, what is held back, and the sums. Title and address are left open.
MeasuredTable in_sums(const std::vector<FrozenLine>& lines);
// Funds of which no amount is known.
std::vector<std::string> not_known(const std::vector<FrozenLine>& lines);

// The numbers that a scheme is worked out from.
std::vector<FrozenInput> inputs_of(const Scheme& ready);

// `ready` has the answers of the figures that it names, with their workings. Decision, time and checksum are left open.
Frozen frozen_of(const Scheme& ready, const Allocation& allocation, const Grounds& grounds = {});

// All of it but the checksum as JSON, in one order: what the checksum is over and what can be downloaded.
std::string document_of(const Frozen& frozen);

// Whether the record is still the one that was frozen, and its lines come to what there was (balance.h). unavailable,
// with both checksums or both sums, when not. What `of_an_older_rule` says is a conflict: it is not frozen or published
// any more.
Status verify(const Frozen& frozen);

// Of a table that was frozen before rounding had to declare that it gives out more than there is: by how much it does,
// and what today's rule says. Empty of every other. Such a record stands, and is shown with what was frozen.
std::string of_an_older_rule(const Frozen& frozen);

// As verify, but a table of an older rule stands: for whatever shows it.
Status stands(const Frozen& frozen);

// The table worked out again from the frozen numbers alone, by the rule under which it was frozen. Sentences say where
// it differs; none: it is identical.
Result<std::vector<std::string>> recomputed(const Frozen& frozen);
// The scheme with its numbers, as it was worked out: of an older rule with what that rule allowed.
Result<Scheme> frozen_scheme(const Frozen& frozen);

// Scheme and table as they were, from the record alone: values that were figures of the evidence bear their addresses.
// unavailable where the record is not what was frozen, or does not come to its own table again.
struct Thawed {
  Scheme scheme;
  Allocation allocation;
};
Result<Thawed> thawed(const Frozen& frozen);

// Where the frozen table differs from one that was worked out otherwise, as sentences.
std::vector<std::string> differences(const Frozen& frozen, const Allocation& now);
// Where the numbers differ that the two are worked out from.
// Areas are called as the lines of `named` call them.
std::vector<std::string> differences(const std::vector<FrozenInput>& then, const std::vector<FrozenInput>& now,
                                     const Frozen* named = nullptr);
// A value of an input as it is read: "13,620".
std::string shown_value(const FrozenInput& input);

}  // namespace tithing::decisions
