#include "http/multipart.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "base/text.h"
#include "base/translation.h"
#include "http/spool.h"

namespace tithing::http {
namespace {

constexpr std::size_t kMostBoundaryBytes = 70;  // RFC 2046, section 5.1.1
constexpr std::size_t kMostNameBytes = 255;     // of a file, as file systems have it
constexpr std::size_t kMostBlanks = 100;        // after a boundary
constexpr std::size_t kReadBytes = 256 * 1024;

constexpr const char* kBroken = "The form arrived broken: go back, choose the file again and send it once more.";

// The parameters of a header value such as `form-data; name="a"; filename="b.csv"`. Problem when it is malformed.
Result<Pairs> parameters(std::string_view value) {
  Pairs found;
  const auto first = value.find(';');
  if (first == std::string_view::npos) return found;
  value.remove_prefix(first);
  while (!value.empty()) {
    if (value.front() != ';') return invalid(kBroken);
    value.remove_prefix(1);
    value = trimmed(value);
    if (value.empty()) break;
    const auto equals = value.find_first_of("=;");
    if (equals == std::string_view::npos || value[equals] != '=') return invalid(kBroken);
    std::string name = lowered(trimmed(value.substr(0, equals)));
    value.remove_prefix(equals + 1);
    std::string text;
    if (!value.empty() && value.front() == '"') {
      std::size_t i = 1;
      for (; i < value.size() && value[i] != '"'; ++i) {
        // A backslash escapes only a quote: old browsers send C:\folder\file.csv as it is.
        if (value[i] == '\\' && i + 1 < value.size() && value[i + 1] == '"') ++i;
        text += value[i];
      }
      if (i >= value.size()) return invalid(kBroken);
      value.remove_prefix(i + 1);
      value = trimmed(value);
    } else {
      const auto end = std::min(value.find(';'), value.size());
      text = std::string(trimmed(value.substr(0, end)));
      value.remove_prefix(end);
    }
    const bool repeated = std::any_of(found.begin(), found.end(), [&](const auto& pair) { return pair.first == name; });
    if (repeated) return invalid(kBroken);
    found.emplace_back(std::move(name), std::move(text));
  }
  return found;
}

const std::string* parameter(const Pairs& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs)
    if (key == name) return &value;
  return nullptr;
}

std::string media_type(std::string_view value) { return lowered(trimmed(value.substr(0, value.find(';')))); }

}  // namespace

std::string base_name(std::string_view client_file_name) {
  const auto slash = client_file_name.find_last_of("/\\");
  if (slash != std::string_view::npos) client_file_name.remove_prefix(slash + 1);
  std::string name;
  for (const char c : to_valid_utf8(client_file_name))
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) name += c;
  name = std::string(trimmed(name));
  if (name.size() > kMostNameBytes) {
    // Keeps the extension, and does not cut a character in two.
    const auto dot = name.rfind('.');
    std::string extension = dot != std::string::npos && name.size() - dot <= 16 ? name.substr(dot) : std::string();
    std::size_t keep = kMostNameBytes - extension.size();
    while (keep > 0 && (static_cast<unsigned char>(name[keep]) & 0xC0) == 0x80) --keep;
    name = name.substr(0, keep) + extension;
  }
  return name == "." || name == ".." ? std::string() : name;
}

Result<std::string> multipart_boundary(std::string_view content_type) {
  static constexpr std::string_view kAllowed =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ";
  if (media_type(content_type) != "multipart/form-data")
    return invalid(tr("This address takes a form with files (multipart/form-data)."));
  const auto pairs = parameters(content_type);
  if (!pairs) return pass_on(pairs);
  const std::string* boundary = parameter(*pairs, "boundary");
  if (boundary == nullptr || boundary->empty() || boundary->size() > kMostBoundaryBytes || boundary->back() == ' ' ||
      boundary->find_first_not_of(kAllowed) != std::string::npos)
    return invalid(kBroken);
  return *boundary;
}

struct MultipartParser::Impl {
  enum class Where { start, after_boundary, headers, content, end };

  std::string delimiter;  // CRLF "--" boundary
  MultipartLimits limits;
  Where where = Where::start;
  std::string held;  // not used yet: shorter than a delimiter, or a head that is not complete
  std::optional<Problem> failed;
  MultipartForm form;
  std::size_t parts = 0;
  std::size_t fields_bytes = 0;

  // The part under way
  std::string name;
  bool is_file = false;
  std::string file_name;
  std::string content_type;
  std::string text;
  SpoolFile file;
  std::int64_t size = 0;

  Status fail(const Problem& why) {
    failed = why;
    return tl::unexpected<Problem>(*failed);
  }

  // `in` is all there is now. Returns how much of it was used; 0 means: more is needed.
  Result<std::size_t> use(std::string_view in) {
    switch (where) {
      case Where::start: {  // the first boundary has no line before it; some clients send an empty one
        const std::string_view first = std::string_view(delimiter).substr(2);
        const std::size_t skip = in.starts_with("\r\n") ? 2 : (in == "\r" ? in.size() + 1 : 0);
        if (skip > in.size()) return 0;
        const std::string_view rest = in.substr(skip);
        if (rest.size() < first.size()) {
          if (!first.starts_with(rest)) return invalid(kBroken);
          return 0;
        }
        if (!rest.starts_with(first)) return invalid(kBroken);
        where = Where::after_boundary;
        return skip + first.size();
      }
      case Where::after_boundary: {
        // "--" ends the form; blanks may follow a boundary (RFC 2046, section 5.1.1).
        if (in.size() < 2) return 0;
        if (in.starts_with("--")) {
          where = Where::end;
          return 2;
        }
        const auto text_start = std::min(in.find_first_not_of(" \t"), in.size());
        if (text_start > kMostBlanks) return invalid(kBroken);
        if (in.size() - text_start < 2) return 0;
        if (in.substr(text_start, 2) != "\r\n") return invalid(kBroken);
        if (++parts > limits.parts) return invalid(tr("The form has too many parts: send it in pieces."));
        where = Where::headers;
        return text_start + 2;
      }
      case Where::headers: {
        const bool none = in.starts_with("\r\n");
        const auto end = none ? 0 : in.find("\r\n\r\n");
        if (end == std::string_view::npos) {
          if (in.size() >= limits.part_header_bytes + 4) return invalid(kBroken);
          return 0;
        }
        if (end > limits.part_header_bytes) return invalid(kBroken);
        if (const Status begun = begin_part(in.substr(0, end)); !begun) return pass_on(begun);
        where = Where::content;
        // The CRLF before the delimiter belongs to the delimiter, so an empty part may begin with it at once.
        return end + (none ? 2 : 4);
      }
      case Where::content: {
        const auto at = in.find(delimiter);
        if (at != std::string_view::npos) {
          if (const Status added = add(in.substr(0, at)); !added) return pass_on(added);
          if (const Status ended = end_part(); !ended) return pass_on(ended);
          where = Where::after_boundary;
          return at + delimiter.size();
        }
        // What might be the beginning of a delimiter has to wait.
        std::size_t safe = in.size() >= delimiter.size() ? in.size() - (delimiter.size() - 1) : 0;
        const auto suspicious = in.find('\r', safe);
        safe = suspicious == std::string_view::npos ? in.size() : suspicious;
        if (const Status added = add(in.substr(0, safe)); !added) return pass_on(added);
        return safe;
      }
      case Where::end:
        return in.size();  // an epilogue says nothing
    }
    return 0;
  }

  Status begin_part(std::string_view head) {
    name.clear();
    is_file = false;
    file_name.clear();
    content_type.clear();
    text.clear();
    file = SpoolFile();
    size = 0;
    bool named = false;
    while (!head.empty()) {
      const auto end = head.find("\r\n");
      const std::string_view line = head.substr(0, end);
      head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
      const auto colon = line.find(':');
      if (colon == std::string_view::npos || colon == 0 || line.find('\0') != std::string_view::npos)
        return invalid(kBroken);
      const std::string_view value = trimmed(line.substr(colon + 1));
      if (equal_ignoring_case(line.substr(0, colon), "Content-Disposition")) {
        const auto pairs = parameters(value);
        if (named || !pairs || media_type(value) != "form-data") return invalid(kBroken);
        const std::string* field = parameter(*pairs, "name");
        if (field == nullptr || !is_utf8(*field)) return invalid(kBroken);
        name = *field;
        named = true;
        if (const std::string* client_name = parameter(*pairs, "filename")) {
          is_file = true;
          file_name = *client_name;
        }
      } else if (equal_ignoring_case(line.substr(0, colon), "Content-Type")) {
        content_type = to_valid_utf8(value);
      }
    }
    if (!named) return invalid(kBroken);
    return {};
  }

  Status add(std::string_view bytes) {
    if (bytes.empty()) return {};
    size += static_cast<std::int64_t>(bytes.size());
    if (!is_file) {
      fields_bytes += bytes.size();
      if (text.size() + bytes.size() > limits.field_bytes || fields_bytes > limits.all_fields_bytes)
        return invalid(tr("The text in the form is too long: shorten it."),
                       {{name, tr("This text is too long: shorten it.")}});
      text += bytes;
      return {};
    }
    return stored(file.is_open() ? 0 : file.open(limits.spool_directory), bytes);
  }

  Status stored(int error, std::string_view bytes) {
    if (error == 0) error = file.append(bytes);
    if (error == 0) return {};
    if (error == ENOSPC || error == EDQUOT)
      return problem(ProblemKind::unavailable,
                     tr("There is no room on the disk for the file. Tell whoever runs this service."));
    return problem(ProblemKind::unavailable, tr("The file cannot be stored. Tell whoever runs this service."));
  }

  Status end_part() {
    if (!is_file) {
      if (text.find('\0') != std::string::npos || !is_utf8(text))
        return invalid(tr("The form holds text that is not UTF-8."),
                       {{name, tr("This text cannot be read: type it again.")}});
      form.fields.emplace_back(std::move(name), std::move(text));
      return {};
    }
    std::string base = base_name(file_name);
    if (base.empty() && size == 0) return {};  // nothing was chosen
    if (!file.is_open())
      if (const Status made = stored(file.open(limits.spool_directory), {}); !made) return made;
    if (file.finish() != 0) return problem(ProblemKind::unavailable, tr("The file cannot be stored. Try again."));
    UploadedFile uploaded;
    uploaded.field = std::move(name);
    uploaded.name = base.empty() ? "file" : std::move(base);
    uploaded.content_type = std::move(content_type);
    uploaded.content.file = file.release();
    uploaded.content.size = size;
    form.files.push_back(std::move(uploaded));
    return {};
  }
};

MultipartParser::MultipartParser(std::string boundary, MultipartLimits limits) : impl_(std::make_unique<Impl>()) {
  impl_->delimiter = "\r\n--" + std::move(boundary);
  impl_->limits = std::move(limits);
}

MultipartParser::~MultipartParser() = default;

Status MultipartParser::put(std::string_view bytes) {
  Impl& impl = *impl_;
  if (impl.failed) return tl::unexpected<Problem>(*impl.failed);
  std::string joined;
  if (!impl.held.empty()) {
    impl.held += bytes;
    joined.swap(impl.held);
    bytes = joined;
  }
  while (!bytes.empty()) {
    const auto used = impl.use(bytes);
    if (!used) return impl.fail(used.error());
    if (*used == 0) break;
    bytes.remove_prefix(*used);
  }
  impl.held = std::string(bytes);
  return {};
}

Result<MultipartForm> MultipartParser::finish() {
  Impl& impl = *impl_;
  if (impl.failed) return tl::unexpected<Problem>(*impl.failed);
  if (impl.where != Impl::Where::end) return invalid(tr("The form arrived incomplete: send it again."));
  return std::move(impl.form);
}

Result<MultipartForm> parse_multipart(std::string_view content_type, const Body& body, const MultipartLimits& limits) {
  const auto boundary = multipart_boundary(content_type);
  if (!boundary) return pass_on(boundary);
  MultipartParser parser(*boundary, limits);
  if (body.file.empty()) {
    if (const Status put = parser.put(body.in_memory); !put) return pass_on(put);
    return parser.finish();
  }
  const int descriptor = ::open(body.file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return problem(ProblemKind::unavailable, tr("What was sent cannot be read back. Try again."));
  std::string piece(kReadBytes, '\0');
  Status so_far;
  for (;;) {
    const ssize_t n = ::read(descriptor, piece.data(), piece.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) so_far = problem(ProblemKind::unavailable, tr("What was sent cannot be read back. Try again."));
    if (n <= 0) break;
    so_far = parser.put(std::string_view(piece).substr(0, static_cast<std::size_t>(n)));
    if (!so_far) break;
  }
  ::close(descriptor);
  if (!so_far) return pass_on(so_far);
  return parser.finish();
}

}  // namespace tithing::http
