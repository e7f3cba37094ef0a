// The thread that owns the scale: it asks for the weight a few times a second
// and shows the one that may be sold. A weight that was taken is not offered
// again before the scale was empty.
#pragma once

#include <memory>

#include "core/settings/settings.h"
#include "drivers/scale/scale.h"
#include "pos/desk/scene.h"
#include "pos/runtime/latest.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/worker.h"

namespace pos {

class ScaleThread {
 public:
  ScaleThread(const core::ScaleSettings& settings, Latest<Devices>& devices, Wake wake);
  ~ScaleThread();

  bool tell(ScaleMessage message) { return messages_.push(std::move(message)); }
  bool is_idle() const { return messages_.is_idle(); }
  void stop();

 private:
  void loop();
  void deal_with(ScaleMessage message);
  void weigh();
  void report(const DeviceState& state, std::optional<core::Quantity> weight);

  core::ScaleSettings settings_;
  Latest<Devices>& devices_;
  Wake wake_;
  std::unique_ptr<drivers::Scale> scale_;  // null: there is none
  drivers::WeighingRule rule_;
  Queue<ScaleMessage> messages_;
  Worker worker_;
};

}  // namespace pos
