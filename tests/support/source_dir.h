// The project's folder, for tests that read its files. Declared here and defined once per test program, so that no
// other object file holds a path and a compiler cache serves every checkout.
#pragma once

#include <string>

namespace tithing::tests {
const std::string& source_dir();  // without a "/" at its end
}
