// A stream of bytes that is pulled: a file, a member of an archive, text in memory.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/result.h"

namespace tithing::evidence {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Up to `size` bytes into `into`; 0 at the end. A problem is a sentence about the file (unreadable, truncated, too
  // large).
  virtual Result<std::size_t> read(char* into, std::size_t size) = 0;
};

class TextStream : public ByteStream {
 public:
  explicit TextStream(std::string_view text, std::size_t step = static_cast<std::size_t>(-1))
      : text_(text), step_(step) {}
  Result<std::size_t> read(char* into, std::size_t size) override;

 private:
  std::string_view text_;
  std::size_t step_;  // at most so many bytes at a time
};

// Counts and checksums what passes through.
class HashingStream : public ByteStream {
 public:
  explicit HashingStream(ByteStream& inner) : inner_(inner) {}
  Result<std::size_t> read(char* into, std::size_t size) override;
  Status drain();                                  // reads what is left, so that the checksum is of the whole
  std::string finish() { return hash_.finish(); }  // once only
  std::int64_t bytes() const { return bytes_; }

 private:
  ByteStream& inner_;
  Sha256 hash_;
  std::int64_t bytes_ = 0;
};

// A plain file. A problem names the path as it was given.
Result<std::unique_ptr<ByteStream>> open_file(const std::string& path);

}  // namespace tithing::evidence
