#include "slices/evidence/street_scan.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

#include "base/table_text.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/separators.h"

namespace tithing::evidence {

const std::array<std::string_view, kColumnCount> kColumnNames = {
    "Crime ID",  "Month",     "Reported by", "Falls within",          "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type",  "Last outcome category", "Context"};

namespace {

constexpr std::size_t kBlock = 128 * 1024;
constexpr std::size_t kLongestJoined = 64 * 1024;  // a quoted field may run over line ends, but not for ever
constexpr std::size_t kMostJoinedLines = 8;

std::string_view without_return(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace

std::string refused_text(std::string_view line) {
  std::string_view cut = line.substr(0, kRefusedTextBytes);
  // Not in the middle of a character.
  for (int i = 0; i < 3 && cut.size() < line.size() && !cut.empty() && !is_utf8(cut); ++i) cut.remove_suffix(1);
  if (!is_utf8(cut)) cut = line.substr(0, kRefusedTextBytes);
  std::string text = to_valid_utf8(cut);
  for (std::size_t at = 0; (at = text.find('\0', at)) != std::string::npos;) text.replace(at, 1, "\xEF\xBF\xBD");
  return text;
}

bool split_csv_line(std::string_view line, std::vector<std::string>& fields) {
  fields.clear();
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (i + 1 < line.size() && line[i + 1] == '"') {
        field += '"';
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"' && field.empty()) {
      quoted = true;
    } else if (c == ',') {
      fields.push_back(std::move(field));
      field.clear();
    } else {
      field += c;
    }
  }
  fields.push_back(std::move(field));
  return !quoted;
}

namespace {

// The stream as UTF-8 with commas: nearly always the one that it is given, a block at a time. What another program
// saved as UTF-16, or with semicolons or tabs, is written anew while it passes.
class PlainStream : public ByteStream {
 public:
  explicit PlainStream(ByteStream& inner) : inner_(inner) {}

  // Looks at the beginning. A problem is the stream's own.
  Status begin() {
    constexpr std::size_t kHead = 64 * 1024;
    std::string head(kHead, '\0');
    std::size_t size = 0;
    while (size < kHead) {
      const Result<std::size_t> count = inner_.read(head.data() + size, kHead - size);
      if (!count) return pass_on(count);
      if (*count == 0) break;
      size += *count;
    }
    head.resize(size);
    std::string_view marked = head;
    if (marked.starts_with("\xFF\xFE") || marked.starts_with("\xFE\xFF") ||
        head.substr(0, 4).find('\0') != std::string::npos) {
      if (encoding_of(head) == Encoding::utf16) {
        little_ =
            marked.starts_with("\xFF\xFE") || (!marked.starts_with("\xFE\xFF") && head.size() > 1 && head[1] == '\0');
        utf16_ = true;
        how_.push_back("UTF-16");
      }
    }
    const std::string first = utf16_ ? decoded(std::string_view(head).substr(0, 4096)) : head.substr(0, 4096);
    const std::string_view heading = std::string_view(first).substr(0, first.find('\n'));
    if (heading.find(',') == std::string_view::npos) {
      const char separator = heading.find(';') != std::string_view::npos    ? ';'
                             : heading.find('\t') != std::string_view::npos ? '\t'
                                                                            : ',';
      if (separator != ',') {
        separated_.emplace(separator);
        how_.push_back(separator == ';' ? "separated by semicolons" : "separated by tabs");
      }
    }
    if (how_.empty())
      ready_ = std::move(head);
    else
      take(head);
    return {};
  }

  Result<std::size_t> read(char* into, std::size_t size) override {
    while (at_ == ready_.size()) {
      ready_.clear();
      at_ = 0;
      if (how_.empty()) return inner_.read(into, size);
      if (ended_) return std::size_t{0};
      std::string block(64 * 1024, '\0');
      const Result<std::size_t> count = inner_.read(block.data(), block.size());
      if (!count) return count;
      block.resize(*count);
      if (*count == 0) {
        ended_ = true;
        if (separated_) separated_->end(ready_);
      } else {
        take(block);
      }
    }
    const std::size_t count = std::min(size, ready_.size() - at_);
    std::memcpy(into, ready_.data() + at_, count);
    at_ += count;
    return count;
  }

  const std::vector<std::string>& how() const { return how_; }

 private:
  void take(std::string_view block) {
    std::string text;
    if (utf16_) {
      rest_ += block;
      // Whole units only, and no half of a pair.
      std::size_t whole = rest_.size() & ~std::size_t{1};
      if (whole >= 2) {
        const auto high = static_cast<unsigned char>(rest_[whole - (little_ ? 1 : 2)]);
        if (high >= 0xD8 && high < 0xDC) whole -= 2;
      }
      std::string_view units = std::string_view(rest_).substr(0, whole);
      const bool marked = units.starts_with("\xFF\xFE") || units.starts_with("\xFE\xFF");
      text = decoded((marked ? "" : little_ ? "\xFF\xFE" : "\xFE\xFF") + std::string(units));
      rest_.erase(0, whole);
    }
    const std::string_view plain = utf16_ ? std::string_view(text) : block;
    if (separated_)
      separated_->take(plain, ready_);
    else
      ready_ += plain;
  }

  ByteStream& inner_;
  std::string ready_;
  std::size_t at_ = 0;
  bool utf16_ = false, little_ = true, ended_ = false;
  std::string rest_;
  std::optional<Separated> separated_;
  std::vector<std::string> how_;
};

// What a scan works in. Each thread keeps one for its next file: fresh pages for every file would cost more than
// reading it.
struct Workspace {
  std::vector<char> buffer = std::vector<char>(kBlock + kMaximumLine + kBlock);
  Separators found;
  bool in_use = false;
};

class Scanner {
 public:
  Scanner(PlainStream& stream, const std::string& name, StreetVisitor& visitor, Workspace& workspace)
      : stream_(stream),
        name_(name),
        visitor_(visitor),
        workspace_(workspace),
        buffer_(workspace.buffer),
        found_(workspace.found) {
    workspace_.in_use = true;
  }
  ~Scanner() { workspace_.in_use = false; }
  Scanner(const Scanner&) = delete;
  Scanner& operator=(const Scanner&) = delete;

  Result<StreetHeading> run() {
    while (!finished_) {
      if (const Status filled = fill(); !filled) return pass_on(filled);
      if (!heading_read_) {
        if (const Status read = read_heading(); !read) return pass_on(read);
        if (!heading_read_) continue;
      }
      const std::size_t used = lines();
      std::memmove(buffer_.data(), buffer_.data() + used, end_ - used);
      end_ -= used;
      finished_ = at_end_ && end_ == 0;
      if (!finished_ && used == 0 && end_ > kMaximumLine) {
        if (const Status skipped = skip_long_line(); !skipped) return pass_on(skipped);
      }
      if (visitor_.stop()) break;
    }
    heading_.read_as = how_read();
    return heading_;
  }

 private:
  // As PlainTable::read_as.
  std::string how_read() const {
    std::vector<std::string> how = stream_.how();
    if (western_ > 0)
      how.insert(how.begin(), "Windows-1252");
    else if (!how.empty() && how.front() != "UTF-16")
      how.insert(how.begin(), "UTF-8");
    return joined(how, ", ");
  }

  Status fill() {
    const std::size_t target = end_ + kBlock;  // the buffer holds one longest line and two blocks
    while (!at_end_ && end_ < target && end_ < buffer_.size() - 1) {
      const Result<std::size_t> count =
          stream_.read(buffer_.data() + end_, std::min(target, buffer_.size() - 1) - end_);
      if (!count) return pass_on(count);
      if (*count == 0) {
        at_end_ = true;
        // The last line may lack its end; one place was kept free for it.
        if (end_ > 0 && buffer_[end_ - 1] != '\n') buffer_[end_++] = '\n';
      }
      end_ += *count;
    }
    return {};
  }

  Status read_heading() {
    const std::string_view all(buffer_.data(), end_);
    if (all.empty() || (at_end_ && trimmed(all).empty())) {
      return invalid(tr("{0} is empty. Download it again from data.police.uk.", {name_}));
    }
    const std::size_t mark = all.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const std::size_t line_end = all.find('\n', mark);
    if (line_end == std::string_view::npos) {
      if (end_ > kMaximumLine) {
        return invalid(
            tr("{0} has a first line longer than 1 MiB. It is not a street-level file of data.police.uk.", {name_}));
      }
      return {};  // more is needed
    }
    const std::string_view line = without_return(all.substr(mark, line_end - mark));
    if (line.find('\0') != std::string_view::npos || !is_utf8(line)) {
      return invalid(
          tr("{0} is not a text file. Import the CSV files of data.police.uk, or the zip archive that holds "
             "them.",
             {name_}));
    }
    std::vector<std::string> names;
    split_csv_line(line, names);
    if (const Status mapped = map_columns(names); !mapped) return mapped;
    const std::size_t used = line_end + 1;
    std::memmove(buffer_.data(), buffer_.data() + used, end_ - used);
    end_ -= used;
    line_number_ = 2;
    heading_read_ = true;
    return {};
  }

  Status map_columns(const std::vector<std::string>& names) {
    std::array<int, kColumnCount> at;
    at.fill(-1);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string wanted = lowered(trimmed(names[i]));
      for (std::size_t column = 0; column < kColumnCount; ++column) {
        if (at[column] < 0 && wanted == lowered(kColumnNames[column])) at[column] = static_cast<int>(i);
      }
    }
    std::vector<std::string> missing;
    for (std::size_t column = 0; column < kColumnCount; ++column) {
      if (at[column] < 0) missing.push_back("\"" + std::string(kColumnNames[column]) + "\"");
      column_at_[column] = static_cast<std::size_t>(std::max(at[column], 0));
    }
    if (!missing.empty()) {
      return invalid(
          stream_.how().empty()
              ? tr("{0} has no column {1}. A street-level file of data.police.uk has the columns Crime ID, Month, "
                   "Reported by, Falls within, Longitude, Latitude, Location, LSOA code, LSOA name, Crime type, "
                   "Last outcome category and Context.",
                   {name_, joined(missing, ", ")})
              : tr("{0} has no column {1}. A street-level file of data.police.uk has the columns Crime ID, Month, "
                   "Reported by, Falls within, Longitude, Latitude, Location, LSOA code, LSOA name, Crime type, "
                   "Last outcome category and Context. It was read as {2}.",
                   {name_, joined(missing, ", "), how_read()}));
    }
    columns_ = names.size();
    heading_.columns = static_cast<int>(columns_);
    heading_.extra_columns = columns_ > kColumnCount;
    in_order_ = columns_ == kColumnCount;
    for (std::size_t column = 0; column < kColumnCount; ++column) in_order_ = in_order_ && column_at_[column] == column;
    return {};
  }

  // Reads the complete lines in the buffer; returns the bytes used.
  std::size_t lines() {
    find_separators(buffer_.data(), end_, found_);
    std::size_t start = 0;
    std::size_t comma = 0;  // first comma of the line
    std::size_t odd = 0;
    StreetRow row;
    row.only_known = !heading_.extra_columns;
    for (std::size_t i = 0; i < found_.line_count; ++i) {
      const std::size_t line_end = found_.line_ends[i];
      const std::size_t commas_end = found_.commas_before[i];
      while (odd < found_.odd_count && found_.odd_chunks[odd] + 64 <= start) ++odd;
      const bool plain = odd == found_.odd_count || found_.odd_chunks[odd] >= line_end;
      row.line = without_return({buffer_.data() + start, line_end - start});
      row.number = line_number_;
      if (plain && commas_end - comma + 1 == columns_ && row.line.size() <= kMaximumLine && !row.line.empty()) {
        take_plain(row, start, comma);
      } else {
        const std::size_t joined_lines = take_other(row, start, i);
        if (joined_lines == 0) return start;  // wait for what follows
        i += joined_lines - 1;
        line_number_ += static_cast<std::int64_t>(joined_lines) - 1;
      }
      ++line_number_;
      start = found_.line_ends[i] + 1;
      comma = found_.commas_before[i];
    }
    return start;
  }

  void take_plain(StreetRow& row, std::size_t start, std::size_t comma) {
    const char* text = buffer_.data();
    const std::uint32_t* commas = found_.commas.data() + comma;
    const std::size_t end = static_cast<std::size_t>(row.line.data() - text) + row.line.size();
    if (in_order_) {
      std::size_t from = start;
      for (std::size_t column = 0; column + 1 < kColumnCount; ++column) {
        row.fields[column] = {text + from, commas[column] - from};
        from = commas[column] + 1;
      }
      row.fields[kContext] = {text + from, end - from};
    } else {
      for (std::size_t column = 0; column < kColumnCount; ++column) {
        const std::size_t at = column_at_[column];
        const std::size_t from = at == 0 ? start : commas[at - 1] + 1;
        const std::size_t to = at + 1 == columns_ ? end : commas[at];
        row.fields[column] = {text + from, to - from};
      }
    }
    visitor_.row(row);
  }

  // A line with quotes, other alphabets, the wrong number of columns or worse. Returns how many physical lines it took,
  // or 0 when a quoted field may go on in what has not been read yet.
  std::size_t take_other(StreetRow& row, std::size_t start, std::size_t index) {
    if (trimmed(row.line).empty()) return 1;
    if (row.line.size() > kMaximumLine) {
      refuse(row.number, "The line is longer than 1 MiB.", row.line);
      return 1;
    }
    std::size_t joined_lines = 1;
    bool closed = split_csv_line(row.line, fields_);
    if (!closed) {
      std::string_view whole;
      while (!closed && joined_lines < kMostJoinedLines && index + joined_lines < found_.line_count) {
        const std::size_t line_end = found_.line_ends[index + joined_lines];
        if (line_end - start > kLongestJoined) break;
        whole = without_return({buffer_.data() + start, line_end - start});
        closed = split_csv_line(whole, fields_);
        ++joined_lines;
      }
      if (closed && fields_.size() == columns_) {
        row.line = whole;
      } else {
        const bool more_may_come = !closed && !at_end_ && index + joined_lines >= found_.line_count &&
                                   joined_lines < kMostJoinedLines && end_ - start <= kLongestJoined;
        if (more_may_come) return 0;
        refuse(row.number, "A quotation mark is opened and not closed.", row.line);
        return 1;
      }
    }
    if (row.line.find('\0') != std::string_view::npos) {
      refuse(row.number, "It holds a NUL character.", row.line);
    } else if (!is_utf8(row.line) && (wide_utf8_ || no_windows_1252(row.line))) {
      refuse(row.number, "It is not valid UTF-8.", row.line);
    } else if (fields_.size() != columns_) {
      refuse(row.number,
             "It has " + plural(static_cast<std::int64_t>(fields_.size()), "column", "columns") +
                 " where the heading has " + std::to_string(columns_) + ".",
             row.line);
    } else {
      // The first letter beyond ASCII tells the file's encoding: a line that is no UTF-8 in a file of UTF-8 is damaged,
      // one in a file without any is Windows-1252.
      if (!is_utf8(row.line)) {
        ++western_;
        for (std::string& field : fields_) field = from_windows_1252(field);
      } else {
        wide_utf8_ = wide_utf8_ || std::any_of(row.line.begin(), row.line.end(),
                                               [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
      }
      for (std::size_t column = 0; column < kColumnCount; ++column) row.fields[column] = fields_[column_at_[column]];
      visitor_.row(row);
    }
    return joined_lines;
  }

  // The buffer is full of one line: keep its beginning, throw away the rest as it comes.
  Status skip_long_line() {
    const std::string beginning = refused_text({buffer_.data(), std::min(end_, 2 * kRefusedTextBytes)});
    end_ = 0;
    for (;;) {
      const Result<std::size_t> count = stream_.read(buffer_.data(), kBlock);
      if (!count) return pass_on(count);
      if (*count == 0) {
        at_end_ = finished_ = true;
        break;
      }
      const void* line_end = std::memchr(buffer_.data(), '\n', *count);
      if (line_end == nullptr) continue;
      const std::size_t used = static_cast<std::size_t>(static_cast<const char*>(line_end) - buffer_.data()) + 1;
      end_ = *count - used;
      std::memmove(buffer_.data(), buffer_.data() + used, end_);
      break;
    }
    visitor_.refused(line_number_++, "The line is longer than 1 MiB.", beginning);
    return {};
  }

  void refuse(std::int64_t line, std::string reason, std::string_view text) {
    visitor_.refused(line, std::move(reason), refused_text(text));
  }

  PlainStream& stream_;
  const std::string& name_;
  StreetVisitor& visitor_;
  Workspace& workspace_;
  std::vector<char>& buffer_;
  Separators& found_;
  std::size_t end_ = 0;
  bool at_end_ = false;
  bool finished_ = false;
  bool heading_read_ = false;
  StreetHeading heading_;
  std::size_t columns_ = 0;
  std::array<std::size_t, kColumnCount> column_at_{};
  bool in_order_ = false;
  std::int64_t line_number_ = 1;
  std::vector<std::string> fields_;
  bool wide_utf8_ = false;    // a letter of UTF-8 beyond ASCII has been seen
  std::int64_t western_ = 0;  // lines of Windows-1252
};

}  // namespace

Result<StreetHeading> scan_street(ByteStream& stream, const std::string& name, StreetVisitor& visitor) {
  static thread_local Workspace kept;
  PlainStream plain(stream);
  if (const Status begun = plain.begin(); !begun) return pass_on(begun);
  if (!kept.in_use) return Scanner(plain, name, visitor, kept).run();
  const auto fresh = std::make_unique<Workspace>();  // a scan within a scan
  return Scanner(plain, name, visitor, *fresh).run();
}

}  // namespace tithing::evidence
