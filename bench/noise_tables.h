// The noise table and the power table: how often each method that calls something calls on pure chance, and how often
// it finds what was planted.
#pragma once

#include <cstddef>
#include <string>

namespace tithing::bench {

// `maps` of each kind of noise; 1,000 for the table of docs/guide/methods.md. A fifth of them for scan and near
// repeats, which simulate. `only`: one part (cells, many-cells, areas, months, global, change, scan, knox, power), or
// empty for all. Returns how many rows hold more calls than a level of 6% allows but once in a million times: 0 is
// right.
std::size_t print_noise_tables(std::size_t maps, const std::string& only = "");

}  // namespace tithing::bench
