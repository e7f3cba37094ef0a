// What every Printer keeps, whatever it prints on. Run against the simulated
// printer, and against the real driver over a scripted wire and over TCP.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>

#include "drivers/printer/simulated_printer.h"
#include "tests/support/sample_slip.h"

namespace contracts {

// A printer in one condition. `whole_slips` says how many came out of it, and
// is asked only after the last job.
struct PrinterRig {
  std::unique_ptr<drivers::Printer> printer;
  std::function<int()> whole_slips;
};
using MakePrinter = std::function<PrinterRig(drivers::PrinterCondition)>;

inline void a_printer_keeps_its_word(const MakePrinter& make) {
  using namespace drivers;
  const Document slip = tests::sample_slip(tests::Language::german);

  SUBCASE("ready: the slip is printed, and said to be") {
    PrinterRig rig = make(PrinterCondition::ready);
    CHECK_FALSE(rig.printer->status().trouble);
    CHECK(rig.printer->print(slip) == PrintOutcome(Printed{Proof::confirmed}));
    CHECK(rig.printer->print(slip) == PrintOutcome(Printed{Proof::confirmed}));
    CHECK(rig.printer->open_drawer().has_value());
    CHECK(rig.whole_slips() == 2);
  }
  SUBCASE("off: nothing was sent, so the job may simply be tried again") {
    PrinterRig rig = make(PrinterCondition::off);
    CHECK(std::holds_alternative<NotSent>(rig.printer->print(slip)));
    CHECK(rig.printer->status().trouble);
    CHECK_FALSE(rig.printer->open_drawer().has_value());
    CHECK(rig.whole_slips() == 0);
  }
  SUBCASE("paper out: it refuses, and says why") {
    PrinterRig rig = make(PrinterCondition::paper_out);
    CHECK(rig.printer->print(slip) == PrintOutcome(Refused{PrinterTrouble::paper_out}));
    CHECK(rig.printer->status().trouble == PrinterTrouble::paper_out);
    CHECK(rig.whole_slips() == 0);
  }
  SUBCASE("cover open: it refuses, and says why") {
    PrinterRig rig = make(PrinterCondition::cover_open);
    CHECK(rig.printer->print(slip) == PrintOutcome(Refused{PrinterTrouble::cover_open}));
    CHECK(rig.printer->status().trouble == PrinterTrouble::cover_open);
    CHECK(rig.whole_slips() == 0);
  }
  SUBCASE("cable pulled in the middle: nobody can know, and it says so") {
    PrinterRig rig = make(PrinterCondition::cut_mid_slip);
    CHECK(rig.printer->print(slip) == PrintOutcome(Unsure{PrinterTrouble::cut}));
    CHECK(rig.whole_slips() == 0);
  }
}

}  // namespace contracts
