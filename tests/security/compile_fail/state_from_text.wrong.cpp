// expect: Marked
#include "path/path.h"
using namespace tithing;
constexpr path::State kDraft{"draft", "Draft", "Being written."};
