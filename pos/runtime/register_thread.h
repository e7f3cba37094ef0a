// The thread that owns the register, and with it the only connection that
// writes. Commands come in through the queue; the snapshot, refusals and effects go out
// after each commit. In idle moments it brings the log into the data base file.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/register.h"
#include "pos/runtime/latest.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/worker.h"

namespace pos {

class RegisterThread {
 public:
  // What is done with the effects of a command that has been committed, on this
  // thread; the settings are those after it.
  using Dispatch = std::function<void(core::Effects, const core::Settings&)>;

  // `after_closing`: once a shift has been closed.
  RegisterThread(std::unique_ptr<core::Register> opened, Queue<Post>& posts, Dispatch dispatch,
                 std::function<void(const core::Settings&)> after_closing, Queue<UiMessage>& to_ui,
                 Wake wake);
  ~RegisterThread();

  std::shared_ptr<const core::Snapshot> snapshot() const { return snapshot_.get(); }
  bool is_idle() const { return posts_.is_idle(); }
  void stop();

 private:
  void loop();
  void carry_out(Post post);
  void import(const ImportFile& wish);
  void publish();

  std::unique_ptr<core::Register> register_;
  Queue<Post>& posts_;
  Dispatch dispatch_;
  std::function<void(const core::Settings&)> after_closing_;
  Queue<UiMessage>& to_ui_;
  Wake wake_;
  Latest<core::Snapshot> snapshot_;
  std::uint64_t published_ = 0;
  Worker worker_;
};

}  // namespace pos
