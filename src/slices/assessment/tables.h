// The tables of the assessment, each made once and shown on a page, as CSV and as a workbook. Every number in them is a
// figure that was asked for by its address.
#pragma once

#include "exports/table.h"
#include "slices/assessment/view.h"

namespace tithing::assessment {

exports::Table types_table(const figures::Registry& registry, const View& view);         // crime types of an area
exports::Table partnerships_table(const figures::Registry& registry, const View& view);  // partnerships of a force area
exports::Table series_table(const figures::Registry& registry, const View& view);        // months of one crime type
exports::Table comparison_table(const figures::Registry& registry, const View& view, bool all_forces);
exports::Table lsoa_table(const figures::Registry& registry, const View& view);  // LSOAs of an area, highest rate first
exports::Table wards_table(const figures::Registry& registry, const View& view);  // wards of a district, by best fit
exports::Table districts_table(const figures::Registry& registry, const View& view);  // districts of a partnership
exports::Table coverage_table(const View& view);                                      // months of its force

// The months that the series shows: up to kSeriesMonths, ending with the last month shown. Before the first month shown
// it goes back as far as the category counts the same; where the category changed within the months shown, they stay as
// they were asked for, and nothing is judged.
Period series_period(const View& view);
// The count of each month. Where a total is told and one month's count, which is withheld, would follow from the
// others, the least of those is withheld as well, without an address: what shows the months of one place beside each
// other asks here.
std::vector<Result<figures::Figure>> counts_by_month(const figures::Registry& registry, const View& view,
                                                     Period period);
// A count that is whole and told; nothing where it is not.
std::optional<double> whole_count(const Result<figures::Figure>& count);
// Change of this area and type, or unknown when there are no two periods to compare.
Result<figures::Figure> change_of(const figures::Registry& registry, const View& view,
                                  figures::Detail detail = figures::Detail::value);
// The verdict of a change, the ends of its interval as parts of the figure: the same text as its words.
Words verdict_words(const figures::Figure& change, bool in_table = false);
// The words under a table: where its numbers come from.
exports::Lines source_lines(const View& view);

}  // namespace tithing::assessment
