// What it means that a number is partial: something that it rests on is not known, so it is the least it can be, the most it
// can be, or neither.
#pragma once

#include <optional>
#include <string_view>

#include "base/translation.h"
#include "figures/figure.h"

namespace tithing::figures {

enum class Bound { whole, floor, ceiling, neither };

// A partial figure is a floor, for what is not known is left out of a sum and is not below nought. A difference of two is what
// its figures say: with a floor taken away it is a ceiling, and with two floors neither.
Bound bound_of(const Figure& figure);
std::string_view code_of(Bound bound);  // "floor", "ceiling", "neither"; "" of the whole

// "Months are missing, so this is a floor and not the whole."; of what has no months "Something that it rests on is not known, ..".
// None of what is whole or not known.
std::optional<Message> bound_words(const Figure& figure);

}  // namespace tithing::figures
