// The thread that owns the customer's line display. It shows the latest text it
// was told, at most ten times a second, and never holds anybody up.
#pragma once

#include <memory>
#include <optional>

#include "core/settings/settings.h"
#include "drivers/display/line_display.h"
#include "pos/desk/scene.h"
#include "pos/runtime/latest.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/worker.h"

namespace pos {

class DisplayThread {
 public:
  DisplayThread(const core::DisplaySettings& settings, Latest<Devices>& devices, Wake wake);
  ~DisplayThread();

  bool tell(DisplayMessage message) { return messages_.push(std::move(message)); }
  bool is_idle() const { return messages_.is_idle(); }
  void stop();

 private:
  void loop();
  void show();
  void report(std::string_view words, ui::State state);

  core::DisplaySettings settings_;
  Latest<Devices>& devices_;
  Wake wake_;
  std::unique_ptr<drivers::LineDisplay> display_;  // null: there is none
  std::optional<drivers::DisplayText> wanted_;
  bool is_failing_ = false;
  Queue<DisplayMessage> messages_;
  Queue<int> pause_;  // nobody fills it: closing it ends the pause
  Worker worker_;
};

}  // namespace pos
