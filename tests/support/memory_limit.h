// Work within so much memory: in another process whose address space is limited, so that what goes beyond fails there
// and is seen here.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <exception>

namespace tithing::test {

enum class Within { yes, says_no, out_of_memory, died };

// Sanitizers reserve more addresses than any limit leaves.
constexpr bool memory_can_be_limited() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
  return false;
#else
  return true;
#endif
#else
  return true;
#endif
}

// `work` says whether all was as it should be. `bytes`: more than this process has now.
template <class Work>
Within within_memory(std::size_t bytes, Work&& work) {
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    long pages = 0;
    if (std::FILE* statm = std::fopen("/proc/self/statm", "r")) {
      if (std::fscanf(statm, "%ld", &pages) != 1) pages = 0;
      std::fclose(statm);
    }
    const rlim_t most = static_cast<rlim_t>(pages) * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)) + bytes;
    const rlimit limit{most, most};
    if (pages == 0 || ::setrlimit(RLIMIT_AS, &limit) != 0) ::_exit(4);
    try {
      ::_exit(work() ? 0 : 1);
    } catch (const std::bad_alloc&) {
      ::_exit(2);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
      ::_exit(3);
    }
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return Within::died;
  switch (WEXITSTATUS(status)) {
    case 0:
      return Within::yes;
    case 1:
      return Within::says_no;
    case 2:
      return Within::out_of_memory;
    default:
      return Within::died;
  }
}

}  // namespace tithing::test
