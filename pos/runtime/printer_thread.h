// The thread that owns one receipt printer and the drawer on its cable. Slips
// wait in line while it is off or out of paper and are tried again; a slip that
// may be half out is left to a person. A slip is noted as begun on disk before
// its first byte leaves, and every outcome goes back to the register.
#pragma once

#include <chrono>
#include <deque>
#include <filesystem>
#include <memory>
#include <random>

#include "drivers/printer/printer.h"
#include "drivers/printer/profiles.h"
#include "pos/desk/scene.h"
#include "pos/runtime/latest.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/register_line.h"
#include "pos/runtime/worker.h"

namespace pos {

class PrinterThread {
 public:
  // `number`: 0 the receipt printer, 1 the second one. `folder`: of the data, where the shop's
  // logo lies.
  PrinterThread(int number, const core::PrinterSettings& settings, std::filesystem::path folder,
                const Translations& translations, Latest<Devices>& devices,
                const core::Clock& clock, PostBack post_back, Wake wake);
  ~PrinterThread();

  bool tell(PrinterMessage message) { return messages_.push(std::move(message)); }
  // Nothing is being printed; slips that wait for a printer that is off do not count.
  bool is_idle() const { return messages_.is_idle(); }
  void stop();

 private:
  class Watch;

  void loop();
  std::chrono::milliseconds patience();
  std::chrono::milliseconds longer_and_longer(std::chrono::milliseconds pause) const;
  void deal_with(PrinterMessage message);
  void take_in(core::PrintSlip slip);
  void use(core::PrinterSettings settings);
  void print_waiting();
  void open_drawer();
  void try_out(core::DeviceTest test);
  void look();
  bool print(const core::PrintSlip& slip);  // true: it need not be tried again
  bool print(const core::PrintTerminalSlip& slip);
  void print(const core::PrintReportSlip& slip);    // once, whatever becomes of it
  void print(const core::PrintLabelSlips& labels);  // the same
  const drivers::Logo* logo_of(const core::PrintSlip& slip, const drivers::Profile& profile);
  bool is_still_away();
  void report(const core::PrintAnswered& answer);
  // Whether the register lets the slip begin; nothing: it did not answer.
  std::optional<bool> has_begun(std::int64_t job);
  // How the printer was found just now.
  void show(std::optional<drivers::PrinterTrouble> trouble, bool is_paper_low = false);
  void show_untried();
  void publish(const DeviceState& state);
  std::string words_for(drivers::PrinterTrouble trouble) const;

  int number_;
  core::PrinterSettings settings_;
  std::filesystem::path folder_;
  const Translations& translations_;
  Latest<Devices>& devices_;
  const core::Clock& clock_;
  RegisterLine line_;
  Wake wake_;
  std::unique_ptr<drivers::Printer> printer_;  // null: there is none
  std::deque<core::PrintSlip> waiting_;
  std::deque<core::PrintTerminalSlip> waiting_cards_;
  // What nobody keeps.
  std::deque<std::variant<core::PrintReportSlip, core::PrintLabelSlips>> waiting_others_;
  std::optional<core::PrinterSettings> next_settings_;  // came while a slip was in the printer
  std::optional<drivers::PrinterTrouble> trouble_;
  int as_before_ = 0;                        // times in a row that the same trouble was met again
  std::optional<core::PrintAnswered> told_;  // to the register, last
  struct {
    std::string name = {};
    int dots = 0;
    std::optional<drivers::Logo> picture = {};
  } logo_;                  // made last
  bool is_shared_ = false;  // another till was seen to use it
  std::chrono::milliseconds look_took_{0};
  int tries_ = 0;  // in a row that found the printer busy
  std::minstd_rand dice_{std::random_device{}()};
  Queue<PrinterMessage> messages_;
  Worker worker_;
};

// The printer that the settings describe; null: none. A wrong address makes a
// printer that cannot be reached.
std::unique_ptr<drivers::Printer> make_printer(const core::PrinterSettings& settings);

// The family's profile with what the shop found out about its own printer.
drivers::Profile profile_of(const core::PrinterSettings& settings);

}  // namespace pos
