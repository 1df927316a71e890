#include "app/serve.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/backup.h"
#include "app/long_work.h"
#include "app/open.h"
#include "app/table_exports.h"
#include "app/visitors.h"
#include "base/log.h"
#include "base/text.h"
#include "http/server.h"
#include "jobs/jobs.h"
#include "slices/identity/identity.h"
#include "web/site.h"

namespace tithing::app {
namespace {

int complain(const Problem& problem) {
  std::fprintf(stderr, "tithing: %s\n", problem.message.c_str());
  return 1;
}

// Whole numbers from an option; the fallback when it is not given, -1 when it is no number within the bounds.
int number_of(const Arguments& arguments, const char* name, int fallback, int least, int most) {
  const std::string text = arguments.get(name);
  if (text.empty()) return fallback;
  if (text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos) return -1;
  const int value = std::stoi(text);
  return value < least || value > most ? -1 : value;
}

Result<jobs::LongQueue::Configuration> long_work_of(const Arguments& arguments) {
  const int workers = number_of(arguments, "--long-workers", 2, 1, 64);
  if (workers < 0) return invalid(tr("--long-workers takes a number from 1 to 64."));
  const int after = number_of(arguments, "--long-after", 1, 1, 3'600);
  if (after < 0) return invalid(tr("--long-after takes a number of seconds from 1 to 3600."));
  const int at_once = number_of(arguments, "--long-at-once", 3, 1, 1'000);
  if (at_once < 0) return invalid(tr("--long-at-once takes a number from 1 to 1000."));
  const int seconds = number_of(arguments, "--long-seconds", 120, 1, 100'000);
  if (seconds < 0) return invalid(tr("--long-seconds takes a number from 1 to 100000."));
  jobs::LongQueue::Configuration configuration{.workers = workers, .job_after_ms = after * 1'000};
  configuration.limits = {{at_once, seconds}, {at_once * 4, seconds * 5}};
  configuration.waiting = std::max<std::size_t>(configuration.waiting, static_cast<std::size_t>(at_once) * 4);
  return configuration;
}

Status load_demonstration(Wiring& wiring) {
  const std::string sample = sample_folder();
  if (sample.empty())
    return unavailable(
        tr("The sample (data/sample) is not beside this program, so there is no demonstration to load."));
  for (const auto& step : wiring.demonstration)
    if (auto done = step(sample); !done) return done;
  return {};
}

// One line per request. A one-time link opens an account, so the router leaves its token out of the line.
void log_access(const web::Router& router, const http::AccessEntry& entry) {
  log::info("request", {{"id", entry.id},
                        {"method", entry.method},
                        {"target", router.loggable(entry.target)},
                        {"status", entry.status},
                        {"bytes", static_cast<long>(entry.bytes)},
                        {"microseconds", static_cast<long>(entry.microseconds)},
                        {"remote", entry.remote},
                        {"complete", entry.complete ? "yes" : "no"}});
}

void print_sign_ins(const std::string& data_folder) {
  std::ifstream file(identity::demonstration_sign_ins_path(data_folder));
  std::string line;
  while (std::getline(file, line)) std::printf("%s\n", line.c_str());
}

int serve(Wiring& wiring, identity::Service& identity, const Arguments& arguments) {
  // Blocked before any thread starts, so that only sigwait below receives them.
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGINT);
  sigaddset(&stop_signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  // Idle connections are cheap, but each is a file: ask for as many as the system lets this process have.
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }

  keep_memory_small();
  http::Configuration configuration;
  if (const std::string address = arguments.get("--address"); !address.empty()) configuration.address = address;
  configuration.port = number_of(arguments, "--port", 8080, 0, 65535);
  if (configuration.port < 0) return complain({ProblemKind::invalid, "--port takes a number from 0 to 65535.", {}});
  configuration.workers = number_of(arguments, "--workers", 8, 1, 256);
  if (configuration.workers < 0) return complain({ProblemKind::invalid, "--workers takes a number from 1 to 256.", {}});
  const auto long_work_configuration = long_work_of(arguments);
  if (!long_work_configuration) return complain(long_work_configuration.error());
  configuration.tls = {arguments.get("--tls-certificate"), arguments.get("--tls-key")};
  configuration.trusted_proxies = arguments.all("--trusted-proxy");

  jobs::Runner runner(*wiring.database, *wiring.clock);
  wiring.jobs = &runner;
  if (const auto recovered = runner.recover(); !recovered) return complain(recovered.error());
  if (arguments.has("--demonstration"))
    if (const auto loaded = load_demonstration(wiring); !loaded) return complain(loaded.error());

  const auto key = identity.form_key();
  if (!key) return complain(key.error());
  const std::string spool = wiring.data_folder + "/spool";
  std::error_code error;
  std::filesystem::remove_all(spool, error);  // what a killed process left
  std::filesystem::create_directories(spool, error);
  configuration.spool_directory = spool;
  jobs::LongQueue long_work(runner, *long_work_configuration);
  const web::Site site({.router = wiring.router,
                        .clock = *wiring.clock,
                        .sessions = identity.sessions(),
                        .form_key = *key,
                        .ground = wiring.ground,
                        .site = &wiring.site,
                        .people = wiring.people,
                        .tables = tables_as_files,
                        .spool_directory = spool,
                        .queue = to_queue(long_work)});
  configuration.limits.body_limit = [&](std::string_view method, std::string_view path) {
    return site.body_limit(method, path);
  };
  configuration.limits.large_body = [&](const http::Request& head) { return site.body_limit(head); };
  configuration.error_page = web::Site::error_page;
  configuration.access_log = [&wiring](const http::AccessEntry& entry) { log_access(wiring.router, entry); };

  http::Server server(configuration, [&](const http::Request& request) { return site.handle(request); });
  if (const auto started = server.start(); !started) return complain(started.error());
  Visitors visitors(wiring, runner);
  std::printf("Tithing is open at %s://%s:%d/\n", configuration.tls.certificate.empty() ? "http" : "https",
              configuration.address.c_str(), server.port());
  if (arguments.has("--demonstration")) print_sign_ins(wiring.data_folder);
  std::printf("Stop it with Ctrl-C.\n");
  std::fflush(stdout);

  int received = 0;
  sigwait(&stop_signals, &received);
  log::info("stopping", {{"signal", received}});
  visitors.stop();
  const bool all_done = server.stop_gracefully(30'000);
  long_work.stop();
  runner.stop();
  wiring.jobs = nullptr;
  log::info("stopped", {{"unfinished", all_done ? "none" : "some requests were cut off after 30 seconds"}});
  return 0;
}

}  // namespace

void register_commands(Wiring& wiring, identity::Service& identity) {
  Wiring* const w = &wiring;
  wiring.subcommands.push_back(
      {{"serve"},
       "Serve the site until it is asked to stop (SIGINT, SIGTERM)",
       {{"--address", "Address to listen on; 127.0.0.1 unless given"},
        {"--port", "Port; 8080 unless given, 0 for any free one"},
        {"--workers", "Threads that answer; 8 unless given"},
        {"--long-workers", "Threads for long work, which give way to those that answer; 2 unless given"},
        {"--long-after", "Seconds after which long work becomes a job; 1 unless given"},
        {"--long-at-once",
         "Pieces of long work that an account may have waiting or under way; 3 unless given, and four "
         "times as many from one network address"},
        {"--long-seconds",
         "Seconds of long work for an account in ten minutes; 120 unless given, and five times as "
         "many from one network address"},
        {"--tls-certificate", "PEM file with the certificate and its chain; with --tls-key serves https"},
        {"--tls-key", "PEM file with the private key"},
        {"--trusted-proxy", "Address or network of a proxy in front whose X-Forwarded headers are believed", true,
         false, true},
        {"--demonstration", "Load the sample and the demonstration accounts first, and print how to sign in", false}},
       {},
       [w, &identity](const Arguments& arguments) { return serve(*w, identity, arguments); }});
  wiring.subcommands.push_back({{"demonstration"},
                                "Load the sample and the demonstration accounts, and print how to sign in",
                                {},
                                {},
                                [w](const Arguments&) {
                                  if (const auto loaded = load_demonstration(*w); !loaded)
                                    return complain(loaded.error());
                                  print_sign_ins(w->data_folder);
                                  return 0;
                                }});
  wiring.subcommands.push_back({{"backup"},
                                "Write one file with everything: the store and the kept originals. Serving goes on",
                                {},
                                {{"FILE", "The file to write; it must not be there yet"}},
                                [w](const Arguments& arguments) {
                                  const auto done = backup(*w, arguments.get("FILE"));
                                  if (!done) return complain(done.error());
                                  std::printf("%s\n", done->c_str());
                                  return 0;
                                }});
  wiring.subcommands.push_back({{"restore"},
                                "Put back what a backup holds, in place of what is there. Serving goes on",
                                {},
                                {{"FILE", "A file that `tithing backup` wrote"}},
                                [w](const Arguments& arguments) {
                                  const auto done = restore(*w, arguments.get("FILE"));
                                  if (!done) return complain(done.error());
                                  std::printf("%s\n", done->c_str());
                                  return 0;
                                }});
}

}  // namespace tithing::app
