// A printer that prints into memory: the demo's, whose window shows the slips,
// and the tests'. It can be made to fail as a real one does.
//
// print(), open_drawer(), status(), slips() live on the printer's worker
// thread; a window gets its slips by `on_slip`, which is called there and
// should only put the slip into a queue. set_condition() may come from any
// thread.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <string_view>

#include "drivers/printer/printer.h"

namespace drivers {

enum class PrinterCondition {
  ready,
  off,
  paper_out,
  cover_open,
  cut_mid_slip,  // takes half of the slip, then the cable is pulled
};

class SimulatedPrinter final : public Printer {
 public:
  explicit SimulatedPrinter(std::function<void(const Document&)> on_slip = {})
      : on_slip_(std::move(on_slip)) {}

  using Printer::print;
  PrintOutcome print(const Document& document, PrintWatch& watch) override;
  PrintOutcome print_code_tables() override;
  core::Result<DrawerSeen, PrinterTrouble> open_drawer() override;
  PrinterStatus status() override;

  void set_condition(PrinterCondition condition) { condition_ = condition; }
  PrinterCondition condition() const { return condition_; }

  const std::deque<Document>& slips() const { return slips_; }  // the newest last, at most 20
  int drawer_openings() const { return drawer_openings_; }

 private:
  std::function<void(const Document&)> on_slip_;
  std::atomic<PrinterCondition> condition_{PrinterCondition::ready};
  std::deque<Document> slips_;
  int drawer_openings_ = 0;
};

}  // namespace drivers
