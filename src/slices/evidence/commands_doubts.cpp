#include "slices/evidence/commands_doubts.h"

#include <unistd.h>

#include <map>
#include <set>

#include "base/text.h"
#include "slices/evidence/commands_derived.h"
#include "slices/evidence/cube.h"
#include "slices/evidence/reference_tables.h"
#include "slices/evidence/snapshot.h"

namespace tithing::evidence {

namespace {

// What is said of a force's month, by its key.
struct Said {
  std::string about;
  std::string why;  // empty: nothing against it
};

// The ledger of these forces alone: what it says of one rests on no other, but for the months that there are.
Result<std::map<std::string, Said>> ledger_of(const Holdings& holdings, Journal& journal,
                                              const std::vector<store::PublicationRow>& publications,
                                              const std::set<std::string>& forces, const std::string& name) {
  SnapshotInput input;
  input.areas = holdings.areas ? holdings.areas() : nullptr;
  std::vector<store::PublicationRow> of_forces;
  for (const store::PublicationRow& row : publications) {
    if (forces.count(row.publication.force_slug) == 0) continue;
    input.publications.push_back(facts_of(row));
    of_forces.push_back(row);
  }
  // A cube of its own, under a name that no version has: only of these forces, so that a trial of one month costs one
  // force.
  const std::string path = holdings.data.cube_path("trial-" + name + "-" + std::to_string(::getpid()));
  if (const Status noted = journal.about_to_make(path); !noted) return pass_on(noted);
  if (const Status made = make_cube(holdings.data, of_forces, path); !made) return pass_on(made);
  Result<std::shared_ptr<const Cube>> cube = Cube::open(path);
  ::unlink(path.c_str());  // it is mapped
  if (!cube) return pass_on(cube);
  input.cube = *cube;
  const EvidenceSnapshot snapshot(std::move(input));
  std::map<std::string, Said> said;
  for (const ForceMonth& entry : snapshot.ledger()) {
    const Force& force = snapshot.forces()[static_cast<std::size_t>(entry.force)];
    said[police_month_key(force.slug, entry.month)] = {force.name + ", " + entry.month.text(),
                                                       joined(entry.reasons(), "; ")};
  }
  return said;
}

}  // namespace

PublicationFacts facts_of(const store::PublicationRow& row) {
  PublicationFacts facts;
  facts.force_slug = row.publication.force_slug;
  facts.force_name = row.force_name;
  facts.month = row.publication.month;
  facts.state = row.publication.state;
  facts.is_extract = row.publication.is_extract;
  facts.problem = row.problem;
  facts.rows = row.accepted;
  facts.refused = row.refused;
  facts.without_lsoa = row.without_lsoa;
  facts.without_coordinates = row.without_coordinates;
  facts.without_crime_id = row.without_crime_id;
  facts.other_reporter = row.other_reporter;
  facts.swapped = row.swapped;
  facts.source_file = row.source_file;
  return facts;
}

Status add_doubts(const Holdings& holdings, Journal& journal, const std::vector<store::PublicationRow>& now,
                  const std::vector<store::PublicationRow>& then, std::vector<sources::Change>& changes,
                  bool if_it_counts) {
  std::set<std::string> forces;
  for (const sources::Change& change : changes) {
    if (change.kind == kPoliceMonth) forces.insert(change.key.substr(0, change.key.find(' ')));
  }
  if (forces.empty()) return {};
  const auto before = ledger_of(holdings, journal, now, forces, "now");
  if (!before) return pass_on(before);
  const auto after = ledger_of(holdings, journal, then, forces, "then");
  if (!after) return pass_on(after);
  for (const auto& [key, said] : *after) {
    const auto found = before->find(key);
    const std::string former = found == before->end() ? std::string() : found->second.why;
    if (said.why == former) continue;
    const std::string it = if_it_counts ? "If all that is given counts, it would " : "It would ";
    changes.push_back(sources::remark(
        key, said.about,
        said.why.empty() ? it + "no longer be suspect; it is now because: " + former + "."
        : former.empty() ? it + "be suspect: " + said.why + "."
                         : it + "be suspect for another reason: " + said.why + ". Now: " + former + "."));
  }
  return {};
}

}  // namespace tithing::evidence
