// Hands each effect of a committed command to the thread that owns the device.
// Runs on the register thread and never waits.
#pragma once

#include <functional>

#include "core/effects.h"
#include "core/settings/settings.h"
#include "pos/runtime/display_thread.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/printer_thread.h"
#include "pos/runtime/scale_thread.h"
#include "pos/runtime/scanner_thread.h"
#include "pos/runtime/signing_thread.h"
#include "pos/runtime/sync_thread.h"
#include "pos/runtime/terminal_thread.h"

namespace pos {

// The small devices, each with its thread.
struct DeviceThreads {
  DisplayThread& display;
  ScaleThread& scale;
  ScannerThread& scanner;
  SigningThread& signing;
};

class EffectRunner {
 public:
  EffectRunner(PrinterThread& printer, PrinterThread& second, DeviceThreads devices,
               TerminalThread& terminal, SyncThread& sync, Queue<UiMessage>& to_ui)
      : printer_(printer),
        second_(second),
        devices_(devices),
        terminal_(terminal),
        sync_(sync),
        to_ui_(to_ui) {}

  void dispatch(core::Effects effects, const core::Settings& settings);

 private:
  void try_out(core::RunDeviceTest test);

  PrinterThread& printer_;
  PrinterThread& second_;
  DeviceThreads devices_;
  TerminalThread& terminal_;
  SyncThread& sync_;
  Queue<UiMessage>& to_ui_;
  core::Settings known_;  // what the devices were told last
};

}  // namespace pos
