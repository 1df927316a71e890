// The worked examples: published tables and schemes that come with the program, and a need formula over the evidence.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocation/allocation.h"
#include "allocation/printed_table.h"
#include "base/result.h"
#include "figures/registry.h"

namespace tithing::pots {

using namespace allocation;

struct ExampleFile {
  std::string name;
  std::string text;
};
std::vector<ExampleFile> example_files();  // fixtures/, embedded by CMakeLists.txt

struct Example {
  enum class Kind { table, scheme, need };
  std::string name;  // in addresses
  std::string title;
  Kind kind = Kind::table;
  std::string file;    // of example_files()
  std::string source;  // who published it, where and when
  std::string shows;   // what it shows, in one sentence
};
const std::vector<Example>& examples();
const Example* find_example(std::string_view name);
const std::string& example_text(const Example& example);  // of its file; empty when it is not there: a bug

// What a reader may change of an example's scheme. Nothing given: as published.
struct Choice {
  std::vector<Fraction> weights;  // of the first weighted step's indicators, in their order
  std::optional<int> year;        // of the phase-in, from 1
  std::optional<Money> pot;       // only where the pot is the reader's own assumption
};
// From the parameters weights ("50,25,25"), year and pot. invalid with the parameter as the field.
Result<Choice> choice_of(const std::string& weights, const std::string& year, const std::string& pot);

// Puts weights and year into a scheme. invalid with the parameter as the field; the scheme is then half changed.
Status apply(const Choice& choice, Scheme& scheme);

// The scheme of an example under a choice. The values of a need formula are asked of the registry; unavailable with a
// sentence when the evidence is not there, is incomplete or withheld. not_found for a printed table.
Result<Scheme> scheme_of(const Example& example, const Choice& choice, const figures::Registry& registry,
                         const figures::Viewer& viewer, figures::Detail detail);
// The table of an example of Kind::table.
Result<PrintedTable> table_of(const Example& example);

// The first weighted step with two indicators or more, or none.
const WeightedIndicators* weighted_of(const Scheme& scheme);
// How many years the scheme is phased in over; 0: it is not.
int years_of(const Scheme& scheme);

// The canonical address of an area's amount.
figures::Address address_of(const Example& example, const Choice& choice, const std::string& area);

// The figure kind `allocation`: an area's amount under an example, with its working; `part` names a place in the tree.
// Registers one that keeps `registry`, which must outlive it (it is the registry itself).
void add_kinds(figures::Registry& registry);

}  // namespace tithing::pots
