#include "pos/runtime/make_terminal.h"

#include "drivers/terminal/simulator.h"

namespace pos {

std::unique_ptr<drivers::CardTerminal> make_terminal(const core::TerminalSettings& settings,
                                                     core::Currency, const TerminalSecrets&,
                                                     const std::string& book) {
  if (settings.kind == "none") return nullptr;
  return std::make_unique<drivers::SimulatedTerminal>(drivers::SimulatedAnswer::ask, book);
}

}  // namespace pos
