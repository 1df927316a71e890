// What the pages of identity share among themselves.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "forms/picker.h"
#include "govuk/table.h"
#include "html/html.h"
#include "oidc/client.h"
#include "slices/identity/commands.h"
#include "slices/wiring.h"
#include "web/form_parts.h"
#include "web/web.h"

namespace tithing::identity {

// Outlives every handler.
struct Rooms {
  Wiring& wiring;
  AreaName area_name;
  Organisations organisations;
  std::function<forms::Finder(Date today)> areas = {};  // without it an area is written by its code
  std::unique_ptr<oidc::Client> provider = {};          // of accounts; none unless it is configured
};

void register_sign_in_pages(Rooms& rooms);
void register_account_pages(Rooms& rooms);
void register_administration_pages(Rooms& rooms);
void register_account_forms(Rooms& rooms);
void register_second_factor_pages(Rooms& rooms);
void register_provider_pages(Rooms& rooms);
void register_audit_pages(Rooms& rooms);

inline constexpr std::string_view kDeviceCookie = "device";
inline constexpr std::string_view kStepCookie = "step";  // of a sign-in that waits for its second factor
// On with who has taken the first step: to `next`, or to the second factor.
web::Answer after_first_step(const web::Context& context, const SignedIn& in, const html::Url& next);
// The way to the provider, where there is one.
void put_provider(html::Writer& writer, const Rooms& rooms, const std::string& next);
// Who has come in: the cookies of the session and of the device.
void set_session(const web::Context& context, web::Answer& answer, const SignedIn& in);

Visit visit_of(const Rooms& rooms, const web::Context& context);
// The message of the field, or empty.
std::string message_for(const Problem& problem, std::string_view field);
using web::error_summary;
// A table of GOV.UK in a region of its own, which scrolls where the table is wider than the page.
void scrolling_table(html::Writer& writer, const govuk::TableParams& table);
// For a password manager: whose password the form is about. Not shown.
void username_field(html::Writer& writer, const std::string& email);
std::string time_text(Instant at);  // "22 November 2026, 09:30 UTC"
Message role_name(Role role);
std::string grant_text(const Grant& grant, const Rooms& rooms, const std::string& language);
// Where a grant holds: its area, "every area", or the areas of its organisation.
html::Content grant_area(const Grant& grant, const Rooms& rooms);

}  // namespace tithing::identity
