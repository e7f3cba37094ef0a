// Hands each effect of a committed command to the thread that owns the device.
// Runs on the register thread and never waits.
#pragma once

#include <functional>

#include "core/effects.h"
#include "core/settings.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/printer_thread.h"
#include "pos/runtime/sync_thread.h"
#include "pos/runtime/terminal_thread.h"

namespace pos {

class EffectRunner {
 public:
  EffectRunner(PrinterThread& printer, PrinterThread& second, TerminalThread& terminal,
               SyncThread& sync, Queue<UiMessage>& to_ui)
      : printer_(printer), second_(second), terminal_(terminal), sync_(sync), to_ui_(to_ui) {}

  void dispatch(core::Effects effects, const core::Settings& settings);

 private:
  void try_out(core::RunDeviceTest test);

  PrinterThread& printer_;
  PrinterThread& second_;
  TerminalThread& terminal_;
  SyncThread& sync_;
  Queue<UiMessage>& to_ui_;
  core::Settings known_;  // what the devices were told last
};

}  // namespace pos
