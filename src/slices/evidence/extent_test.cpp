#include "slices/evidence/extent.h"
#include "base/translation.h"

#include <doctest/doctest.h>

using namespace tithing;
using namespace tithing::evidence;

TEST_CASE("what rests on months answers from nine in ten of them on, and else says which can be asked") {
  const Period year = *Period::parse("2022-01", "2022-12");
  std::vector<std::optional<double>> months(12, 1.0);
  CHECK_FALSE(too_few_months(which_known(months), year));
  months[3].reset();
  CHECK_FALSE(too_few_months(which_known(months), year));  // 11 of 12: 91.7%
  months[5].reset();
  CHECK(too_few_months(which_known(months), year) ==
        "Not known for January to December 2022: 10 of 12 months are known (83.3%), and 90% is needed. All of July to "
        "December 2022 are known: ask for that.");
  const Period ten = *Period::parse("2022-01", "2022-10");
  CHECK_FALSE(
      too_few_months({true, false, true, true, true, true, true, true, true, true}, ten));  // exactly nine in ten
  CHECK(too_few_months({false, false}, *Period::parse("2022-01", "2022-02")) ==
        "Not known for January to February 2022: 0 of 2 months are known (0.0%), and 90% is needed.");
  CHECK_FALSE(too_few_months({}, ten));
}

TEST_CASE("two notes that say throughout of two censuses are one of both, and say that LSOAs were added up") {
  figures::Coverage coverage;
  coverage.notes = {"LSOA codes of 2011 throughout"};
  join_census_notes(coverage, true);
  CHECK(coverage.notes == std::vector<std::string>{"LSOA codes of 2011 throughout"});
  CHECK_FALSE(added_by_fit(coverage));
  coverage.notes.push_back("Something else");
  coverage.notes.push_back("LSOA codes of 2021 throughout");
  figures::Coverage of_force = coverage;
  join_census_notes(coverage, true);
  REQUIRE(coverage.notes.size() == 2);
  CHECK(coverage.notes[1] ==
        "LSOA codes of 2011 until May 2023, of 2021 from June 2023: added up by the exact fit, so that the same ground "
        "is counted throughout");
  CHECK(added_by_fit(coverage) == coverage.notes[1]);
  // Of a force every row counts, whatever LSOA it names.
  join_census_notes(of_force, false);
  CHECK(of_force.notes[1] == "LSOA codes of 2011 until May 2023, of 2021 from June 2023");
  CHECK_FALSE(added_by_fit(of_force));
  // Months one by one, and then all of them together.
  coverage.notes = {"LSOA codes of 2011 throughout", "LSOA codes of 2021 throughout", across_censuses_text(true)};
  join_census_notes(coverage, true);
  CHECK(coverage.notes == std::vector<std::string>{across_censuses_text(true)});
}
