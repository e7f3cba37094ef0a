// A receipt printer that speaks ESC/POS over any transport. One connection for
// each job: a connection that stood idle may be dead without anybody knowing.
//
// A job: open, ask how it is (DLE EOT), send, ask to be told when it is through
// (GS r, which is answered only after everything before it), close. Bytes
// written are never taken for a printed slip where the printer can speak.
#pragma once

#include <deque>
#include <memory>

#include "drivers/printer/printer.h"
#include "drivers/printer/profiles.h"
#include "drivers/printer/status_parser.h"
#include "drivers/transport/transport.h"

namespace drivers {

// How long a printer may be quiet. A slip takes seconds, so only the lack of
// progress is limited, never the whole job.
struct PrinterPatience {
  Milliseconds connect{1500};
  Milliseconds answer{1000};     // to a status question of a profile that answers
  Milliseconds try_answer{400};  // to one of a profile that may not
  Milliseconds stall{15000};     // no byte accepted
  Milliseconds finish{10000};    // after the last byte, and 3 ms more for each byte
};

class EscposPrinter final : public Printer {
 public:
  EscposPrinter(std::unique_ptr<Transport> link, Profile profile, PrinterPatience patience = {});

  PrintOutcome print(const Document& document) override;
  core::Result<core::Done, PrinterTrouble> open_drawer() override;
  PrinterStatus status() override;

 private:
  struct Written {
    std::size_t count = 0;
    std::optional<PrinterTrouble> trouble;  // why not all of it
  };

  PrintOutcome print_over_open_link(const Bytes& bytes);
  // Asks how it is. Says `silent` for no answer and `cut` for a lost link.
  PrinterStatus ask_status();
  PrinterStatus greet();
  std::optional<std::uint8_t> ask(std::uint8_t what);
  Written write(ByteView bytes);
  PrintOutcome await_end(std::size_t bytes_sent);
  bool listen(Milliseconds patience);
  void forget_old_answers();
  Milliseconds answer_patience() const;
  bool can_ask() const;

  std::unique_ptr<Transport> link_;
  Profile profile_;
  PrinterPatience patience_;
  StatusParser parser_;
  std::deque<std::uint8_t> answers_;  // to DLE EOT
  bool processed_ = false;            // GS r was answered
  bool lost_ = false;                 // the link ended during this job
};

// What a failing link means for a slip.
PrinterTrouble trouble_of(LinkError error);

}  // namespace drivers
