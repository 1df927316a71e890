#include <memory>

#include "identity_migrations.h"
#include "slices/identity/cli.h"
#include "slices/identity/commands.h"
#include "slices/identity/demonstration.h"
#include "slices/identity/identity.h"
#include "slices/identity/pages.h"
#include "slices/identity/readings.h"
#include "slices/identity/session_source.h"
#include "slices/wiring.h"

namespace tithing::identity {
namespace {

class Identity : public Service {
 public:
  explicit Identity(Wiring& wiring)
      : rooms_{wiring, {}, {}, {}}, sessions_(wiring.database, wiring.clock, wiring.permissions) {}

  web::SessionSource& sessions() override { return sessions_; }
  Result<Secret> form_key() override { return identity::form_key(*rooms_.wiring.database); }
  void name_areas_with(std::function<std::string(std::string_view)> name_of_area) override {
    rooms_.area_name = std::move(name_of_area);
  }
  void find_areas_with(std::function<forms::Finder(Date)> finder) override { rooms_.areas = std::move(finder); }
  void name_organisations_with(Organisations organisations) override {
    rooms_.organisations = std::move(organisations);
  }
  Status sign_in_with(oidc::Settings settings) override {
    if (Status fine = oidc::check(settings); !fine) return fine;
    rooms_.provider = std::make_unique<oidc::Client>(std::move(settings), *rooms_.wiring.clock);
    return {};
  }
  Rooms& rooms() { return rooms_; }

 private:
  Rooms rooms_;
  StoredSessions sessions_;
};

}  // namespace

Service& register_slice(Wiring& wiring) {
  const auto identity = std::make_shared<Identity>(wiring);
  wiring.services.push_back(identity);
  Rooms& rooms = identity->rooms();

  for (const db::Migration& migration : identity_migrations()) wiring.migrations.push_back(migration);

  wiring.permissions.add(kAdminister, {Role::system_administrator});
  wiring.permissions.add(kReadAudit, {Role::system_administrator, Role::auditor});

  add_kinds(wiring.kinds);
  // Not within a transaction: it asks the store.
  wiring.people = [&wiring](const std::string& audit_name, const Actor& reader) {
    return may_know_names(reader) ? person_of(*wiring.database, audit_name) : unnamed_people(audit_name, reader);
  };
  wiring.site.address("account", "/account");
  register_sign_in_pages(rooms);
  register_account_pages(rooms);
  register_administration_pages(rooms);
  register_account_forms(rooms);
  register_second_factor_pages(rooms);
  register_provider_pages(rooms);
  register_audit_pages(rooms);
  register_commands(rooms);
  wiring.demonstration.push_back([&rooms](const std::string&) { return make_demonstration_accounts(rooms); });
  return *identity;
}

}  // namespace tithing::identity
