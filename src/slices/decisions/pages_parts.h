// What the pages and forms of decisions have in common.
#pragma once

#include <cstdint>
#include <string>

#include "base/text.h"
#include "exports/table_html.h"
#include "forms/form.h"
#include "govuk/components.h"
#include "slices/decisions/pages.h"
#include "web/page_parts.h"

namespace tithing::decisions {

// What every page of this room is written with.
using forms::at;
using forms::Values;
using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::bullets;
using web::Context;
using web::heading;
using web::link;
using web::link_line;
using web::paragraph;
using web::paragraphs;

// A table without choices or pages of its own.
void put_table(Writer& writer, const exports::Table& table);
// What stands out from the text around it.
void put_inset(Writer& writer, const Content& text);

// The box of a comment or an answer: who wrote it, when and on what, and its words. Whoever opens it closes the "div".
// Of an answer nothing is said but that it is one; `by` may be empty.
void begin_comment(Writer& writer, const Comment& comment, const std::string& by, const std::optional<Scheme>& scheme);
void put_answer(Writer& writer, const Comment& answer);

// The page of a form, with what is wrong above it.
Answer answer(const Context& context, web::PageOptions options, const forms::Form& form, const Problem& problem,
              Writer& writer, const html::Markup& notice = {});
web::PageOptions titled(const Context& context, const Decision* decision, Content title);
// The version that the form has seen; 0 for none, which no record has.
std::int64_t seen_of(const Context& context);
Answer no_decision(const Context& context);
// With the decision of the address, or the page that says that there is none.
template <class Show>
Answer with_decision(DecisionService& service, Context& context, Show&& show) {
  const auto id = decision_of(context);
  const auto decision = id ? service.find(context.actor, *id) : Result<Decision>(not_found(std::string()));
  return decision ? show(*decision) : no_decision(context);
}

}  // namespace tithing::decisions
