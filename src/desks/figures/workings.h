// The workings of several figures as one table: a row for every number, every given value and every file of the tree.
// What a workbook shows beside its figures, so that each can be followed down to its sources without this program.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "exports/table.h"
#include "figures/figure.h"

namespace tithing::figures {

// `of` names each figure ("Bromsgrove"), `heading` says what they are ("Area"). The path counts inputs from 1: 2.1 is
// the first input of the second, as in the address of a working's part; 0 is the figure itself.
exports::Table workings_table(std::string title, const std::string& heading,
                              const std::vector<std::pair<std::string, Figure>>& figures);

}  // namespace tithing::figures
