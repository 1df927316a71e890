// What the pages of pots and schemes have in common.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exports/table.h"
#include "html/html.h"
#include "slices/pots/service.h"
#include "slices/wiring.h"

namespace tithing::pots {

exports::Table pots_table(FundingService& service, const std::vector<PotRecord>& pots);
// An area in each row with amount, share, per head and change against last year, each amount linked to its working; the
// total, what went elsewhere, what was not met.
exports::Table scheme_table(const WorkedScheme& worked);

web::PageOptions saved_options(const web::Context& context, const html::Content& title, std::string_view current);

// A page that asks for a reason and nothing else.
struct ReasonPage {
  html::Content title, lead, button;
  html::Url action;
  std::int64_t seen = 0;
};
web::Answer reason_page(const web::Context& context, const ReasonPage& page, const Problem& problem);

// What a decision can be about, and what can be set beside others: schemes that have steps. `first` stands first where
// it is among them.
std::vector<SchemeRecord> with_steps(const PotRecord& pot, const std::vector<SchemeRecord>& schemes,
                                     SchemeId first = {});
// The page of scenarios with as many of these as it takes; nothing where there are not two.
std::optional<html::Url> compare_url(const std::vector<SchemeRecord>& schemes);

void register_pot_pages(Wiring& wiring, FundingService& service);
void register_scheme_pages(Wiring& wiring, FundingService& service);
void register_step_pages(Wiring& wiring, FundingService& service);
void register_scheme_part_pages(Wiring& wiring, FundingService& service);

}  // namespace tithing::pots
