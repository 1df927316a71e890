#include "http/static_files.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace tithing::http;

namespace {

Request get(std::string path, std::vector<Header> headers = {}) {
  Request request;
  request.method = "GET";
  request.path = std::move(path);
  request.headers = std::move(headers);
  return request;
}

}  // namespace

TEST_CASE("assets under their path and under the address with their hash") {
  StaticFiles files;
  const std::string css(3'000, 'a');
  files.add("/assets/app.css", css);
  files.add("/assets/mark.png", "not really");
  CHECK(files.size() == 2);
  const std::string address = files.address("/assets/app.css");
  CHECK(address.starts_with("/assets/app-"));
  CHECK(address.ends_with(".css"));
  CHECK(address.size() == std::string("/assets/app-0123456789abcdef.css").size());
  CHECK(files.address("/assets/unknown.css") == "/assets/unknown.css");

  const auto plain = files.answer(get("/assets/app.css"));
  REQUIRE(plain);
  CHECK(plain->status == 200);
  CHECK(plain->body == css);
  CHECK(plain->header("Content-Type") == "text/css; charset=utf-8");
  CHECK(plain->header("Cache-Control") == "public, max-age=3600");
  CHECK(plain->header("Vary") == "Accept-Encoding");
  CHECK(plain->header("Content-Encoding").empty());

  const auto hashed = files.answer(get(address, {{"Accept-Encoding", "gzip"}}));
  REQUIRE(hashed);
  CHECK(hashed->header("Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(hashed->header("Content-Encoding") == "gzip");
  CHECK(hashed->body.size() < css.size());
  CHECK(hashed->header("ETag") != plain->header("ETag"));

  for (const std::string& tag :
       {std::string(plain->header("ETag")), "\"x\", W/" + std::string(hashed->header("ETag")), std::string("*")}) {
    const auto same = files.answer(get("/assets/app.css", {{"If-None-Match", tag}}));
    REQUIRE(same);
    CHECK(same->status == 304);
    CHECK(same->body.empty());
    CHECK_FALSE(same->header("ETag").empty());
  }
  CHECK(files.answer(get("/assets/app.css", {{"If-None-Match", "\"other\""}}))->status == 200);

  Request post = get("/assets/app.css");
  post.method = "POST";
  CHECK(files.answer(post)->status == 405);
  CHECK(files.answer(post)->header("Allow") == "GET, HEAD");
  CHECK_FALSE(files.answer(get("/assets/../secret")).has_value());

  files.add("/assets/app.css", "b");  // a new version: the former address is no longer promised
  CHECK_FALSE(files.answer(get(address)).has_value());
  CHECK(files.answer(get(files.address("/assets/app.css")))->body == "b");
}

TEST_CASE("assets of a directory") {
  namespace fs = std::filesystem;
  const fs::path directory = fs::temp_directory_path() / "tithing-static-files-test";
  fs::remove_all(directory);
  fs::create_directories(directory / "fonts");
  fs::create_directories(directory / ".hidden");
  std::ofstream(directory / "a.js") << "let a;";
  std::ofstream(directory / "fonts" / "f.woff2") << "font";
  std::ofstream(directory / ".secret") << "no";
  std::ofstream(directory / ".hidden" / "b.js") << "no";
  StaticFiles files;
  CHECK(files.add_directory(directory.string(), "/assets").has_value());
  CHECK(files.size() == 2);
  REQUIRE(files.find("/assets/fonts/f.woff2") != nullptr);
  CHECK(files.find("/assets/fonts/f.woff2")->content_type == "font/woff2");
  CHECK(files.find("/assets/a.js")->bytes == "let a;");
  fs::remove_all(directory);
  CHECK_FALSE(files.add_directory(directory.string(), "/assets").has_value());
}

TEST_CASE("content types") {
  CHECK(content_type_of("/a/b.SVG") == "image/svg+xml");
  CHECK(content_type_of("/a.css/b") == "application/octet-stream");
  CHECK(content_type_of("x") == "application/octet-stream");
}
