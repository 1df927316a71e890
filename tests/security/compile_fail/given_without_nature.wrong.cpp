// expect: no match for
#include "figures/figure.h"
void give(tithing::figures::Input& input, const std::string& value) { input.given = value; }
