// expect: constant expression
#include "html/html.h"
using namespace tithing::html;
void show(Writer& writer, const char (&from_a_person)[8]) { writer.raw(from_a_person); }
