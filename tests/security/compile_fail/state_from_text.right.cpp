#include "path/path.h"
using namespace tithing;
constexpr path::State kDraft{"draft", marked("Draft"), marked("Being written.")};
