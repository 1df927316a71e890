#include "exports/table.h"
using namespace tithing;
void made(exports::Column& column, const std::string& place) {
  column.heading = tr("Rate");
  column.unit = as_name(place);
}
