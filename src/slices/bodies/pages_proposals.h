// What the pages of proposals have in common: the list and the page of one (pages_proposals.cpp), what it comes to
// (pages_proposal_tables.cpp), and its forms (pages_proposal_forms.cpp).
#pragma once

#include "slices/bodies/pages_work.h"

namespace tithing::bodies {

html::Url proposal_page(std::int64_t number, const std::string& further, const web::Context& context);
web::PageOptions proposal_options(const html::Content& title, const web::Context& context);
// The page of the proposal of the address; `problem` is what a form on it or beside it led to.
web::Answer proposal_answer(BodiesService& service, web::Context& context, const Problem& problem = {});

// The edits in the order in which they are tried, with what may be done with each; those that were taken out.
void put_edits(html::Writer& writer, const Under& under, bool may, const web::Context& context);
void put_taken_out(html::Writer& writer, const Under& under, bool may, const web::Context& context);
void put_facts(html::Writer& writer, const Under& under, const web::Context& context);
void put_comparison(html::Writer& writer, BodiesService& service, const Under& under, Date day,
                    const web::Context& context);

void register_proposal_forms(Wiring& wiring, BodiesService& service);

}  // namespace tithing::bodies
