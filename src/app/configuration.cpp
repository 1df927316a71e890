#include "app/configuration.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "base/translation.h"

namespace tithing::app {

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
  std::ifstream file(data_folder + "/tithing.conf");
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const std::string text(trimmed(line.substr(0, line.find('#'))));
    if (text.empty()) continue;
    const auto equals = text.find('=');
    const std::string name(trimmed(std::string_view(text).substr(0, equals)));
    if (equals == std::string::npos || name != "store")
      return invalid(tr("Line {0} of tithing.conf cannot be read. It knows one name: store = postgresql://...",
                        {std::to_string(number)}));
    configuration.store = Secret(std::string(trimmed(std::string_view(text).substr(equals + 1))));
  }
  if (const char* store = std::getenv("TITHING_STORE"); store != nullptr && *store != '\0')
    configuration.store = Secret(store);
  return configuration;
}

}  // namespace tithing::app
