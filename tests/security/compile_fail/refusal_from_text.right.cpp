#include "base/translation.h"
using namespace tithing;
Status made() { return invalid(tr("Choose a month."), {{"month", tr("Choose a month.")}}); }
