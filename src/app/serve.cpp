#include "app/serve.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <optional>
#include <vector>

#include "app/backup.h"
#include "app/long_work.h"
#include "app/open.h"
#include "app/table_exports.h"
#include "app/visitors.h"
#include "base/log.h"
#include "base/text.h"
#include "disk/work_folder.h"
#include "http/server.h"
#include "jobs/jobs.h"
#include "slices/evidence/kept.h"
#include "slices/identity/identity.h"
#include "web/site.h"
#include "web/site_address.h"

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

// Uploads of the server before: with it went whoever waited for them. (On PostgreSQL another one may have shown them;
// there they go after a day.)
void remove_uploads(const std::string& data_folder) {
  std::error_code error;
  std::vector<std::filesystem::path> left;
  for (std::filesystem::directory_iterator at(data_folder + "/spool", error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name.starts_with("import-") || name.starts_with("tithing-spool-")) left.push_back(at->path());
  }
  for (const std::filesystem::path& path : left) std::filesystem::remove_all(path, error);
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
  const auto configured = read_configuration(wiring.data_folder);
  if (!configured) return complain(configured.error());
  configuration.trusted_proxies = configured->trusted_proxies;
  for (const std::string& proxy : arguments.all("--trusted-proxy")) configuration.trusted_proxies.push_back(proxy);

  // Two that serve one SQLite file would each take the other's work, uploads and jobs for what a dead one left. On
  // PostgreSQL several may, and each keeps to its own.
  std::optional<Alone> alone;
  if (wiring.database->engine() == db::Engine::sqlite) {
    const auto where = read_configuration(wiring.data_folder);
    if (!where) return complain(where.error());
    auto taken = Alone::on(wiring.data_folder, std::string(where->store.reveal()));
    if (!taken) return complain(taken.error());
    alone = std::move(*taken);
    alone->say("process " + std::to_string(::getpid()) + ", since " + wiring.clock->now().iso());
    remove_uploads(wiring.data_folder);
  }
  const auto spool_folder = WorkFolder::make(wiring.data_folder + "/spool", "serve");
  if (!spool_folder) return complain(spool_folder.error());

  jobs::Runner runner(*wiring.database, *wiring.clock);
  wiring.jobs = &runner;
  if (const auto recovered = runner.recover(); !recovered) return complain(recovered.error());
  if (arguments.has("--demonstration"))
    if (const auto loaded = load_demonstration(wiring); !loaded) return complain(loaded.error());

  if (!configured->provider.issuer.empty()) {
    if (const Status with = identity.sign_in_with(configured->provider); !with) return complain(with.error());
    if (configured->site.empty())
      return complain({ProblemKind::invalid,
                       "Signing in with a provider needs the address to which it sends people back: set site in "
                       "tithing.conf.",
                       {}});
  }
  const auto key = identity.form_key();
  if (!key) return complain(key.error());
  const std::string& spool = spool_folder->path();
  configuration.spool_directory = spool;
  jobs::LongQueue long_work(runner, *long_work_configuration);
  // Its own port may be known only once it listens; whoever is there by then waits that long.
  std::promise<void> told;
  const std::shared_future<void> told_address = told.get_future().share();
  std::optional<web::Site> made;
  const auto site = [&]() -> const web::Site& {
    told_address.wait();
    return *made;
  };
  web::SiteParts parts{.router = wiring.router,
                       .clock = *wiring.clock,
                       .sessions = identity.sessions(),
                       .form_key = *key,
                       .ground = wiring.ground,
                       .site = &wiring.site,
                       .people = wiring.people,
                       .tables = tables_as_files,
                       .spool_directory = spool,
                       .queue = to_queue(long_work)};
  configuration.limits.body_limit = [&](std::string_view method, std::string_view path) {
    return site().body_limit(method, path);
  };
  configuration.limits.large_body = [&](const http::Request& head) { return site().body_limit(head); };
  configuration.error_page = web::Site::error_page;
  configuration.access_log = [&wiring](const http::AccessEntry& entry) { log_access(wiring.router, entry); };

  http::Server server(configuration, [&](const http::Request& request) { return site().handle(request); });
  if (const auto started = server.start(); !started) return complain(started.error());
  web::Reached reached = web::reached_at(configured->site, configured->hosts, configuration.address, server.port(),
                                         !configuration.tls.certificate.empty());
  if (!reached.site.empty() && !wiring.site.has(web::kSiteName)) wiring.site.address(web::kSiteName, reached.site);
  if (reached.site.empty())
    log::warning(
        "nobody has said where this site is reached: links in letters and files have no address, and any Host "
        "is answered; set site in tithing.conf",
        {});
  parts.hosts = std::move(reached.hosts);
  made.emplace(std::move(parts));
  told.set_value();
  Visitors visitors(wiring, runner);
  std::printf("Tithing is open at %s://%s:%d/\n", configuration.tls.certificate.empty() ? "http" : "https",
              configuration.address.c_str(), server.port());
  if (arguments.has("--demonstration")) print_sign_ins(wiring.data_folder);
  const std::string missing = wiring.database->read(
      [&](db::Connection& connection) { return evidence::missing_originals(connection, wiring.data_folder); });
  if (!missing.empty()) {
    std::printf("%s\n", missing.c_str());
    log::warning("evidence is missing", {{"what", missing}});
  }
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
                                  std::printf("%s\n", done->sentence.c_str());
                                  if (done->warning.empty()) return 0;
                                  return complain({ProblemKind::unavailable, done->warning, {}});
                                }});
  wiring.subcommands.push_back({{"restore"},
                                "Put back what a backup holds, in place of what is there, or into a new folder",
                                {{"--into", "A new data folder, instead of the one that is there"}},
                                {{"FILE", "A file that `tithing backup` wrote"}},
                                [w](const Arguments& arguments) {
                                  const auto done = restore(*w, arguments.get("FILE"), arguments.get("--into"));
                                  if (!done) return complain(done.error());
                                  std::printf("%s\n", done->c_str());
                                  return 0;
                                },
                                false});
}

}  // namespace tithing::app
