// Readers run within a budget of memory here too: libFuzzer ends a run that takes more at once, or more in all. What a
// file of the sizes tried here may take is far below what readers are allowed (base/memory_budget.h).
#pragma once

#include <vector>

extern "C" int LLVMFuzzerInitialize(int* count, char*** words) {
  static char most[] = "-rss_limit_mb=768", at_once[] = "-malloc_limit_mb=192";
  static std::vector<char*> all;
  // First, so that who runs it may say otherwise.
  all.push_back((*words)[0]);
  all.push_back(most);
  all.push_back(at_once);
  all.insert(all.end(), *words + 1, *words + *count);
  *count = static_cast<int>(all.size());
  all.push_back(nullptr);
  *words = all.data();
  return 0;
}
