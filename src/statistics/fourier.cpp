#include "statistics/fourier.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "statistics/parallel.h"

namespace tithing::statistics {

namespace {

constexpr double kPi = 3.14159265358979323846;

// Everything that depends only on the length.
struct Plan {
  explicit Plan(std::size_t length) : n(length), twiddles(length / 2), reversed(length) {
    for (std::size_t i = 0; i < n / 2; ++i) {
      const double angle = -2 * kPi * static_cast<double>(i) / static_cast<double>(n);
      twiddles[i] = {std::cos(angle), std::sin(angle)};
    }
    std::size_t j = 0;
    for (std::size_t i = 0; i < n; ++i) {
      reversed[i] = j;
      std::size_t bit = n >> 1;
      while (bit > 0 && (j & bit)) {
        j ^= bit;
        bit >>= 1;
      }
      j |= bit;
    }
  }
  std::size_t n;
  std::vector<std::complex<double>> twiddles;
  std::vector<std::size_t> reversed;
};

void transform(std::complex<double>* x, const Plan& plan) {
  const std::size_t n = plan.n;
  for (std::size_t i = 0; i < n; ++i)
    if (i < plan.reversed[i]) std::swap(x[i], x[plan.reversed[i]]);
  auto* data = reinterpret_cast<double*>(x);
  const auto* w = reinterpret_cast<const double*>(plan.twiddles.data());
  for (std::size_t half = 1; half < n; half *= 2) {
    const std::size_t step = n / (2 * half);
    for (std::size_t start = 0; start < n; start += 2 * half) {
      double* a = data + 2 * start;
      double* b = a + 2 * half;
      for (std::size_t k = 0; k < half; ++k) {
        const double wr = w[2 * k * step], wi = w[2 * k * step + 1];
        const double br = b[2 * k] * wr - b[2 * k + 1] * wi;
        const double bi = b[2 * k] * wi + b[2 * k + 1] * wr;
        b[2 * k] = a[2 * k] - br;
        b[2 * k + 1] = a[2 * k + 1] - bi;
        a[2 * k] += br;
        a[2 * k + 1] += bi;
      }
    }
  }
}

}  // namespace

void fourier_2d(std::vector<std::complex<double>>& values, std::size_t rows, std::size_t columns, bool backward,
                unsigned threads) {
  if (backward)
    for (auto& value : values) value = std::conj(value);
  const Plan row_plan(columns), column_plan(rows);
  parallel_for(rows, threads, [&](std::size_t r) {
    std::complex<double>* row = values.data() + r * columns;
    bool any = false;
    for (std::size_t c = 0; c < columns && !any; ++c) any = row[c] != std::complex<double>(0, 0);
    if (any) transform(row, row_plan);
  });
  // Columns in strips, so that each line of memory is read once for several of them.
  constexpr std::size_t kStrip = 8;
  parallel_for((columns + kStrip - 1) / kStrip, threads, [&](std::size_t s) {
    const std::size_t first = s * kStrip;
    const std::size_t width = std::min(kStrip, columns - first);
    std::vector<std::complex<double>> strip(width * rows);
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t k = 0; k < width; ++k) strip[k * rows + r] = values[r * columns + first + k];
    for (std::size_t k = 0; k < width; ++k) transform(strip.data() + k * rows, column_plan);
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t k = 0; k < width; ++k) values[r * columns + first + k] = strip[k * rows + r];
  });
  if (backward) {
    const double scale = 1.0 / static_cast<double>(rows * columns);
    for (auto& value : values) value = std::conj(value) * scale;
  }
}

}  // namespace tithing::statistics
