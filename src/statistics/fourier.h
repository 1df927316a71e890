// Fast Fourier transform for convolutions on grids. Used inside this folder only.
#pragma once

#include <complex>
#include <cstddef>
#include <vector>

namespace tithing::statistics {

// In place, `rows` x `columns` values by rows, both powers of two. Forward without scaling; backward divides by the
// number of values, so that backward(forward(x)) = x. Rows and columns are spread over `threads` (0: all).
void fourier_2d(std::vector<std::complex<double>>& values, std::size_t rows, std::size_t columns, bool backward,
                unsigned threads);

}  // namespace tithing::statistics
