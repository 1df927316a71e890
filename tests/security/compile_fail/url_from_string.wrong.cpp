// expect: Url
#include "html/html.h"
using namespace tithing::html;
Url made(const std::string& from_a_person) { return Url(from_a_person); }
