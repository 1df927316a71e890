// Text that knows what its numbers are. A number on a page is a figure, which opens its working, or it says by its type
// that it needs none: a date, a code, a name, what the reader or a method has set, or a count of what is listed on the
// same page.
//
//   Words text = "Recorded crimes, ";                     plain text
//   text += month;                                        a date
//   text += as_code("E22000368");                         a code
//   tr("{0} of {1} files", {listed(12, "files"), ..})     a count of the rows of the table "files"
//   tr("{0} crimes", {figures::number(figure)})           a figure (figures/numbers.h)
//
// The type is said by whoever writes the text; nothing guesses it. As plain text (in a file, an attribute, a message of
// the command line) it is what it was. On a page a figure is a link and the others are marked; a crawl in the tests
// counts them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace tithing {

struct Numeral {
  enum class Kind {
    text,     // no number, or one of which nothing is said
    figure,   // `of`: the address of the figure or of a part of its working
    date,     // a day, a month, a year, a period; `of`: ISO 8601 where it is one day or month
    code,     // of an area, a file, a version, a reference, a checksum
    name,     // of a thing that has digits in it: "York 010B", "Section 17", a heading of a paper, somebody's own words
    setting,  // chosen by the reader or fixed by the method: "95%", "per 1,000", "within 200 m"
    listed,   // how many rows the table with the id `of` has, on all its pages
  };
  std::string text;
  Kind kind = Kind::text;
  std::string of = {};
  std::string one_line = {};  // of a figure: formula and source, shown while it is pointed at
};

Numeral as_date(Date date);             // "1 April 2012"
Numeral as_date(Month month);           // "January 2022"
Numeral as_date(const Period& period);  // "January to November 2022"
Numeral as_date(FinancialYear year);    // "2011/12"
Numeral as_date(std::string text);      // "2011/12", "2022", "two years from 2021": a time that is written in words
Numeral as_code(std::string text);
Numeral as_name(std::string text);
Numeral as_setting(std::string text);
Numeral listed(std::int64_t count, std::string table_id);  // "1,234"
Numeral listed(std::string shown, std::string table_id);   // "12 files"

class Message;  // base/translation.h

class Words {
 public:
  Words() = default;
  Words(const Message& message);  // NOLINT: in English until somebody asks for it in another language
  Words(std::string text) { add(Numeral{std::move(text)}); }         // NOLINT: meant to convert, as the next are
  Words(std::string_view text) { add(Numeral{std::string(text)}); }  // NOLINT
  Words(const char* text) { add(Numeral{text}); }                    // NOLINT
  Words(Numeral numeral) { add(std::move(numeral)); }                // NOLINT
  Words(Date date) { add(as_date(date)); }                           // NOLINT
  Words(Month month) { add(as_date(month)); }                        // NOLINT
  Words(const Period& period) { add(as_date(period)); }              // NOLINT
  Words(FinancialYear year) { add(as_date(year)); }                  // NOLINT

  Words& operator+=(const Words& other);
  friend Words operator+(Words a, const Words& b) { return a += b; }
  bool empty() const { return pieces_.empty(); }
  void clear() { *this = Words(); }
  bool plain() const {
    return !message_ && (pieces_.empty() || (pieces_.size() == 1 && pieces_.front().kind == Numeral::Kind::text));
  }
  // Where they are one message and nothing else; else null.
  const std::shared_ptr<const Message>& message() const { return message_; }
  Words in(std::string_view language) const;
  const std::vector<Numeral>& pieces() const { return pieces_; }
  std::string text() const;
  friend bool operator==(const Words& a, const Words& b) { return a.text() == b.text(); }

 private:
  void add(Numeral numeral);
  std::shared_ptr<const Message> message_;
  std::vector<Numeral> pieces_;  // none is empty; no two of kind text stand beside each other
};

// "a, b and c", each as it is.
Words joined(const std::vector<Words>& items, std::string_view between, std::string_view before_last);

}  // namespace tithing
