// Serves one page of 20,461 bytes at every address until it is killed: something for wrk to measure.
// Usage: http_bench_server PORT [CERTIFICATE KEY]
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "http/server.h"

int main(int argc, char** argv) {
  using namespace tithing::http;
  Configuration configuration;
  configuration.port = argc > 1 ? std::atoi(argv[1]) : 8'080;
  configuration.workers = 4;
  if (argc > 3) configuration.tls = {argv[2], argv[3]};
  configuration.access_log = [](const AccessEntry&) {};
  Server server(std::move(configuration), [](const Request&) {
    Response response;
    response.set("Content-Type", "text/html; charset=utf-8");
    response.body.assign(20'461, 'p');
    return response;
  });
  if (const tithing::Status started = server.start(); !started) {
    std::fprintf(stderr, "%s\n", started.error().message.c_str());
    return 1;
  }
  std::printf("http://127.0.0.1:%d/\n", server.port());
  std::fflush(stdout);
  for (;;) ::pause();
}
