#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "http/multipart.h"
#include "http/urlencoded.h"

using namespace tithing;
using namespace tithing::http;

namespace {

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Result<MultipartForm> parse(std::string_view bytes, std::size_t step, MultipartLimits limits = {}) {
  MultipartParser parser("XyZ", limits);
  for (std::size_t i = 0; i < bytes.size(); i += step)
    if (const Status put = parser.put(bytes.substr(i, step)); !put) {
      CHECK_FALSE(parser.finish().has_value());
      return pass_on(put);
    }
  return parser.finish();
}

const std::string kForm =
    "--XyZ\r\n"
    "Content-Disposition: form-data; name=\"title\"\r\n\r\n"
    "Burglary \xE2\x80\x93 spring\r\nsecond line\r\n"
    "--XyZ\r\n"
    "content-disposition: form-data; name=\"file\"; filename=\"C:\\data\\north yorkshire.csv\"\r\n"
    "Content-Type: text/csv\r\n\r\n"
    "a,b\r\n--XyY\r\n\r\r\n--Xy\r\n"
    "--XyZ\r\n"
    "Content-Disposition: form-data; name=\"none\"; filename=\"\"\r\n"
    "Content-Type: application/octet-stream\r\n\r\n"
    "\r\n"
    "--XyZ\r\n"
    "Content-Disposition: form-data; name=\"empty\"\r\n\r\n"
    "\r\n"
    "--XyZ--\r\n";

}  // namespace

TEST_CASE("percent-decoding") {
  CHECK(percent_decoded("a%20b+c%C3%A9").value() == "a b+c\xC3\xA9");
  CHECK(percent_decoded("").value().empty());
  for (const char* bad : {"%", "a%2", "%zz", "%2x", "%00", "%FF", "%C3", "%ED%A0%80", "%C0%AF"})
    CHECK_FALSE(percent_decoded(bad).has_value());
}

TEST_CASE("urlencoded forms and queries") {
  const auto pairs = parse_urlencoded("a=1+2&b=%26%3D&&a=3&flag&=v&c=x=y").value();
  const Pairs expected = {{"a", "1 2"}, {"b", "&="}, {"a", "3"}, {"flag", ""}, {"", "v"}, {"c", "x=y"}};
  CHECK(pairs == expected);
  CHECK(parse_urlencoded("").value().empty());
  CHECK_FALSE(parse_urlencoded("a=%0").has_value());
  CHECK_FALSE(parse_urlencoded("%00=a").has_value());
  CHECK_FALSE(parse_urlencoded(std::string("a=b\0c", 5)).has_value());
  std::string many;
  for (int i = 0; i <= 10'000; ++i) many += "a&";
  CHECK_FALSE(parse_urlencoded(many).has_value());
  CHECK(parse_urlencoded(std::string_view(many).substr(2)).value().size() == 10'000);
}

TEST_CASE("cookies") {
  const Pairs expected = {{"a", "1"}, {"session", "x=y"}, {"b", ""}};
  CHECK(parse_cookies("a=1;  session=x=y; nonsense; =v; b=") == expected);
  CHECK(parse_cookies("").empty());
}

TEST_CASE("multipart, in pieces of any size") {
  for (std::size_t step = 1; step < kForm.size(); step = step * 2 + 1) {
    const auto form = parse(kForm, step);
    REQUIRE(form.has_value());
    const Pairs fields = {{"title", "Burglary \xE2\x80\x93 spring\r\nsecond line"}, {"empty", ""}};
    CHECK(form->fields == fields);
    REQUIRE(form->files.size() == 1);
    CHECK(form->files[0].field == "file");
    CHECK(form->files[0].name == "north yorkshire.csv");
    CHECK(form->files[0].content_type == "text/csv");
    CHECK(form->files[0].content.size == 19);
    CHECK(contents(form->files[0].content.file) == "a,b\r\n--XyY\r\n\r\r\n--Xy");
  }
}

TEST_CASE("an uploaded file goes with the form") {
  std::string path;
  {
    const auto form = parse(kForm, 1'000);
    REQUIRE(form.has_value());
    path = form->files.at(0).content.file;
    CHECK(::access(path.c_str(), F_OK) == 0);
  }
  CHECK(::access(path.c_str(), F_OK) != 0);
}

TEST_CASE("multipart from a spooled body") {
  char path[] = "/tmp/tithing-multipart-test-XXXXXX";
  const int descriptor = ::mkstemp(path);
  REQUIRE(descriptor >= 0);
  REQUIRE(::write(descriptor, kForm.data(), kForm.size()) == static_cast<ssize_t>(kForm.size()));
  ::close(descriptor);
  Body body;
  body.file = path;
  body.size = static_cast<std::int64_t>(kForm.size());
  const auto form = parse_multipart("multipart/form-data; boundary=\"XyZ\"", body);
  REQUIRE(form.has_value());
  CHECK(form->files.size() == 1);
  Body in_memory;
  in_memory.in_memory = kForm;
  CHECK(parse_multipart("Multipart/Form-Data; charset=utf-8; boundary=XyZ", in_memory).has_value());
  CHECK_FALSE(parse_multipart("multipart/form-data; boundary=other", in_memory).has_value());
}

TEST_CASE("multipart that is refused") {
  const std::string head = "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
  CHECK(parse(head + "v\r\n--XyZ--", 10).has_value());
  CHECK(parse("\r\n" + head + "v\r\n--XyZ  \r\nContent-Disposition: form-data; name=b\r\n\r\n\r\n--XyZ--", 3)
            .has_value());
  CHECK_FALSE(parse("", 10).has_value());
  CHECK_FALSE(parse("preamble\r\n" + head + "v\r\n--XyZ--", 10).has_value());
  CHECK_FALSE(parse(head + "v", 10).has_value());           // cut off
  CHECK_FALSE(parse(head + "v\r\n--XyZ", 10).has_value());  // no closing boundary
  CHECK_FALSE(parse(head + "v\r\n--XyZjunk", 10).has_value());
  CHECK_FALSE(parse(head + std::string("a\0b", 3) + "\r\n--XyZ--", 10).has_value());
  CHECK_FALSE(parse(head + "\xFF\r\n--XyZ--", 10).has_value());
  for (const char* bad :
       {"", "Content-Type: text/plain", "Content-Disposition: attachment; name=\"a\"", "Content-Disposition: form-data",
        "Content-Disposition: form-data; name=\"a", "Content-Disposition: form-data; name=\"a\" x", "nonsense",
        "Content-Disposition: form-data; name=a; name=b",
        "Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b"})
    CHECK_FALSE(parse("--XyZ\r\n" + std::string(bad) + "\r\n\r\nv\r\n--XyZ--", 10).has_value());

  MultipartLimits limits;
  limits.parts = 2;
  limits.field_bytes = 10;
  limits.all_fields_bytes = 15;
  limits.part_header_bytes = 100;
  const std::string next = "\r\n" + head;
  CHECK(parse(head + "1234567890" + next + "12345\r\n--XyZ--", 7, limits).has_value());
  CHECK_FALSE(parse(head + "12345678901\r\n--XyZ--", 7, limits).has_value());
  CHECK_FALSE(parse(head + "1234567890" + next + "123456\r\n--XyZ--", 7, limits).has_value());
  CHECK_FALSE(parse(head + "1" + next + "2" + next + "3\r\n--XyZ--", 7, limits).has_value());
  CHECK_FALSE(parse("--XyZ\r\nX: " + std::string(200, 'a'), 7, limits).has_value());
  MultipartLimits nowhere;
  nowhere.spool_directory = "/nonexistent";
  const auto unstored = parse(kForm, 1'000, nowhere);
  REQUIRE_FALSE(unstored.has_value());
  CHECK(unstored.error().kind == ProblemKind::unavailable);
}

TEST_CASE("boundaries") {
  CHECK(multipart_boundary("multipart/form-data; boundary=----WebKitFormBoundary7MA4").value() ==
        "----WebKitFormBoundary7MA4");
  for (const char* bad : {"", "text/plain; boundary=a", "multipart/form-data",
                          "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a",
                          "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=a<b"})
    CHECK_FALSE(multipart_boundary(bad).has_value());
  CHECK_FALSE(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')).has_value());
}

TEST_CASE("names of uploaded files") {
  CHECK(base_name("a.csv") == "a.csv");
  CHECK(base_name("../../etc/passwd") == "passwd");
  CHECK(base_name("C:\\x\\y.zip") == "y.zip");
  CHECK(base_name("..").empty());
  CHECK(base_name("/").empty());
  CHECK(base_name("a\r\nb\x7F.csv") == "ab.csv");
  CHECK(base_name("\xFF.csv") == "\xEF\xBF\xBD.csv");
  const std::string long_name = base_name(std::string(300, '\xC3') + ".csv");
  CHECK(long_name.size() <= 255);
  CHECK(long_name.ends_with(".csv"));
}
