#include "base/id.h"
struct AreaTag;
void open(tithing::Id<AreaTag> area);
void opened(tithing::Id<AreaTag> area) { open(area); }
