#include "pots_migrations.h"
#include "slices/pots/commands.h"
#include "slices/pots/kinds_printed.h"
#include "slices/pots/pages.h"
#include "slices/pots/pages_compare.h"
#include "slices/pots/pages_saved.h"
#include "slices/pots/pages_scheme_opened.h"
#include "slices/pots/pots.h"
#include "slices/pots/service.h"
#include "slices/pots/store.h"
#include "slices/wiring.h"

namespace tithing::pots {

const Permission kReconcile{"funding.reconcile", "Check printed tables of money"};

void add_record_kinds(records::Kinds& kinds) {
  const auto reads = [](const records::Standing&, const Reach& reader) { return reader.anywhere(kReadFunding); };
  kinds.add({.code = kPotKind,
             .name = "pot",
             .known_before = reads,
             .columns = {"funding_pot_version.area"},
             .find = [](db::Connection& connection, const std::string& id) -> std::optional<records::Standing> {
               const auto pot = store::pot(connection, PotId{records::Record{kPotKind, id}.number()});
               return pot ? std::optional(standing_of(*pot)) : std::nullopt;
             }});
  kinds.add({.code = kSchemeKind,
             .name = "scheme",
             .known_before = reads,
             .find = [](db::Connection& connection, const std::string& id) -> std::optional<records::Standing> {
               const auto scheme = store::scheme(connection, SchemeId{records::Record{kSchemeKind, id}.number()});
               const auto pot = scheme ? store::pot(connection, scheme->pot) : std::nullopt;
               return pot ? std::optional(standing_of(*scheme, *pot)) : std::nullopt;
             }});
}

Service& register_slice(Wiring& wiring, register_::Service* areas) {
  auto service = std::make_shared<FundingService>(wiring, areas);
  wiring.services.push_back(service);
  for (const db::Migration& migration : pots_migrations()) wiring.migrations.push_back(migration);
  wiring.permissions.add(kReadFunding, {Role::commissioning_officer, Role::performance_analyst, Role::decision_maker,
                                        Role::county_strategy_officer, Role::auditor, Role::system_administrator});
  wiring.permissions.add(kEditFunding,
                         {Role::commissioning_officer, Role::county_strategy_officer, Role::system_administrator});
  wiring.permissions.add(kReconcile, {Role::commissioning_officer, Role::performance_analyst, Role::decision_maker,
                                      Role::partnership_manager, Role::county_strategy_officer,
                                      Role::panel_support_officer, Role::auditor});
  for (Subcommand& subcommand : subcommands()) wiring.subcommands.push_back(std::move(subcommand));
  add_record_kinds(wiring.kinds);
  add_kinds(wiring.figures);
  add_printed_kind(wiring.figures);
  add_saved_kinds(wiring.figures, *service);
  wiring.site.address("funding", "/funding");
  wiring.site.address("pots", "/funding/pots");
  wiring.site.address("pot", "/funding/pots/{}");
  wiring.site.address("scheme", "/funding/schemes/{}");
  wiring.site.address("scenarios", "/funding/compare");
  wiring.site.address("reconcile", "/funding/reconcile");
  wiring.site.line(web::Home::site, {.place = 40, .text = tr("Money"), .address = "funding"});
  wiring.site.line(web::Home::money, {.place = 10, .text = tr("Funding"), .address = "funding"});
  wiring.site.line(web::Home::money,
                   {.place = 20, .text = tr("Pots of money"), .address = "pots", .permission = kReadFunding});
  wiring.site.line(web::Home::money, {.place = 30, .text = tr("Scenarios side by side"), .address = "scenarios"});
  wiring.site.line(
      web::Home::money,
      {.place = 50, .text = tr("Check a printed table"), .address = "reconcile", .permission = kReconcile});
  register_pages(wiring, *service);
  register_pot_pages(wiring, *service);
  register_scheme_pages(wiring, *service);
  register_step_pages(wiring, *service);
  register_scheme_part_pages(wiring, *service);
  register_scheme_file_pages(wiring, *service);
  register_paper_pages(wiring);
  register_reconcile_pages(wiring);
  register_compare_pages(wiring, *service);
  return *service;
}

}  // namespace tithing::pots
