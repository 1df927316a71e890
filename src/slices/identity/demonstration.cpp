#include "slices/identity/demonstration.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>

#include "base/organisation.h"
#include "base/random.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/identity/commands.h"
#include "slices/identity/domain.h"
#include "slices/identity/identity.h"
#include "slices/identity/readings.h"

namespace tithing::identity {
namespace {

struct Post {
  std::string_view local_part;
  std::string_view name;
  Role role;
  std::string_view body;       // its code in the demonstration's register, or empty
  std::string_view area_code;  // several with semicolons between them; empty: every area
};

constexpr std::array<Post, 11> kPosts = {{
    {"administrator", "System administrator", Role::system_administrator, "", ""},
    {"analyst", "Performance analyst", Role::performance_analyst, "", ""},
    {"commissioning", "Commissioning officer", Role::commissioning_officer, "", ""},
    {"decision-maker", "Decision-maker", Role::decision_maker, "", ""},
    {"manager.north-yorkshire", "Partnership manager, North Yorkshire", Role::partnership_manager,
     "north-yorkshire-csp", "E22000372"},
    {"manager.north-worcestershire", "Partnership manager, North Worcestershire", Role::partnership_manager,
     "north-worcestershire-csp", "E22000368"},
    {"county-board.worcestershire", "County strategy group officer, Worcestershire", Role::county_strategy_officer,
     "safer-communities-board", "E22000332;E22000368"},
    {"panel-support.west-yorkshire", "Panel support officer, West Yorkshire", Role::panel_support_officer,
     "west-yorkshire-police-and-crime-panel", ""},
    {"fire-authority.north-yorkshire", "Responsible authority representative, North Yorkshire Fire and Rescue Service",
     Role::responsible_authority_representative, "north-yorkshire-fire-and-rescue-service", "E22000372"},
    {"panel-member", "Panel member", Role::panel_member, "", ""},
    {"auditor", "Auditor", Role::auditor, "", ""},
}};
constexpr std::string_view kDomain = "@demonstration.invalid";
constexpr std::size_t kPasswordLength = 20;  // 120 bits

// Lines of "address password name"; what begins with # is for the reader.
std::map<std::string, std::string> passwords_in(const std::string& path) {
  std::map<std::string, std::string> found;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t end = line.find(' ');
    const std::size_t begin = line.find_first_not_of(' ', end);
    if (end == std::string::npos || begin == std::string::npos) continue;
    found[line.substr(0, end)] = line.substr(begin, line.find(' ', begin) - begin);
  }
  return found;
}

// Readable by the owner alone from its first byte on; in place only when it is whole.
Status write_privately(const std::string& path, const std::string& text) {
  const auto failed = [&] {
    return unavailable(
        tr("The file {0} cannot be written: {1}. Check the folder and the disk.", {path, std::strerror(errno)}));
  };
  const std::string aside = path + ".part";
  ::unlink(aside.c_str());
  const int file = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return failed();
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count = ::write(file, text.data() + written, text.size() - written);
    if (count < 0) {
      const auto why = failed();
      ::close(file);
      ::unlink(aside.c_str());
      return why;
    }
    written += static_cast<std::size_t>(count);
  }
  if (::fsync(file) != 0 || ::close(file) != 0 || ::rename(aside.c_str(), path.c_str()) != 0) return failed();
  return {};
}

std::vector<Grant> grants_of(const Post& post) {
  std::vector<Grant> out;
  for (const std::string& code : split(post.area_code, ';'))
    out.push_back({post.role, post.body.empty() ? std::string() : organisation_of_body(post.body), code});
  return out;
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

}  // namespace

std::string demonstration_sign_ins_path(const std::string& data_folder) {
  return data_folder + "/demonstration-sign-ins.txt";
}

Status make_demonstration_accounts(Rooms& rooms) {
  const Actor actor = Actor::command_line(rooms.wiring.permissions);
  const Visit visit{rooms.wiring.doing(actor)};
  const std::string path = demonstration_sign_ins_path(rooms.wiring.data_folder);
  const std::map<std::string, std::string> known = passwords_in(path);

  std::string text = "# Sign-ins of the demonstration. Posts, not persons. Made for this data folder alone.\n";
  bool changed = false;
  for (const Post& post : kPosts) {
    const std::string email = std::string(post.local_part) + std::string(kDomain);
    const auto kept = known.find(email);
    std::string password = kept != known.end() ? kept->second : std::string();
    const Result<AccountView> present = account_by_email(visit.database, actor, visit.now, email);
    if (!present && present.error().kind != ProblemKind::not_found) return pass_on(present);
    if (!present) {
      if (password.empty()) password = random_token().substr(0, kPasswordLength);
      const Result<Token> made = create_account(
          visit, {email, std::string(post.name), grants_of(post), Secret(password)}, {}, rooms.organisations);
      if (!made) return pass_on(made);
      changed = true;
    } else if (password.empty() && !present->suspended_at) {
      password = random_token().substr(0, kPasswordLength);
      const Result<Token> link = make_link(visit, present->id);
      if (!link) return pass_on(link);
      if (const Status set = set_password_by_link(visit, link->secret, Secret(password)); !set) return set;
      changed = true;
    } else if (password.empty()) {
      continue;
    }
    text += padded(email, 54) + password + "  " + std::string(post.name) + "\n";
  }
  return changed || known.empty() ? write_privately(path, text) : Status();
}

}  // namespace tithing::identity
