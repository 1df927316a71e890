// A QR code (ISO/IEC 18004) as a drawing that needs neither script nor style.
#pragma once

#include <string>

#include "html/html.h"

namespace tithing::identity {

// Black on white with its quiet zone of four modules, also in dark surroundings. `label` is what it is called to who
// does not see it. Empty for a text that is too long for one.
html::Markup qr_drawing(const std::string& text, const std::string& label);

}  // namespace tithing::identity
