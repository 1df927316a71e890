// What the forms of decisions are made of.
#pragma once

#include <cstdint>
#include <string>

#include "html/html.h"
#include "slices/decisions/decision.h"
#include "web/web.h"

namespace tithing::decisions {

void hidden(html::Writer& writer, const std::string& name, const std::string& value);
void open_form(html::Writer& writer, const web::Context& context, const html::Url& action);
std::string field_error(const Problem& problem, const std::string& field);
void line(html::Writer& writer, const Problem& problem, const std::string& name, Message label, html::Content hint,
          const std::string& value, const std::string& type = "text");
void area(html::Writer& writer, const Problem& problem, const std::string& name, html::Content label,
          html::Content hint, const std::string& value, int rows = 5);

// The page of a form, with what is wrong above it.
web::Answer answer(const web::Context& context, web::PageOptions options, const Problem& problem, html::Writer& writer,
                   const html::Markup& notice = {});
web::PageOptions titled(const web::Context& context, const Decision* decision, html::Content title);
// The version that the form has seen; -1 for none.
std::int64_t seen_of(const web::Context& context);
web::Answer no_decision(const web::Context& context);

}  // namespace tithing::decisions
