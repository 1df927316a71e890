#include "statistics/fourier.h"

#include <doctest/doctest.h>

using namespace tithing::statistics;

namespace {

using Complex = std::complex<double>;

std::vector<Complex> made_up(std::size_t rows, std::size_t columns) {
  std::vector<Complex> out;
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c)
      out.emplace_back(static_cast<double>((7 * r * r + 3 * c + r * c) % 17) - 8,
                       static_cast<double>((5 * r + c * c) % 13) - 6);
  return out;
}

}  // namespace

TEST_CASE("the Fourier transform agrees with FFTW, on any number of threads, and comes back") {
  // fftw_plan_dft_2d of FFTW 3.3.10, forward, of made_up(rows, columns).
  const struct {
    std::size_t rows, columns, row, column;
    Complex value;
  } expected[] = {
      {8, 16, 0, 0, {3, -22}},
      {8, 16, 0, 1, {54.62926738692667, -15.76137848477327}},
      {8, 16, 0, 15, {24.46523043417161, -30.78690625340309}},
      {8, 16, 4, 8, {-53, 0}},
      {8, 16, 7, 3, {5.732128942797551, 87.05269993260335}},
      {8, 16, 2, 5, {-67.5134377715909, 81.86146314559056}},
      {64, 32, 0, 0, {418, -67}},
      {64, 32, 0, 1, {14.3588465402691, -5.420133067712815}},
      {64, 32, 0, 31, {7.797489857802297, -0.9420766285218916}},
      {64, 32, 32, 16, {2, -39}},
      {64, 32, 63, 3, {-44.74853995742627, -6.714521306543585}},
      {64, 32, 16, 10, {-128.4155933275336, 83.12039498268692}},
      {1, 256, 0, 1, {-7.318560219251706, 7.048185024707257}},
      {1, 256, 0, 128, {-10, 3}},
      {1, 256, 0, 85, {-29.23930500846075, -1.109575752186501}},
  };
  for (const unsigned threads : {1U, 3U})
    for (const auto& one : expected) {
      CAPTURE(one.rows);
      CAPTURE(one.row);
      CAPTURE(one.column);
      auto values = made_up(one.rows, one.columns);
      fourier_2d(values, one.rows, one.columns, false, threads);
      CHECK(std::abs(values[one.row * one.columns + one.column] - one.value) < 1e-11);
      fourier_2d(values, one.rows, one.columns, true, threads);
      const auto before = made_up(one.rows, one.columns);
      double worst = 0;
      for (std::size_t i = 0; i < values.size(); ++i) worst = std::max(worst, std::abs(values[i] - before[i]));
      CHECK(worst < 1e-12);
    }
}
