// A receipt printer that speaks ESC/POS over any transport. One connection for
// each job: a connection that stood idle may be dead without anybody knowing.
//
// A job: open, ask how it is (DLE EOT), have it tell every change (GS a), send,
// ask to be told when it is through (GS r, which is answered only after
// everything before it, and GS ( H where the profile has it, which is answered
// when it is on paper), close. Bytes written are never taken for a printed slip
// where the printer can speak.
//
// A printer that stops for want of paper keeps the rest of the slip and goes on
// by itself. So the slip is waited for, over the open link, until its owner
// gives up; nothing else is sent to it meanwhile.
#pragma once

#include <deque>
#include <memory>
#include <string>

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
  Milliseconds stall{15000};     // no byte accepted, and no reason told
  Milliseconds drawer{1000};     // until the drawer's switch moves
  Milliseconds finish{10000};    // after the last byte, and 3 ms more for each byte
};

class EscposPrinter final : public Printer {
 public:
  EscposPrinter(std::unique_ptr<Transport> link, Profile profile, PrinterPatience patience = {});

  using Printer::print;
  PrintOutcome print(const Document& document, PrintWatch& watch) override;
  // The same for a slip that is bytes already; it begins with ESC @.
  PrintOutcome print_bytes(ByteView bytes, PrintWatch& watch);
  PrintOutcome print_code_tables() override;
  core::Result<DrawerSeen, PrinterTrouble> open_drawer() override;
  PrinterStatus status() override;

 private:
  struct Written {
    std::size_t count = 0;
    std::optional<PrinterTrouble> trouble;  // why not all of it
  };

  PrintOutcome print_over_open_link(ByteView bytes, PrintWatch& watch);
  // Asks how it is. Says `silent` for no answer and `cut` for a lost link.
  PrinterStatus ask_status();
  PrinterStatus greet();
  bool heard_nonsense();
  std::optional<std::uint8_t> ask(std::uint8_t what);
  Written write(ByteView bytes);
  Written write(ByteView bytes, PrintWatch& watch);
  PrintOutcome await_end(std::size_t bytes_sent, PrintWatch& watch);
  // What the printer told by itself, handed on; whether the slip is given up.
  bool is_given_up(std::optional<PrinterTrouble> trouble, PrintWatch& watch);
  void obey(PrintWish wish);
  // Whether the printer has said that the slip with this number is done.
  bool is_through(std::uint32_t number) const;
  DrawerSeen watch_drawer(bool was_high);
  bool listen(Milliseconds patience);
  void forget_old_answers();
  Milliseconds answer_patience() const;
  bool can_ask() const;

  std::unique_ptr<Transport> link_;
  Profile profile_;
  PrinterPatience patience_;
  StatusParser parser_;
  std::deque<std::uint8_t> answers_;       // to DLE EOT
  bool processed_ = false;                 // GS r was answered
  std::string message_;                    // the latest block that it sent
  std::optional<AutomaticStatus> told_;    // the latest automatic status
  std::optional<PrinterTrouble> stopped_;  // what the watch was told last
  bool is_strange_ = false;                // something came that no printer says
  bool may_hold_half_ = false;             // an earlier slip ended in the middle
  std::optional<bool> open_is_high_;       // of the drawer's switch, once seen to move
  bool lost_ = false;                      // the link ended during this job
};

// What a failing link means for a slip.
PrinterTrouble trouble_of(LinkError error);

}  // namespace drivers
