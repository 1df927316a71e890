// The rule that there is one way to change something (src/commands), on texts like the rules of architecture.txt.
#pragma once

#include "architecture/columns.h"
#include "architecture/rules.h"

namespace tithing::architecture {

// Sentences, each naming the file and what stands there: an audit row written by hand, a context of one's own for
// commands, an answer of one's own to what somebody else has changed meanwhile, and an exception that nothing needs.
// src/db and src/commands are left out: they are the way. Tests may do what they like.
Names check_one_way(const Files& files, const ByPlace& exceptions);

}  // namespace tithing::architecture
