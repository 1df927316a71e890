#include "base/secret.h"
std::string shown(const tithing::Secret& secret) { return std::string(secret.reveal()); }
