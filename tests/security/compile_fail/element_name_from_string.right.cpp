#include "html/html.h"
using namespace tithing::html;
void show(Writer& writer, const std::string& from_a_person) { writer.element("p", Content(from_a_person)); }
