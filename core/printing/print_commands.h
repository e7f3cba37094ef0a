// Slips on their way to paper: what the workers of the printers say, and what people want of
// those that are not on paper. Plain values.
#pragma once

#include <string>

#include "core/cards/card_attempt.h"

namespace core {

// The worker of a printer is about to send the slip. Refused: it must not, for
// it was withdrawn, is on paper already, or belongs to another printer.
struct PrintBegins {
  std::int64_t job;
  int printer = 0;
};
struct PrintStopped {
  std::int64_t job;
  std::string reason;  // in the middle of it; empty: it goes on
};
enum class PrintFate { printed, waiting, refused, unsure, sent };
struct PrintAnswered {
  std::int64_t job;
  PrintFate fate;
  std::string reason;
};
struct RetryPrint {
  std::int64_t job;
};
struct DropPrint {
  std::int64_t job;
  std::string instead = {};  // how the customer got the receipt: "shown as QR code"
};
struct MailPrint {
  std::int64_t job;
  std::string email;
};  // instead of the slip, which is dropped
struct PrintElsewhere {
  std::int64_t job;
};  // on the other one of the two printers

// The terminal handed over something to print; on disk before it is told so.
struct QueueTerminalSlip {
  TerminalSlip slip;
};
struct RetryTerminalSlip {
  std::int64_t row;
};  // that is not on paper: once more
struct DropTerminalSlip {
  std::int64_t row;
};
struct TerminalSlipAnswered {
  std::int64_t row;
  PrintFate fate;
  std::string reason;
};

}  // namespace core
