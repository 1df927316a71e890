#include "slices/sources/sources.h"
#include "slices/wiring.h"
#include "sources_migrations.h"

namespace tithing::sources {

void register_slice(Wiring& wiring) {
  for (db::Migration& migration : sources_migrations()) wiring.migrations.push_back(migration);
}

}  // namespace tithing::sources
