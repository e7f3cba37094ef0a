// The thread that owns the receipt printer. Slips wait in line while it is off
// or out of paper and are tried again; a slip that may be half out is left to a
// person. Every outcome goes back to the register as a command.
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "drivers/printer/printer.h"
#include "pos/runtime/latest.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/worker.h"
#include "pos/screens/scene.h"

namespace pos {

class PrinterThread {
 public:
  using PostBack = std::function<void(core::Command)>;

  PrinterThread(const core::PrinterSettings& settings, const Translations& translations,
                Latest<Devices>& devices, PostBack post_back, Wake wake);
  ~PrinterThread();

  bool tell(PrinterMessage message) { return messages_.push(std::move(message)); }
  // Nothing is being printed; slips that wait for a printer that is off do not count.
  bool is_idle() const { return messages_.is_idle(); }
  void stop();

 private:
  void loop();
  void deal_with(PrinterMessage message);
  void print_waiting();
  void open_drawer();
  bool print(const core::PrintSlip& slip);  // true: it need not be tried again
  bool print(const core::PrintTerminalSlip& slip);
  void show(std::optional<drivers::PrinterTrouble> trouble);

  core::PrinterSettings settings_;
  const Translations& translations_;
  Latest<Devices>& devices_;
  PostBack post_back_;
  Wake wake_;
  std::unique_ptr<drivers::Printer> printer_;  // null: there is none
  std::deque<core::PrintSlip> waiting_;
  std::deque<core::PrintTerminalSlip> waiting_cards_;
  Queue<PrinterMessage> messages_;
  Worker worker_;
};

// The printer that the settings describe; null: none. A wrong address makes a
// printer that cannot be reached.
std::unique_ptr<drivers::Printer> make_printer(const core::PrinterSettings& settings);

// What a trouble is called on the screen: an English key.
std::string_view in_words(drivers::PrinterTrouble trouble);

}  // namespace pos
