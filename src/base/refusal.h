// A problem on its way through code that has no Result to put it in: a snapshot that cannot be had. The pipeline
// answers it as it answers any problem; the command line prints its sentence.
#pragma once

#include <stdexcept>

#include "base/result.h"

namespace tithing {

class Refusal : public std::runtime_error {
 public:
  explicit Refusal(Problem why) : std::runtime_error(why.message), problem(std::move(why)) {}
  Problem problem;
};

}  // namespace tithing
