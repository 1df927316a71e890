#include "figures/bound.h"

namespace tithing::figures {

Bound bound_of(const Figure& figure) {
  if (!figure.quantity.partial) return Bound::whole;
  const std::vector<Input>& inputs = figure.working.inputs;
  if (figure.address.kind != "difference" || inputs.size() != 2 || !inputs[0].figure || !inputs[1].figure) return Bound::floor;
  const bool first = inputs[0].figure->quantity.partial, second = inputs[1].figure->quantity.partial;
  if (!second) return Bound::floor;
  return first ? Bound::neither : Bound::ceiling;
}

std::string_view code_of(Bound bound) {
  switch (bound) {
    case Bound::whole: return "";
    case Bound::floor: return "floor";
    case Bound::ceiling: return "ceiling";
    case Bound::neither: return "neither";
  }
  return "";
}

std::optional<Message> bound_words(const Figure& figure) {
  if (!figure.quantity.known()) return std::nullopt;
  // Money and people have no months: then it is something else that is not known.
  const bool months = figure.coverage.present < figure.coverage.expected;
  switch (bound_of(figure)) {
    case Bound::whole: return std::nullopt;
    case Bound::floor:
      return months ? tr("Months are missing, so this is a floor and not the whole.")
                    : tr("Something that it rests on is not known, so this is a floor and not the whole.");
    case Bound::ceiling:
      return months ? tr("Months are missing in what is taken away, so this is a ceiling: the true difference is this or less.")
                    : tr("Something is not known of what is taken away, so this is a ceiling: the true difference is this or less.");
    case Bound::neither:
      return months ? tr("Months are missing, in the second of the two too: the true difference may be more or less than this.")
                    : tr("Something is not known of both: the true difference may be more or less than this.");
  }
  return std::nullopt;
}

}  // namespace tithing::figures
