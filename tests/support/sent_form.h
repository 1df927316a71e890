// A form of a page as a browser sends it back when nobody has touched it: for tests that what is shown is what is
// saved.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"
#include "web/session.h"

namespace tithing::test {

// The fields of the form whose address is `action` (its query and fragment left out), in their order: inputs but
// buttons and files, what is ticked and chosen, texts. Without the token.
web::Fields sent_form(const http::Response& page, std::string_view action);

}  // namespace tithing::test
