// Route by role by scope over the whole register, areas and bodies, against scopes.csv: real handlers, real rules, the
// demonstration's bodies and areas.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "base/organisation.h"
#include "base/text.h"
#include "scopes_table.h"
#include "slices/bodies/service.h"
#include "slices/wiring.h"
#include "support/house.h"
#include "support/source_dir.h"

using namespace tithing;
using namespace tithing::bodies;
using tithing::test::Expected;
using tithing::test::kNoGrant;
using tithing::test::ScopeCase;

namespace {

constexpr ScopeCase kScopes[] = {
    {"everywhere", "", "", "leeds-csp"},
    {"own-body", "leeds-csp", "", "leeds-csp"},
    {"own-area", "", "E22000345", "leeds-csp"},                   // Leeds
    {"area-within", "", "E23000010", "leeds-csp"},                // West Yorkshire
    {"hub-spoke", "hub-of-this-test", "", "wakefield-csp"},       // a hub in West Mercia, its spoke in West Yorkshire
    {"wider-area", "", "E22000345", "west-yorkshire-csp-forum"},  // a partnership's area, a body of the force's
    {"other-area", "", "E23000016", "leeds-csp"},                 // West Mercia
    {"former-body", "redditch-csp", "", "north-worcestershire-csp"},       // merged into it
    {"split-body", "split-of-this-test", "", "north-worcestershire-csp"},  // of which it is a part
    {"panel", "", "E23000010", "west-yorkshire-police-and-crime-panel"},
    {"panel-everywhere", "", "", "west-yorkshire-police-and-crime-panel"},
    {"panel-own-body", "west-yorkshire-police-and-crime-panel", "", "west-yorkshire-police-and-crime-panel"},
    {"partnership-of-panel", "west-yorkshire-police-and-crime-panel", "", "leeds-csp"},
};
constexpr const char* kBoard = "board-of-this-test";  // in Northumbria; every target has a seat on it
const Date kSince = Date::from_ymd(2025, 4, 1);

bool of_registers(const std::string& route) {
  return route.starts_with("/bodies") || route.starts_with("/areas") || route.starts_with("/api/v1/");
}

// Made before the house, whose building fills it.
struct Served {
  register_::Service* areas = nullptr;
  BodiesService* service = nullptr;
};

class House : public Served, public test::House {
 public:
  House() : test::House([this](Wiring& all) { build(all); }) {
    demonstration();
    enter({.kind = FactKind::body, .body = "hub-of-this-test", .role = "strategic-board", .from = kSince});
    enter({.kind = FactKind::area, .body = "hub-of-this-test", .value = "E23000016", .from = kSince});
    enter({.kind = FactKind::parent,
           .body = "wakefield-csp",
           .other = "hub-of-this-test",
           .role = "community-safety",
           .from = kSince});
    enter({.kind = FactKind::body, .body = kBoard, .role = "forum", .from = kSince});
    enter({.kind = FactKind::area, .body = kBoard, .value = "E23000007", .from = kSince});
    enter({.kind = FactKind::body, .body = "split-of-this-test", .role = "csp", .from = Date::from_ymd(2010, 4, 1)});
    enter({.kind = FactKind::area,
           .body = "split-of-this-test",
           .value = "E22000368",
           .from = Date::from_ymd(2010, 4, 1)});
    enter({.kind = FactKind::succession,
           .body = "split-of-this-test",
           .other = "north-worcestershire-csp=50;south-worcestershire-csp=50",
           .role = "split",
           .value = "Order of this test",
           .state = "order",
           .from = kSince,
           .seen = kSince});
    std::set<std::string> targets;
    for (const ScopeCase& scope : kScopes) targets.insert(scope.target);
    for (const std::string& target : targets)
      enter({.kind = FactKind::membership,
             .body = kBoard,
             .other = target,
             .role = "member",
             .value = "Officer",
             .from = kSince});
    for (const auto& proposal : areas->areas()->successions())
      if (proposal.id > 0 && succession_ == 0) succession_ = proposal.id;
    REQUIRE(succession_ > 0);
  }

  void sign_in(const std::string& scope, const std::string& role) {
    for (const ScopeCase& one : kScopes)
      if (one.name == scope) target_ = one.target;
    if (scope == kNoGrant) target_ = "leeds-csp";
    // Each line is another account: what one left as a draft is not the next one's.
    as(Actor::account(++account_, "An editor", test::grants_of(kScopes, scope, role), wiring.permissions));
  }

  // The status of the request, or "refused" for an import whose row was.
  std::string ask(const Expected& line) {
    if (line.route == "/bodies/change" && line.method == "POST") return change(line);
    if (line.route == "/bodies/change") return form(line);
    if (line.route == "/bodies/reorganise" && line.method == "POST") return reorganise(line);
    if (line.route == "/bodies/import" && line.method == "POST") return trial();
    if (line.route == "/areas/import" && line.method == "POST") return geography();
    if (line.route == "/bodies/changes/:number/undo") return undo();
    if (line.route.rfind("/bodies/proposals", 0) == 0) return proposal(line);
    const std::int64_t version = service->known()->version;
    std::string path = line.route;
    for (const auto& [parameter, value] : {std::pair{std::string(":code"), target_},
                                           {":number", std::to_string(version)},
                                           {":id", std::to_string(succession_)},
                                           {":record", std::to_string(name()->record)},
                                           {":kind", "look-up"},
                                           {":key", "2022-12-31"}})
      if (const std::size_t at = path.find(parameter); at != std::string::npos)
        path.replace(at, parameter.size(), value);
    if (line.method == "GET") return std::to_string(get(path).status);
    // The version that a form has seen, where this reader gets one.
    const http::Response form = line.route == "/areas/successions/:id" ? get(path) : http::Response();
    const std::string seen = form.status == 200 ? test::field_value(form, "version") : "1";
    return std::to_string(send("POST", path, "review=accepted&reason=Order&file=default&version=" + seen).status);
  }

  // With the token of whoever asks, so that what is refused is refused to them and not to their form.
  http::Response send(const std::string& method, const std::string& target, const std::string& form) {
    return method == "POST" ? test::House::ask("POST", target, token() + "&" + form) : get(target);
  }

 private:
  void build(Wiring& all) {
    areas = &register_::register_slice(all);
    service = static_cast<BodiesService*>(&register_slice(all, *areas));
  }
  std::int64_t enter(Fact fact) {
    const auto done = service->make_change(command_line(), {{.fact = std::move(fact)}}, "A test.");
    REQUIRE_MESSAGE(done.has_value(), done.error().message);
    return done->change;
  }
  FactPointer name() const { return service->known()->find(target_)->of(FactKind::name).back(); }
  FactPointer seat() const {
    for (const FactPointer& one : service->known()->find(kBoard)->of(FactKind::membership))
      if (one->other == target_) return one;
    FAIL("no seat");
    return nullptr;
  }
  static std::string replacing(const Fact& fact, const std::map<std::string, std::string>& changed) {
    std::string body =
        "action=replace&reason=Minute&record=" + std::to_string(fact.record) + "&seen-id=" + std::to_string(fact.id);
    const auto fields = fields_of(fact);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto now = changed.find(fact_columns()[i]);
      body += "&" + fact_columns()[i] + "=" + url_encoded(now == changed.end() ? fields[i] : now->second);
    }
    return body;
  }

  // A split of the target into two new bodies, or a merger of it with the board of this test.
  std::string reorganise(const Expected& line) {
    const bool split = line.request == "split";
    REQUIRE_MESSAGE((split || line.request == "merge"), "the test does not know the request " << line.request);
    const std::string body =
        "page=3&day=2026-01-01&state=order&value=1&seen=2025-12-01&reason=Minute&into-1=First%20of%20both&bodies=" +
        target_ + (split ? "&into-1-share=60&into-2=Second%20of%20both&into-2-share=40" : ";" + std::string(kBoard));
    return checked_and_saved("/bodies/reorganise?what=" + line.request, body);
  }

  std::string change(const Expected& line) {
    const std::string adding = "action=add&record=0&seen-id=0&reason=Minute&from=2025-06-01";
    std::string body;
    if (line.request == "name") body = replacing(*name(), {{"value", "Another name"}});
    if (line.request == "post") body = adding + "&fact=post&value=Clerk&body=" + target_;
    if (line.request == "sitter") body = replacing(*seat(), {{"value", "Somebody else"}});
    if (line.request == "vote") body = replacing(*seat(), {{"role", "chair"}});
    if (line.request == "seat")
      body = adding + "&fact=membership&role=chair&body=" + std::string(kBoard) + "&other=" + target_;
    if (line.request == "area") body = adding + "&fact=area&value=E22000245&body=" + target_;
    REQUIRE_MESSAGE(!body.empty(), "the test does not know the request " << line.request);
    return checked_and_saved("/bodies/change", body);
  }

  std::string checked_and_saved(const std::string& address, const std::string& body) {
    const std::int64_t before = service->known()->version;
    // What is fine is shown to be checked, at an address of its own.
    auto answer = send("POST", address, body + "&step=check");
    if (answer.status == 303) answer = send("GET", std::string(answer.header("Location")), "");
    const std::string checked = std::to_string(answer.status);
    const int saved = send("POST", address, body + "&step=save").status;
    const std::int64_t after = service->known()->version;
    // Saving is refused by the command as well, whatever was checked; and what was refused has written nothing.
    CHECK(saved == (checked == "200" ? 303 : 403));
    CHECK(after == before + (checked == "200" ? 1 : 0));
    if (after > before) REQUIRE(service->undo(command_line(), after, "After the test.").has_value());
    return checked;
  }

  std::string form(const Expected& line) {
    const std::string record = std::to_string(name()->record);
    const std::string address = line.request == "record" ? "/bodies/change?record=" + record
                                                         : "/bodies/change?fact=" + line.request + "&body=" + target_;
    const std::string status = std::to_string(send("GET", address, "").status);
    const std::string page = send("GET", "/bodies/" + target_, "").body;
    const std::string link = line.request == "record" ? "/bodies/change?record=" + record + "\""
                                                      : "/bodies/change?fact=" + line.request + "&amp;body=" + target_;
    CHECK((page.find(link) != std::string::npos) == (status == "200"));
    return status;
  }

  std::string trial() {
    const std::string file = "fact,body,value,from\r\npost," + target_ + ",Clerk,2025-06-01\r\n";
    const auto response =
        upload("/bodies/import", {{"mode", "trial"}, {"reason", "A test"}}, {{"file", "a.csv", file, "text/csv"}});
    if (response.status != 200) return std::to_string(response.status);
    if (response.body.find("0 refused") != std::string::npos) return "200";
    return response.body.find("1 refused") != std::string::npos ? "refused" : "no report";
  }

  // A look-up of one district, read and shown; no answer is given.
  std::string geography() {
    const std::string file =
        "LAD22CD,LAD22NM,CSP22CD,CSP22NM,PFA22CD,PFA22NM\r\nE06000014,York,E22000371,York,E23000009,North "
        "Yorkshire\r\n";
    const auto response = upload("/areas/import", {{"dated", "2022-11-30"}}, {{"file", "lad22.csv", file, "text/csv"}});
    if (response.status == 200 && response.body.find("Check what the import would change") == std::string::npos)
      return "not shown";
    return std::to_string(response.status);
  }

  std::string undo() {
    const std::int64_t number = enter({.kind = FactKind::post, .body = target_, .value = "Clerk", .from = kSince});
    const std::string address = "/bodies/changes/" + std::to_string(number) + "/undo";
    const bool offered =
        send("GET", "/bodies/changes/" + std::to_string(number), "").body.find(address) != std::string::npos;
    const auto response = send("POST", address, "reason=Wrong");
    CHECK(offered == (response.status == 303));
    const bool undone = service->undone_by(number).has_value();
    CHECK(undone == (response.status == 303));
    if (!undone) REQUIRE(service->undo(command_line(), number, "After the test.").has_value());
    return std::to_string(response.status);
  }

  // A proposal that renames the target, made by the program; another one when somebody has had his way with it.
  std::string proposal(const Expected& line) {
    if (line.route == "/bodies/proposals" && line.method == "POST") {
      const std::int64_t before = service->count_proposals("");
      const int status = send("POST", line.route, "title=Another&reason=A+test").status;
      CHECK(service->count_proposals("") == before + (status == 303 ? 1 : 0));
      return std::to_string(status);
    }
    if (line.route.find(":number") == std::string::npos) return std::to_string(send("GET", line.route, "").status);
    std::int64_t& number = proposals_[target_];
    const auto seen = [&] { return service->under(command_line(), number).value(); };
    if (number == 0 || seen()->proposal.state != Proposal::State::open || seen()->proposal.edits.empty() ||
        !seen()->applied.fits()) {
      number = make_proposal(service->keeping(command_line()), "Renaming " + target_, "A test.").value();
      Fact fact = *name();
      fact.value = "Another name";
      REQUIRE(add_to_proposal(service->keeping(command_line()), number, 1,
                              {{Edit::Action::replace, fact, fact.record, fact.id}}, "A test.")
                  .has_value());
    }
    const std::int64_t step = seen()->proposal.edits.front().step, edit = seen()->proposal.edits.front().id;
    std::string path = line.route;
    path.replace(path.find(":number"), 7, std::to_string(number));
    if (path.ends_with("/put-back"))  // what was taken out
      REQUIRE(take_out_of_proposal(service->keeping(command_line()), number, seen()->proposal.version, step));
    const auto before = seen();
    const std::int64_t version = service->known()->version;
    if (line.method == "GET") path += "?edits=" + std::to_string(step);
    const std::string body =
        "version=" + std::to_string(before->proposal.version) + "&register=" + std::to_string(version) +
        "&title=Other&reason=Minute&edits=" + std::to_string(step) + "&edit=" + std::to_string(edit);
    const int status = send(line.method, path, line.method == "POST" ? body : "").status;
    // What was refused has written nothing, neither to the proposal nor to the register.
    CHECK((seen()->proposal.version > before->proposal.version) == (status == 303));
    const bool enacted = line.method == "POST" && path.find("/enact") != std::string::npos && status == 303;
    CHECK(service->known()->version == version + (enacted ? 1 : 0));
    if (enacted) REQUIRE(service->undo(command_line(), version + 1, "After the test.").has_value());
    return std::to_string(status);
  }

  std::map<std::string, std::int64_t> proposals_;
  std::string target_;
  std::int64_t succession_ = 0;
  std::int64_t account_ = 0;
};

}  // namespace

TEST_CASE("every restricted or changing route of areas and bodies, as every role in every scope") {
  House house;
  const std::vector<Expected> all = test::expected_of(kScopes, of_registers);
  CHECK(all.size() > 2000);
  test::check_covered(all, house.wiring.router, [](const std::string&) { return true; });
  for (const Expected& line : all) {
    house.sign_in(line.scope, line.role);
    CAPTURE(line.method);
    CAPTURE(line.route);
    CAPTURE(line.request);
    CAPTURE(line.scope);
    CAPTURE(line.role);
    CHECK(house.ask(line) == line.status);
  }
}
