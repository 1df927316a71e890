// expect: Pair
#include "base/log.h"
#include "base/secret.h"
void told(const tithing::Secret& secret) { tithing::log::info("signed in", {{"password", secret}}); }
