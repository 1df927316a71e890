// expect: Id<
#include "base/id.h"
struct AreaTag;
struct AccountTag;
void open(tithing::Id<AreaTag> area);
void opened(tithing::Id<AccountTag> account) { open(account); }
