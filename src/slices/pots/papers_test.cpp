// The papers hold the numbers that the engine worked out, and nothing that nobody said.
#include "slices/pots/papers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

#include "allocation/scenarios.h"
#include "allocation/scheme_for_tests.h"
#include "allocation/scheme_words.h"
#include "base/text.h"
#include "exports/document_docx.h"
#include "exports/document_html.h"
#include "exports/page_tables.h"
#include "exports/parts_for_tests.h"

using namespace tithing;
using namespace tithing::pots;
using exports::XmlChecker;

namespace {

struct Paper {
  explicit Paper(Scheme of) : scheme(std::move(of)) {
    auto worked = allocate(scheme);
    if (!worked) FAIL(worked.error().message);
    REQUIRE(worked.has_value());
    allocation = std::move(*worked);
    input.scheme = &scheme;
    input.allocation = &allocation;
    for (std::size_t i = 0; i < allocation.areas.size(); ++i) {
      input.workings.push_back(explain(scheme, allocation, i));
      input.workings.back().address.kind = "allocation";
    }
    if (auto all = allocate_years(scheme); all && all->size() > 1) input.years = std::move(*all);
  }
  Paper(const Paper&) = delete;
  Paper& operator=(const Paper&) = delete;

  Scheme scheme;
  Allocation allocation;
  PaperInput input;
};

// Everything that a paper can say: a fund that is not known, a hold-back, weights, a limit, phasing in, tranches, a
// merger.
Scheme rich() {
  Scheme scheme = scheme_of(30'000'000, {{"a", 10'000'000}, {"b", 12'000'000}, {"c", 8'000'000}});
  scheme.title = "Fund <for> safety & order";
  scheme.last_year->amounts = {
      {"a", Money{10'000'000}}, {"b", Money{12'000'000}}, {"c1", Money{3'000'000}}, {"c2", Money{5'000'000}}};
  scheme.last_year->names = {{"c1", "Old one"}, {"c2", "Old two"}};
  scheme.last_year->origin.source.name = "Table 1 of a board's paper";
  scheme.successions.push_back({{"c1", "c2"}, {{"c", {}}}});
  Fund unknown;
  unknown.name = "County's share";
  unknown.partner = "A county council";
  unknown.status = FundStatus::unknown;
  scheme.pot.funds.push_back(unknown);
  scheme.pot.assumptions = {{"No further funding in the year.", "", ""}};
  scheme.steps.push_back({HoldBack{"reviews of deaths", of_percent(10), HoldBack::Of::pot}, "Agreed by the board."});
  Indicator people =
      indicator_of("Population", Fraction(Integer(125), Integer(2)), {{"a", 100}, {"b", 300}, {"c", 200}});
  people.origin.source.name = "Mid-year estimates";
  people.origin.reference_date = "mid-2011";
  scheme.steps.push_back(
      {WeightedIndicators{
           {}, {people, indicator_of("Crime", Fraction(Integer(75), Integer(2)), {{"a", 7}, {"b", 5}, {"c", 4}})}},
       ""});
  Limit limit;
  limit.kind = Limit::Kind::hold_harmless;
  limit.share = percent(40);
  scheme.steps.push_back({limit, ""});
  scheme.steps.push_back({PhaseIn{{Fraction(Integer(1), Integer(2)), Fraction(1)}, 1}, ""});
  scheme.tranches = {{"April", Fraction(80), "2012-04-30", ""}, {"October", Fraction(20), "", "Evaluation received"}};
  return scheme;
}

std::vector<std::string> headings_of(const exports::Document& document, int level) {
  std::vector<std::string> out;
  for (const exports::Block& block : document.blocks)
    if (const auto* heading = std::get_if<exports::Heading>(&block); heading != nullptr && heading->level == level)
      out.push_back(heading->text);
  return out;
}

std::vector<std::string> blanks_of(const exports::Document& document) {
  std::vector<std::string> out;
  for (const exports::Block& block : document.blocks) {
    if (const auto* entries = std::get_if<exports::Entries>(&block))
      for (const exports::Entry& entry : entries->entries)
        if (entry.value.empty()) out.push_back(entry.label);
  }
  return out;
}

std::string word_text(const exports::Document& document, const std::string& part = "word/document.xml") {
  const XmlChecker read(exports::parts_of(exports::to_docx(document)).at(part));
  CHECK(read.wrong == "");
  return read.text;
}

bool has(const std::string& text, const std::string& wanted) { return text.find(wanted) != std::string::npos; }

// Every amount of money in a text, in order.
std::vector<std::string> amounts_in(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = text.find("\xC2\xA3"); at != std::string::npos; at = text.find("\xC2\xA3", at + 1)) {
    std::size_t end = at + 2;
    while (end < text.size() && std::string("0123456789,").find(text[end]) != std::string::npos) ++end;
    if (end + 2 < text.size() && text[end] == '.') end += 3;  // pence; what follows may be the next paragraph's number
    if (end > at + 2) out.push_back((at > 0 && text[at - 1] == '-' ? "-" : "") + text.substr(at, end - at));
  }
  return out;
}

}  // namespace

TEST_CASE("The allocation paper has the headings of the field, in their order") {
  Paper paper(rich());
  const exports::Document document = allocation_paper(paper.input);
  CHECK(headings_of(document, 1) == std::vector<std::string>{"Background", "Formula and indicators",
                                                             "Proposed allocations", "Retained and central pot",
                                                             "Transition", "Consultation", "Decision"});
  CHECK(document.title == "Allocation paper: Fund <for> safety & order");
  const std::string text = exports::text_of(exports::to_html(document));
  for (const char* wanted :
       {"County's share (from A county council, revenue): not known.", "which is not nought: County's share",
        "No further funding in the year.", "Table 1 of a board's paper",
        "10% of the pot is held back for: reviews of deaths. Agreed by the board.", "62.5%", "37.5%", "mid-2011",
        "not stated", "No area loses more than 40% of last year's amount", "Year 1 of 2", "50% of the way",
        "Evaluation received", "No consultation is recorded.", "Nothing has been decided."}) {
    CHECK_MESSAGE(has(text, wanted), wanted);
  }
  CHECK(has(text, "Area c succeeds Old one, Old two."));
  CHECK(blanks_of(document) == std::vector<std::string>{"Decided by", "On the authority of", "Date of the decision"});
}

TEST_CASE("HTML and Word say the same numbers, and each area's is its figure's") {
  Paper paper(rich());
  for (const exports::Document& document : {allocation_paper(paper.input), decision_notice(paper.input)}) {
    CAPTURE(document.title);
    const std::vector<std::string> html = amounts_in(exports::text_of(exports::to_html(document))),
                                   word = amounts_in(word_text(document));
    CHECK(html.size() > 30);
    CHECK(joined(html, " ") == joined(word, " "));
  }
  const exports::Table table = paper_table(paper.input);
  for (std::size_t i = 0; i < paper.allocation.areas.size(); ++i) {
    const exports::Cell& amount = table.rows[i][2];
    CHECK(amount.text == paper.input.workings[i].quantity.text());
    CHECK(amount.whole == paper.allocation.areas[i].amount.pence);
    CHECK(amount.url.text() == paper.input.workings[i].address.path());
    CHECK(*table.rows[i][1].whole + *table.rows[i][3].whole == *amount.whole);
  }
  // Areas, total, retained, known funds: the sums that the columns promise.
  REQUIRE(table.rows.size() == 6);
  CHECK(table.rows[3][0].text == "Total of the areas");
  CHECK(*table.rows[3][1].whole == 30'000'000);
  CHECK(*table.rows[3][2].whole + *table.rows[4][2].whole == *table.rows[5][2].whole);
  CHECK(*table.rows[3][2].whole == 27'000'000);
  CHECK(table.rows[3][4].text == "-10.00%");
  CHECK(table.columns[1].unit == "2011/12");
  // A working of another amount is not printed beside it.
  paper.input.workings[1].quantity = figures::Quantity::pence(1);
  CHECK_THROWS_AS(allocation_paper(paper.input), std::logic_error);
  paper.input.workings.pop_back();
  CHECK_THROWS_AS(paper_table(paper.input), std::logic_error);
  paper.input.workings.clear();
  CHECK(exports::to_html(allocation_paper(paper.input)).text().find("/figures/") == std::string::npos);
}

TEST_CASE("Amounts of a paper lead to their workings, in Word by a footnote where no address of the program is known") {
  Paper paper(rich());
  const exports::Document document = allocation_paper(paper.input);
  const std::string html = exports::to_html(document).text();
  for (const figures::Figure& figure : paper.input.workings) {
    CHECK(has(html, "href=\"" + html::escaped(figure.address.path()) + "\""));
    CHECK(has(word_text(document, "word/footnotes.xml"), "Working: " + figure.address.path()));
  }
  CHECK(has(html,
            "The largest rise is that of <span data-number=\"name\">Area a</span>: from <a class=\"tithing-figure\"") ==
        (paper.allocation.areas[0].amount.pence > 10'000'000));
}

TEST_CASE("The decision notice has the headings of the field; what nobody has said is a blank") {
  Paper paper(rich());
  exports::Document draft = decision_notice(paper.input);
  CHECK(headings_of(draft, 1) == std::vector<std::string>{"Decision summary", "Declaration of interests", "Signature",
                                                          "Supporting information"});
  CHECK(headings_of(draft, 2) == std::vector<std::string>{"Background", "Formula and indicators",
                                                          "Proposed allocations", "Retained and central pot",
                                                          "Transition", "Consultation"});
  CHECK(blanks_of(draft) == std::vector<std::string>{"Reference", "Lead officer", "Chief officer approval", "Date",
                                                     "Publication status", "Interests declared"});
  CHECK(has(word_text(draft),
            "Not decided yet. Proposed: to allocate \xC2\xA3"
            "270,000.00 for 2012/13 to 3 areas"));

  PaperDecision& decision = paper.input.decision;
  decision.reference = "FD-0012";
  decision.state = "Published";
  decision.summary = "Why this is proposed.\n\nAnd more of it.";
  decision.body = "A county's Police and Crime Commissioner";
  decision.lead_officer = "L. Officer";
  decision.approved_by = "C. Executive";
  decision.approved_on = Date::from_ymd(2012, 3, 1);
  decision.publication = PublicationStatus::partly_confidential;
  decision.publication_reason = "one comment names a person";
  decision.consulted = true;
  decision.consulted_from = Date::from_ymd(2012, 1, 9);
  decision.consulted_to = Date::from_ymd(2012, 2, 6);
  decision.comments = {
      {"A partnership", Date::from_ymd(2012, 1, 20), "Area b", "Too <little>.", "It is as the formula has it."},
      {"", {}, "", "Agreed.", ""}};
  decision.agreed = true;
  decision.agreed_on = Date::from_ymd(2012, 3, 8);
  decision.agreed_by = "A. Commissioner";
  decision.post = "Commissioner, section 9 of the Crime and Disorder Act 1998";
  decision.interests = "None.";
  decision.published_on = Date::from_ymd(2012, 3, 12);
  decision.supersedes = "FD-0007";
  decision.prepared_by = "P. Reed";
  decision.acknowledged = {{"County's share is not known.", "It is settled in May."}};
  const exports::Document agreed = decision_notice(paper.input);
  CHECK(blanks_of(agreed).empty());
  const std::string text = word_text(agreed);
  for (const char* wanted : {"FD-0012",
                             "L. Officer",
                             "C. Executive, 1 March 2012",
                             "8 March 2012",
                             "Partly confidential: one comment names a person",
                             "To allocate \xC2\xA3"
                             "270,000.00 for 2012/13 to 3 areas",
                             "It supersedes FD-0007.",
                             "None.",
                             "A. Commissioner",
                             "Why this is proposed.",
                             "And more of it.",
                             "from 9 January 2012 to 6 February 2012",
                             "2 comments are recorded",
                             "Too <little>.",
                             "It is as the formula has it.",
                             "no answer is recorded",
                             "12 March 2012",
                             "P. Reed",
                             "County's share is not known.",
                             "It is settled in May."})
    CHECK_MESSAGE(has(text, wanted), wanted);
  CHECK_FALSE(has(text, "Proposed"));
  CHECK(agreed.reference == "FD-0012");
  CHECK(agreed.classification == "Partly confidential");
  // The reference stands once: as the notice's own line.
  const std::string html = exports::text_of(exports::to_html(agreed));
  CHECK(html.find("FD-0012") == html.rfind("FD-0012"));
  // What was written as the authority is no post, whatever it is.
  CHECK(has(text, "On the authority of"));
  // Nobody signs but a person: the line stays open.
  CHECK(has(exports::to_html(agreed).text(), "to be filled in"));
  CHECK(has(word_text(allocation_paper(paper.input)), "It was agreed to allocate"));
}

TEST_CASE("A plain scheme's paper says what there is not") {
  Scheme scheme = scheme_of(30'000'000, {});
  scheme.last_year.reset();
  scheme.areas = {{"a", "Area a", {}, {}}, {"b", "Area b", {}, {}}};
  scheme.steps.push_back({FixedAmount{Money{1'000'000}, false, {}}, ""});
  Paper paper(scheme);
  const std::string text = word_text(allocation_paper(paper.input));
  for (const char* wanted : {"No amounts of the year before are recorded", "Nothing is retained",
                             "The scheme has no phasing in", "Payment in parts is not part of the scheme", "not known",
                             "\xC2\xA3"
                             "10,000.00 to each area.",
                             "do not come to the pot: the difference is \xC2\xA3"
                             "280,000.00",
                             "\xC2\xA3"
                             "280,000.00 goes to no area"})
    CHECK_MESSAGE(has(text, wanted), wanted);
  CHECK_FALSE(has(text, "Against the year before"));
}

TEST_CASE("Each kind of step has its sentence") {
  Scheme scheme = scheme_of(30'000'000, {{"a", 1}, {"b", 1}});
  Limit floor, cap, gain;
  floor.amount = Money{100};
  cap.kind = Limit::Kind::cap;
  cap.by_area = {{"a", Money{500}}};
  gain.kind = Limit::Kind::gain_limit;
  gain.share = percent(10);
  gain.areas = {"b"};
  scheme.steps = {{HoldBack{"reviews", {}, HoldBack::Of::remaining}, ""},
                  {HoldBack{"reserve", of_percent(5), HoldBack::Of::allocations}, ""},
                  {FixedAmount{Money{100}, true, {"a"}}, ""},
                  {DirectShares{of_amount(500), DirectShares::By::percentages, {}, {}}, ""},
                  {floor, ""},
                  {cap, ""},
                  {gain, ""},
                  {Override{"b", Money{700}, "By order", "A. Chief"}, ""},
                  {OverProgramming{of_percent(10), "the reserve"}, ""}};
  const std::vector<std::string> wanted = {
      "All that remains is held back for: reviews.",
      "5% of the areas' amounts so far, from each in proportion, is held back for: reserve.",
      "\xC2\xA3"
      "1.00 for each constituent authority of Area a.",
      "\xC2\xA3"
      "5.00 is shared by percentages that are given.",
      "At least \xC2\xA3"
      "1.00 for each area. What one area gains or loses by it, the others share again in proportion.",
      "At most Area a \xC2\xA3"
      "5.00. What one area gains or loses by it, the others share again in proportion.",
      "No area gains more than 10% of last year's amount against last year: Area b. What one area gains or loses by "
      "it, the others share again in proportion.",
      "Area b is set to \xC2\xA3"
      "7.00. Reason: By order. Approved by: A. Chief. The others share the rest again in proportion.",
      "10% of the known funds is awarded beyond what there is, underwritten by the reserve."};
  for (std::size_t i = 0; i < wanted.size(); ++i) CHECK(in_words(scheme, i) == wanted[i]);
}

TEST_CASE("The workbook holds the table and a row for every step of every working, with values as numbers") {
  Paper paper(rich());
  const std::vector<exports::TableSheet> sheets = paper_workbook(paper.input);
  REQUIRE(sheets.size() == 2);
  const exports::Table& workings = sheets[1].table;
  CHECK_NOTHROW(workings.check());
  // As many rows as the trees have parts.
  std::size_t parts = 0;
  const auto count = [&](const auto& self, const figures::Figure& figure) -> void {
    ++parts;
    for (const figures::Input& input : figure.working.inputs) {
      if (input.figure != nullptr) {
        self(self, *input.figure);
      } else {
        ++parts;
      }
    }
  };
  for (const figures::Figure& figure : paper.input.workings) count(count, figure);
  CHECK(workings.rows.size() == parts);
  // The step of the second area that is its working's second input, found by its path.
  const auto found = std::find_if(workings.rows.begin(), workings.rows.end(), [](const exports::Row& row) {
    return row[0].text == "Area b" && row[1].text == "2";
  });
  REQUIRE(found != workings.rows.end());
  const figures::Figure& step = *paper.input.workings[1].working.inputs[1].figure;
  CHECK((*found)[3].whole == step.quantity.integer());
  CHECK((*found)[3].kind == exports::ColumnKind::money);
  CHECK((*found)[5].text == step.quantity.text());
  CHECK((*found)[6].text == step.working.formula);
  CHECK((*found)[7].text == step.working.in_words);
  const auto bytes = exports::to_xlsx(sheets, {.retrieved_at = {1'669'800'000'000}});
  REQUIRE(bytes);
  auto files = exports::parts_of(*bytes);
  CHECK(has(files["xl/workbook.xml"], "name=\"Allocations\""));
  CHECK(has(files["xl/workbook.xml"], "name=\"Workings\""));
  for (const AreaAmount& area : paper.allocation.areas) {
    const std::string value =
        "<v>" + std::to_string(area.amount.pence / 100) + (area.amount.pence % 100 == 0 ? "" : ".");
    CHECK(has(files["xl/worksheets/sheet1.xml"], value));
    CHECK(has(files["xl/worksheets/sheet2.xml"], value));
  }
  paper.input.workings.clear();
  CHECK_THROWS_AS(paper_workbook(paper.input), std::logic_error);
}
