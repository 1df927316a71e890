// expect: argument
#include "figures/registry.h"
void add(tithing::figures::Registry& registry, tithing::figures::Kind kind) { registry.add(kind); }
