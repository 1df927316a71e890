#pragma once

#include "base/clock.h"
#include "http/message.h"
#include "web/site.h"

namespace tithing::app {

// Answers a request through the site; with ?table=..&format=csv|xlsx the table of that page as a file instead of the
// page.
http::Response answer_with_tables(const web::Site& site, const http::Request& request, const Clock& clock);

}  // namespace tithing::app
