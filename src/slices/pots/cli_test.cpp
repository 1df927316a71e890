// The two subcommands on files, as a person runs them: what they print, and how they end.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>

#include "allocation/read_scheme.h"
#include "slices/pots/folder_files.h"
#include "slices/pots/pots.h"
#include "support/source_dir.h"

using namespace tithing;

namespace {

struct Ran {
  int code = 0;
  std::string out, err;
};

std::string fixture(const std::string& name) { return tests::source_dir() + "/src/slices/pots/fixtures/" + name; }

// Runs with standard output and error sent to files.
Ran run(const std::string& name, std::map<std::string, std::vector<std::string>> values) {
  const std::string stem = "/tmp/tithing_cli_test_" + std::to_string(::getpid());
  Arguments arguments;
  arguments.values = std::move(values);
  Ran out;
  std::fflush(stdout);
  std::fflush(stderr);
  const int saved_out = ::dup(1), saved_err = ::dup(2);
  std::FILE* to_out = std::fopen((stem + ".out").c_str(), "wb");
  std::FILE* to_err = std::fopen((stem + ".err").c_str(), "wb");
  ::dup2(::fileno(to_out), 1);
  ::dup2(::fileno(to_err), 2);
  for (const Subcommand& subcommand : pots::subcommands())
    if (subcommand.path.front() == name) out.code = subcommand.run(arguments);
  std::fflush(stdout);
  std::fflush(stderr);
  ::dup2(saved_out, 1);
  ::dup2(saved_err, 2);
  ::close(saved_out);
  ::close(saved_err);
  std::fclose(to_out);
  std::fclose(to_err);
  out.out = pots::read_file(stem + ".out").value_or("");
  out.err = pots::read_file(stem + ".err").value_or("");
  ::unlink((stem + ".out").c_str());
  ::unlink((stem + ".err").c_str());
  return out;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("neither subcommand opens a store") {
  for (const Subcommand& subcommand : pots::subcommands()) CHECK_FALSE(subcommand.needs_store);
}

TEST_CASE("tithing allocate") {
  const Ran json =
      run("allocate", {{"SCHEME", {fixture("worcestershire-2012-13.json")}}, {"--json", {}}, {"--explain", {}}});
  CHECK(json.code == 0);
  CHECK(json.err.empty());
  CHECK(has(json.out, R"("amount":"37388.00")"));
  CHECK(has(json.out, R"("unknown":["WCC Community Safety Grant Contribution"])"));
  CHECK(has(json.out, R"("workings":{"bromsgrove":{)"));
  const Ran text = run("allocate", {{"SCHEME", {fixture("worcestershire-2012-13.json")}}, {"--explain", {}}});
  CHECK(has(text.out, "Bromsgrove CSP"));
  CHECK(has(text.out, "£37,388.00"));
  CHECK(has(text.out, "s = M x v / V"));
  const Ran beside = run("allocate", {{"SCHEME", {fixture("warwickshire-2024-25.json")}},
                                      {"--compare", {fixture("warwickshire-2025-26.json")}},
                                      {"--json", {}}});
  CHECK(beside.code == 0);
  CHECK(has(beside.out, R"("against_first":"5000.00","against_first_percent":"16.6667")"));
  const Ran none = run("allocate", {{"SCHEME", {fixture("warwickshire-2024-25.json")}}, {"--sensitivity", {}}});
  CHECK(none.code == 1);
  CHECK(has(none.err, "no weight to move"));
  CHECK(none.out.empty());
  CHECK(run("allocate",
            {{"SCHEME", {fixture("warwickshire-2024-25.json")}}, {"--sensitivity", {}}, {"--draws", {"many"}}})
            .code == 2);
}

TEST_CASE("tithing reconcile") {
  const Ran json = run("reconcile", {{"TABLE", {fixture("worcestershire-table-1.csv")}}, {"--json", {}}});
  CHECK(json.code == 3);
  CHECK(has(json.out,
            R"({"verdict":"does-not-tie","why":"Expenditure, 10/11: the rows come to £707,753.00, the stated total is )"
            R"(£707,000.00: +£753.00. Neither does: “10/11” of Funding and Expenditure.","ties":false,)"));
  CHECK(has(json.out, R"("difference":"753.00")"));
  CHECK(has(json.out, R"("pot":"275383.00")"));
  CHECK(has(json.out, R"("pot":"275385.00")"));
  CHECK(has(json.out, R"("pot":"550780.00")"));
  const Ran text = run("reconcile", {{"TABLE", {fixture("thames-valley-2019-to-2022.csv")}}});
  CHECK(has(text.out, "2021/22: Wokingham is printed as 103,128; 103,138 restores the total."));
  const Ran fine = run("reconcile", {{"TABLE", {fixture("cheshire-2022-23.csv")}}});
  CHECK(fine.code == 0);
  CHECK(fine.out.starts_with("Ties. 1 stated sum was worked out again, and it ties.\n"));
  const Ran open = run("reconcile", {{"TABLE", {fixture("thames-valley-2014-15.csv")}}});
  CHECK(open.code == 4);
  CHECK(open.out.starts_with("Could not be checked. "));
}

TEST_CASE("what cannot be read ends with 1 and a sentence that names the file") {
  const Ran missing = run("allocate", {{"SCHEME", {"/nowhere/scheme.json"}}});
  CHECK(missing.code == 1);
  CHECK(missing.err == "tithing: /nowhere/scheme.json: There is no file /nowhere/scheme.json.\n");
  CHECK(missing.out.empty());
  CHECK(run("reconcile", {{"TABLE", {"/"}}}).code == 1);
  CHECK(run("allocate", {{"SCHEME", {fixture("cheshire-2022-23.csv")}}}).err.find("is not JSON") != std::string::npos);
}

TEST_CASE("a scheme names files beside itself, and none that lie elsewhere") {
  const pots::FolderFiles folder(tests::source_dir() + "/src/slices/pots/fixtures");
  CHECK(folder.read("README.md").has_value());
  for (const char* name : {"../README.md", "/etc/passwd", ""})
    CHECK(folder.read(name).error().message.find("beside the scheme") != std::string::npos);
}
