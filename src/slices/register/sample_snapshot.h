// For tests: the sample's four look-ups, its exact fit and its papers as the register would hold them.
#pragma once

#include <memory>

#include "slices/register/sample_files.h"
#include "slices/register/snapshot.h"

namespace tithing::register_ {

inline std::vector<LookUp> sample_look_ups() {
  std::vector<LookUp> out;
  for (const char* name :
       {"lad17-csp17-pfa17.csv", "lad18-csp18-pfa18.csv", "lad19-csp19-pfa19.csv", "lad22-csp22-pfa22.csv"})
    out.push_back(read_look_up(sample_file(std::string("geography/") + name), name, std::nullopt).value());
  return out;
}

inline std::shared_ptr<const LsoaTable> sample_lsoas() {
  static const auto table = std::make_shared<const LsoaTable>(
      read_exact_fit(sample_file("geography/lsoa11-lsoa21-lad22-exact-fit-v3.csv.gz")).value());
  return table;
}

inline std::vector<ProposedSuccession> sample_successions() {
  const std::vector<LookUp> look_ups = sample_look_ups();
  const auto history =
      read_code_history(sample_file("geography/local-authority-codes-since-2011-with-successors.csv")).value();
  std::vector<ProposedSuccession> all;
  for (std::size_t i = 1; i < look_ups.size(); ++i)
    for (ProposedSuccession& p : derive(look_ups[i - 1], look_ups[i], *sample_lsoas(), history))
      all.push_back(std::move(p));
  for (ProposedSuccession& p : from_facts(read_succession_facts(sample_file("geography/successions.csv")).value()))
    all.push_back(std::move(p));
  std::int64_t id = 0;
  for (ProposedSuccession& p : all) p.succession.id = ++id;
  return all;
}

inline SnapshotInput sample_input() {
  SnapshotInput input;
  input.version = 1;
  input.look_ups = sample_look_ups();
  input.lsoas = sample_lsoas();
  input.facts = read_succession_facts(sample_file("geography/successions.csv")).value();
  input.successions = sample_successions();
  return input;
}

}  // namespace tithing::register_
