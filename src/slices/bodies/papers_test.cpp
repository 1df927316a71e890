// The demonstration's facts against the papers themselves: what a fact states stands in the paragraph that it cites, or
// the fact is marked as inferred and from which words. The papers are not in the project: where they lie in
// ../shared/seeds they are found by their checksums; where they do not, the cases are skipped, and counted as skipped.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "slices/bodies/delivered.h"
#include "slices/bodies/facts.h"
#include "support/source_dir.h"

using namespace tithing;
using namespace tithing::bodies;

namespace {

// Without markup, in small letters, with one space between words and one kind of quotation mark and dash.
std::string plain(const std::string& text) {
  std::string out = std::regex_replace(text, std::regex("<[^>]*>"), " ");
  out = std::regex_replace(out, std::regex("([0-9])\\s+(st|nd|rd|th)\\b"), "$1$2");
  const auto all = [&](const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = out.find(from, at)) != std::string::npos; at += to.size())
      out.replace(at, from.size(), to);
  };
  for (const char* quote : {"\xE2\x80\x98", "\xE2\x80\x99"}) all(quote, "'");
  for (const char* quote : {"\xE2\x80\x9C", "\xE2\x80\x9D"}) all(quote, "\"");
  for (const char* dash : {"\xE2\x80\x93", "\xE2\x80\x94"}) all(dash, "-");
  for (const char* mark : {"*", "#"}) all(mark, "");
  all("&amp;", "and");
  all("&", "and");
  out = std::regex_replace(out, std::regex("\\s+"), " ");
  return lowered(trimmed(out));
}

const std::string& folder() {
  static const std::string path = tests::source_dir() + "/../shared/seeds";
  return path;
}

// The papers by checksum.
const std::map<std::string, std::string>& texts() {
  static const std::map<std::string, std::string> all = [] {
    std::map<std::string, std::string> out;
    if (!std::filesystem::is_directory(folder())) return out;
    for (const auto& entry : std::filesystem::directory_iterator(folder())) {
      std::ifstream stream(entry.path(), std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
      out.emplace(sha256(bytes), bytes);
    }
    return out;
  }();
  return all;
}

bool none_here() { return texts().empty(); }

// Paragraphs of the papers that are here, by "paper|paragraph".
std::map<std::string, std::string> paragraphs() {
  std::map<std::string, std::string> out;
  for (const Paper& paper : papers()) {
    const auto found = texts().find(paper.sha256);
    if (found == texts().end()) continue;
    const std::string whole = plain(found->second);
    for (const Paper::Paragraph& part : paper.paragraphs) {
      const std::size_t begin = whole.find(plain(part.begins));
      const std::size_t end = begin == std::string::npos ? begin : whole.find(plain(part.ends), begin);
      CAPTURE(paper.code);
      CAPTURE(part.number);
      REQUIRE(begin != std::string::npos);
      REQUIRE(end != std::string::npos);
      out[paper.code + "|" + part.number] = whole.substr(begin, end - begin + plain(part.ends).size());
    }
  }
  return out;
}

struct Row {
  std::string where;  // "west-yorkshire-2018.csv, line 12"
  Fact fact;
};

std::vector<Row> delivered_rows() {
  std::vector<Row> out;
  for (const DeliveredFile& file : delivered_files()) {
    if (file.name == "papers.csv" || file.name == "paragraphs.csv") continue;
    const auto rows = read_csv(file.bytes).value();
    for (std::size_t i = 1; i < rows.size(); ++i) {
      if (file.name == "proposals.csv" && rows[i].fields.front() == "proposal") continue;
      auto fact = fact_from(rows.front().fields, rows[i].fields);
      REQUIRE_MESSAGE(fact.has_value(), file.name, ", line ", rows[i].line);
      out.push_back({file.name + ", line " + std::to_string(rows[i].line), std::move(*fact)});
    }
  }
  return out;
}

std::vector<std::string> quoted(const std::string& text) {
  const std::vector<std::string> parts = split(text, '"');
  std::vector<std::string> out;
  for (std::size_t i = 1; i < parts.size(); i += 2) out.push_back(parts[i]);
  return out;
}

// By what a body is called in a paper: its name, without the words that every partnership has, and what is entered "as
// printed".
std::map<std::string, std::vector<std::string>> printed_names(const std::vector<Row>& rows) {
  const std::string every = " Community Safety Partnership";
  std::map<std::string, std::vector<std::string>> out;
  for (const Row& row : rows) {
    const Fact& fact = row.fact;
    if (fact.kind == FactKind::identifier && fact.role == "as-printed") out[fact.body].push_back(fact.value);
    if (fact.kind != FactKind::name) continue;
    out[fact.body].push_back(fact.value);
    if (fact.value.size() > every.size() &&
        fact.value.compare(fact.value.size() - every.size(), every.size(), every) == 0)
      out[fact.body].push_back(fact.value.substr(0, fact.value.size() - every.size()));
  }
  return out;
}

std::vector<std::string> day_as_written(Date day) {
  static const char* const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
  const std::string month = months[day.month() - 1];
  const std::string year = std::to_string(day.year());
  const std::string number = std::to_string(day.day());
  const int last = day.day() % 10;
  const std::string ordinal = number + (day.day() / 10 == 1 ? "th"
                                        : last == 1         ? "st"
                                        : last == 2         ? "nd"
                                        : last == 3         ? "rd"
                                                            : "th");
  return {number + " " + month + " " + year, ordinal + " " + month + " " + year, month + " " + ordinal + " " + year};
}

std::string financial_year(int year) { return std::to_string(year) + "/" + std::to_string((year + 1) % 100); }

// What the fact states, each in the forms in which a paper may write it.
std::vector<std::pair<std::string, std::vector<std::string>>> stated(
    const Fact& fact, const Paper& paper, std::map<std::string, std::vector<std::string>>& names) {
  std::vector<std::pair<std::string, std::vector<std::string>>> out;
  using enum FactKind;
  const bool about_body = fact.kind != statement && fact.kind != succession && !fact.body.empty();
  if (about_body) out.push_back({"the body " + fact.body, names[fact.body]});
  if ((fact.kind == parent || fact.kind == membership || fact.kind == statement) && !fact.other.empty())
    out.push_back({"the body " + fact.other, names[fact.other]});
  for (const FactKind with_value : {name, identifier, area, post, membership, kind})
    if (fact.kind == with_value && !fact.value.empty()) out.push_back({"\"" + fact.value + "\"", {fact.value}});
  if (!fact.holder.empty() && fact.kind != rule) out.push_back({fact.holder, {fact.holder}});
  if (fact.amount && fact.kind != rule) {
    std::vector<std::string> forms = {grouped(*fact.amount)};
    if (*fact.amount == 3) forms = {"three"};
    if (*fact.amount == 6) forms = {"six"};
    if (*fact.amount >= 1'000'000)
      forms.push_back(fixed(static_cast<double>(*fact.amount) / 1'000'000, 1) + " million");
    out.push_back({"the amount " + grouped(*fact.amount), forms});
  }
  if (fact.kind == meetings && !fact.role.empty())
    out.push_back({"every " + fact.role + " weeks", {fact.role == "6" ? "six-weekly" : "?"}});
  const bool once =
      fact.kind == meeting || (fact.kind == statement && fact.from && fact.to && fact.from->plus_days(1) == *fact.to);
  if (fact.from) {
    auto forms = day_as_written(*fact.from);
    if (fact.kind == statement && fact.from->month() == 4 && fact.from->day() == 1)
      forms.push_back(financial_year(fact.from->year()));
    out.push_back({"the day " + fact.from->iso(), forms});
  }
  if (fact.to && !once) {
    auto forms = day_as_written(*fact.to);
    if (fact.kind == statement && fact.to->month() == 4 && fact.to->day() == 1)
      forms.push_back(financial_year(fact.to->year() - 1));
    out.push_back({"the day " + fact.to->iso(), forms});
  }
  if (fact.seen && fact.kind != succession && *fact.seen != paper.dated)
    out.push_back({"the day " + fact.seen->iso(), day_as_written(*fact.seen)});
  return out;
}

bool holds_any(const std::string& paragraph, const std::vector<std::string>& forms) {
  return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
    return !plain(form).empty() && paragraph.find(plain(form)) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("the five papers are known by their checksums, and each paragraph is found in its paper" *
          doctest::skip(none_here())) {
  int known = 0;
  for (const Paper& paper : papers()) {
    if (paper.sha256.empty()) continue;
    ++known;
    CAPTURE(paper.code);
    const auto found = texts().find(paper.sha256);
    REQUIRE(found != texts().end());
    CHECK(static_cast<std::int64_t>(found->second.size()) == paper.bytes);
    CHECK_FALSE(paper.published.empty());
    CHECK((holds_any(plain(found->second), day_as_written(paper.dated)) || !quoted(paper.inferred).empty()));
  }
  CHECK(known == 5);
  CHECK(paragraphs().size() > 50);
}

TEST_CASE("what a fact states stands in the paragraph that it cites, or it is marked as inferred and from which words" *
          doctest::skip(none_here())) {
  const std::vector<Row> rows = delivered_rows();
  auto names = printed_names(rows);
  const auto all = paragraphs();
  const auto anywhere = [&](const std::string& words) {
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& one) { return one.second.find(plain(words)) != std::string::npos; });
  };
  int checked = 0;
  int inferred = 0;
  for (const Row& row : rows) {
    const Fact& fact = row.fact;
    const Paper* paper = find_paper(fact.paper);
    if (!paper || paper->sha256.empty()) continue;
    ++checked;
    CAPTURE(row.where);
    const auto found = all.find(paper->code + "|" + fact.paragraph);
    REQUIRE_MESSAGE(found != all.end(), "no such paragraph: ", fact.paragraph);
    const std::string& paragraph = found->second;
    std::vector<std::string> missing;
    const auto needed = stated(fact, *paper, names);
    for (const auto& [what, forms] : needed)
      if (!holds_any(paragraph, forms)) missing.push_back(what);
    const std::vector<std::string> from = quoted(fact.inferred);
    const std::vector<std::string> in_note = quoted(fact.note);
    for (std::size_t i = 0; i < from.size(); ++i)
      CHECK_MESSAGE((i == 0 ? paragraph.find(plain(from[i])) != std::string::npos : anywhere(from[i])),
                    "words that are not there: ", from[i]);
    for (const std::string& words : in_note) CHECK_MESSAGE(anywhere(words), "words that are not there: ", words);
    // What has no name, day or amount of its own needs the words on which it rests.
    const bool in_words = fact.kind == FactKind::discharge || fact.kind == FactKind::parent ||
                          fact.kind == FactKind::succession || (fact.kind == FactKind::statement && !fact.amount);
    if (in_words && from.empty())
      CHECK_MESSAGE(
          std::any_of(in_note.begin(), in_note.end(),
                      [&](const std::string& words) { return paragraph.find(plain(words)) != std::string::npos; }),
          "no words of the paragraph are given");
    if (!fact.inferred.empty()) {
      ++inferred;
      CHECK_MESSAGE(!from.empty(), "inferred, and from which words is not said");
    } else {
      CHECK_MESSAGE(missing.empty(), "not in ", fact.paragraph, " and not marked as inferred: ", joined(missing, "; "));
    }
  }
  CHECK(checked > 400);
  CHECK(inferred > 200);
  MESSAGE(checked, " facts checked against five papers, ", inferred, " of them inferred and marked so");
}

TEST_CASE("a provision is cited as one: a paragraph of a paper never stands under an Act") {
  const std::vector<Row> rows = delivered_rows();
  std::map<std::string, const Fact*> functions;
  std::set<std::string> numbers;
  for (const Row& row : rows)
    if (row.fact.kind == FactKind::function) functions[row.fact.role] = &row.fact;
  for (const Paper& paper : papers())
    for (const Paper::Paragraph& part : paper.paragraphs) numbers.insert(part.number);
  int laid = 0;
  for (const Row& row : rows) {
    const Fact& fact = row.fact;
    CAPTURE(row.where);
    const Paper* paper = find_paper(fact.paper);
    if (paper) {
      CHECK(std::any_of(paper->paragraphs.begin(), paper->paragraphs.end(),
                        [&](const Paper::Paragraph& part) { return part.number == fact.paragraph; }));
      continue;
    }
    CHECK_MESSAGE(numbers.count(fact.paragraph) == 0, fact.paper, " has no paragraph ", fact.paragraph);
    if (fact.kind != FactKind::discharge) continue;
    ++laid;
    REQUIRE(functions.count(fact.role) == 1);
    CHECK(fact.paper == functions[fact.role]->paper);
    CHECK(fact.paragraph == functions[fact.role]->paragraph);
  }
  CHECK(laid == 30);
}

TEST_CASE("posts stand for persons: who is named holds a public office that a paper names with the name") {
  for (const Row& row : delivered_rows()) {
    const Fact& fact = row.fact;
    if (fact.holder.empty() || fact.kind == FactKind::function || fact.kind == FactKind::rule)
      continue;  // of these it is the extent
    CAPTURE(row.where);
    CAPTURE(fact.holder);
    const bool councillor = fact.holder.rfind("Cllr ", 0) == 0;
    const bool leeds_chair = fact.holder == "James Rogers" && fact.body == "leeds-csp";
    const bool chief = fact.holder == "Nigel Hutchinson";  // Chief Fire Officer, who signs as the Forum's Chair
    CHECK((councillor || leeds_chair || chief));
  }
}

TEST_CASE("what the papers say, and what they do not say, of the demonstration's bodies") {
  const std::vector<Row> rows = delivered_rows();
  const auto any = [&](auto&& is) {
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return is(row.fact); });
  };
  const auto statement = [&](const std::string& body, const std::string& role, const std::string& part,
                             std::int64_t amount = 0, const std::string& holder = "") {
    return any([&](const Fact& fact) {
      return fact.kind == FactKind::statement && fact.body == body && fact.role == role &&
             fact.value.find(part) != std::string::npos && (amount == 0 || fact.amount == amount) &&
             (holder.empty() || fact.holder == holder);
    });
  };
  // Said by them.
  CHECK(statement("west-yorkshire-police-and-crime-panel", "endorsement", "on behalf of the panel", 0,
                  "Cllr Alison Lowe"));
  CHECK(statement("wakefield-csp", "endorsement", "names nobody"));
  CHECK(statement("wakefield-csp", "attendance", "5 October", 0, "Cllr Maureen Cummings"));
  CHECK(statement("west-yorkshire-police-and-crime-panel", "priority", "domestic abuse and sexual violence"));
  CHECK(statement("west-yorkshire-police-and-crime-panel", "measure", "How we will measure our success"));
  CHECK(statement("west-yorkshire-police-and-crime-panel", "funding", "2011/12", 2'500'000));
  CHECK(statement("gateshead-csp", "funding", "up to this sum a year", 400'000));
  CHECK(statement("safer-communities-board", "funding", "Capital", 176'000));
  CHECK(statement("safer-communities-board", "funding", "Capital", 88'000));
  CHECK(statement("safer-communities-board", "funding", "60 per cent", 60));
  CHECK(statement("safer-communities-board", "view", "Most responsible authorities"));
  CHECK(statement("safer-communities-board", "driver", "National priorities"));
  CHECK(statement("safer-communities-forum-north-yorkshire", "interest", "Chief Fire Officer", 0, "Nigel Hutchinson"));
  CHECK(statement("safer-communities-forum-north-yorkshire", "overlap", "strategic level"));
  CHECK(statement("craven-csp", "overlap", "tactical level"));
  // Not said by them.
  CHECK_FALSE(any([](const Fact& fact) {
    return fact.kind == FactKind::parent && (fact.value.empty() || fact.value == "reports-to");
  }));
  CHECK_FALSE(any([](const Fact& fact) {
    return fact.kind == FactKind::membership && (vote_of(fact) == "yes" || vote_of(fact) == "no");
  }));
  CHECK_FALSE(any([](const Fact& fact) {
    return fact.kind == FactKind::meetings && fact.body == "northumbria-community-safety-leads" &&
           fact.amount.has_value();
  }));
  CHECK_FALSE(any([](const Fact& fact) {
    return fact.kind == FactKind::body && fact.body == "north-yorkshire-fire-and-rescue-service" &&
           fact.role == "fire-and-rescue-authority";
  }));
  CHECK(any([](const Fact& fact) {
    return fact.kind == FactKind::kind && fact.role == "police-authority" &&
           fact.detail.find("responsible authority") != std::string::npos;
  }));
  // Both spellings of one chair are noted at each.
  CHECK(any([](const Fact& fact) {
    return fact.holder == "Cllr Abdul Jabar" && fact.note.find("Cllr Abdul Jabbar Hussain") != std::string::npos;
  }));
  CHECK(any([](const Fact& fact) {
    return fact.holder == "Cllr Abdul Jabbar Hussain" && fact.note.find("Cllr Abdul Jabar") != std::string::npos;
  }));
}
