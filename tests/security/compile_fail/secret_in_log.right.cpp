#include "base/log.h"
#include "base/secret.h"
void told(const tithing::Secret& secret) {
  tithing::log::info("signed in", {{"empty", secret.empty() ? "yes" : "no"}});
}
