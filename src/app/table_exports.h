#pragma once

#include <memory>

#include "web/site.h"

namespace tithing::app {

// For web::SiteParts::tables: with ?table=..&format=csv|xlsx the table of that page as a file instead of the page.
std::unique_ptr<web::PageFiles> tables_as_files(const http::Request& request);

}  // namespace tithing::app
