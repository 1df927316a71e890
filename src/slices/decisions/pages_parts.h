// What the pages and forms of decisions have in common.
#pragma once

#include <cstdint>
#include <string>

#include "forms/form.h"
#include "slices/decisions/decision.h"

namespace tithing::decisions {

void paragraph(html::Writer& writer, const html::Content& content);
void paragraphs(html::Writer& writer, const std::string& text);  // a line each
void heading(html::Writer& writer, Message text);

// The page of a form, with what is wrong above it.
web::Answer answer(const web::Context& context, web::PageOptions options, const forms::Form& form,
                   const Problem& problem, html::Writer& writer, const html::Markup& notice = {});
web::PageOptions titled(const web::Context& context, const Decision* decision, html::Content title);
// The version that the form has seen; -1 for none.
std::int64_t seen_of(const web::Context& context);
web::Answer no_decision(const web::Context& context);

}  // namespace tithing::decisions
