#include "slices/sources/waiting.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "base/random.h"
#include "base/translation.h"

namespace tithing::sources {

namespace {
// Empty for what is no token: nobody names another path.
std::string folder_of(const std::string& data_folder, const std::string& token) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  if (token.size() < 16 || token.size() > 100 || token.find_first_not_of(kLetters) != std::string::npos) return {};
  return data_folder + "/spool/import-" + token;
}
}  // namespace

Result<std::string> keep_waiting(const std::string& data_folder, const std::string& bytes) {
  const std::string token = random_token();
  const std::string folder = folder_of(data_folder, token);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::ofstream out(folder + "/given", std::ios::binary);
  out << bytes;
  out.close();
  if (error || !out) {
    forget_waiting(data_folder, token);
    return unavailable(tr("The upload cannot be kept: the data folder cannot be written to, or is full."));
  }
  return token;
}

std::optional<std::string> waiting(const std::string& data_folder, const std::string& token) {
  const std::string folder = folder_of(data_folder, token);
  if (folder.empty()) return std::nullopt;
  std::ifstream in(folder + "/given", std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::optional<std::string> waiting_file(const std::string& data_folder, const std::string& token,
                                        const std::string& name) {
  const std::string folder = folder_of(data_folder, token);
  if (folder.empty()) return std::nullopt;
  const std::string given = folder + "/given";
  const std::string last = std::filesystem::path(name).filename().string();
  std::error_code error;
  if (!std::filesystem::is_regular_file(given, error) || error) return std::nullopt;
  if (last.empty() || last == "." || last == ".." || last == "given") return given;
  const std::string path = folder + "/" + last;
  std::filesystem::remove(path, error);
  error.clear();
  std::filesystem::create_hard_link(given, path, error);
  if (error) std::filesystem::copy_file(given, path, error);
  return error ? std::nullopt : std::optional(path);
}

void forget_waiting(const std::string& data_folder, const std::string& token) {
  const std::string folder = folder_of(data_folder, token);
  std::error_code ignored;
  if (!folder.empty()) std::filesystem::remove_all(folder, ignored);
}

}  // namespace tithing::sources
