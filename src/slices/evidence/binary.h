// Little-endian numbers and length-prefixed text in a byte string: the layout of segments and of the cube's head.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace tithing::evidence {

class BinaryWriter {
 public:
  void u32(std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) out_ += static_cast<char>(number >> shift & 0xFF);
  }
  void u64(std::uint64_t number) {
    u32(static_cast<std::uint32_t>(number));
    u32(static_cast<std::uint32_t>(number >> 32));
  }
  void i64(std::int64_t number) { u64(static_cast<std::uint64_t>(number)); }
  void text(std::string_view text) {
    u32(static_cast<std::uint32_t>(text.size()));
    out_ += text;
  }
  void raw(std::string_view bytes) { out_ += bytes; }
  const std::string& bytes() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

// Reading past the end gives zeros and empty text, and `ok` turns false.
class BinaryReader {
 public:
  explicit BinaryReader(std::string_view bytes) : rest_(bytes) {}
  bool ok() const { return ok_; }
  std::string_view rest() const { return rest_; }
  std::uint32_t u32() {
    const std::string_view four = raw(4);
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < four.size(); ++i)
      number |= static_cast<std::uint32_t>(static_cast<unsigned char>(four[i])) << (8 * i);
    return number;
  }
  std::uint64_t u64() {
    const std::uint64_t low = u32();
    return low | static_cast<std::uint64_t>(u32()) << 32;
  }
  std::int64_t i64() { return static_cast<std::int64_t>(u64()); }
  std::string text() { return std::string(raw(u32())); }
  std::string_view raw(std::size_t size) {
    if (!ok_ || size > rest_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view part = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return part;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace tithing::evidence
