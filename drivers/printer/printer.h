// A receipt printer as a verb. What the caller may do next is in the outcome:
// try again by itself only after NotSent or Refused; after Unsure a person
// says whether paper came out, and a second print is headed COPY.
//
// Lives on the printer's worker thread; every call blocks for a bounded time.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "core/base/result.h"
#include "drivers/printer/document.h"

namespace drivers {

// What is wrong, in the words of the banner.
enum class PrinterTrouble {
  unreachable,    // off, or the network is away
  busy,           // it refuses: another till prints
  missing,        // no such device; unplugged
  no_permission,  // this user may not open the device
  silent,         // it took the connection and does not answer
  cut,            // the connection ended in the middle
  paper_out,
  cover_open,
  cutter_jammed,
  head_hot,  // goes on by itself when cool
  fault,     // an error that only switching off, or service, mends
};
std::string_view word(PrinterTrouble trouble);  // "paper_out", stable: for store and logs

enum class Proof {
  confirmed,  // the printer said that everything before was processed
  sent_only,  // it cannot speak: shown as "sent, not confirmed"
};

struct Printed {
  Proof proof = Proof::confirmed;
  friend bool operator==(const Printed&, const Printed&) = default;
};
// Not one byte of the slip left this machine.
struct NotSent {
  PrinterTrouble why = PrinterTrouble::unreachable;
  friend bool operator==(const NotSent&, const NotSent&) = default;
};
// The printer itself said that it cannot print now; nothing was sent either.
struct Refused {
  PrinterTrouble why = PrinterTrouble::fault;
  friend bool operator==(const Refused&, const Refused&) = default;
};
// Something of the slip left, and nothing says that all of it is on paper.
struct Unsure {
  PrinterTrouble why = PrinterTrouble::cut;
  friend bool operator==(const Unsure&, const Unsure&) = default;
};
using PrintOutcome = std::variant<Printed, NotSent, Refused, Unsure>;

std::optional<PrinterTrouble> trouble_of(const PrintOutcome& outcome);

struct PrinterStatus {
  std::optional<PrinterTrouble> trouble;  // none: it can print
  bool paper_low = false;
  bool answered = false;  // false: reachable, but it cannot speak
  friend bool operator==(const PrinterStatus&, const PrinterStatus&) = default;
};

class Printer {
 public:
  virtual ~Printer() = default;
  virtual PrintOutcome print(const Document& document) = 0;
  // A pulse to the drawer that hangs on the printer. Done means sent; a drawer
  // that opens twice does no harm, so an error may be tried again.
  virtual core::Result<core::Done, PrinterTrouble> open_drawer() = 0;
  virtual PrinterStatus status() = 0;
};

}  // namespace drivers
