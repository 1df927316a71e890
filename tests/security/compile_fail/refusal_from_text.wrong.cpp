// expect: deleted
#include "base/translation.h"
using namespace tithing;
Status made() { return invalid("Choose a month."); }
