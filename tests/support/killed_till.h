// A till that is killed in the middle of its work. A child does the work and says what it has
// confirmed; the plug is pulled at its n-th write or sync, for every n; then the store opens
// again, and whatever was confirmed must be in it, once.
//
//   kill_everywhere(before, work, [](AfterKill& after) { ... after.has('s') ... });
#pragma once

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "core/register.h"
#include "core/store/journal.h"
#include "tests/support/fake_clock.h"
#include "tests/support/faulty_vfs.h"
#include "tests/support/new_store.h"
#include "tests/support/temp_folder.h"

namespace tests {

// The child's side. It never returns to the test: what goes wrong ends it.
class AtWork {
 public:
  AtWork(core::Register& till, int out) : till_(till), out_(out) {}

  core::Effects must(const core::Command& command) {
    auto handled = till_.handle(command);
    if (!handled) _exit(96);
    return std::move(*handled);
  }
  // One byte for each step that was answered well.
  void confirm(char step) {
    if (::write(out_, &step, 1) != 1) _exit(97);
  }
  core::Register& till() { return till_; }

 private:
  core::Register& till_;
  int out_;
};

struct AfterKill {
  core::Register& till;
  core::Effects resumed;
  std::string confirmed;  // the steps, in their order
  bool finished = false;  // the plug was never pulled
  bool has(char step) const { return confirmed.find(step) != std::string::npos; }
};

inline std::unique_ptr<core::Register> open_till(const std::filesystem::path& folder,
                                                 const core::Clock& clock) {
  auto opened = core::Register::open({folder, core::Durability::full, {}}, clock);
  return opened ? std::move(*opened) : nullptr;
}

namespace killing {

// The child's life, up to the n-th write.
template <class Work>
[[noreturn]] void live(const std::filesystem::path& folder, int n, int out, const Work& work) {
  FakeClock clock;
  FaultyVfs vfs;
  vfs.fail_at(n, Fault::plug_pulled);
  const auto till = open_till(folder, clock);
  if (!till) _exit(94);
  AtWork at_work(*till, out);
  work(at_work);
  _exit(0);
}

struct End {
  std::string confirmed;
  bool finished = false;
};

template <class Work>
End kill_at(const std::filesystem::path& folder, int n, const Work& work) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    live(folder, n, ends[1], work);
  }
  ::close(ends[1]);
  End end;
  char step = 0;
  while (::read(ends[0], &step, 1) == 1) end.confirmed += step;
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  end.finished = WEXITSTATUS(status) == 0;
  if (!end.finished) REQUIRE(WEXITSTATUS(status) == 99);
  return end;
}

}  // namespace killing

// `before`(Register&) has happened once and for all, `work`(AtWork&) is killed, and
// `check`(AfterKill&) looks at what is there. That the journal is sound is checked here.
template <class Before, class Work, class Check>
void kill_everywhere(const Before& before, const Work& work, const Check& check) {
  TempFolder prepared;
  put_new_store(prepared.path());
  {
    FakeClock clock;
    const auto till = open_till(prepared.path(), clock);
    REQUIRE(till);
    before(*till);
  }
  for (int n = 1;; ++n) {
    CAPTURE(n);
    TempFolder folder;
    std::filesystem::copy(prepared.path(), folder.path(),
                          std::filesystem::copy_options::recursive |
                              std::filesystem::copy_options::overwrite_existing);
    const killing::End end = killing::kill_at(folder.path(), n, work);
    CAPTURE(end.confirmed);
    FakeClock clock;
    const auto till = open_till(folder.path(), clock);
    REQUIRE(till);
    AfterKill after{*till, till->resume(), end.confirmed, end.finished};
    check(after);
    CHECK(std::holds_alternative<core::JournalSound>(core::verify_journal(till->database())));
    if (!end.finished) continue;
    CHECK(n > 10);
    return;
  }
}
template <class Work, class Check>
void kill_everywhere(const Work& work, const Check& check) {
  kill_everywhere([](core::Register&) {}, work, check);
}

}  // namespace tests
