// The simulated printer as a server: one printer at a TCP port, faults by lines
// of text, a log of what came out. One thread; `serve` blocks until it is told
// to stop.
//
// The control port and stdin take one command a line and answer "ok", "no: WHY"
// or a line of JSON:
//   cover open|closed    cutter jammed|free    head hot|cool    paper out|in|low
//   paper-after N        slow N (bytes a second)      mute on|off    garbage on|off
//   off | on             (off: nobody takes the connection, what it held is gone)
//   refuse-second on|off close-after N         drawer close    state    stop
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "drivers/printer/profiles.h"

namespace pos::cli {

struct PrinterSimOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 9100;  // 0: any that is free
  std::uint16_t control = 0;  // 0: only stdin
  std::string profile = "generic-80";
  std::filesystem::path folder;     // for slips as PNG, text and bytes; empty: none
  std::filesystem::path log;        // a line of JSON for each slip; empty: none
  std::vector<std::string> faults;  // commands to begin with
};

// The error is a sentence.
core::Result<core::Done, std::string> serve_printer(const PrinterSimOptions& options);

}  // namespace pos::cli
