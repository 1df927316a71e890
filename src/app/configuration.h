// Where the data lie and where the store is. Read once at start; environment variables win over the file.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "oidc/oidc.h"

namespace tithing::app {

struct Configuration {
  std::string data_folder;
  // TITHING_STORE, or `store` in <data>/tithing.conf, or <data>/store.sqlite. May hold a password.
  Secret store;
  // TITHING_SITE, or `site`: where people reach the program, "https://tithing.example.org". Empty: nobody has said it.
  std::string site;
  std::vector<std::string> hosts;            // `host`: other names under which it answers as well
  std::vector<std::string> trusted_proxies;  // `trusted-proxy`: an address or network of a proxy in front
  // Signing in with another organisation's accounts: `oidc-issuer`, `oidc-client`, `oidc-secret` (or
  // TITHING_OIDC_SECRET), `oidc-name`, `oidc-new-accounts`. Off without an issuer.
  oidc::Settings provider;
};

// Creates the folder when it is missing. <data>/tithing.conf holds lines `name = value`; `#` at the
// beginning or behind a space begins a comment.
Result<Configuration> read_configuration(const std::string& data_folder);

}  // namespace tithing::app
