// expect: Secret
#include "base/secret.h"
std::string shown(const tithing::Secret& secret) { return secret; }
