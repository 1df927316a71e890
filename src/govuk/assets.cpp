#include "govuk/assets.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace tithing::govuk {

// There are a handful of assets: looking through them is as quick as any index.
const Asset* find_asset(std::string_view path) {
  const std::vector<Asset>& all = embedded_assets();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Asset& asset) { return asset.path == path; });
  return found == all.end() ? nullptr : &*found;
}

html::Url asset_url(std::string_view name) {
  const std::vector<Asset>& all = embedded_assets();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Asset& asset) { return asset.name == name; });
  if (found == all.end()) throw std::logic_error("no such asset: " + std::string(name));
  return html::Url::parse(found->path);
}

}  // namespace tithing::govuk
