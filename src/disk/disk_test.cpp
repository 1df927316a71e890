#include <doctest/doctest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "disk/durable_file.h"
#include "disk/file_lock.h"
#include "disk/work_folder.h"
#include "support/store_support.h"

using namespace tithing;

namespace {

namespace fs = std::filesystem;

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

unsigned mode_of(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

// Runs `work` in another process, which is killed when it is done with it: nothing is tidied up.
template <class Work>
void killed_after(Work work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
}

}  // namespace

TEST_CASE("a lock is held by one, and goes with its holder, however that ends") {
  test::TemporaryFolder folder;
  const std::string path = folder.path() + "/a.lock";
  {
    const auto held = FileLock::take(path);
    REQUIRE(held);
    held->say("somebody");
    int error = 1;
    CHECK_FALSE(FileLock::take(path, &error));
    CHECK(error == 0);
    CHECK(FileLock::is_held(path));
    CHECK(text_of(path) == "somebody");
  }
  CHECK_FALSE(FileLock::is_held(path));
  killed_after([&] { new auto(FileLock::take(path)); });
  CHECK(FileLock::take(path));
  int error = 0;
  CHECK_FALSE(FileLock::take(folder.path() + "/no/folder.lock", &error));
  CHECK(error == ENOENT);
}

TEST_CASE("a file is whole or not there, and has its mode from the first byte") {
  test::TemporaryFolder folder;
  const std::string path = folder.path() + "/in/a.txt";
  {
    DurableFile file(path, 0600);
    CHECK(mode_of(file.aside()) == 0600);
    file.write("half");
  }
  CHECK(fs::is_empty(folder.path() + "/in"));
  DurableFile file(path, 0600);
  file.write("whole");
  REQUIRE(file.commit());
  CHECK(text_of(path) == "whole");
  CHECK(mode_of(path) == 0600);
  DurableFile read_only(folder.path() + "/incoming", 0444);
  read_only.write("kept");
  REQUIRE(read_only.commit_at(folder.path() + "/other/place"));
  CHECK(mode_of(folder.path() + "/other/place") == 0444);
}

TEST_CASE("what a killed writer left is cleared away, what is being written is not") {
  test::TemporaryFolder folder;
  killed_after([&] { (new DurableFile(folder.path() + "/below/dead"))->write("half"); });
  DurableFile alive(folder.path() + "/below/alive");
  CHECK(std::distance(fs::directory_iterator(folder.path() + "/below"), {}) == 2);
  remove_leftovers(folder.path(), Depth::folder_only);
  CHECK(std::distance(fs::directory_iterator(folder.path() + "/below"), {}) == 2);
  remove_leftovers(folder.path());
  CHECK(std::distance(fs::directory_iterator(folder.path() + "/below"), {}) == 1);
  alive.write("whole");
  CHECK(alive.commit());
}

TEST_CASE("a work folder goes with its work; one that a killed process left goes with what it noted outside") {
  test::TemporaryFolder folder;
  const std::string outside = folder.path() + "/elsewhere.part";
  {
    auto work = WorkFolder::make(folder.path() + "/spool", "backup");
    REQUIRE(work);
    CHECK(mode_of(work->path()) == 0700);
    std::ofstream(work->file("x")) << "x";
    clear_left_work(folder.path() + "/spool");
    CHECK(text_of(work->file("x")) == "x");
  }
  CHECK(fs::is_empty(folder.path() + "/spool"));
  killed_after([&] {
    auto* work = new Result<WorkFolder>(WorkFolder::make(folder.path() + "/spool", "backup"));
    (void)(*work)->note_outside(outside);
    std::ofstream(outside) << "half";
  });
  fs::create_directories(folder.path() + "/spool/import-x");  // somebody else's
  clear_left_work(folder.path() + "/spool");
  CHECK_FALSE(fs::exists(outside));
  CHECK(std::distance(fs::directory_iterator(folder.path() + "/spool"), {}) == 1);
  // Killed between the lock and the folder.
  killed_after([&] { new auto(FileLock::take(folder.path() + "/spool/backup-x.tithing-work.lock")); });
  clear_left_work(folder.path() + "/spool");
  CHECK(std::distance(fs::directory_iterator(folder.path() + "/spool"), {}) == 1);
}

TEST_CASE("a work folder becomes what it was made for") {
  test::TemporaryFolder folder;
  auto work = WorkFolder::make(folder.path(), "new");
  REQUIRE(work);
  std::ofstream(work->file("x")) << "x";
  REQUIRE(work->become(folder.path() + "/final"));
  CHECK(text_of(folder.path() + "/final/x") == "x");
  CHECK(std::distance(fs::directory_iterator(folder.path() + "/final"), {}) == 1);
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}
