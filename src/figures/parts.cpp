// Parts of a working: each number in it has an address, and is worked out again from the figure itself.
#include "base/text.h"
#include "figures/figure.h"
#include "figures/numbers.h"

namespace tithing::figures {
namespace {

Problem no_part(const Figure& figure, std::string_view way) {
  return {ProblemKind::not_found,
          "The working of " + figure.working.title + " has no part " + std::string(way) +
              ". Open the figure itself and follow its inputs.",
          {}};
}

// A number of a figure that is no figure of its own: it rests on the figure.
Figure number_of(const Figure& figure, Quantity quantity, const std::string& what, std::string in_words) {
  Figure out;
  out.quantity = std::move(quantity);
  out.as_at = figure.as_at;
  out.evidence_version = figure.evidence_version;
  out.coverage = figure.coverage;
  out.working.title = figure.working.title + ": " + what;
  out.working.in_words = std::move(in_words);
  out.working.rounding = figure.working.rounding;
  return out;
}

Result<Figure> interval_part(const Figure& figure, std::string_view name) {
  if (!figure.quantity.interval) return tl::unexpected(no_part(figure, "interval." + std::string(name)));
  const Interval& interval = *figure.quantity.interval;
  const bool low = name == "low";
  if (!low && name != "high" && name != "level")
    return tl::unexpected(no_part(figure, "interval." + std::string(name)));
  if (name == "level") {
    Figure out = number_of(figure, Quantity::real(interval.level, Unit::share, "", decimals_of_level(interval.level)),
                           "level of the interval", "The level that the method was asked for.");
    out.working.inputs.push_back(Input::of("", "level", level_text(interval.level), Constant{interval.method}));
    return out;
  }
  Figure out = number_of(figure, interval_end(figure.quantity, low),
                         low ? "lower end of its interval" : "upper end of its interval",
                         (low ? "The lower end of the " : "The upper end of the ") + level_text(interval.level) +
                             " interval: " + interval.method + ".");
  out.working.inputs.push_back(Input::of("", "the figure", figure));
  out.working.inputs.push_back(Input::of("", "level", level_text(interval.level), Constant{interval.method}));
  return out;
}

Result<Figure> coverage_part(const Figure& figure, std::string_view name) {
  const Coverage& coverage = figure.coverage;
  const auto count = [&](std::size_t number, const char* what, const char* in_words) {
    Figure out = number_of(figure, Quantity::count(static_cast<std::int64_t>(number), "force-months"), what, in_words);
    out.working.inputs.push_back(Input::of("", "the figure", figure));
    return out;
  };
  if (name == "present")
    return count(static_cast<std::size_t>(coverage.present), "months that are there",
                 "Force-months that were asked for and were imported.");
  if (name == "expected")
    return count(static_cast<std::size_t>(coverage.expected), "months asked for", "Force-months that were asked for.");
  if (name == "missing")
    return count(coverage.missing.size(), "months that are missing",
                 "Force-months that were asked for and not imported.");
  if (name == "in-part")
    return count(static_cast<std::size_t>(coverage.in_part), "months that are there in part",
                 "Force-months whose file is there but for a category; what else it holds is counted.");
  if (name == "counted")
    return count(static_cast<std::size_t>(coverage.present + coverage.in_part), "months that are counted",
                 "Force-months that are there, whole or but for a category.");
  if (name == "suspect")
    return count(coverage.suspect_months(), "suspect months", "Force-months that were imported and cannot be whole.");
  return tl::unexpected(no_part(figure, "coverage." + std::string(name)));
}

Result<Figure> given_part(const Figure& figure, const Input& input, std::string_view way) {
  const auto quantity = Quantity::stated(input.given.text());
  if (!quantity) return tl::unexpected(no_part(figure, way));
  Figure out = number_of(figure, *quantity, input.label.empty() ? input.symbol : input.label, {});
  out.working.rounding.clear();
  if (input.source) {
    out.working.in_words = "A value that is given, with where it comes from.";
    Input source;
    source.label = "source";
    source.source = input.source;
    out.working.inputs.push_back(std::move(source));
    return out;
  }
  switch (input.leaf) {
    case Leaf::constant:
      out.working.in_words =
          "A constant of the method: " + (input.leaf_of.empty() ? figure.working.formula : input.leaf_of) + ".";
      out.working.inputs.push_back(input);
      return out;
    case Leaf::chosen:
      out.working.in_words = "Chosen in the address of the figure: " + input.leaf_of + ".";
      break;
    case Leaf::derived:
      // What it rests on, not the figure on whose way it was had.
      out.working.in_words = "Worked out on the way to the figure, from these inputs of its working.";
      out.working.formula = figure.working.formula;
      for (const Input& other : figure.working.inputs)
        if (other.figure != nullptr || other.source) out.working.inputs.push_back(other);
      if (!out.working.inputs.empty()) return out;
      break;
    default:
      out.working.in_words = "A value that is given in the working of " + figure.working.title + ".";
      break;
  }
  out.working.inputs.push_back(Input::of("", "the figure", figure));
  return out;
}

Result<Figure> rows_part(const Figure& figure, const Input& input, std::string_view way) {
  if (!input.source || !input.source->rows) return tl::unexpected(no_part(figure, way));
  Figure out = number_of(figure, Quantity::count(*input.source->rows, "rows"), "rows of " + input.source->name,
                         "Rows of this file that were used" +
                             (input.source->filter.empty() ? std::string() : ": " + input.source->filter) + ".");
  out.working.rounding = "None: a count.";
  Input source = input;
  source.given.clear();
  out.working.inputs.push_back(std::move(source));
  return out;
}

std::optional<std::size_t> index_in(std::string_view text) {
  if (text.empty() || text.size() > 5 || text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  std::size_t index = 0;
  for (const char c : text) index = index * 10 + static_cast<std::size_t>(c - '0');
  return index == 0 ? std::nullopt : std::optional(index - 1);
}

// Of figures that stand in the working without being asked for by an address of their own.
bool needs_place(const Figure& figure) {
  for (const Input& input : figure.working.inputs)
    if (input.figure != nullptr && (input.figure->address.kind.empty() || needs_place(*input.figure))) return true;
  return false;
}

}  // namespace

Quantity interval_end(const Quantity& quantity, bool low) {
  const Interval& interval = *quantity.interval;
  return Quantity::real(low ? interval.low : interval.high,
                        quantity.unit() == Unit::pence ? Unit::score : quantity.unit(), quantity.unit_text(),
                        quantity.decimals());
}

Address part_address(const Address& figure, std::string_view way) {
  Address out = figure;
  if (way.empty()) return out;
  std::string& part = out.parameters.values["part"];
  if (!part.empty()) part += '.';
  part += way;
  return out;
}

Result<Figure> part_of(const Figure& root, std::string_view way) {
  const std::vector<std::string> steps = split(way, '.');
  // A part of a figure inside the working rests on what the whole does, where it knows nothing of its own.
  const auto rested = [&](Figure& part) {
    if (part.as_at.empty()) part.as_at = root.as_at;
    if (part.evidence_version.empty()) part.evidence_version = root.evidence_version;
    if (part.coverage.expected == 0 && part.coverage.notes.empty()) part.coverage = root.coverage;
  };
  // A number of the working that is no figure of its own, and what is below it: `used` steps of the way lead to it.
  const auto number_at = [&](Result<Figure> part, std::size_t used) -> Result<Figure> {
    if (!part) return part;
    part->address = part_address(
        root.address,
        joined(std::vector<std::string>(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(used)), "."));
    rested(*part);
    if (used == steps.size()) return part;
    place_parts(*part);
    return part_of(
        *part, joined(std::vector<std::string>(steps.begin() + static_cast<std::ptrdiff_t>(used), steps.end()), "."));
  };
  std::shared_ptr<const Figure> held;
  const Figure* at = &root;
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const std::string& step = steps[k];
    const bool more = k + 1 < steps.size();
    if (step == "interval" && more) return number_at(interval_part(*at, steps[k + 1]), k + 2);
    if (step == "coverage" && more) return number_at(coverage_part(*at, steps[k + 1]), k + 2);
    const auto index = index_in(step);
    if (!index || *index >= at->working.inputs.size()) return tl::unexpected(no_part(root, way));
    const Input& input = at->working.inputs[*index];
    if (input.figure != nullptr) {
      held = input.figure;
      at = held.get();
    } else if (more && steps[k + 1] == "rows") {
      return number_at(rows_part(*at, input, way), k + 2);
    } else {
      return number_at(given_part(*at, input, way), k + 1);
    }
  }
  Figure out = *at;
  if (out.address.kind.empty()) out.address = part_address(root.address, way);
  rested(out);
  return out;
}

void place_parts(Figure& figure) {
  if (!needs_place(figure)) return;
  for (std::size_t i = 0; i < figure.working.inputs.size(); ++i) {
    Input& input = figure.working.inputs[i];
    if (input.figure == nullptr || (!input.figure->address.kind.empty() && !needs_place(*input.figure))) continue;
    Figure part = *input.figure;
    if (part.address.kind.empty()) part.address = part_address(figure.address, std::to_string(i + 1));
    place_parts(part);
    input.figure = std::make_shared<const Figure>(std::move(part));
  }
}

Source Source::of_paper(std::string title, std::string paragraph, std::string fact_url, std::string sha256) {
  Source out;
  out.kind = Kind::paper;
  out.name = std::move(title);
  out.paragraph = std::move(paragraph);
  out.url = std::move(fact_url);
  out.sha256 = std::move(sha256);
  return out;
}

Source Source::of_entry(std::string what, std::string by, std::string at, std::string url) {
  Source out;
  out.kind = Kind::entry;
  out.name = std::move(what);
  out.entered_by = std::move(by);
  out.imported_at = std::move(at);
  out.url = std::move(url);
  return out;
}

Source Source::of_constructed(std::string what, std::string by, std::string at, std::string url) {
  Source out =
      of_entry("Constructed for the demonstration: " + std::move(what), std::move(by), std::move(at), std::move(url));
  out.kind = Kind::constructed;
  return out;
}

bool Source::ends() const {
  switch (kind) {
    case Kind::file:
      return !name.empty() && sha256.size() == 64;
    case Kind::paper:
      return !name.empty() && !paragraph.empty() && !url.empty();
    case Kind::entry:
      return !name.empty() && !entered_by.empty() && entered_by != "system" && !imported_at.empty();
    case Kind::constructed:
      return !name.empty() && !entered_by.empty() && !url.empty();
  }
  return false;
}

Input Input::of(std::string symbol, std::string label, Figure figure) {
  Input input;
  input.symbol = std::move(symbol);
  input.label = std::move(label);
  input.figure = std::make_shared<const Figure>(std::move(figure));
  return input;
}

Input Input::of(std::string symbol, std::string label, std::string given, Nature nature) {
  Input input;
  input.symbol = std::move(symbol);
  input.label = std::move(label);
  input.given = Given(std::move(given));
  if (auto* constant = std::get_if<Constant>(&nature)) {
    input.leaf = Leaf::constant;
    input.leaf_of = std::move(constant->cited);
  } else if (auto* chosen = std::get_if<Chosen>(&nature)) {
    input.leaf = Leaf::chosen;
    input.leaf_of = std::move(chosen->parameter);
  } else if (std::holds_alternative<WorkedOut>(nature)) {
    input.leaf = Leaf::derived;
  } else if (!std::holds_alternative<Unkept>(nature)) {
    input.leaf = std::holds_alternative<Named>(nature) ? Leaf::named : Leaf::words;
  }
  return input;
}

Input Input::of(std::string symbol, std::string label, std::string given, Source source) {
  Input input;
  input.symbol = std::move(symbol);
  input.label = std::move(label);
  input.given = Given(std::move(given));
  input.source = std::move(source);
  return input;
}

}  // namespace tithing::figures
