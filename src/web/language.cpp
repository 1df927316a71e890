#include "web/language.h"

#include "base/text.h"

namespace tithing::web {
namespace {

// "0.8" -> 800; what is not a weight is 0, no weight at all is 1000.
int weight_of(std::string_view parameters) {
  for (const std::string& part : split(parameters, ';')) {
    const std::string_view text = trimmed(part);
    if (text.size() < 3 || (text[0] != 'q' && text[0] != 'Q') || text[1] != '=') continue;
    const std::string_view number = text.substr(2);
    if (number[0] != '0' && number[0] != '1') return 0;
    int weight = (number[0] - '0') * 1000;
    int step = 100;
    for (std::size_t i = 2; i < number.size() && number[1] == '.' && step > 0; ++i, step /= 10) {
      if (number[i] < '0' || number[i] > '9') return 0;
      weight += (number[i] - '0') * step;
    }
    return weight > 1000 ? 1000 : weight;
  }
  return 1000;
}

}  // namespace

bool is_language(std::string_view code) { return code == "en" || code == "cy"; }

std::string preferred_language(std::string_view accept_language) {
  int english = 0;
  int welsh = 0;
  for (const std::string& part : split(accept_language, ',')) {
    const std::size_t semicolon = part.find(';');
    const std::string tag = lowered(trimmed(std::string_view(part).substr(0, semicolon)));
    const std::string primary = tag.substr(0, tag.find('-'));
    const int weight = semicolon == std::string::npos ? 1000 : weight_of(std::string_view(part).substr(semicolon + 1));
    if (primary == "en" && weight > english) english = weight;
    if (primary == "cy" && weight > welsh) welsh = weight;
  }
  return welsh > english ? "cy" : "en";
}

}  // namespace tithing::web
