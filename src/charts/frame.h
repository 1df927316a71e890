// What every chart is given besides its numbers: a name for the page, a title and what a person who does not see it is
// told.
#pragma once

#include <string>

#include "html/html.h"

namespace tithing::charts {

struct Frame {
  std::string id;                // unique on the page: a-z, 0-9, "-"
  Label title;                   // "Burglary in York, January to November 2022"
  std::string description = {};  // in sentences; made from the numbers when empty
  std::string language = "en";
};

// A chart is drawn twice, for wide and for narrow places, and the style sheet shows the one that fits: a drawing made
// for 720 pixels has letters of 6 on a telephone. What cannot be drawn (no value, one value) is a sentence instead.

}  // namespace tithing::charts
