// The thread that owns the security device (TSE). A step is on disk before it is sent, and
// what became of it is before anything else is done; a device that is away is looked for in
// the background, and nobody waits for it meanwhile.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <variant>

#include "pos/config/make_signing.h"
#include "pos/desk/scene.h"
#include "pos/runtime/latest.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/register_line.h"
#include "pos/runtime/signing_watch.h"
#include "pos/runtime/signing_work.h"
#include "pos/runtime/worker.h"

namespace pos {

// How long things may take, for tests.
struct SigningTimes {
  std::chrono::milliseconds patience{4500};  // of a customer, for one step
  std::chrono::milliseconds probe_every{30'000};
  std::chrono::milliseconds look_every{15 * 60'000};  // at one that is well
  // Nobody sells: its archive may be fetched, once in so long.
  std::chrono::milliseconds quiet{std::chrono::hours{3}}, archive_every{std::chrono::hours{20}};
};

class SigningThread {
 public:
  using Make = std::function<std::unique_ptr<drivers::SigningDevice>(const core::FiscalSettings&)>;

  // Which device there is, the settings say that it is told (UseSigning). `client`: the till's
  // serial. `folder`: of the data, where the archives go.
  SigningThread(std::string client, std::filesystem::path folder, Make make,
                Latest<Devices>& devices, const core::Clock& clock, PostBack post_back, Wake wake,
                SigningTimes times = {});
  ~SigningThread();

  bool tell(SigningMessage message);
  // Nothing is being signed or looked at; a device that is away does not count.
  bool is_idle() const { return messages_.is_idle(); }
  void stop();

 private:
  void loop();
  void deal_with(SigningMessage message);
  void use(core::FiscalSettings settings);
  void make_anew();
  void serve(const SigningWish& wish);
  SigningFound look_for_it();
  SigningFound set_it_up(const SigningWish& wish);
  void choose_ids();
  void look(bool is_asked);
  std::optional<Reply> say(core::Command command);
  bool pause(std::chrono::milliseconds time);
  void archive_if_quiet();
  void show();
  std::chrono::milliseconds patience() const;

  core::FiscalSettings settings_;
  core::IdSource ids_;
  std::string client_;
  std::filesystem::path folder_;
  Make make_;
  Latest<Devices>& devices_;
  const core::Clock& clock_;
  RegisterLine line_;
  PostBack post_back_;
  Wake wake_;
  SigningTimes times_;
  // The worker alone changes it, and another only asks it to end, under the guard.
  std::unique_ptr<drivers::SigningDevice> device_;  // null: none is set up
  std::mutex guard_;
  std::unique_ptr<SigningWork> work_;
  bool is_ready_ = false;
  std::chrono::steady_clock::time_point step_began_;
  std::chrono::steady_clock::time_point quiet_since_;
  std::atomic<bool> is_archiving_ = false;
  Queue<SigningMessage> messages_;
  SigningWatch watch_;
  Worker worker_;
};

}  // namespace pos
