#include "drivers/printer/simulated_printer.h"

#include <algorithm>
#include <variant>

namespace drivers {

namespace {

constexpr std::size_t slips_kept = 20;

}  // namespace

PrintOutcome SimulatedPrinter::print(const Document& document, PrintWatch& watch) {
  switch (condition_.load()) {
    case PrinterCondition::ready:
      break;
    case PrinterCondition::off:
      return NotSent{PrinterTrouble::unreachable};
    case PrinterCondition::paper_out:
      return Refused{PrinterTrouble::paper_out};
    case PrinterCondition::cover_open:
      return Refused{PrinterTrouble::cover_open};
    case PrinterCondition::cut_mid_slip:
      break;
  }
  if (!watch.may_begin()) return NotSent{PrinterTrouble::held_back};
  if (condition_ == PrinterCondition::cut_mid_slip) return Unsure{PrinterTrouble::cut};
  drawer_openings_ +=
      static_cast<int>(std::ranges::count_if(document.blocks, [](const Block& block) {
        return std::holds_alternative<DrawerPulse>(block);
      }));
  slips_.push_back(document);
  if (slips_.size() > slips_kept) slips_.pop_front();
  if (on_slip_) on_slip_(document);
  return Printed{Proof::confirmed};
}

// It has every character, so that one line is enough.
PrintOutcome SimulatedPrinter::print_code_tables() {
  return print(Document{}.add(text_line("1  ÄÖÜ äöü ß § €   cp858@19")).add(Cut{}));
}

core::Result<DrawerSeen, PrinterTrouble> SimulatedPrinter::open_drawer() {
  if (condition_ == PrinterCondition::off) return tl::unexpected(PrinterTrouble::unreachable);
  ++drawer_openings_;
  return DrawerSeen::opened;
}

PrinterStatus SimulatedPrinter::status() {
  switch (condition_.load()) {
    case PrinterCondition::off:
      return {PrinterTrouble::unreachable, false, false};
    case PrinterCondition::paper_out:
      return {PrinterTrouble::paper_out, false, true};
    case PrinterCondition::cover_open:
      return {PrinterTrouble::cover_open, false, true};
    case PrinterCondition::ready:
    case PrinterCondition::cut_mid_slip:
      break;
  }
  return {{}, false, true};
}

}  // namespace drivers
