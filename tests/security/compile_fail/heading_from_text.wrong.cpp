// expect: Label
#include "exports/table.h"
using namespace tithing;
void made(exports::Column& column) { column.heading = "Rate"; }
