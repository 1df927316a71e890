// What identity guards. Which roles hold it is said in slice.cpp.
#pragma once

#include "base/actor.h"

namespace tithing::identity {

inline constexpr Permission kAdminister{"identity.administer",
                                        "Create accounts, give them roles and make sign-in links"};
inline constexpr Permission kReadAudit{"audit.read", "Read who changed what and when"};

}  // namespace tithing::identity
