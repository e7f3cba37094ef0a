// A receipt printer as a verb. What the caller may do next is in the outcome:
// try again by itself only after NotSent or Refused; after Unsure a person
// says whether paper came out, and a second print is headed COPY.
//
// Lives on the printer's worker thread; every call blocks for a bounded time.
#pragma once

#include <cstdint>
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
  head_hot,   // goes on by itself when cool
  fault,      // an error that only switching off, or service, mends
  stranger,   // something answers there, and it is no receipt printer
  held_back,  // the slip was withdrawn, or could not be noted, before it left
};
std::string_view word(PrinterTrouble trouble);  // "paper_out", stable: for store and logs
// Whether somebody at the printer can mend it, after which it goes on by itself
// with what it holds.
bool is_mended_by_hand(PrinterTrouble trouble);

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

// What the owner of a slip wants while it is being printed.
enum class PrintWish {
  go_on,
  open_drawer,  // at once, past what is being printed
  recover,      // somebody has freed the cutter
  give_up,      // do not wait any longer for somebody to mend it
};

// Follows one slip through the printer. Called on the printer's thread.
class PrintWatch {
 public:
  virtual ~PrintWatch() = default;
  // Marks the slip in the printer, where its profile can give it back.
  virtual std::uint32_t number() const { return 0; }
  // Nothing has left yet. False: nothing may leave, for it could not be noted.
  virtual bool may_begin() { return true; }
  // It stopped in the middle (a reason) or goes on (none).
  virtual void stopped(std::optional<PrinterTrouble>) {}
  virtual PrintWish wish() { return PrintWish::give_up; }
};

// What the switch in the drawer says, where there is one.
enum class DrawerSeen { unknown, opened, still_closed };

class Printer {
 public:
  virtual ~Printer() = default;
  virtual PrintOutcome print(const Document& document, PrintWatch& watch) = 0;
  PrintOutcome print(const Document& document) {
    PrintWatch nobody;
    return print(document, nobody);
  }
  // The slip that finds the code table; see escpos_code_table_samples.
  virtual PrintOutcome print_code_tables() = 0;
  // A pulse to the drawer that hangs on the printer, and a second, longer one
  // where the switch says that the first did not open it. A drawer that opens
  // twice does no harm, so an error may be tried again.
  virtual core::Result<DrawerSeen, PrinterTrouble> open_drawer() = 0;
  virtual PrinterStatus status() = 0;
};

}  // namespace drivers
