#include "html/html.h"
using namespace tithing::html;
void show(Writer& writer) { writer.raw("<br>"); }
