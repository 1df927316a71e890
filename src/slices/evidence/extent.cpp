#include "slices/evidence/extent.h"

#include "base/text.h"

namespace tithing::evidence {

std::string Extent::sentence() const {
  const ExtentTexts texts = texts_of(*this);
  return "Over " + texts[0] + " of " + texts[1] + " " + of + " (" + texts[2] + ") and " + texts[3] + " of " + texts[4] + " " + unit + " (" +
         texts[5] + ").";
}

ExtentTexts texts_of(const Extent& extent) {
  return {grouped(static_cast<std::int64_t>(extent.places)), grouped(static_cast<std::int64_t>(extent.of_places)),
          percent(extent.share_of_places(), 1),              grouped(extent.crimes),
          grouped(extent.of_crimes),                         percent(extent.share_of_crimes(), 1)};
}

void give_extent(figures::Figure& figure, const Extent& extent) {
  const ExtentTexts texts = texts_of(extent);
  for (std::size_t i = 0; i < texts.size(); ++i)
    figure.working.inputs.push_back(figures::Input::of("", kExtentLabels[i], texts[i], figures::WorkedOut{}));
}

std::string too_small(const std::string& what, const Extent& extent) {
  std::string text = "Not known for the whole of " + what + ": it could be worked out over " + extent.sentence().substr(std::string("Over ").size());
  text.pop_back();
  return text + " only, and " + percent(kLeastShare, 0) + " of both is needed to speak for the whole.";
}

std::string months_in_words(std::int64_t known, std::int64_t months, Areas areas) {
  const std::string whole = areas == Areas::one ? "the area as a whole" : "each area as a whole";
  if (known == months) return "Over every month that was asked for, and " + whole + ".";
  return "Over " + grouped(known) + " of " + plural(months, "month", "months") + ", and " + whole + "; what the others hold is not known.";
}

}  // namespace tithing::evidence
