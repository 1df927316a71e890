// The pages of decisions: the register, one decision with its path, and the forms of its steps.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "slices/decisions/frozen_figures.h"
#include "slices/decisions/service.h"
#include "slices/wiring.h"

namespace tithing::decisions {

html::Url decision_url(DecisionId id, const char* step = "");
html::Url move_url(DecisionId id, std::string_view move);  // of the form of a move
html::Url comment_url(const Comment& comment);             // of the form of its answer
web::PageOptions decision_options(const web::Context& context, const Decision* decision);
std::optional<DecisionId> decision_of(const web::Context& context);  // of the route

// Allocation paper, decision notice and workbook: pages_decision_papers.cpp. Nothing where there is no table.
html::Markup decision_paper_links(const DecisionView& view, const std::string& language);
void register_decision_papers(Wiring& wiring, DecisionService& service);

// For who was asked or commented: what became of it, and what they wrote. The new draft is not theirs to read.
web::Answer taken_back_page(const TakenBack& told, web::Context& context);

void register_decision_register(Wiring& wiring, DecisionService& service);
void register_decision_pages(Wiring& wiring, DecisionService& service);
void register_decision_forms(Wiring& wiring, DecisionService& service);
void register_decision_moves(Wiring& wiring, DecisionService& service);

}  // namespace tithing::decisions
