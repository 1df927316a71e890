// What the pages of evidence share.
#pragma once

#include <string>

#include "exports/table.h"
#include "slices/evidence/service.h"
#include "web/page_parts.h"
#include "web/web.h"

namespace tithing::evidence {

html::Url source_url(std::int64_t source_file);
html::Markup link(const web::Context& context, const html::Content& text, const html::Url& url);
using web::heading;
using web::paragraph;
std::vector<web::NavigationItem> breadcrumbs(bool below_evidence);

// A number in the address: 0 when it is none.
std::int64_t number_of(const std::string& text);
// Rows of a list that the database pages: page number of the address, and where it begins.

// The table as CSV or as workbook, whole.
web::Answer export_of(const web::Context& context, const exports::Table& table, const std::string& evidence_version,
                      bool workbook);
std::string day_of(const std::string& instant);  // "2026-11-22T09:30:00.000Z" -> "22 November 2026, 09:30 UTC"

web::Answer no_such(const web::Context& context, const char* sentence);

}  // namespace tithing::evidence
