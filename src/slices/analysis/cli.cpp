// `tithing analyse METHOD FILE` on a table of one's own, `tithing analyse METHOD --area CODE` on the evidence.
#include "slices/analysis/cli.h"

#include <algorithm>
#include <cstdio>

#include "base/table_words.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/study.h"

namespace tithing::analysis {
namespace {

constexpr int kFine = 0, kProblem = 1, kWrongUse = 2;

int complain(const Problem& problem, int code = kProblem) {
  std::fprintf(stderr, "tithing: %s\n", problem.message.c_str());
  return code;
}

const std::vector<CommandOption>& area_options() {
  static const std::vector<CommandOption> options = {
      {"--area", "Official code of an area, instead of a file: works on the evidence in the data folder"},
      {"--from", "First month, 2022-01"},
      {"--to", "Last month"},
      {"--type", "Crime type, as in /figures; every type unless given"},
      {"--as-at", "Day whose structure is used; today unless given"}};
  return options;
}

const std::vector<CommandOption> kBefore = {
    {"--base-from", "First month before; the same months a year earlier unless given"},
    {"--base-to", "Last month before"}};
const std::vector<CommandOption> kTreated = {{"--compare", "Codes of comparison areas, with commas"},
                                             {"--around", "Codes of areas around the treated one, with commas"},
                                             {"--around-compare", "Codes of areas around the comparison, with commas"}};

Result<Question> question_of(const Arguments& arguments, Date today) {
  Question question;
  question.area = arguments.get("--area");
  question.type = arguments.get("--type");
  question.as_at = today;
  if (arguments.has("--as-at")) {
    const auto day = Date::parse(arguments.get("--as-at"));
    if (!day) return pass_on(day);
    question.as_at = *day;
  }
  if (arguments.has("--from") != arguments.has("--to"))
    return invalid(tr("Give --from and --to together, or neither."));
  if (arguments.has("--base-from") != arguments.has("--base-to"))
    return invalid(tr("Give --base-from and --base-to together, or neither."));
  if (arguments.has("--from")) {
    const auto period = Period::parse(arguments.get("--from"), arguments.get("--to"));
    if (!period) return pass_on(period);
    question.period = *period;
  }
  if (arguments.has("--base-from")) {
    const auto period = Period::parse(arguments.get("--base-from"), arguments.get("--base-to"));
    if (!period) return pass_on(period);
    question.before = *period;
  }
  for (const auto& [name, into] :
       {std::pair{"--compare", &question.comparison}, std::pair{"--around", &question.around},
        std::pair{"--around-compare", &question.around_the_comparison}})
    if (arguments.has(name))
      for (const std::string& code : split(arguments.get(name), ','))
        if (!trimmed(code).empty()) into->emplace_back(trimmed(code));
  return question;
}

// --where keeps the rows of one value, --column gives columns the names that a method knows.
Status prepare(Input& input, const Arguments& arguments) {
  for (const std::string& written : arguments.all("--where")) {
    const auto equals = written.find('=');
    const auto column = equals == std::string::npos ? std::nullopt : input.find(written.substr(0, equals));
    if (!column)
      return invalid(tr("--where is written COLUMN=VALUE with a column of the file, not \"{0}\".", {written}));
    const std::string value = written.substr(equals + 1);
    Input kept = input;
    kept.rows.clear();
    kept.lines.clear();
    kept.shapes.clear();
    for (std::size_t i = 0; i < input.rows.size(); ++i) {
      if (input.rows[i][*column] != value) continue;
      kept.rows.push_back(input.rows[i]);
      if (i < input.lines.size()) kept.lines.push_back(input.lines[i]);
      if (i < input.shapes.size()) kept.shapes.push_back(input.shapes[i]);
    }
    if (kept.rows.empty()) return invalid(tr("{0} has no row with {1}.", {input.name, written}));
    kept.name += ", " + written;
    input = std::move(kept);
  }
  for (const std::string& written : arguments.all("--column")) {
    const auto equals = written.find('=');
    const auto column = equals == std::string::npos ? std::nullopt : input.find(written.substr(equals + 1));
    if (!column)
      return invalid(tr("--column is written NAME=COLUMN with a column of the file, not \"{0}\".", {written}));
    const std::string name = lowered(written.substr(0, equals));
    // The name may be taken by another column, which then gives way.
    if (const auto taken = input.find(name); taken && *taken != *column) input.columns[*taken] += "_in_the_file";
    input.columns[*column] = name;
  }
  return {};
}

}  // namespace

namespace {

// Over how many of its rows a file is asked: those that have a number in every column of numbers. Whether the file is
// the whole of anything, only who made it knows.
std::string rows_in_words(const Input& input) {
  std::vector<std::size_t> columns;
  for (const char* name :
       {"count", "value", "earlier", "later", "before", "after", "population", "exposure", "hot", "x", "y"})
    if (const auto column = input.find(name)) columns.push_back(*column);
  const auto complete = std::count_if(input.rows.begin(), input.rows.end(), [&](const auto& row) {
    return std::none_of(columns.begin(), columns.end(), [&](std::size_t column) { return is_blank_word(row[column]); });
  });
  const auto all = static_cast<std::int64_t>(input.rows.size());
  const double share = all == 0 ? 0 : static_cast<double>(complete) / static_cast<double>(all);
  return "Over " + grouped(complete) + " of " + plural(all, "row", "rows") + " of the file (" + percent(share, 1) +
         (complete == all ? ")." : "): the others have a blank among their numbers.");
}

}  // namespace

Result<Answer> analyse(const Method& method, const Arguments& arguments, Date today,
                       const std::function<Evidence()>& evidence) {
  Input input;
  if (arguments.has("--area")) {
    if (method.area == AreaForm::none) return invalid(method.no_area);
    const auto question = question_of(arguments, today);
    if (!question) return pass_on(question);
    const Evidence known = evidence();
    AreaForm form = method.area;
    Question asked = *question;
    if (form == AreaForm::places && arguments.has("--grid")) {
      form = AreaForm::cells;
      Settings sides({{"grid", arguments.get("--grid")}});
      asked.cell = static_cast<int>(sides.whole("grid", 0, 1, 1'000'000));
      if (!sides.status()) return pass_on(sides.status());
    }
    auto made = input_of_area(form, *known.snapshot, *known.areas, asked);
    if (!made) return pass_on(made);
    input = std::move(*made);
  } else {
    auto read = read_file(arguments.get("FILE"));
    if (!read) return pass_on(read);
    input = std::move(*read);
  }
  if (auto prepared = prepare(input, arguments); !prepared) return pass_on(prepared);
  std::map<std::string, std::string> values;
  for (const CommandOption& option : method.options)
    if (arguments.has(option.name))
      values[option.name.substr(2)] = option.takes_value ? arguments.get(option.name) : "yes";
  Settings settings(std::move(values));
  auto answer = method.run(input, settings);
  if (!answer) return answer;
  answer->method = method.name;
  answer->input = input.name;
  if (!arguments.has("--area")) input.notes.push_back(rows_in_words(input));
  // What has to be said about the input comes first, once.
  std::size_t at = 0;
  for (const std::string& note : input.notes)
    if (std::find(answer->notes.begin(), answer->notes.end(), note) == answer->notes.end())
      answer->notes.insert(answer->notes.begin() + static_cast<std::ptrdiff_t>(at++), note);
  return answer;
}

void register_subcommands(Wiring& wiring, register_::Service& areas, evidence::Service& evidence) {
  for (Method& method : methods()) {
    Subcommand subcommand;
    subcommand.path = {"analyse", method.name};
    subcommand.help = method.help;
    subcommand.positionals = {{"FILE", "CSV with a heading row, or GeoJSON. Columns: " + method.columns, false}};
    subcommand.options = method.options;
    const auto add = [&](const std::vector<CommandOption>& options) {
      subcommand.options.insert(subcommand.options.end(), options.begin(), options.end());
    };
    add(area_options());
    if (method.area == AreaForm::two_periods || method.area == AreaForm::treated) add(kBefore);
    if (method.area == AreaForm::treated) add(kTreated);
    add({{"--column", "NAME=COLUMN: a column of the file under the name the method knows", true, false, true},
         {"--where", "COLUMN=VALUE: only the rows with that value", true, false, true},
         {"--rows", "Rows of each list to print; 20 unless given, 0 for all"},
         {"--json", "Everything as JSON", false}});
    const bool has_area = method.area != AreaForm::none;
    subcommand.store_needed = [has_area](const Arguments& arguments) { return has_area && arguments.has("--area"); };
    const Clock* const* clock = &wiring.clock;
    subcommand.run = [method, clock, areas_ = &areas, evidence_ = &evidence](const Arguments& arguments) {
      if (arguments.has("FILE") == arguments.has("--area"))
        return complain({ProblemKind::invalid, "Give either a file or --area CODE, and not both.", {}}, kWrongUse);
      Settings shown({{"rows", arguments.get("--rows")}});
      const auto rows = shown.whole("rows", 20, 0, 10'000'000);
      if (!shown.status()) return complain(shown.status().error(), kWrongUse);
      const auto answer = analyse(method, arguments, (*clock)->today(), [&] {
        return Evidence{evidence_->snapshot(), areas_};
      });
      if (!answer) return complain(answer.error());
      const std::string text =
          arguments.has("--json") ? to_json(*answer) + "\n" : to_text(*answer, static_cast<std::size_t>(rows));
      std::fwrite(text.data(), 1, text.size(), stdout);
      return kFine;
    };
    wiring.subcommands.push_back(std::move(subcommand));
  }
}

}  // namespace tithing::analysis
