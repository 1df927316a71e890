#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "client.h"

using namespace tithing::http;
using namespace tithing::http::test;

namespace {

// A self-signed certificate, and its key, as PEM files in `directory`.
TlsFiles make_certificate(const std::string& directory, const std::string& name) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  REQUIRE(key != nullptr);
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3'600);
  X509_set_pubkey(certificate, key);
  X509_NAME* subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1,
                             0);
  X509_set_issuer_name(certificate, subject);
  REQUIRE(X509_sign(certificate, key, EVP_sha256()) > 0);
  TlsFiles files{directory + "/" + name + ".crt", directory + "/" + name + ".key"};
  std::FILE* out = std::fopen(files.certificate.c_str(), "w");
  PEM_write_X509(out, certificate);
  std::fclose(out);
  out = std::fopen(files.key.c_str(), "w");
  PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(out);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return files;
}

Configuration quick_tls() {
  Configuration configuration = quick();
  configuration.tls = make_certificate(configuration.spool_directory, "server");
  return configuration;
}

}  // namespace

TEST_CASE("TLS: requests, pipelining, large bodies both ways") {
  Configuration configuration = quick_tls();
  configuration.limits.max_body = 10'000'000;
  const auto server = serve(std::move(configuration), [](const Request& request) {
    CHECK(request.secure);
    Response response;
    if (!request.body.file.empty()) {
      std::ifstream in(request.body.file, std::ios::binary);
      response.body.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    } else {
      response.body = "hello " + request.path;
    }
    return response;
  });
  Client client(server->port(), true);
  REQUIRE(client.connected());
  CHECK(client.ask(kGet).body == "hello /");
  client.send(kGet + kGet + kGet);  // one record: the second and third are no longer in the socket when they are due
  for (int i = 0; i < 3; ++i) CHECK(client.answer().body == "hello /");
  std::string large(5'000'000, '\0');
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * 2654435761u >> 11);
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n" + large);
  CHECK(client.answer().body == large);
  CHECK(client.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status == 200);
  CHECK(client.closed_within(1'000));
}

TEST_CASE("TLS: who does not shake hands, drips, or speaks plain HTTP is let go") {
  const auto server = serve(quick_tls(), hello);
  Client silent(server->port());
  Client plain(server->port());
  plain.send(kGet);
  CHECK(plain.closed_within(1'000));
  CHECK(silent.closed_within(1'500));
  Client dripping(server->port(), true);
  REQUIRE(dripping.connected());
  const std::int64_t start = milliseconds();
  while (server->connections() > 0 && milliseconds() - start < 3'000) {
    dripping.send("G");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(server->connections() == 0);
  CHECK(milliseconds() - start < 2'000);
}

TEST_CASE("TLS: a client that goes away in the middle of a large answer does no harm") {
  const auto server = serve(quick_tls(), [](const Request&) {
    Response response;
    response.body.assign(10'000'000, 'x');
    return response;
  });
  for (int i = 0; i < 5; ++i) {
    Client client(server->port(), true);
    REQUIRE(client.connected());
    client.send(kGet);
  }
  CHECK(eventually([&] { return server->connections() == 0; }));
  Client client(server->port(), true);
  CHECK(client.ask(kGet).body.size() == 10'000'000);
}

TEST_CASE("TLS: key and certificate have to belong together") {
  Configuration configuration = quick_tls();
  configuration.tls.key = make_certificate(configuration.spool_directory, "other").key;
  Server server(std::move(configuration), hello);
  const auto started = server.start();
  REQUIRE_FALSE(started.has_value());
  CHECK(started.error().message.find("key") != std::string::npos);
}
