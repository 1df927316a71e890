// What the desk's own files share.
#pragma once

#include "desks/figures/desk.h"

namespace tithing::figures {

void register_pages(Wiring& wiring);
void register_api(Wiring& wiring);
void register_commands(Wiring& wiring);

// The address of a request's figure: the kind of the route and the parameters of the query, less those of the page
// itself.
Address address_of(const web::Context& context);
Viewer viewer_of(const web::Context& context);

// The whole working as `tithing figure` prints it: the value in the first line, with "at least" where it is a floor.
std::string in_lines(const Figure& figure);
// The whole working as markup: value, in words, formula, inputs, coverage, caveats, rows.
html::Markup explain(const Figure& figure, const std::string& language, bool rows_offered);

}  // namespace tithing::figures
