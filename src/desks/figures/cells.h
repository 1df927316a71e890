// A figure as a cell of a table: the number, its state, and the link to its working.
#pragma once

#include "exports/table.h"
#include "figures/figure.h"

namespace tithing::figures {

// For count, pence, rate, share, ratio, change and score alike; unknown and suppressed keep their reason as a note.
exports::Cell cell_of(const Figure& figure);
// A problem instead of a figure: "not known" with the problem's sentence.
exports::Cell cell_of(const Result<Figure>& figure);

}  // namespace tithing::figures
