// What the components share. A component is a plain struct of the options that the GOV.UK Design System gives it, under
// the same names in snake_case, and a function render(Writer&, const XParams&). Where GOV.UK has a `text` and an `html`
// option, there is one option of type html::Content, which knows what it holds.
//
//   govuk::render(writer, govuk::ButtonParams{.text = tr("Save and continue")});
//
// An option that is left out takes the default of GOV.UK; default words go through tr().
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "html/html.h"

namespace tithing::govuk {

using html::Attributes;
using html::Content;
using html::Markup;
using html::Url;
using html::Writer;

// A text for each plural rule of CLDR ("one", "other", ...), as the scripts of the components read them.
using Plurals = std::vector<std::pair<std::string, std::string>>;

// The component as markup, to be put inside another one: rendered(TagParams{.text = tr("Provisional")},
// writer.language()).
template <class Params>
Markup rendered(const Params& params, std::string_view language) {
  Writer writer(language);
  render(writer, params);
  return writer.take();
}

}  // namespace tithing::govuk
