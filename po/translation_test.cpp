// Welsh comes from the catalogue that this build has compiled; what it lacks is English and says so.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "support/source_dir.h"
#include "base/translation.h"
#include "govuk/navigation.h"
#include "html/html.h"

using namespace tithing;

namespace {

void load() {
  static const bool once = [] {
    load_translations(TITHING_LOCALE, {"cy"});
    return true;
  }();
  CHECK(once);
}

std::string unquoted(const std::string& line) {
  const std::size_t first = line.find('"'), last = line.rfind('"');
  return first == std::string::npos || last == first ? std::string() : line.substr(first + 1, last - first - 1);
}

std::multiset<std::string> places_in(const std::string& text) {
  std::multiset<std::string> places;
  for (std::size_t at = 0; (at = text.find('{', at)) != std::string::npos; ++at) places.insert(text.substr(at, 3));
  return places;
}

}  // namespace

TEST_CASE("a message is said in Welsh, with its values in place") {
  load();
  CHECK(tr("Sign in").in("cy").text == "Mewngofnodi");
  CHECK_FALSE(tr("Sign in").in("cy").fallback);
  CHECK(tr("Page {0}", {"3"}).in("cy").text == "Tudalen 3");
  CHECK(tr("Back").in("cy").text == "Yn \xC3\xB4l");
  CHECK(tr("Sign in").in("en").text == "Sign in");
  CHECK_FALSE(tr("Sign in").in("en").fallback);
}

TEST_CASE("a message without a translation, and a language without a catalogue, fall back to English") {
  load();
  const Message missing = tr("A sentence of {0} that no catalogue holds", {"York"});
  CHECK(missing.in("cy").text == "A sentence of York that no catalogue holds");
  CHECK(missing.in("cy").fallback);
  CHECK(tr("Sign in").in("fr").text == "Sign in");
  CHECK(tr("Sign in").in("fr").fallback);
}

TEST_CASE("on a Welsh page the fallback is marked lang=en, and a translation is not") {
  load();
  html::Writer writer("cy");
  writer.element("p", tr("Search")).element("p", tr("No catalogue holds this <sentence>"));
  CHECK(writer.html() == "<p>Chwilio</p><p><span lang=\"en\">No catalogue holds this &lt;sentence&gt;</span></p>");
  html::Writer english("en");
  english.element("p", tr("No catalogue holds this <sentence>"));
  CHECK(english.html() == "<p>No catalogue holds this &lt;sentence&gt;</p>");
}

TEST_CASE("components take their default words from the catalogue") {
  load();
  CHECK(govuk::rendered(govuk::BackLinkParams{.href = html::Url("/")}, "cy").text().find(">Yn \xC3\xB4l</a>") != std::string::npos);
}

TEST_CASE("a translation has the same places for values as the English") {
  int translated = 0;
  for (const auto& entry : std::filesystem::directory_iterator(tests::source_dir() + "/po")) {
    if (entry.path().extension() != ".po") continue;
    std::ifstream file(entry.path());
    std::string id, words;
    bool in_words = false;
    const auto end_of_message = [&] {
      if (!id.empty() && !words.empty()) {
        ++translated;
        CHECK_MESSAGE(places_in(id) == places_in(words), id);
      }
      id.clear();
      words.clear();
      in_words = false;
    };
    for (std::string line; std::getline(file, line);) {
      if (line.rfind("msgid ", 0) == 0) {
        end_of_message();
        id = unquoted(line);
      } else if (line.rfind("msgstr ", 0) == 0) {
        in_words = true;
        words = unquoted(line);
      } else if (!line.empty() && line.front() == '"') {
        (in_words ? words : id) += unquoted(line);
      }
    }
    end_of_message();
  }
  CHECK(translated >= 20);
}
