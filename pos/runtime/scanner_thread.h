// The thread that owns a scanner which is no keyboard: an input device that is
// grabbed, so that its keys reach nobody else, a HID POS device, or a serial
// one. A scanner that is pulled out is found again when it is back.
#pragma once

#include "core/settings/settings.h"
#include "drivers/scanner/sources.h"
#include "drivers/transport/descriptor.h"
#include "pos/desk/scene.h"
#include "pos/runtime/latest.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/worker.h"

namespace pos {

class ScannerThread {
 public:
  ScannerThread(const core::ScannerSettings& settings, Latest<Devices>& devices,
                Queue<UiMessage>& to_ui, Wake wake);
  ~ScannerThread();

  bool tell(UseScanner message) { return messages_.push(std::move(message)); }
  void stop();

 private:
  void loop();
  void open();
  void read();
  void take(std::optional<std::string> code);
  void report(std::string_view words, ui::State state);

  core::ScannerSettings settings_;
  Latest<Devices>& devices_;
  Queue<UiMessage>& to_ui_;
  Wake wake_;
  drivers::Descriptor device_;
  drivers::HidPosReader hid_;
  drivers::KeyReader keys_;
  drivers::LineReader lines_;
  Queue<UseScanner> messages_;
  Worker worker_;
};

}  // namespace pos
