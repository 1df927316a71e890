#include "slices/identity/pages_qr.h"

#include <qrencode.h>

#include <memory>

namespace tithing::identity {
namespace {

constexpr int kQuietZone = 4;
constexpr int kSide = 232;  // pixels: it fits a page of 320

struct Freed {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

html::Markup qr_drawing(const std::string& text, const std::string& label) {
  const std::unique_ptr<QRcode, Freed> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
  if (!code) return {};
  std::string path;
  for (int y = 0; y < code->width; ++y)
    for (int x = 0; x < code->width; ++x) {
      if ((code->data[y * code->width + x] & 1) == 0) continue;
      int length = 1;
      while (x + length < code->width && (code->data[y * code->width + x + length] & 1) != 0) ++length;
      path += "M" + std::to_string(x + kQuietZone) + " " + std::to_string(y + kQuietZone) + "h" +
              std::to_string(length) + "v1h-" + std::to_string(length) + "z";
      x += length - 1;
    }
  const std::string side = std::to_string(code->width + 2 * kQuietZone);
  const std::string pixels = std::to_string(kSide);
  return html::Markup::trusted("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + pixels + "\" height=\"" + pixels +
                               "\" viewBox=\"0 0 " + side + " " + side +
                               "\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"" + html::escaped(label) +
                               "\"><path fill=\"#ffffff\" d=\"M0 0h" + side + "v" + side + "h-" + side +
                               "z\"/><path fill=\"#000000\" d=\"" + path + "\"/></svg>");
}

}  // namespace tithing::identity
