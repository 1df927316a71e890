#include "app/configuration.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include "base/text.h"
#include "base/translation.h"
#include "web/site_address.h"

namespace tithing::app {
namespace {

// Where a comment begins: at a # that stands first or behind a space. One within a password is a part of it.
std::size_t comment_of(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i)
    if (line[i] == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) return i;
  return line.size();
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

Status set_site(Configuration& configuration, const std::string& value) {
  auto origin = web::origin_of(value);
  if (!origin) return pass_on(origin);
  configuration.site = std::move(*origin);
  return {};
}

template <class Known>
tl::unexpected<Problem> unreadable(int number, const Known& known) {
  std::vector<std::string> names;
  for (const auto& [name, set] : known) names.push_back(name);
  return invalid(
      tr("Line {0} of tithing.conf cannot be read. Write a name, = and a value, as in store = "
         "postgresql://... It knows these names: {1}.",
         {std::to_string(number), joined(names, ", ")}));
}

}  // namespace

Result<Configuration> read_configuration(const std::string& data_folder) {
  Configuration configuration;
  configuration.data_folder = data_folder;
  std::error_code error;
  std::filesystem::create_directories(data_folder, error);
  if (error)
    return unavailable(
        tr("The data folder {0} cannot be created: {1}. Choose another with --data.", {data_folder, error.message()}));
  std::filesystem::permissions(data_folder, std::filesystem::perms::owner_all, error);

  configuration.store = Secret(data_folder + "/store.sqlite");
  std::map<std::string, std::function<Status(const std::string&)>, std::less<>> known = {
      {"store",
       [&](const std::string& value) {
         configuration.store = Secret(value);
         return Status();
       }},
      {"site", [&](const std::string& value) { return set_site(configuration, value); }},
      {"host",
       [&](const std::string& value) {
         configuration.hosts.push_back(value);
         return Status();
       }},
      {"trusted-proxy",
       [&](const std::string& value) {
         configuration.trusted_proxies.push_back(value);
         return Status();
       }},
  };
  const auto keeps = [&known](const char* name, std::string& where) {
    known.emplace(name, [&where](const std::string& value) {
      where = value;
      return Status();
    });
  };
  keeps("oidc-issuer", configuration.provider.issuer);
  keeps("oidc-client", configuration.provider.client_id);
  keeps("oidc-name", configuration.provider.name);
  known.emplace("oidc-secret", [&](const std::string& value) {
    configuration.provider.client_secret = Secret(value);
    return Status();
  });
  known.emplace("oidc-new-accounts", [&](const std::string& value) -> Status {
    if (value != "yes" && value != "no") return invalid(tr("oidc-new-accounts is yes or no."));
    configuration.provider.new_accounts = value == "yes";
    return {};
  });
  std::ifstream file(data_folder + "/tithing.conf");
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const std::string text(trimmed(std::string_view(line).substr(0, comment_of(line))));
    if (text.empty()) continue;
    const auto equals = text.find('=');
    const auto name = known.find(trimmed(std::string_view(text).substr(0, equals)));
    if (equals == std::string::npos || name == known.end()) return unreadable(number, known);
    if (const Status set = name->second(std::string(trimmed(std::string_view(text).substr(equals + 1)))); !set)
      return invalid(tr("Line {0} of tithing.conf: {1}", {std::to_string(number), set.error().message}));
  }
  if (const std::string store = environment("TITHING_STORE"); !store.empty()) configuration.store = Secret(store);
  if (const std::string site = environment("TITHING_SITE"); !site.empty())
    if (const Status set = set_site(configuration, site); !set) return pass_on(set);
  if (const std::string secret = environment("TITHING_OIDC_SECRET"); !secret.empty())
    configuration.provider.client_secret = Secret(secret);
  return configuration;
}

}  // namespace tithing::app
