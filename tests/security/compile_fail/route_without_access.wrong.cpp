// expect: Router::get(
#include "web/web.h"

using namespace tithing;
using namespace tithing::web;

void registers(Router& router, Handler handler, const Permission& permission) {
  (void)router, (void)handler, (void)permission;
  router.get("/areas", handler);
}
