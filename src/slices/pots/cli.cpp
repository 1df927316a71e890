// The engine on files: the same functions as the pages use, and no store.
#include <cstdio>

#include "allocation/read_scheme.h"
#include "allocation/write_json.h"
#include "base/text.h"
#include "slices/pots/folder_files.h"
#include "slices/pots/pots.h"

namespace tithing::pots {
namespace {

constexpr int kFine = 0, kProblem = 1, kWrongUse = 2, kDoesNotTie = 3, kCouldNotBeChecked = 4;

int complain(const Problem& problem, const std::string& file) {
  std::fprintf(stderr, "tithing: %s: %s\n", file.c_str(), problem.message.c_str());
  // The first field repeats the message.
  for (std::size_t i = 1; i < problem.fields.size(); ++i)
    std::fprintf(stderr, "  %s\n", problem.fields[i].message.c_str());
  return kProblem;
}

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

// Columns padded to their widest cell; the first to the left, the others to the right. Widths count code points.
std::string table(const std::vector<std::vector<std::string>>& rows) {
  const auto width = [](const std::string& text) {
    std::size_t out = 0;
    for (const char c : text) out += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return out;
  };
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i == widths.size()) widths.push_back(0);
      widths[i] = std::max(widths[i], width(row[i]));
    }
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - width(row[i]), ' ');
      out += i == 0 ? row[i] + padding : "  " + padding + row[i];
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out += '\n';
  }
  return out;
}

std::string change_text(const std::optional<Money>& change) {
  return !change ? "not known" : (change->pence > 0 ? "+" : "") + change->text();
}

std::string percent_text(const std::optional<Fraction>& share, bool sign) {
  if (!share) return "not known";
  return (sign && Fraction(0) < *share ? "+" : "") + (*share * Fraction(100)).decimal(2) + "%";
}

std::string text_of(const Scheme& scheme, const Allocation& allocation) {
  const Scenario scenario = compare({{&scheme, &allocation}}).front();
  std::string out = scheme.title + (scheme.financial_year.empty() ? "" : ", " + scheme.financial_year) + "\n\n";
  std::vector<std::vector<std::string>> rows = {{"Area", "Amount", "Share", "Last year", "Change", "Change %"}};
  for (const Standing& area : scenario.areas)
    rows.push_back({area.name, area.amount.text(), percent_text(area.share, false),
                    area.last_year ? area.last_year->text() : "not known", change_text(area.change),
                    percent_text(area.change_share, true)});
  rows.push_back({"Total", allocation.total.text()});
  for (const HeldBack& held : allocation.held_back) rows.push_back({"Held back: " + held.purpose, held.amount.text()});
  if (allocation.over_programmed.pence != 0) rows.push_back({"Over-programmed", allocation.over_programmed.text()});
  rows.push_back({"Goes to no area", allocation.unallocated.text()});
  rows.push_back({"Known funds", allocation.pot.known.text()});
  out += table(rows);
  for (const std::string& note : allocation.notes) out += "\n" + note;
  for (const NotMet& item : allocation.not_met) out += "\n" + item.sentence;
  if (!allocation.notes.empty() || !allocation.not_met.empty()) out += "\n";
  return out;
}

void append_working(std::string& out, const figures::Figure& figure, int depth) {
  const std::string indent(static_cast<std::size_t>(depth) * 2, ' ');
  out += indent + figure.working.title + ": " + figure.quantity.text() + "\n";
  if (!figure.working.in_words.empty()) out += indent + "  " + figure.working.in_words + "\n";
  if (!figure.working.formula.empty()) out += indent + "  " + figure.working.formula + "\n";
  for (const figures::Input& input : figure.working.inputs) {
    if (input.figure != nullptr) {
      append_working(out, *input.figure, depth + 1);
      continue;
    }
    const std::string symbol = input.symbol.empty() ? "" : input.symbol + ": ";
    out += indent + "  " + symbol + input.label + " = " + input.given.text() +
           (input.source && !input.given.empty() ? ", " : "") +
           (input.source
                ? input.source->name + (input.source->sha256.empty() ? "" : " (SHA-256 " + input.source->sha256 + ")")
                : std::string()) +
           "\n";
  }
  for (const std::string& caveat : figure.working.caveats) out += indent + "  ! " + caveat + "\n";
  if (!figure.working.rounding.empty()) out += indent + "  Rounding: " + figure.working.rounding + "\n";
}

std::string text_of(const Sensitivity& found) {
  std::string out = "\nWeights moved one at a time, in steps of " + found.grid.text() +
                    " points, the others keeping their proportions:\n";
  for (const WeightMove& move : found.moves)
    out += "  " + move.indicator_name + " from " + move.from.text() + " to " + move.to.text() + ": " + move.what + "\n";
  for (const std::string& name : found.robust)
    out += "  " + name + ": no weight from 0 to 100 changes a sign or the order.\n";
  for (const std::string& name : found.not_looked_at)
    out += "  " + name +
           ": could not be checked. Under some weights the scheme takes more than remains; under the others nothing "
           "changes.\n";
  out += "\nEvery weight moved at random by at most a tenth of itself, " + grouped(found.stability.draws) +
         " times (seed " + std::to_string(found.stability.seed) + "): the five largest keep their order in " +
         grouped(found.stability.same_top_five) + ".\n";
  if (found.stability.worked_out < found.stability.draws)
    out += "Only " + grouped(found.stability.worked_out) + " of them could be worked out; the counts are of these.\n";
  std::vector<std::vector<std::string>> rows = {{"Area", "Lowest", "Highest", "Same sign"}};
  for (const Stability::Area& area : found.stability.areas)
    rows.push_back({area.name, area.lowest.text(), area.highest.text(), grouped(area.same_sign)});
  return out + table(rows);
}

struct Loaded {
  std::string path;
  Scheme scheme;
  std::vector<Allocation> years;
  const Allocation& shown() const {
    for (const Step& step : scheme.steps)
      if (const auto* phase = std::get_if<PhaseIn>(&step.what)) return years[static_cast<std::size_t>(phase->year) - 1];
    return years.front();
  }
};

Result<Loaded> load(const std::string& path) {
  Loaded out;
  out.path = path;
  const auto bytes = read_file(path);
  if (!bytes) return pass_on(bytes);
  const auto slash = path.rfind('/');
  auto scheme = read_scheme(*bytes, FolderFiles(slash == std::string::npos ? "" : path.substr(0, slash + 1)));
  if (!scheme) return pass_on(scheme);
  out.scheme = std::move(*scheme);
  auto years = allocate_years(out.scheme);
  if (!years) return pass_on(years);
  out.years = std::move(*years);
  return out;
}

std::optional<std::uint64_t> whole(const std::string& text, std::uint64_t most) {
  std::uint64_t out = 0;
  if (text.empty() || text.size() > 18) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return out <= most ? std::optional(out) : std::nullopt;
}

int allocate_files(const Arguments& arguments) {
  constexpr std::uint64_t kMostDraws = 1'000'000, kLargestSeed = 999'999'999'999'999'999;
  std::vector<Loaded> loaded;
  std::vector<std::string> paths = {arguments.get("SCHEME")};
  for (const std::string& other : arguments.all("--compare")) paths.push_back(other);
  for (const std::string& path : paths) {
    auto one = load(path);
    if (!one) return complain(one.error(), path);
    loaded.push_back(std::move(*one));
  }
  std::optional<Sensitivity> found;
  if (arguments.has("--sensitivity")) {
    SensitivityOptions options;
    const auto seed = whole(arguments.has("--seed") ? arguments.get("--seed") : "1", kLargestSeed);
    const auto draws = whole(arguments.has("--draws") ? arguments.get("--draws") : "1000", kMostDraws);
    if (!seed || !draws || *draws == 0) {
      std::fprintf(stderr, "tithing: --seed and --draws are whole numbers; at most 1,000,000 draws.\n");
      return kWrongUse;
    }
    options.seed = *seed;
    options.draws = static_cast<int>(*draws);
    auto answer = sensitivity(loaded.front().scheme, options);
    if (!answer) return complain(answer.error(), paths.front());
    found = std::move(*answer);
  }
  std::vector<Compared> compared;
  for (const Loaded& one : loaded) compared.push_back({&one.scheme, &one.shown()});
  const Loaded& first = loaded.front();
  if (arguments.has("--json")) {
    JsonWriter json;
    json.begin_object();
    write_allocation(json, first.scheme, first.years, arguments.has("--explain"));
    if (compared.size() > 1) write_scenarios(json, compare(compared));
    if (found) write_sensitivity(json, *found);
    json.end_object();
    print(json.take() + "\n");
    return kFine;
  }
  std::string out;
  for (const Loaded& one : loaded) out += (out.empty() ? "" : "\n") + text_of(one.scheme, one.shown());
  if (arguments.has("--explain"))
    for (std::size_t i = 0; i < first.shown().areas.size(); ++i) {
      out += "\n";
      append_working(out, explain(first.scheme, first.shown(), i), 0);
    }
  if (found) out += text_of(*found);
  print(out);
  return kFine;
}

int code_for(Verdict verdict) {
  return verdict == Verdict::ties ? kFine : verdict == Verdict::does_not_tie ? kDoesNotTie : kCouldNotBeChecked;
}

int reconcile_file(const Arguments& arguments) {
  const std::string path = arguments.get("TABLE");
  const auto bytes = read_file(path);
  if (!bytes) return complain(bytes.error(), path);
  const auto table = read_printed_table(*bytes);
  if (!table) return complain(table.error(), path);
  const Reconciliation found = reconcile(*table);
  if (arguments.has("--json")) {
    print(to_json(found) + "\n");
    return code_for(found.verdict());
  }
  std::string out = std::string(name_of(found.verdict())) + ". " + found.why() + "\n\n";
  const auto add = [&](const Checked& check) {
    out += std::string(name_of(check.verdict)) + ": " + check.sentence + "\n";
  };
  for (const ColumnCheck& check : found.columns) add(check);
  for (const ShareCheck& check : found.shares) add(check);
  for (const SectionCheck& check : found.sections) add(check);
  for (const RowCheck& check : found.rows) add(check);
  for (const Unchecked& one : found.unchecked)
    out += std::string(name_of(Verdict::could_not_be_checked)) + ": " + one.why + "\n";
  for (const Correction& made : found.corrections) out += made.sentence + "\n";
  for (const std::string& sentence : found.no_single_cell) out += sentence + "\n";
  for (const ProRata& made : found.pro_rata) out += made.sentence + "\n";
  for (const Reproduction& made : found.reproductions) out += made.sentence + "\n";
  for (const NotReproduced& none : found.not_reproduced) out += none.sentence + "\n";
  print(out);
  return code_for(found.verdict());
}

}  // namespace

std::vector<Subcommand> subcommands() {
  Subcommand allocate_command;
  allocate_command.path = {"allocate"};
  allocate_command.help = "Work out a funding scheme from a file";
  allocate_command.positionals = {{"SCHEME", "The scheme, a JSON file (docs/guide/allocation.md)", true, false}};
  allocate_command.options = {
      {"--explain", "With the working of every cell", false, false, false},
      {"--json", "As JSON", false, false, false},
      {"--compare", "Another scheme to set against it; may be given again", true, false, true},
      {"--sensitivity", "Which weight, moved by how much, changes the answer", false, false, false},
      {"--seed", "Of the random moves of the weights (1)", true, false, false},
      {"--draws", "How many random moves (1000)", true, false, false}};
  allocate_command.run = allocate_files;
  allocate_command.needs_store = false;
  Subcommand reconcile_command;
  reconcile_command.path = {"reconcile"};
  reconcile_command.help = "Check a printed table of money: sums, roundings, the cell that is off";
  reconcile_command.positionals = {{"TABLE", "The table, a CSV file (docs/guide/allocation.md)", true, false}};
  reconcile_command.options = {{"--json", "As JSON", false, false, false}};
  reconcile_command.run = reconcile_file;
  reconcile_command.needs_store = false;
  return {allocate_command, reconcile_command};
}

}  // namespace tithing::pots
