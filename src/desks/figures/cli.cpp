#include <cstdio>

#include "base/text.h"
#include "desks/figures/parts.h"
#include "exports/csv.h"

namespace tithing::figures {
namespace {

std::string source_words(const Source& source) {
  std::string out = source.name;
  if (!source.paragraph.empty()) out += ", " + source.paragraph;
  if (source.kind == Source::Kind::constructed) out += ", by " + source.entered_by + ", loaded " + source.imported_at;
  if (source.kind == Source::Kind::entry) out += ", entered by " + source.entered_by + ", " + source.imported_at;
  if (source.kind == Source::Kind::file || !source.sha256.empty()) out += ", SHA-256 " + source.sha256;
  if (source.rows) out += ", " + plural(*source.rows, "row", "rows");
  return out;
}

// `label`: how the working above names it, for one whose own title nobody asked for.
void add_tree(std::string& out, const Figure& figure, int depth, const std::string& label) {
  const std::string indent(static_cast<std::size_t>(depth) * 2, ' ');
  const auto line = [&](const std::string& text) { out += indent + "  " + text + "\n"; };
  const Quantity& quantity = figure.quantity;
  const bool names_unit = quantity.known() && quantity.unit() != Unit::pence;  // money carries its sign already
  // Whoever reads one line only has to read that it is a floor.
  out += indent + (figure.working.title.empty() ? label : figure.working.title) + ": " +
         (part_mark(quantity).empty() ? "" : part_mark(quantity) + " ") + quantity.text() +
         (names_unit ? " " + quantity.unit_words() : "") + "\n";
  if (const std::string why = part_text(figure); !why.empty()) line(why);
  if (!quantity.known()) line(quantity.reason());
  for (const Offer& offer : figure.working.offers) line("instead: " + offer.text + " (" + offer.address.query() + ")");
  if (!figure.working.in_words.empty()) line(figure.working.in_words);
  if (!figure.working.formula.empty()) line(figure.working.formula);
  line("coverage: " + figure.coverage.text());
  for (const auto* sentences :
       {&figure.coverage.missing, &figure.coverage.suspect, &figure.coverage.notes, &figure.working.caveats})
    for (const std::string& sentence : *sentences) line("- " + sentence);
  for (const Input& input : figure.working.inputs) {
    if (input.figure) {
      add_tree(out, *input.figure, depth + 1, input.label);
    } else {
      const std::string source = input.source ? source_words(*input.source) : std::string();
      line(input.label + ": " + input.given.text() + (!input.given.empty() && !source.empty() ? "; " : "") + source);
    }
  }
}

}  // namespace

std::string in_lines(const Figure& figure) {
  std::string out;
  add_tree(out, figure, 0, {});
  return out;
}

void register_commands(Wiring& wiring) {
  for (const Kind& kind : wiring.figures.kinds()) {
    Subcommand command{{"figure", kind.name}, kind.description, {}, {}, {}};
    for (const ParameterSpecification& parameter : kind.parameters)
      command.options.push_back({"--" + parameter.name, parameter.description + " Example: " + parameter.example, true,
                                 parameter.required, false});
    command.options.push_back(
        {"--part", part_parameter().description + " Example: " + part_parameter().example, true, false, false});
    command.options.push_back({"--json", "Print the figure with its whole working as JSON", false, false, false});
    command.options.push_back({"--rows", "Print the rows behind the figure as CSV instead", false, false, false});
    Wiring* const w = &wiring;
    command.run = [w, name = kind.name](const Arguments& arguments) {
      Address address{name, {}};
      for (const ParameterSpecification& parameter : w->figures.find(name)->parameters)
        if (const std::string value = arguments.get("--" + parameter.name); !value.empty())
          address.parameters.values[parameter.name] = value;
      if (const std::string part = arguments.get("--part"); !part.empty()) address.parameters.values["part"] = part;
      const auto viewer = Viewer::of(w->reach_of(Actor::command_line(w->permissions)));
      if (arguments.has("--rows")) {
        const Status done = w->figures.rows(address, viewer, [](const std::vector<std::string>& row) {
          std::string line;
          exports::append_csv_line(line, row);
          std::fputs(line.c_str(), stdout);
        });
        if (done) return 0;
        std::fprintf(stderr, "tithing: %s\n", done.error().message.c_str());
        return 1;
      }
      const auto figure = w->figures.ask(address, viewer);
      if (!figure) {
        std::fprintf(stderr, "tithing: %s\n", figure.error().message.c_str());
        return 1;
      }
      if (arguments.has("--json")) {
        std::printf("%s\n", to_json(*figure).c_str());
      } else {
        std::fputs(in_lines(*figure).c_str(), stdout);
      }
      return 0;
    };
    wiring.subcommands.push_back(std::move(command));
  }
}

}  // namespace tithing::figures
