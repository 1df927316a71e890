#include <curl/curl.h>

#include <memory>

#include "base/translation.h"
#include "oidc/client.h"

namespace tithing::oidc {
namespace {

constexpr std::size_t kMostBytes = 1'000'000;
constexpr long kSeconds = 10;

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& text = *static_cast<std::string*>(into);
  if (text.size() + size * count > kMostBytes) return 0;  // libcurl then gives up
  text.append(bytes, size * count);
  return size * count;
}

}  // namespace

Result<std::string> over_network(const Question& question) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(started == CURLE_OK ? curl_easy_init() : nullptr,
                                                                 &curl_easy_cleanup);
  if (!curl) return unavailable(tr("libcurl cannot be started."));
  std::string answer;
  const std::string user(question.user_name.reveal()), password(question.password.reveal());
  curl_easy_setopt(curl.get(), CURLOPT_URL, question.address.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, kSeconds);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  // A proxy of the environment (https_proxy) is used, but not for this machine itself.
  if (question.address.starts_with("http://")) curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "Tithing");
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
  if (!question.form.empty()) curl_easy_setopt(curl.get(), CURLOPT_COPYPOSTFIELDS, question.form.c_str());
  const std::string bearer(question.bearer.reveal());
  if (!bearer.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BEARER));
    curl_easy_setopt(curl.get(), CURLOPT_XOAUTH2_BEARER, bearer.c_str());
  }
  if (!user.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    curl_easy_setopt(curl.get(), CURLOPT_USERNAME, user.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, password.c_str());
  }
  if (const CURLcode done = curl_easy_perform(curl.get()); done != CURLE_OK)
    return unavailable(question.address + ": " + curl_easy_strerror(done));
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) return unavailable(tr("{0} answered {1}", {question.address, std::to_string(status)}));
  return answer;
}

}  // namespace tithing::oidc
