#pragma once

#include "exports/table.h"
#include "html/html.h"
#include "slices/assessment/view.h"
#include "slices/evidence/extent.h"

namespace tithing::register_ {
class Service;
}

namespace tithing::assessment {

void register_pages(Wiring& wiring, register_::Service& areas, evidence::Service& evidence);

// Parts of pages, each a section with its own heading and twin.
html::Markup period_form(const View& view, const web::Context& context);
html::Markup headline(const figures::Registry& registry, const View& view, const std::string& language);
// What cannot be counted here because LSOAs changed in 2021, or a best fit is shown, with links to what can. Empty
// otherwise.
html::Markup fit_notice(const View& view, const std::string& language);
html::Markup series_section(const figures::Registry& registry, const View& view, const web::Context& context);
html::Markup comparison_section(const figures::Registry& registry, evidence::Service& evidence, const View& view,
                                const web::Context& context);
// What a map of these rows shows: those with an outline and a rate. What is withheld is on the map, as withheld, and
// its number is told nowhere.
evidence::Extent extent_of_map(const exports::Table& table, const std::vector<bool>& outlined);
html::Markup map_section(const figures::Registry& registry, const View& view, register_::Service& areas,
                         const web::Context& context);
html::Markup coverage_section(const figures::Registry& registry, const View& view, const web::Context& context);

// A table with its links to CSV and XLSX under /areas/<code>/crime/<name>.
html::Markup table_section(exports::Table table, const std::string& name, const View& view, const web::Context& context,
                           bool paged = true);
// The query that the pages of this view share.
std::vector<std::pair<std::string, std::string>> query_of(const View& view);

}  // namespace tithing::assessment
