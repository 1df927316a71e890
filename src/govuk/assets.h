// The styles, scripts and icons of the pages, built by `npm run build` and embedded into the program.
#pragma once

#include <string_view>
#include <vector>

#include "html/html.h"

namespace tithing::govuk {

// All views live as long as the program.
struct Asset {
  std::string_view name;  // "tithing.css": what a page asks for
  std::string_view
      path;  // "/assets/tithing-1a2b3c4d.css": where it is served; its content never changes under that path
  std::string_view content_type;  // "text/css; charset=utf-8"
  std::string_view bytes;
  std::string_view gzip;  // the same, compressed; empty where that does not help
  std::string_view etag;  // with its quotes
};

const std::vector<Asset>& embedded_assets();

// The asset that is served under `path`, or null.
const Asset* find_asset(std::string_view path);

// The address of the asset of that name. A name that was not built is a bug: std::logic_error.
html::Url asset_url(std::string_view name);

}  // namespace tithing::govuk
