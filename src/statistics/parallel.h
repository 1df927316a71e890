// Work spread over threads without changing its answer: each index is done once, by whichever thread comes first.
#pragma once

#include <cstddef>

namespace tithing::statistics {

namespace detail {
void run_parallel(std::size_t count, unsigned threads, void (*body)(void* context, std::size_t index), void* context);
}

// Calls body(i) once for every i in [0, count), on up to `threads` threads (0: as many as the machine has). The body
// may write only to what belongs to i, and must take its chance from a stream numbered by i: then the number of threads
// cannot be seen in the result. An exception in a body is thrown again here after all threads have stopped; so is
// Stopped (base/long_work.h), which is asked before each i.
template <class Body>
void parallel_for(std::size_t count, unsigned threads, Body body) {
  detail::run_parallel(
      count, threads, [](void* context, std::size_t index) { (*static_cast<Body*>(context))(index); }, &body);
}

}  // namespace tithing::statistics
