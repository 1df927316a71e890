#pragma once

#include "base/actor.h"

namespace tithing::figures {

inline constexpr Permission kFreeze{"figures.freeze", "Freeze a figure with its working"};

}  // namespace tithing::figures
