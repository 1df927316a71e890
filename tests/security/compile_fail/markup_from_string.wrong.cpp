// expect: Markup
#include "html/html.h"
using namespace tithing::html;
Markup made(const std::string& from_a_person) { return Markup(from_a_person); }
