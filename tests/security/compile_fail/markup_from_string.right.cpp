#include "html/html.h"
using namespace tithing::html;
Markup made() { return Markup("<hr>"); }
